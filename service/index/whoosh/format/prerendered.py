"""Ready-made: the statements of a segment as a rendering wrote them, in a file of their own.

They are ordered by speaker, so that a page of what somebody said is one stretch of the file and one
read, where one a statement took a third of a page's time (python -m bench.http). Each is sealed.
After them come the end of each place and the place of each document. The order is made in
segment_writer.py.
"""

from array import array
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from service.index.whoosh.format.folder import IndexFolder
from service.index.whoosh.format.postings import MeasuredSegment
from service.index.whoosh.format.stored import SEAL_BYTES, check_seals, seal, unseal

EXTENSION = ".ready"


def write_prerendered(
    folder: IndexFolder,
    segment: MeasuredSegment,
    order: npt.NDArray[np.intp],
    rendered: Callable[[int], bytes],
) -> None:
    """The file of a new segment; ``order`` has all its documents.

    ``rendered`` gives what is to be kept of a document: nothing of a source.
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
    """Of a segment with this many documents."""

    def __init__(self, folder: IndexFolder, segment: MeasuredSegment, count: int) -> None:
        self.file = folder.open_stored(segment.make_filename(EXTENSION))
        size = 8 * (count + 1) + 4 * count + SEAL_BYTES
        tables = memoryview(unseal(self.file.read_at(self.file.size - size, size)))
        self._ends = tables[: 8 * (count + 1)].cast("Q")
        self._places = tables[8 * (count + 1) :].cast("I")

    def read(self, documents: Sequence[int]) -> list[bytes]:
        """What was kept of each; neighbours are read at once. Raises ValueError where one is not
        as it was written."""
        places = [self._places[document] for document in documents]
        # a range between two of another speaker's may have a million numbers
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
        """What is in ``count`` places from this one on."""
        bounds = self._ends[place : place + count + 1].tolist()
        first = bounds[0]
        stretch = self.file.read_at(first, bounds[-1] - first)
        check_seals(stretch)
        before = first + SEAL_BYTES
        return [stretch[start - first : end - before] for start, end in pairwise(bounds)]
