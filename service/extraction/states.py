"""States: the network's states of mentions and names, and of cues and contents.

Filled by the tagger. speakers/ranker.py resolves mentions by them, statements/acts.py weighs acts;
the weights of both were learned on them. Each piece of a kept word has four stretches of ``WIDTH``
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
"""Numbers per piece that tagger.onnx outputs, fixed when it was trained."""
Halves = npt.NDArray[np.float16]
Floats = npt.NDArray[np.float32]


class Section(NamedTuple):
    """``starts`` are the kept pieces' offsets in reading order, (n,); ``halves`` is (n, 4 x
    WIDTH).
    """

    starts: npt.NDArray[np.int32]
    halves: Halves


@dataclass(slots=True)
class Pointed:
    """States of the pointers' heads, (HEADS,) each, by the start of the span: the mean over each
    statement's cue, and the first piece of each stretch of its content.
    """

    cues: dict[int, Halves] = field(default_factory=dict)
    contents: dict[int, Halves] = field(default_factory=dict)


@dataclass(slots=True)
class States:
    """The states of an article, section by section."""

    sections: list[Section] = field(default_factory=list)
    _begins: list[int] = field(default_factory=list)
    _names: dict[Span, Floats | None] = field(default_factory=dict)

    def add(self, section: Section) -> None:
        """Adds a section; sections must come in reading order."""
        if len(section.starts):
            self.sections.append(section)
            self._begins.append(int(section.starts[0]))

    def of_mention(self, span: Span) -> Floats | None:
        """State of a mention, (WIDTH,), within -1 and 1; None if its pieces were not kept."""
        return self._joined(span, 0)

    def of_name(self, span: Span) -> Floats | None:
        """State of a name, as ``of_mention``; kept, as later mentions weigh it again."""
        if span not in self._names:
            self._names[span] = self._joined(span, 2 * WIDTH)
        return self._names[span]

    def ends(self, span: Span) -> tuple[Halves, Halves] | None:
        """Rows of the span's first and last piece, (4 x WIDTH,) each; None if they were not
        kept.
        """
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
