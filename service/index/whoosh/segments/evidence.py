"""Evidence: clues to who these speakers are, from their statements in all segments.

Read from the columns, only for speakers that another article's bare surname may refer to.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from service.domain import PartialDate, Speaker
from service.index.appearances import Evidence, week_of
from service.index.whoosh.format.columns import Numbers
from service.index.whoosh.segments.segment import Segment


def gather(segments: Iterable[Segment], speakers: Collection[Speaker]) -> dict[Speaker, Evidence]:
    """The publishers and weeks of their statements, and the titles that articles give them."""
    found: dict[Speaker, Evidence] = defaultdict(Evidence)
    wanted = frozenset(speakers)
    for segment in segments if wanted else ():
        numbers = {
            number: one.speaker
            for number, one in enumerate(segment.files.speakers, start=1)
            if one.speaker in wanted
        }
        if numbers:
            _add(segment, numbers, found)
    return found


def _add(
    segment: Segment, numbers: Mapping[int, Speaker], found: Mapping[Speaker, Evidence]
) -> None:
    documents = segment.statements
    spoken = segment.row["speaker"][documents]
    mask = np.zeros(len(segment.files.speakers) + 1, dtype=bool)
    mask[list(numbers)] = True
    documents = documents[mask[spoken]]
    files, row = segment.files, segment.row
    for speaker, title in _distinct([row[name][documents] for name in ("speaker", "title")]):
        if title:
            found[numbers[speaker]].titles.add(files.titles[title - 1])
    columns = [row[name][documents] for name in ("speaker", "publisher", "first", "last")]
    for speaker, publisher, first, last in _distinct(columns):
        if publisher and first and first == last:
            day = PartialDate(first // 10000, first // 100 % 100, first % 100)
            found[numbers[speaker]].places.add((files.publishers[publisher - 1], week_of(day)))


def _distinct(columns: Sequence[Numbers]) -> list[list[int]]:
    rows: npt.NDArray[np.uint32] = np.unique(np.stack(columns, axis=1), axis=0)
    listed: list[list[int]] = rows.tolist()
    return listed
