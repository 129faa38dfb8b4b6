"""States: what the network makes of mentions and names, to weigh whom a mention means by, and of
cues and contents, to weigh which act a statement reports.

The tagger fills them in as it reads, tagger/ keeps what it costs down; speakers/ranker.py and
statements/acts.py learned what they tell. Each piece of a kept word has four stretches of ``WIDTH``
numbers: as the first and as the last piece of a mention, and as the first and as the last piece of
a name.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.domain import Span

WIDTH = 64
HEADS = 256
"""Numbers of a piece that tagger.onnx puts out, fixed when it was trained."""
Halves = npt.NDArray[np.float16]
Floats = npt.NDArray[np.float32]


class Section(NamedTuple):
    """``starts`` are the kept pieces' offsets in reading order, ``halves`` is (n, 4 x WIDTH)."""

    starts: npt.NDArray[np.int32]
    halves: Halves


@dataclass(slots=True)
class Pointed:
    """What the pointers' heads (``HEADS`` numbers a piece) make of each statement's cue, on the
    whole, and of the first piece of each stretch of its content; by where these begin."""

    cues: dict[int, Halves] = field(default_factory=dict)
    contents: dict[int, Halves] = field(default_factory=dict)


@dataclass(slots=True)
class States:
    """Of an article, section by section."""

    sections: list[Section] = field(default_factory=list)
    _begins: list[int] = field(default_factory=list)

    def add(self, section: Section) -> None:
        """Sections come in reading order."""
        if len(section.starts):
            self.sections.append(section)
            self._begins.append(int(section.starts[0]))

    def of_mention(self, span: Span) -> Floats | None:
        """(WIDTH,), each within -1 and 1; None where the network kept nothing of its words."""
        return self._joined(span, 0)

    def of_name(self, span: Span) -> Floats | None:
        """As ``of_mention``."""
        return self._joined(span, 2 * WIDTH)

    def ends(self, span: Span) -> tuple[Halves, Halves] | None:
        """The rows of the span's first and last piece."""
        at = int(np.searchsorted(self._begins, span.start, side="right")) - 1
        if at < 0:
            return None
        starts, halves = self.sections[at]
        first = int(np.searchsorted(starts, span.start))
        last = int(np.searchsorted(starts, span.end)) - 1
        if first > last or starts[first] != span.start:
            return None
        return halves[first], halves[last]

    def _joined(self, span: Span, low: int) -> Floats | None:
        found = self.ends(span)
        if found is None:
            return None
        first, last = found
        both = first[low : low + WIDTH].astype(np.float32)
        both += last[low + WIDTH : low + 2 * WIDTH]
        joined: Floats = np.tanh(both)
        return joined
