"""Pre-rendered statements: serialised by a rendering, in a file of their own.

They are ordered by speaker, so that a page of one speaker's statements is a contiguous range and
one read; one read per statement took a third of a page's time (python -m bench.http). Each has a
checksum. The end of each place and the place of each document follow them. segment_writer.py
determines the order.
"""

from array import array
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from service.domain import Hit, Statement
from service.index.port import Rendering
from service.index.whoosh.format.folder import IndexFolder
from service.index.whoosh.format.postings import MeasuredSegment
from service.index.whoosh.format.stored import SEAL_BYTES, check_seals, seal, unseal

EXTENSION = ".ready"


def prerendered(statement: Statement, rendering: Rendering) -> bytes:
    """What is stored for a statement: nothing if it has a relaying person, who may be unified with
    another name, so that it is rendered on request."""
    return rendering(Hit(statement)) if statement.relayed_by is None else b""


def write_prerendered(
    folder: IndexFolder,
    segment: MeasuredSegment,
    order: npt.NDArray[np.intp],
    rendered: Callable[[int], bytes],
) -> None:
    """Writes the file of a new segment; ``order`` lists all its documents.

    ``rendered`` gives the bytes to store for a document, none for a source.
    """
    places = np.empty(len(order), dtype="<u4")
    places[order] = np.arange(len(order))
    ends = array("Q", [0])
    file = folder.create_file(segment.make_filename(EXTENSION))
    for document in order.tolist():
        written = seal(rendered(document))
        file.write(written)
        ends.append(ends[-1] + len(written))
    file.write(seal(ends.tobytes() + places.tobytes()))
    file.close()


class Prerendered:
    """The pre-rendered statements of a segment with ``count`` documents."""

    def __init__(self, folder: IndexFolder, segment: MeasuredSegment, count: int) -> None:
        self.file = folder.open_stored(segment.make_filename(EXTENSION))
        size = 8 * (count + 1) + 4 * count + SEAL_BYTES
        tables = memoryview(unseal(self.file.read_at(self.file.size - size, size)))
        self._ends = tables[: 8 * (count + 1)].cast("Q")
        self._places = tables[8 * (count + 1) :].cast("I")

    def read(self, documents: Sequence[int]) -> list[bytes]:
        """The bytes of each document; adjacent ones are read together. Raises ValueError if
        damaged."""
        places = [self._places[document] for document in documents]
        # a range interrupted by another speaker's may span a million numbers
        reach = places[-1] - places[0] + 1
        if reach == len(places) and places == list(range(places[0], places[-1] + 1)):
            return self._stretch(places[0], len(places))
        found: list[bytes] = []
        first = 0
        for number, place in enumerate(places, start=1):
            if number == len(places) or places[number] != place + 1:
                found += self._stretch(places[first], number - first)
                first = number
        return found

    def _stretch(self, place: int, count: int) -> list[bytes]:
        """The contents of ``count`` places starting at ``place``."""
        bounds = self._ends[place : place + count + 1].tolist()
        first = bounds[0]
        stretch = self.file.read_at(first, bounds[-1] - first)
        check_seals(stretch)
        before = first + SEAL_BYTES
        return [stretch[start - first : end - before] for start, end in pairwise(bounds)]
