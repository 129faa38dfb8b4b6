"""Confirmed: quotations a person has checked and vouches for, in a file of JSON lines.

A line holds one quotation, its speaker, the source it was found in and that source's sha-256, so
that the next report shows what is new and where a source has changed since.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from service.errors import InvalidInput, NotFound
from service.index.port import Snapshot
from service.names.folding import name_key
from service.paths import shown
from service.verification.placing import CheckedDraft, Confirmation, PlacedQuotation
from service.verification.texts.words import fold_words

_Key = tuple[tuple[str, ...], str]


class Confirmed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A confirmed quotation; ``source`` and ``sha256`` are None if the index had no source for
    it."""

    quotation: str
    speaker: str | None
    source: str | None
    sha256: str | None
    verdict: str
    confirmed: str


class Confirmations:
    """The content of one file; empty without a path."""

    def __init__(self, path: Path | None, confirmed: Iterable[Confirmed] = ()) -> None:
        self._path = path
        self._by_key = {_key(one.quotation, one.speaker): one for one in confirmed}

    @classmethod
    def read(cls, path: Path) -> "Confirmations":
        """Raises InvalidInput, which names the faulty line."""
        return cls(path, _read(path))

    def __iter__(self) -> Iterator[Confirmed]:
        return iter(self._by_key.values())

    def add(self, index: Snapshot, quotation: PlacedQuotation, day: str) -> None:
        found = quotation.verification
        source = found.best.statement.source.id if found.best else None
        speaker = quotation.speaker.name if quotation.speaker else None
        digest = _digest(index, source) if source else None
        one = Confirmed(quotation.text, speaker, source, digest, found.verdict, day)
        self._by_key[_key(quotation.text, speaker)] = one

    def write(self) -> None:
        """Replaces the file atomically, so that earlier confirmations are not lost."""
        if self._path is None:
            return
        part = self._path.with_name(f"{self._path.name}.part")
        lines = sorted(self, key=lambda one: (one.confirmed, one.quotation))
        part.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in lines))
        part.replace(self._path)

    def mark(self, index: Snapshot, checked: CheckedDraft) -> CheckedDraft:
        """The draft with the earlier confirmation of each quotation, if any."""
        marked = tuple(
            replace(one, confirmation=self._of(index, one)) for one in checked.quotations
        )
        return replace(checked, quotations=marked)

    def _find(self, quotation: PlacedQuotation) -> Confirmed | None:
        speaker = quotation.speaker.name if quotation.speaker else None
        return self._by_key.get(_key(quotation.text, speaker))

    def _of(self, index: Snapshot, quotation: PlacedQuotation) -> Confirmation:
        known = self._find(quotation)
        if known is None:
            return Confirmation.NONE
        same = known.source is None or _digest(index, known.source) == known.sha256
        return Confirmation.CONFIRMED if same else Confirmation.SOURCE_CHANGED


def _key(quotation: str, speaker: str | None) -> _Key:
    return fold_words(quotation).words, name_key(speaker or "")


def _digest(index: Snapshot, source: str) -> str | None:
    try:
        return index.source(source).source.sha256
    except NotFound:
        return None


def _read(path: Path) -> Iterator[Confirmed]:
    where = shown(str(path))
    if not path.is_file():
        raise InvalidInput(f"{where}: no such file; onrecord confirm makes one")
    decoder = msgspec.json.Decoder(Confirmed)
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            wanted = "expected lines written by onrecord confirm"
            raise InvalidInput(f"{where}:{number}: {error}; {wanted}") from error
