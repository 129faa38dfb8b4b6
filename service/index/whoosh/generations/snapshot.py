"""A generation as readers see it: segments, speakers, totals; immutable.

Each commit gives a new one. Two generations share segment files, never Whoosh's readers, whose
reuse keeps removed documents visible.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import chain
from pickle import UnpicklingError

import numpy as np
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import TOC
from whoosh.index import IndexError as WhooshIndexError

from service.domain import (
    ANY_ACT,
    CLAIM_FORMS,
    QUOTATION_FORMS,
    SPEECH,
    Act,
    Form,
    Hit,
    IndexStatistics,
    KnownSpeaker,
    PartialDate,
    Statement,
)
from service.index.port import Rendering
from service.index.records import FORMAT_VERSION
from service.index.whoosh.format.folder import NAME, IndexFolder
from service.index.whoosh.format.postings import MeasuredSegment
from service.index.whoosh.format.segment_writer import SCHEMA
from service.index.whoosh.generations.facets import Facets
from service.index.whoosh.generations.speaker_directory import SpeakerDirectory, read_date
from service.index.whoosh.segments.array_cache import KeptArrays
from service.index.whoosh.segments.ranking import Ranked, Statistics, gather_statistics
from service.index.whoosh.segments.segment import Segment, SegmentFiles, kind_mask

KEPT_STATEMENTS = 2048
"""A hundred pages. At 35 words each they take 5.5 MB, and save two thirds of a page's time."""


@dataclass(frozen=True, slots=True)
class Place:
    """The location of a document: its segment and its number there."""

    segment: Segment
    document: int


class Generation:
    def __init__(
        self,
        contents: tuple[int, int, int],
        table: Sequence[MeasuredSegment],
        segments: Sequence[Segment],
        known: Sequence[KnownSpeaker],
    ) -> None:
        self.contents = contents
        self.table = table
        self.segments = segments
        self.generation = f"{contents[0]}-{_digest(table, known):08x}"
        self._known = known

    def is_untouched(self) -> bool:
        """Whether nobody has written to the files since they were verified."""
        return all(segment.files.is_untouched() for segment in self.segments)

    def prepare(self) -> None:
        """Loads what the first calls would otherwise wait for."""
        self.directory.prepare()
        self.statistics, self.unscored, self.facets, self.statement  # noqa: B018
        for segment in self.segments:
            segment.files.words  # noqa: B018

    @cached_property
    def directory(self) -> SpeakerDirectory:
        return SpeakerDirectory(self.segments, self._known)

    @cached_property
    def facets(self) -> Facets:
        return Facets(self.segments, self.directory)

    @cached_property
    def statistics(self) -> IndexStatistics:
        earliest, latest = self._dates()
        languages = chain.from_iterable(_languages(segment) for segment in self.segments)
        return IndexStatistics(
            generation=self.generation,
            committed=self.contents[2] / 1e9,
            format_version=FORMAT_VERSION,
            sources=sum(len(segment.sources) for segment in self.segments),
            statements=sum(len(segment.statements) for segment in self.segments),
            quotes=self._count(QUOTATION_FORMS),
            claims=self._count(CLAIM_FORMS),
            attitudes=self._count(QUOTATION_FORMS | CLAIM_FORMS, ANY_ACT - SPEECH),
            speakers=len(self.directory.speakers),
            earliest=earliest,
            latest=latest,
            languages=tuple(sorted(set(languages))),
        )

    @cached_property
    def totals(self) -> tuple[int, int]:
        """The numbers of statements and of words in them."""
        statements = sum(len(segment.statements) for segment in self.segments)
        return statements, sum(segment.words for segment in self.segments)

    @cached_property
    def unscored(self) -> Statistics:
        """The statistics used when nothing is scored."""
        return gather_statistics(self.segments, self.totals, ())

    @cached_property
    def statement(self) -> Callable[[SegmentFiles, int], Statement]:
        """Reads the statement of a document, with its speaker unified across sources; cached."""
        return lru_cache(KEPT_STATEMENTS)(partial(_statement, self.directory))

    def read(self, one: Ranked) -> Statement:
        """As ``statement``, but not cached, for lists that return everything."""
        _, position, document = one
        return _statement(self.directory, self.segments[position].files, document)

    def rendered(self, shown: Sequence[Ranked], rendering: Rendering) -> list[bytes]:
        """The statements of a page as ``rendering`` serialises them."""
        if shown and len(self.segments) == 1:  # the usual case: nothing to merge
            return self._written(0, [document for _, _, document in shown], rendering)
        by_segment: list[list[int]] = [[] for _ in self.segments]
        for _, position, document in shown:
            by_segment[position].append(document)
        written = [
            self._written(position, documents, rendering) if documents else []
            for position, documents in enumerate(by_segment)
        ]
        following = [iter(several).__next__ for several in written]
        return [following[position]() for _, position, _ in shown]

    def _written(self, position: int, documents: list[int], rendering: Rendering) -> list[bytes]:
        """Uses the pre-rendered form, which names the article's own speaker, unless it was
        unified."""
        files = self.segments[position].files
        if files.rendering != rendering.version:
            return [rendering(Hit(self.statement(files, document))) for document in documents]
        as_written = self.directory.as_written[position]
        if all(map(as_written.__getitem__, documents)):
            written = files.rendered(documents)
            if all(written):  # statements with a relaying person are not pre-rendered
                return written
        return [
            (as_written[document] and files.rendered([document])[0])
            or rendering(Hit(self.statement(files, document)))
            for document in documents
        ]

    def find(self, field: str, term: str, once: bool = False) -> Place | None:
        """The only document with this id; None if there is none. ``once`` caches nothing."""
        for segment in self.segments:
            document = segment.find(field, term, once)
            if document is not None:
                return Place(segment, document)
        return None

    def of_origin(self, origin: str) -> Iterator[Place]:
        for segment in self.segments:
            for document in segment.of_origin(origin):
                yield Place(segment, document)

    def wrong_files(self, folder: IndexFolder) -> Iterator[str]:
        """Describes each file that is missing or has another length."""
        for segment in self.table:
            for name, size in segment.sizes.items():
                try:
                    if folder.file_length(name) != size:
                        yield f"{name} has changed since it was written"
                except OSError as error:
                    yield f"{name}: {error.strerror}"

    def _count(self, forms: frozenset[Form], acts: frozenset[Act] = SPEECH) -> int:
        return sum(
            int(kind_mask(forms, acts)[segment.row["kind"][segment.statements]].sum())
            for segment in self.segments
        )

    def _dates(self) -> tuple[PartialDate | None, PartialDate | None]:
        days = [
            (int(segment.row["first"][document]), int(segment.row["last"][document]))
            for segment in self.segments
            if len(dated := segment.sources[segment.row["first"][segment.sources] > 0])
            for document in dated[[0, -1]]
        ]
        return (read_date(*min(days)), read_date(*max(days))) if days else (None, None)


def take_snapshot(
    folder: IndexFolder,
    known: Sequence[KnownSpeaker],
    kept: KeptArrays,
    former: Iterable[Segment] = (),
) -> Generation:
    """The latest generation; reuses the open files and caches of ``former`` segments.

    Raises IndexCorrupt, and IndexUnavailable if files may not be read.
    """
    opened = {segment.files.id: segment for segment in former}
    contents = folder.contents()
    while True:
        try:
            table = TOC.read(folder, NAME, contents[0], SCHEMA).segments
            segments = [_open(folder, one, opened.get(one.segment_id()), kept) for one in table]
        except FileNotFoundError as error:
            # an intervening commit deleted the files: there is a later generation
            latest = folder.contents()
            if latest == contents:
                raise folder.corrupt(str(error)) from error
            contents = latest
        except PermissionError as error:
            raise folder.unreadable(error) from error
        except DAMAGES as error:
            raise folder.corrupt(str(error)) from error
        else:
            return Generation(contents, table, segments, known)


def _open(
    folder: IndexFolder, written: MeasuredSegment, former: Segment | None, kept: KeptArrays
) -> Segment:
    if former is not None and former.removed == written.deleted_count():
        return former
    files = SegmentFiles(folder, written) if former is None else former.files
    return Segment(files, written.deleted_docs(), kept, written.gone_words)


DAMAGES = (
    FileFormatError,
    WhooshIndexError,
    UnpicklingError,
    struct.error,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    IndexError,
    KeyError,
    OSError,
    TypeError,
    ValueError,
)
"""The exceptions that damaged files cause: Whoosh checks some, pickle and numpy find the rest."""


def _statement(directory: SpeakerDirectory, files: SegmentFiles, document: int) -> Statement:
    return directory.unified(files.statement(document))


def _languages(segment: Segment) -> list[str]:
    numbers = np.unique(segment.row["language"][segment.statements])
    return [segment.files.languages[number - 1] for number in numbers.tolist() if number]


def _digest(table: Sequence[MeasuredSegment], known: Sequence[KnownSpeaker]) -> int:
    """Distinguishes indexes that happen to have the same number of commits."""
    parts = [(one.segment_id(), one.deleted_count()) for one in table]
    return zlib.crc32(repr((parts, known)).encode())
