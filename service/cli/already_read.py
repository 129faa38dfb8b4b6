"""Already read: skips files that have not changed since they were indexed.

The record of what a file became counts only if the index still has the same, so a file whose source
was withdrawn or replaced by another file is read again.
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
"""Nanoseconds: a file changed this recently may change again and look the same, because some file
systems record times in steps of one or two seconds."""

NAMED = "{file}"
"""Replaces the path in a stored error, since the next run may name the file differently."""

Fingerprint = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class UnchangedSource(Source):
    """Takes the place of a source that the index already has; nothing else of it was read."""

    fingerprint: str = ""


class AlreadyRead(AbstractContextManager["AlreadyRead"]):
    """``fingerprint`` returns the index's fingerprint of a source; ``way`` changes with the
    extraction method."""

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
        """Whether the file itself is unchanged; says nothing about the index."""
        state = self.state_of(file)
        return state is not None and self._kept.is_kept(origin_of(Path(file)), state)

    def sources(self, intake: Intake, file: str) -> Iterator[Source]:
        """The sources of the file, which is read only if necessary."""
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
        """Records the fingerprint of the source yielded last."""
        self._noted = Outcome(source.id, fingerprint)

    def record(self, archive: str, key: str) -> Outcome | None:
        """What the record of an archive became; None if unknown or no longer in the index."""
        known = self._kept.outcome(archive, key)
        return known if known and self._is_current(known) else None

    def begin(self, archive: str) -> int:
        """The number for the archive's first record."""
        return self._kept.next_number(archive)

    def keep(self, archive: str, key: str, number: int, outcome: Outcome | None = None) -> None:
        """Saves what the record became; by default the source noted last."""
        self._kept.keep(archive, key, number, outcome or self._noted)

    def finish(self, archive: str, state: str | None, since: int) -> None:
        """Marks the archive as completely read."""
        if state is not None:
            self._kept.finish(archive, state, since)

    def state_of(self, file: str) -> str | None:
        """A digest of the file's and its sidecars' size and times; None if it is not reliable."""
        if file == STANDARD_INPUT:
            return None
        state: list[object] = [self._way]
        for path in (file, *map(str, sidecars_of(Path(file)))):
            try:
                status = os.stat(path)  # noqa: PTH116  # the name may be any bytes
            except OSError:
                state.append(None)
                continue
            if time_ns() - status.st_mtime_ns < SETTLED:
                return None
            state.append((status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
        return hashlib.sha256(json.dumps(state).encode()).hexdigest()

    def key_of(self, *record: bytes) -> str:
        """A key for an archive's record that changes with its content and the reading method."""
        digest = hashlib.blake2b(self._way.encode(), digest_size=16)
        for part in record:
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.hexdigest()

    def _read(self, intake: Intake, file: str) -> Iterator[Source]:
        """The file's sources; saves every outcome, except errors that may be temporary."""
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
    """The source or error that the outcome records; None for a page without an article."""
    if outcome.error is not None:
        return UnreadableSource(outcome.error)
    if outcome.source is None:
        return None
    return UnchangedSource(outcome.source, "", origin, fingerprint=outcome.fingerprint or "")
