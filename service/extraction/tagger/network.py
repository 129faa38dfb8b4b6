"""Network: the trained model run over a text's pieces.

Runs the ONNX file window by window and keeps each piece's scores from the window with most context
on both sides. The file is opened in session.py; scores are decoded in decoding.py.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from service.deadline import check_deadline
from service.extraction.page.marks import Quotation
from service.extraction.states import WIDTH, Halves
from service.extraction.tagger.pieces import CLS, SEP, Pieces, cut_pieces, open_tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = npt.NDArray[np.float32]

WINDOW = 288  # pieces, as in training
CONTEXT = 32  # pieces seen twice at least: 24 loses .003 quoted on held-out articles
POINTER = 64


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ``start`` to ``stop`` with their pointers, (stop - start + 1, 4 x POINTER); row 0 is
    nobody's.
    """

    start: int
    stop: int
    pointers: Floats


@dataclass(frozen=True)
class Scores:
    """The network's output per piece: log-odds of tags (n, 7) and of names (n, 5).

    ``home`` is the number of the window that saw each piece best, (n,); ``states`` (n, 4 x
    ``states.WIDTH``) are the states of mentions and names.
    """

    pieces: Pieces
    tags: Floats
    names: Floats
    home: npt.NDArray[np.int32]
    windows: tuple[Window, ...]
    states: Halves

    def pointers(self, first: int, stop: int) -> Floats:
        """Pointers of pieces ``first`` to ``stop``, (stop - first, 4 x POINTER), from the window
        that saw ``first`` best.
        """
        window = self.windows[self.home[first]]
        seen: Floats = window.pointers[first - window.start + 1 : stop - window.start + 1]
        return seen


class Network:
    """An opened model folder: tagger.onnx, in a session, and tokenizer.json."""

    states_width = 4 * WIDTH

    def __init__(self, session: "InferenceSession", folder: Path) -> None:
        self._session = session
        learned = session.get_modelmeta().custom_metadata_map
        distance: Floats = np.array(json.loads(learned["distance"]), np.float32)
        # by kind of pointer and by how many pieces it points ahead, offset by WINDOW
        self._distance = distance[:, distance_bucket(np.arange(-WINDOW, WINDOW + 1))]
        self.transitions: Floats = np.array(json.loads(learned["transitions"]), np.float32)
        self._tokenizer = open_tokenizer(folder)

    def read(self, text: str, quotations: Iterable[Quotation]) -> Iterator[Scores]:
        """Yields scores section by section, so that memory hardly grows with the text."""
        for pieces in cut_pieces(text, quotations, self._tokenizer):
            yield self._score(pieces)

    def _score(self, pieces: Pieces) -> Scores:
        n = len(pieces)
        tags, names = np.zeros((n, 7), np.float32), np.zeros((n, 5), np.float32)
        states = np.zeros((n, self.states_width), np.float16)
        home, room = np.zeros(n, np.int32), np.full(n, -1)
        windows = []
        for number, (start, stop) in enumerate(plan_windows(pieces)):
            tag, name, pointers, state = self._run(pieces, start, stop)
            at = np.arange(start, stop)
            margin = np.minimum(
                at - start if start else np.full_like(at, n),
                stop - 1 - at if stop < n else np.full_like(at, n),
            )
            better = margin > room[start:stop]
            for kept, seen in ((tags, tag), (names, name), (states, state)):
                kept[start:stop][better] = seen[1:][better]
            room[start:stop][better] = margin[better]
            home[start:stop][better] = number
            windows.append(Window(start, stop, pointers))
        return Scores(pieces, tags, names, home, tuple(windows), states)

    def _run(self, pieces: Pieces, start: int, stop: int) -> tuple[Floats, ...]:
        """Tags, names, pointers and states of a window, each (pieces + 1, ..)."""
        check_deadline()
        ids = np.concatenate([[CLS], pieces.ids[start:stop]])[None]
        types = np.concatenate([[0], pieces.types[start:stop]])[None]
        out = self._session.run(
            None, {"ids": ids.astype(np.int32), "types": types.astype(np.int32)}
        )
        return tuple(part[0] for part in out)

    def point(self, scores: Scores, kind: int, origin: npt.NDArray[np.intp]) -> "Pointing":
        """Where the pieces ``origin`` point to, averaged over them.

        ``kind`` 0: from a content to its cue; 1: from a cue to its mention.
        """
        homes = scores.home[origin]  # ascending, as ``origin`` is
        numbers = range(homes[0], homes[-1] + 1)
        start = scores.windows[numbers[0]].start
        total = np.zeros(scores.windows[numbers[-1]].stop - start + 1)
        for number in numbers:
            window = scores.windows[number]
            rows = origin[homes == number] - window.start + 1
            low = 2 * kind * POINTER
            query = window.pointers[rows, low : low + POINTER]
            key = window.pointers[:, low + POINTER : low + 2 * POINTER]
            columns = np.arange(len(key))
            value = query @ key.T / np.sqrt(POINTER)
            value += self._distance[kind][columns[None] - rows[:, None] + WINDOW]
            chances = np.exp(log_softmax(value)).sum(0)
            total[0] += chances[0]
            total[window.start - start + 1 : window.stop - start + 1] += chances[1:]
        return Pointing(start, total / len(origin))


@dataclass(frozen=True, slots=True)
class Pointing:
    """Probabilities that sum to 1: ``chances[0]`` is nobody's, ``chances[1 + n]`` that of piece
    ``start`` + n.
    """

    start: int
    chances: npt.NDArray[np.float64]

    @property
    def nobody(self) -> float:
        return float(self.chances[0])

    @property
    def best(self) -> int:
        """The piece most likely pointed to, even if nobody is likelier."""
        return self.start + int(self.chances[1:].argmax())

    @property
    def highest(self) -> float:
        return float(self.chances[1:].max())

    @property
    def stop(self) -> int:
        """Index after the last piece."""
        return self.start + len(self.chances) - 1

    def between(
        self, first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float64]:
        """Probabilities of the stretches from ``first`` to ``last``, inclusive, which end before
        ``stop``.
        """
        sums = np.cumsum(self.chances) - self.chances[0]
        low = np.maximum(0, first - self.start)
        reached: npt.NDArray[np.float64] = sums[last - self.start + 1] - sums[low]
        return reached


def log_softmax(scores: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Log probabilities over the last axis, of the same shape."""
    shifted = scores - scores.max(-1, keepdims=True)
    result: npt.NDArray[np.floating] = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result


def distance_bucket(signed: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Buckets 0..64: exact up to 11 either way, then four per doubling; as in training."""
    size = np.abs(signed).astype(np.float32)
    far = 12 + np.log2(np.maximum(size, 12) / 12) * 4
    bucket = np.minimum(np.where(size < 12, size, far), 31).astype(np.int64)
    return np.where(signed < 0, 32 - bucket, 32 + bucket)


def plan_windows(pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Overlapping ranges of at most ``WINDOW`` - 1 pieces that cover all.

    A window begins with a paragraph where possible, so that little is read twice.
    """
    most = WINDOW - 1
    begins = np.flatnonzero(pieces.ids == SEP) + 1
    start = 0
    while start < len(pieces):
        stop = min(len(pieces), start + most)
        yield start, stop
        if stop == len(pieces):
            return
        near = begins[(begins > stop - 4 * CONTEXT) & (begins <= stop - CONTEXT)]
        start = int(near[-1]) if len(near) else stop - 2 * CONTEXT
