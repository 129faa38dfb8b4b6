"""Already read: files that are as they were when the index took them are not read again.

What a file became then is believed only as far as the index still has the same, so that what was
withdrawn, or replaced by another file, is read again.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from time import time_ns
from types import TracebackType

from service.cli.intake import STANDARD_INPUT, Intake
from service.cli.read_files import Outcome, ReadFiles
from service.domain import Source
from service.errors import UnreadableNow, UnreadableSource, UnsupportedFormat
from service.paths import shown
from service.reading import is_archive, origin_of, reading_version, sidecars_of

SETTLED = 2_000_000_000
"""Nanoseconds: what changed just now may change again and look the same, as some file systems count
time in seconds, or in two."""

NAMED = "{file}"
"""The file in a kept error: another run may be given it by another path."""

Fingerprint = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class UnchangedSource(Source):
    """In the place of a source that the index has as it is. Nothing else of it was read."""

    fingerprint: str = ""


class AlreadyRead(AbstractContextManager["AlreadyRead"]):
    """``fingerprint`` is what the index has of a source now; ``way`` changes with how statements
    are found."""

    def __init__(self, folder: Path, fingerprint: Fingerprint, way: str) -> None:
        self._kept = ReadFiles(folder)
        self._fingerprint = fingerprint
        self._way = f"{way} {reading_version()}"
        self._noted = Outcome()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._kept.close()

    def is_unchanged(self, file: str) -> bool:
        """Whether the file is as it was; the index may be another."""
        state = self.state_of(file)
        return state is not None and self._kept.is_kept(origin_of(Path(file)), state)

    def sources(self, intake: Intake, file: str) -> Iterator[Source]:
        """Those of the file, which is read only where that is needed."""
        if not self.is_unchanged(file) or not self._is_in_index(file):
            yield from intake.sources(file) if is_archive(file) else self._read(intake, file)
            return
        origin = origin_of(Path(file))
        for outcome in self._kept.outcomes(origin):
            source = source_of(outcome, origin)
            if isinstance(source, UnchangedSource):
                yield source
            elif source is not None:
                intake.fail(file, _with_path(source, file))

    def note(self, source: Source, fingerprint: str) -> None:
        """Which fingerprint the source has that was handed out last."""
        self._noted = Outcome(source.id, fingerprint)

    def record(self, archive: str, key: str) -> Outcome | None:
        """What the record of an archive became, if it is known and the index has it still."""
        known = self._kept.outcome(archive, key)
        return known if known and self._is_current(known) else None

    def begin(self, archive: str) -> int:
        """The number of the archive's first record."""
        return self._kept.next_number(archive)

    def keep(self, archive: str, key: str, number: int, outcome: Outcome | None = None) -> None:
        """What the record became; by default the source that was noted last."""
        self._kept.keep(archive, key, number, outcome or self._noted)

    def finish(self, archive: str, state: str | None, since: int) -> None:
        """The archive was read to its end."""
        if state is not None:
            self._kept.finish(archive, state, since)

    def state_of(self, file: str) -> str | None:
        """How the file and its sidecars look; None where that is not to be relied on."""
        if file == STANDARD_INPUT:
            return None
        state: list[object] = [self._way]
        for path in (file, *map(str, sidecars_of(Path(file)))):
            try:
                status = os.stat(path)  # noqa: PTH116  # a name of any bytes
            except OSError:
                state.append(None)
                continue
            if time_ns() - status.st_mtime_ns < SETTLED:
                return None
            state.append((status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
        return hashlib.sha256(json.dumps(state).encode()).hexdigest()

    def key_of(self, *record: bytes) -> str:
        """Of a record of an archive: another where it, or the way of reading it, is another."""
        digest = hashlib.blake2b(self._way.encode(), digest_size=16)
        for part in record:
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.hexdigest()

    def _read(self, intake: Intake, file: str) -> Iterator[Source]:
        """Whatever the file became is kept, errors too, unless the next time there may be none."""
        origin, state = origin_of(Path(file)), self.state_of(file)
        since = number = self._kept.next_number(origin)
        for outcome in intake.outcomes(file):
            if isinstance(outcome, Source):
                yield outcome
                key, became = outcome.id, self._noted
                is_lasting = outcome.origin == origin  # else it names other files
            else:
                intake.fail(file, outcome)
                key, became = f"error {number}", Outcome(error=_without_path(str(outcome), file))
                is_lasting = not isinstance(outcome, UnreadableNow | UnsupportedFormat)
            if state is not None and is_lasting:
                self._kept.keep(origin, key, number, became)
                number += 1
            else:
                state = None
        if state is not None and number > since:
            self._kept.finish(origin, state, since)

    def _is_in_index(self, file: str) -> bool:
        return all(map(self._is_current, self._kept.outcomes(origin_of(Path(file)))))

    def _is_current(self, outcome: Outcome) -> bool:
        return outcome.source is None or self._fingerprint(outcome.source) == outcome.fingerprint


def _without_path(error: str, file: str) -> str:
    named = shown(file)
    return NAMED + error.removeprefix(named) if error.startswith(named) else error


def _with_path(error: UnreadableSource, file: str) -> UnreadableSource:
    kept = str(error)
    if not kept.startswith(NAMED):
        return error
    return UnreadableSource(shown(file) + kept.removeprefix(NAMED))


def source_of(outcome: Outcome, origin: str) -> UnchangedSource | UnreadableSource | None:
    """In whose place the outcome stands; None for a page that has no article."""
    if outcome.error is not None:
        return UnreadableSource(outcome.error)
    if outcome.source is None:
        return None
    return UnchangedSource(outcome.source, "", origin, fingerprint=outcome.fingerprint or "")
