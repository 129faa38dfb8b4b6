"""Postings: where each term occurs, as complete arrays.

Whoosh iterates over postings one by one; this codec stores each list as plain arrays that numpy
reads directly, each with a checksum. Terms are looked up in Whoosh's own table of terms.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from struct import Struct
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from whoosh.codec.whoosh3 import W3Codec, W3Segment, W3TermInfo, W3TermsReader
from whoosh.filedb.filetables import OrderedHashReader
from whoosh.system import pack_ushort

from service.index.whoosh.format.columns import Numbers
from service.index.whoosh.format.folder import IndexFolder
from service.index.whoosh.format.stored import check_seals, seal
from service.index.whoosh.format.term_table import TermTable

Growing: TypeAlias = "array[int]"
Counted: TypeAlias = "Growing | Numbers"

Listed: TypeAlias = tuple[str, bytes, Counted, Counted, Counted]
"""A field, a term, and its postings: documents, frequencies, positions."""

_COUNTS = Struct("<II")
"""The numbers of documents and of positions, before the lists themselves."""

_NUMBER = np.dtype("<u4").itemsize

_SLOT, _LENGTHS, _EXTENT = Struct("!Iq"), Struct("!ii"), Struct("!qi")
"""Entries of Whoosh's table of terms: hash and position of a key; lengths of key and value; and a
value: start and length of the list."""

_INFO_BYTES = W3TermInfo._struct.size + _EXTENT.size


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of one term: ``documents`` ascending; for words also the frequency in each and
    all positions, document by document."""

    documents: Numbers
    frequencies: Numbers
    positions: Numbers

    @property
    def size(self) -> int:
        """Size in bytes."""
        return self.documents.nbytes + self.frequencies.nbytes + self.positions.nbytes


class PostingPool:
    """The postings of a segment under construction, in memory."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, int | Growing]] = {}  # most ids have a single document
        self._words: dict[str, dict[str, tuple[Growing, Growing, Growing]]] = {}

    def add(self, field: str, term: str, document: int) -> None:
        terms = self._ids.setdefault(field, {})
        found = terms.setdefault(term, document)
        if isinstance(found, array):
            found.append(document)
        elif found != document:
            terms[term] = array("I", (found, document))

    def add_words(self, field: str, words: Sequence[str], document: int) -> None:
        """``words`` are the terms of one text in reading order."""
        places: dict[str, list[int]] = {}
        for place, term in enumerate(words):
            places.setdefault(term, []).append(place)
        terms = self._words.setdefault(field, {})
        for term, positions in places.items():
            lists = terms.get(term)
            if lists is None:
                lists = terms[term] = (array("I"), array("I"), array("I"))
            documents, frequencies, all_positions = lists
            documents.append(document)
            frequencies.append(len(positions))
            all_positions.extend(positions)

    def __iter__(self) -> Iterator[Listed]:
        """In the order required by the table of terms: sorted by field and term."""
        for field in sorted((*self._ids, *self._words)):
            ids, words = self._ids.get(field, {}), self._words.get(field, {})
            for term in sorted(ids):
                found = ids[term]
                documents = found if isinstance(found, array) else array("I", (found,))
                yield field, term.encode(), documents, _NONE, _NONE
            for term in sorted(words):
                yield field, term.encode(), *words[term]


_NONE: Growing = array("I")


class MeasuredSegment(W3Segment):
    """A segment's entry in the table of contents, with ``sizes`` and CRC-32 ``checksums`` of its
    files by name, and for each word the number of removed quotations with it."""

    sizes: Mapping[str, int] = MappingProxyType({})
    checksums: Mapping[str, int] = MappingProxyType({})
    gone_words: Mapping[str, int] = MappingProxyType({})


class PostingsCodec(W3Codec):
    """Whoosh's codec, with postings as arrays instead of compressed, pickled blocks."""

    def new_segment(self, storage: object, indexname: str) -> MeasuredSegment:
        return MeasuredSegment(self, indexname)

    def terms_reader(self, storage: IndexFolder, segment: MeasuredSegment) -> W3TermsReader:
        """Raises ValueError if the table of terms is damaged."""
        table = storage.open_blocked(segment.make_filename(self.TERMS_EXT))
        lists = storage.open_stored(segment.make_filename(self.POSTS_EXT))
        return W3TermsReader(self, table, table.length, lists)


class PostingsWriter:
    """Writes the postings of a new segment, and its table of terms."""

    def __init__(self, folder: IndexFolder, segment: MeasuredSegment) -> None:
        self._terms = TermTable(segment.create_file(folder, PostingsCodec.TERMS_EXT))
        self._lists = segment.create_file(folder, PostingsCodec.POSTS_EXT)

    def write(self, postings: Iterable[Listed]) -> None:
        """``postings`` are sorted by field and term."""
        start = 0
        fields: dict[str, int] = {}
        for field, term, documents, frequencies, positions in postings:
            prefix = pack_ushort(fields.setdefault(field, len(fields)))
            written = _COUNTS.pack(len(documents), len(positions)) + documents.tobytes()
            if len(positions):
                written += frequencies.tobytes() + positions.tobytes()
            written = seal(written)
            self._lists.write(written)
            found = W3TermInfo(df=len(documents), minid=int(documents[0]), maxid=int(documents[-1]))
            found.set_extent(start, len(written))
            self._terms.add(prefix + term, found.to_bytes())
            start += len(written)
        self._terms.extras["fieldmap"] = fields
        self._terms.close()
        self._lists.close()


def read_postings(terms: W3TermsReader, field: str, term: str) -> Postings | None:
    """None if the term does not occur. Raises ValueError if its postings are damaged, as does
    ``all_postings``."""
    found = _entry_of(terms._tindex, terms._keycoder(field, term.encode()))
    return None if found is None else _postings_at(terms, found)


def _entry_of(table: OrderedHashReader, key: bytes) -> bytes | None:
    """The table's entry for the key, as its ``get`` finds it, in half the time: a term's entry is
    read in one go, because all values have the same length."""
    hashed = table.hashfn(key)
    first, slots = table.tables[hashed & 255]
    read, begins = table.dbfile.get, _LENGTHS.pack(len(key), _INFO_BYTES) + key
    for number in range(slots):
        slot = first + ((hashed >> 8) + number) % slots * _SLOT.size
        found, place = _SLOT.unpack(read(slot, _SLOT.size))
        if not place:
            return None
        if found == hashed:
            entry: bytes = read(place, len(begins) + _INFO_BYTES)
            if entry.startswith(begins):
                return entry[-_INFO_BYTES:]
    return None


def all_postings(terms: W3TermsReader, field: str) -> Iterator[tuple[bytes, Postings]]:
    """Every term of a field with its postings, sorted by term."""
    prefix = terms._keycoder(field, b"")
    if field not in terms.indexed_field_names():
        return
    for key, found in terms._tindex.items_from(prefix):
        if key[: len(prefix)] != prefix:
            return
        yield key[len(prefix) :], _postings_at(terms, found)


def _postings_at(terms: W3TermsReader, found: bytes) -> Postings:
    start, size = _EXTENT.unpack(found[-_EXTENT.size :])
    sealed = terms._postfile.read_at(start, size)
    check_seals(sealed)
    count, positions = _COUNTS.unpack_from(sealed)
    start = _COUNTS.size
    documents = np.frombuffer(sealed, "<u4", count, start)
    if not positions:
        return Postings(documents, documents[:0], documents[:0])
    start += count * _NUMBER
    frequencies = np.frombuffer(sealed, "<u4", count, start)
    start += count * _NUMBER
    return Postings(documents, frequencies, np.frombuffer(sealed, "<u4", positions, start))
