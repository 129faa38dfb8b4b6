"""Intake: turns the PATHs of a command line into sources; bad files are named, counted and
skipped."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from service.cli.command import complain
from service.domain import Source
from service.errors import InvalidInput, OnRecordError
from service.reading import find_files, origin_of, place_of, read, read_standard_input

STANDARD_INPUT = "-"

Read = Callable[[str], Iterator[Source | InvalidInput]]
Find = Callable[[Iterable[str]], Iterator[Path | InvalidInput]]


class Intake:
    """Reads files one after another.

    ``unreadable`` counts failures so far; ``incomplete`` holds the origins of files that could be
    read only in part. ``read`` reads one file; with several cores it is replaced
    (reading_ahead.py).
    """

    def __init__(self) -> None:
        self.read: Read = _read_file
        self.unreadable = 0
        self.incomplete: set[str] = set()

    def files(self, arguments: Iterable[str], find: Find = find_files) -> list[str]:
        """The files that ``arguments`` refer to, each once; "-" is standard input."""
        found: dict[str, str] = {}
        for argument in arguments:
            if argument == STANDARD_INPUT:
                found[STANDARD_INPUT] = STANDARD_INPUT
                continue
            for one in find([argument]):
                if isinstance(one, Path):
                    found.setdefault(place_of(one), str(one))
                else:
                    self.skip(one)
        return list(found.values())

    def sources(self, file: str) -> Iterator[Source]:
        for outcome in self.outcomes(file):
            if isinstance(outcome, Source):
                yield outcome
            else:
                self.fail(file, outcome)

    def outcomes(self, file: str) -> Iterator[Source | InvalidInput]:
        """Sources, and errors that were not reported yet."""
        try:
            if file == STANDARD_INPUT:
                yield from read_standard_input(sys.stdin.buffer)
            else:
                yield from self.read(file)
        except InvalidInput as error:
            yield error

    def fail(self, file: str, error: OnRecordError) -> None:
        """Reports that part of the file could not be read."""
        self.incomplete.add(origin_of(Path(file)))
        self.skip(error)

    def skip(self, error: OnRecordError) -> None:
        """Prints the error and counts it."""
        complain(error)
        self.unreadable += 1


def _read_file(file: str) -> Iterator[Source | InvalidInput]:
    return read(Path(file))
