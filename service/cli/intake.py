"""Intake: from the PATHs of a command line to sources; bad ones are named, counted, skipped."""

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
    """Reads files one after the other; ``unreadable`` counts what could not be read so far.

    ``read`` is how a file is read; whoever has several cores puts another way there.

    ``incomplete`` are the origins of files of which something could not.
    """

    def __init__(self) -> None:
        self.read: Read = _read_file
        self.unreadable = 0
        self.incomplete: set[str] = set()

    def files(self, arguments: Iterable[str], find: Find = find_files) -> list[str]:
        """The files that ``arguments`` mean, each once; "-" is standard input."""
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
        """Sources, and errors that nobody has been told yet."""
        try:
            if file == STANDARD_INPUT:
                yield from read_standard_input(sys.stdin.buffer)
            else:
                yield from self.read(file)
        except InvalidInput as error:
            yield error

    def fail(self, file: str, error: OnRecordError) -> None:
        """Something in the file could not be read."""
        self.incomplete.add(origin_of(Path(file)))
        self.skip(error)

    def skip(self, error: OnRecordError) -> None:
        """It is named and counted."""
        complain(error)
        self.unreadable += 1


def _read_file(file: str) -> Iterator[Source | InvalidInput]:
    return read(Path(file))
