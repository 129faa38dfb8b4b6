"""Intake: from the PATHs of a command line to sources; bad ones are named, counted, skipped."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from service.cli.command import complain
from service.domain import Source
from service.errors import InvalidInput, OnRecordError
from service.reading import find_files, read, read_standard_input

STANDARD_INPUT = "-"

Find = Callable[[Iterable[str]], list[Path]]


class Intake:
    """Reads files one after the other; ``unreadable`` counts what could not be read so far."""

    def __init__(self) -> None:
        self.unreadable = 0

    def files(self, arguments: Iterable[str], find: Find = find_files) -> list[str]:
        """The files that ``arguments`` mean, each once; "-" is standard input."""
        found: dict[Path | str, str] = {}
        for argument in arguments:
            if argument == STANDARD_INPUT:
                found[STANDARD_INPUT] = STANDARD_INPUT
                continue
            try:
                paths = find([argument])
            except InvalidInput as error:
                self.skip(error)
                continue
            for path in paths:
                found.setdefault(path.resolve(), str(path))
        return list(found.values())

    def sources(self, file: str) -> Iterator[Source]:
        try:
            for source in _read(file):
                if isinstance(source, Source):
                    yield source
                else:
                    self.skip(source)
        except InvalidInput as error:
            self.skip(error)

    def skip(self, error: OnRecordError) -> None:
        """It is named and counted."""
        complain(error)
        self.unreadable += 1


def _read(file: str) -> Iterator[Source | InvalidInput]:
    if file == STANDARD_INPUT:
        return read_standard_input(sys.stdin.buffer)
    return read(Path(file))
