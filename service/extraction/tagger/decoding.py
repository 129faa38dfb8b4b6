"""Decoding: statements read off the network's scores.

The best sequence of tags under the learned transitions gives contents, cues and mentions; pointers
join them. As in the corpus every statement has one cue and every cue one statement: contents that
point to the same cue form one statement, what is pointed to becomes a cue whatever its tags, and a
cue without a content takes one from a cue that has several.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.domain import Span
from service.extraction.proposal import Proposal
from service.extraction.tagger.network import Network, Pointing, Scores, log_softmax
from service.extraction.tagger.pieces import SEP

CONTENT, CUE, MENTION = 1, 3, 5  # the tag that begins; the next one continues
BEGINS = (CONTENT, CUE, MENTION)
FORBIDDEN = np.float32(-1e4)

# Set on the articles of train that were held out; training/LOG.md has the figures.
LEANING = np.array([0, 0.2, 0.2, -0.2, -0.2, -0.2, -0.2], np.float32)
"""Added to the log-odds of the tags: favours contents that are too long over too short ones, and
demands more certainty for cues.
"""
MISSED = 0.3
"""Probability at which a piece that is pointed to begins a stretch, whatever its tag."""
SHARED = 0.1
"""Probability at which a cue without a content takes one of another's that points to it."""
VOTES = 24
"""Pieces of a content whose pointers are averaged; more change nothing and take longer."""

PERSON = 1
"""Index of persons among a piece's five log-odds of names."""
SURELY = 0.7
"""Least probability of a word in a person's name: of 300 names in PolNeAR's dev articles that no
list knows and that are taken for one, all are.
"""

INSISTENCE = np.float32(20)
LONGEST = 20  # words of a cue or mention that only pointers found


class Stretch(NamedTuple):
    """Words tagged as one stretch: indices of its first and last piece, inclusive."""

    kind: int
    first: int
    last: int


class Link(NamedTuple):
    """A stretch that another may point to (None: nobody), with its probability."""

    target: Stretch | None
    chance: float


class _Aim(NamedTuple):
    """Where a stretch points; ``sums`` are the cumulative probabilities up to each piece, without
    nobody's.
    """

    pointing: Pointing
    sums: npt.NDArray[np.float64]


def read_proposals(network: Network, scores: Scores, text: str) -> list[Proposal]:
    """Proposals of a section, in reading order."""
    reading = Reading(network, scores)
    shares = _share_out(reading.joined(CONTENT, CUE), reading.of(CUE))
    certainty = {
        content: reading.certainty(content)
        for by_content in shares.values()
        for content in by_content
    }
    mentions = reading.joined(CUE, MENTION)
    proposals = []
    for cue, contents in shares.items():
        whose = mentions[cue][0] if cue in mentions else Link(None, 0.5)
        sure = np.mean([certainty[content] * chance for content, chance in contents.items()])
        confidence = round(float(sure) * whose.chance, 3)
        proposals.append(_proposal(scores, text, contents, cue, whose, confidence))
    return sorted(proposals, key=lambda proposal: proposal.spans[0])


def read_persons(scores: Scores) -> Iterator[Span]:
    """Yields the spans of persons' names, in reading order."""
    pieces = scores.pieces
    words = np.flatnonzero(pieces.first)
    if not len(words):
        return
    lasts = _last_pieces(scores, words)
    sure = np.exp(log_softmax(scores.names[words]))[:, PERSON] > SURELY
    for at in np.flatnonzero(sure):
        if at > 0 and sure[at - 1] and words[at] == lasts[at - 1] + 1:
            continue
        end = at
        while end + 1 < len(sure) and sure[end + 1] and words[end + 1] == lasts[end] + 1:
            end += 1
        yield Span(int(pieces.start[words[at]]), int(pieces.end[lasts[end]]))


Shares = dict[Stretch | None, dict[Stretch, float]]


def _share_out(links: dict[Stretch, list[Link]], cues: Iterable[Stretch]) -> Shares:
    """The contents of each cue with their probabilities."""
    shares: Shares = {}
    wanted: dict[Stretch | None, list[tuple[float, Stretch]]] = {}
    for content, likely in links.items():
        shares.setdefault(likely[0].target, {})[content] = likely[0].chance
        for link in likely[1:]:
            if link.chance > SHARED:
                wanted.setdefault(link.target, []).append((link.chance, content))
    for cue in cues:
        for chance, content in sorted(wanted.get(cue, ()), key=lambda want: -want[0]):
            owner = links[content][0].target
            if cue not in shares and content in shares[owner] and len(shares[owner]) > 1:
                del shares[owner][content]
                shares[cue] = {content: chance}
    return shares


class Reading:
    """The current tags of a section; where pointers insist on a stretch, the tags are changed."""

    def __init__(self, network: Network, scores: Scores) -> None:
        self._network, self._scores = network, scores
        self._words = np.flatnonzero(scores.pieces.first)
        self._lasts = _last_pieces(scores, self._words)
        self._emissions = scores.tags[self._words] + LEANING
        # no content, cue or mention of the corpus continues in another paragraph
        opening = scores.pieces.ids[self._words[1:] - 1] == SEP
        self._emissions[1:][opening, 2::2] = FORBIDDEN
        self._outside = certainly_outside(self._emissions, network.transitions)
        self._tags = best_sequence(self._emissions, network.transitions)
        self._aims: dict[Stretch, _Aim] = {}
        self._find()

    def _find(self) -> None:
        tags = self._tags.tolist()
        self._stretches: dict[int, list[Stretch]] = {kind: [] for kind in BEGINS}
        for start in np.flatnonzero(np.isin(self._tags, BEGINS)).tolist():
            kind, stop = tags[start], start + 1
            while stop < len(tags) and tags[stop] == kind + 1:
                stop += 1
            stretch = Stretch(kind, int(self._words[start]), int(self._lasts[stop - 1]))
            self._stretches[kind].append(stretch)

    def of(self, kind: int) -> list[Stretch]:
        """The stretches of this kind, in reading order."""
        return self._stretches[kind]

    def certainty(self, stretch: Stretch) -> float:
        """The mean probability of the stretch's tags."""
        start, stop = np.searchsorted(self._words, [stretch.first, stretch.last + 1])
        chances = np.exp(log_softmax(self._emissions[start:stop]))
        return float(chances[:, stretch.kind : stretch.kind + 2].sum(1).mean())

    def joined(self, kind: int, target: int) -> dict[Stretch, list[Link]]:
        """For each stretch of ``kind`` its links to ``target``, the likeliest first, at least
        one.
        """
        joined = dict(self._links(kind, target))
        missing = {
            self._aim(origin).pointing.best
            for origin, links in joined.items()
            if self._aim(origin).pointing.highest > max(links[0].chance, MISSED)
        }
        if not missing:
            return joined
        self._insist(missing, target)
        return dict(self._links(kind, target))

    def _links(self, kind: int, target: int) -> Iterator[tuple[Stretch, list[Link]]]:
        targets = self.of(target)
        ends = [stretch.last for stretch in targets]
        edges = np.array([(stretch.first, stretch.last + 1) for stretch in targets], np.int64)
        for origin in self.of(kind):
            pointing, sums = self._aim(origin)
            low = bisect_left(ends, pointing.start)
            high = bisect_left(ends, pointing.stop, low)
            firsts, stops = edges[low:high].reshape(-1, 2).T - pointing.start
            chances = (sums[stops] - sums[np.maximum(0, firsts)]).tolist()
            least = min(SHARED, max(chances, default=0.0))
            links = [
                Link(target, chance)
                for target, chance in zip(targets[low:high], chances, strict=True)
                if chance >= least
            ]
            if target == MENTION or not links:
                links.append(Link(None, pointing.nobody))
            yield origin, sorted(links, key=lambda link: -link.chance)

    def _aim(self, origin: Stretch) -> _Aim:
        aim = self._aims.get(origin)
        if aim is None:
            at = np.arange(origin.first, origin.last + 1)
            at = at[self._scores.pieces.first[at]]
            at = at[:: 1 + len(at) // VOTES]
            pointing = self._network.point(self._scores, int(origin.kind == CUE), at)
            sums = np.cumsum(pointing.chances) - pointing.chances[0]
            aim = self._aims[origin] = _Aim(pointing, sums)
        return aim

    def _insist(self, pieces: Iterable[int], kind: int) -> None:
        """Makes stretches of ``kind`` begin at these pieces, extended while that is about as
        likely.
        """
        changed = []
        for piece in pieces:
            word = int(np.searchsorted(self._words, piece, "right")) - 1
            chances = np.exp(log_softmax(self._emissions[word : word + LONGEST]))
            stops = chances[1:, kind + 1] < max(0.05, chances[0, kind]) / 2
            more = int(np.append(stops, True).argmax())
            self._emissions[word, kind] += INSISTENCE
            self._emissions[word + 1 : word + 1 + more, kind + 1] += INSISTENCE
            self._outside[max(0, word - 1) : word + 1 + more] = False
            changed.append((word, word + 1 + more))
        self._tag_anew(changed)
        self._find()

    def _tag_anew(self, changed: Iterable[tuple[int, int]]) -> None:
        """Computes the best tags between the certain words around each change; others stay
        unchanged.
        """
        end = len(self._tags)
        outside = np.flatnonzero(self._outside).tolist()
        befores, afters = [0, *outside], [*outside, end]
        parts = {
            (befores[bisect_left(outside, low)], afters[bisect_left(outside, high)] + 1)
            for low, high in changed
        }
        for start, stop in parts:
            emissions = self._emissions[start:stop]
            self._tags[start:stop] = best_sequence(emissions, self._network.transitions)


def _last_pieces(scores: Scores, words: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Index of the last piece of each word: right before the next word, or before its SEP."""
    pieces = scores.pieces
    lasts = np.append(words[1:], len(pieces)) - 1
    return np.where(pieces.end[lasts] > pieces.start[lasts], lasts, lasts - 1)


def certainly_outside(
    emissions: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]
) -> npt.NDArray[np.bool_]:
    """Mask of words outside all stretches in any best sequence, whatever the words around them.

    Replacing a tag by 0 changes two transitions, and if the next word continues a stretch it must
    then begin one, which changes its own tag and a third transition.
    """
    steps = _allowed(transitions)
    begun = [0, *(kind for kind in BEGINS for _ in range(2))]  # each tag, or that which begins it
    before = (steps - steps[:, :1]).max(0)
    after = (steps[:-1] - steps[0, begun]).max(1).clip(0)
    begins = np.array(BEGINS)
    third = (steps[begins + 1] - steps[begins]).max().clip(0)
    begin = np.zeros(len(emissions), np.float32)
    begin[:-1] = ((emissions[1:, 2::2] - emissions[1:, 1::2]).max(1) + third).clip(0)
    ahead = emissions[:, :1] - emissions[:, 1:] - (before + after)[1:]
    certain: npt.NDArray[np.bool_] = ahead.min(1) > begin
    return certain


def best_sequence(
    emissions: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]
) -> npt.NDArray[np.int8]:
    """Viterbi; a continuing tag comes only after its own beginning or itself.

    ``emissions`` is (words, tags); ``transitions`` is (tags + 1, tags), its last row for the start.
    Returns a tag per word, (words,).
    """
    steps, first = np.split(_allowed(transitions), [-1])  # (from, to)
    values = emissions + first  # of the best sequence up to each word, by its tag
    through = np.empty_like(steps)
    # numpy functions with preallocated results: otherwise half of the loop's time
    rows, columns = list(values), list(values[:, :, None])
    for before, row, emission in zip(columns, rows[1:], emissions[1:], strict=False):
        np.add(steps, before, through)
        np.maximum.reduce(through, 0, None, row)
        np.add(row, emission, row)
    came = (values[:-1, :, None] + steps).argmax(1).tolist()
    tags = [int(values[-1].argmax())]
    for number in range(len(came) - 1, -1, -1):
        tags.append(came[number][tags[-1]])
    return np.array(tags[::-1], np.int8)


def _allowed(transitions: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The transitions, with those to a continuing tag only from its beginning or itself."""
    allowed = np.full_like(transitions, FORBIDDEN)
    allowed[:, [0, *BEGINS]] = 0
    for kind in BEGINS:
        allowed[[kind, kind + 1], kind + 1] = 0
    return transitions + allowed


def _proposal(
    scores: Scores,
    text: str,
    contents: Iterable[Stretch],
    cue: Stretch | None,
    whose: Link,
    confidence: float,
) -> Proposal:
    spans: list[Span] = []
    for content in sorted(contents, key=lambda content: content.first):
        span = _span(scores, content)
        if spans and not text[spans[-1].end : span.start].strip(" "):
            span = Span(spans.pop().start, span.end)
        spans.append(span)
    return Proposal(
        tuple(spans),
        None if cue is None else _span(scores, cue),
        None if whose.target is None else _span(scores, whose.target),
        confidence,
    )


def _span(scores: Scores, stretch: Stretch) -> Span:
    return Span(int(scores.pieces.start[stretch.first]), int(scores.pieces.end[stretch.last]))
