"""Columns: the fixed-size values of each document in a segment."""

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.columns import Column, ColumnReader, ColumnWriter

from service.index.whoosh.format.stored import (
    SEAL_BYTES,
    StoredFile,
    check_seals,
    seal,
    unseal,
    write_sealed,
)

Numbers = npt.NDArray[np.uint32]


class Row(NamedTuple):
    """The numbers of one document; 0 always means "none".

    ``kind`` numbers the kinds of segment_writer.py. ``first`` and ``last`` are the first and last
    day the date can mean, as YYYYMMDD. ``speaker``, ``candidates``, ``mention``, ``title``,
    ``publisher`` and ``language`` count from 1 in the segment's catalogue. ``length`` is in words,
    ``sure`` is the speaker's confidence in hundredths.
    """

    kind: int
    first: int = 0
    last: int = 0
    length: int = 0
    speaker: int = 0
    mention: int = 0
    publisher: int = 0
    language: int = 0
    candidates: int = 0
    source_type: int = 0
    sure: int = 0
    title: int = 0


_DAYS = frozenset({"first", "last"})


class RowColumn(Column):
    """A Row per document, stored as one array per field."""

    class Writer(ColumnWriter):
        def __init__(self, dbfile: object) -> None:
            super().__init__(dbfile)  # type: ignore[arg-type]
            self._numbers = array("I")

        def add(self, docnum: int, value: Sequence[int]) -> None:
            self._numbers.extend(value)

        def finish(self, docnum: int) -> None:
            table = np.asarray(self._numbers, dtype="<u4").reshape(docnum, len(Row._fields))
            write_sealed(self._dbfile, (column.tobytes() for column in table.T))

    class Reader(ColumnReader):
        def arrays(self) -> list[Numbers]:
            """One array per field of Row. Raises ValueError if they are damaged.

            Except for the days, which are used in arithmetic, each is as narrow as its values
            allow: for a million documents all take 28 MB, and 48 as stored.
            """
            size = 4 * self._doccount * len(Row._fields) + SEAL_BYTES
            content = stored(self._dbfile).read_at(self._basepos, size)
            check_seals(content)
            table = np.frombuffer(memoryview(content)[:-SEAL_BYTES], "<u4")
            columns = table.reshape(len(Row._fields), self._doccount)
            return [
                column.copy() if name in _DAYS else _narrow(column)
                for name, column in zip(Row._fields, columns, strict=True)
            ]


class RecordColumn(Column):
    """The stored record of each document, ready to decode, with a checksum."""

    class Writer(ColumnWriter):
        def __init__(self, dbfile: object) -> None:
            super().__init__(dbfile)  # type: ignore[arg-type]
            self._ends = array("Q")
            self._end = 0

        def add(self, docnum: int, value: bytes) -> None:
            self._dbfile.write(seal(value))
            self._end += len(value) + SEAL_BYTES
            self._ends.append(self._end)

        def finish(self, docnum: int) -> None:
            self._dbfile.write(seal(self._ends.tobytes()))

    class Reader(ColumnReader):
        def __init__(self, dbfile: object, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)  # type: ignore[arg-type]
            self.file = stored(dbfile)
            size = 8 * doccount + SEAL_BYTES
            ends = unseal(self.file.read_at(basepos + length - size, size))
            # as Python integers: numpy's take twice as long
            self._ends = memoryview(ends).cast("Q")

        def __getitem__(self, docnum: int) -> bytes:
            """The record's bytes. Raises ValueError if they are damaged."""
            start = self._ends[docnum - 1] if docnum else 0
            return unseal(self.file.read_at(self._basepos + start, self._ends[docnum] - start))


def _narrow(column: Numbers) -> Numbers:
    kind = np.min_scalar_type(int(column.max(initial=0)))
    return column.astype(kind)


def stored(file: object) -> StoredFile:
    if not isinstance(file, StoredFile):
        raise TypeError(f"{file!r} is not a stored file")
    return file
