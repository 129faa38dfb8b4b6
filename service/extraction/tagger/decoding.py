"""Decoding: statements read off the network's scores.

The best sequence of tags under the learned transitions gives contents, cues and mentions; pointers
join them. As in the corpus every statement has one cue and every cue one statement: contents that
point to one cue are one statement, a cue that is pointed to is one whatever its tags, and a cue
left without a content takes one from a cue that has several.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
LEANING = np.array([0, 0.3, 0.3, -0.2, -0.2, -0.2, -0.2], np.float32)
"""Added to the log-odds of the tags: contents rather too long than too short, cues rather sure."""
MISSED = 0.3
"""A piece that is pointed to with this chance begins what it is taken for, whatever its tag."""
SHARED = 0.1
"""A cue without a content takes one of another's that points to it with this chance."""
VOTES = 24
"""Pieces of a content asked where it points to; more change nothing and take longer."""

INSISTENCE = np.float32(20)
LONGEST = 20  # words of a cue or mention that only pointers found


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words tagged as one: numbers of its pieces (both inclusive), mean chance of its tags."""

    kind: int
    first: int
    last: int
    certainty: float


@dataclass(frozen=True, slots=True)
class Link:
    """What a stretch may point to (None: nobody) and with what chance."""

    target: Stretch | None
    chance: float


def read_proposals(network: Network, scores: Scores, text: str) -> list[Proposal]:
    """Statements in reading order."""
    reading = Reading(network, scores)
    told = _share_out(reading.joined(CONTENT, CUE), reading.of(CUE))
    mentions = reading.joined(CUE, MENTION)
    proposals = []
    for cue, contents in told.items():
        whose = mentions[cue][0] if cue in mentions else Link(None, 0.5)
        proposals.append(_proposal(scores, text, contents, cue, whose))
    return sorted(proposals, key=lambda proposal: proposal.spans[0])


Shares = dict[Stretch | None, dict[Stretch, float]]


def _share_out(links: dict[Stretch, list[Link]], cues: Iterable[Stretch]) -> Shares:
    """The contents of each cue with the chance of each."""
    told: Shares = {}
    wanted: dict[Stretch | None, list[tuple[float, Stretch]]] = {}
    for content, likely in links.items():
        told.setdefault(likely[0].target, {})[content] = likely[0].chance
        for link in likely[1:]:
            if link.chance > SHARED:
                wanted.setdefault(link.target, []).append((link.chance, content))
    for cue in cues:
        for chance, content in sorted(wanted.get(cue, ()), key=lambda want: -want[0]):
            owner = links[content][0].target
            if cue not in told and content in told[owner] and len(told[owner]) > 1:
                del told[owner][content]
                told[cue] = {content: chance}
    return told


class Reading:
    """Tags as they stand so far. Where pointers insist on a beginning the tags deny, it is made."""

    def __init__(self, network: Network, scores: Scores) -> None:
        self._network, self._scores = network, scores
        self._words = np.flatnonzero(scores.pieces.first)
        self._emissions = scores.tags[self._words] + LEANING
        # no content, cue or mention of the corpus goes on in another paragraph
        opening = scores.pieces.ids[self._words[1:] - 1] == SEP
        self._emissions[1:][opening, 2::2] = FORBIDDEN
        self._pointings: dict[Stretch, Pointing] = {}
        self._find()

    def _find(self) -> None:
        self._stretches = find_stretches(self._scores, self._emissions, self._network.transitions)

    def of(self, kind: int) -> list[Stretch]:
        return [stretch for stretch in self._stretches if stretch.kind == kind]

    def joined(self, kind: int, target: int) -> dict[Stretch, list[Link]]:
        """For each stretch of ``kind`` its links to ``target``, likeliest first, one at least."""
        missing = {
            self._pointing(origin).best
            for origin, links in self._links(kind, target)
            if self._pointing(origin).highest > max(links[0].chance, MISSED)
        }
        if missing:
            self._insist(missing, target)
        return dict(self._links(kind, target))

    def _links(self, kind: int, target: int) -> Iterator[tuple[Stretch, list[Link]]]:
        targets = self.of(target)
        firsts = np.array([stretch.first for stretch in targets], np.int64)
        ends = np.array([stretch.last for stretch in targets], np.int64)
        for origin in self.of(kind):
            pointing = self._pointing(origin)
            low = int(np.searchsorted(ends, pointing.start))
            high = int(np.searchsorted(ends, pointing.stop))
            chances = pointing.between(firsts[low:high], ends[low:high])
            likely = np.flatnonzero(chances >= min(SHARED, chances.max(initial=0.0)))
            links = [Link(targets[low + at], float(chances[at])) for at in likely]
            if target == MENTION or not links:
                links.append(Link(None, pointing.nobody))
            yield origin, sorted(links, key=lambda link: -link.chance)

    def _pointing(self, origin: Stretch) -> Pointing:
        if origin not in self._pointings:
            at = np.arange(origin.first, origin.last + 1)
            at = at[self._scores.pieces.first[at]]
            at = at[:: 1 + len(at) // VOTES]
            kind = int(origin.kind == CUE)
            self._pointings[origin] = self._network.point(self._scores, kind, at)
        return self._pointings[origin]

    def _insist(self, pieces: Iterable[int], kind: int) -> None:
        """Something of ``kind`` begins there, and goes on while that is about as likely."""
        for piece in pieces:
            word = int(np.searchsorted(self._words, piece, "right")) - 1
            chances = np.exp(log_softmax(self._emissions[word : word + LONGEST]))
            stops = chances[1:, kind + 1] < max(0.05, chances[0, kind]) / 2
            more = int(np.append(stops, True).argmax())
            self._emissions[word, kind] += INSISTENCE
            self._emissions[word + 1 : word + 1 + more, kind + 1] += INSISTENCE
        self._find()


def find_stretches(
    scores: Scores, emissions: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]
) -> list[Stretch]:
    """What the best sequence of tags marks, in reading order; ``emissions`` are the words'."""
    pieces = scores.pieces
    words = np.flatnonzero(pieces.first)
    if not len(words):
        return []
    # the last piece of a word is right before the next word or the SEP before that
    lasts = np.append(words[1:], len(pieces)) - 1
    lasts = np.where(pieces.end[lasts] > pieces.start[lasts], lasts, lasts - 1)
    tags = best_sequence(emissions, transitions)
    chances = np.exp(log_softmax(emissions))
    found = []
    for start in np.flatnonzero(np.isin(tags, BEGINS)):
        kind = int(tags[start])
        stop = start + 1
        while stop < len(tags) and tags[stop] == kind + 1:
            stop += 1
        sure = chances[start:stop, kind : kind + 2].sum(1).mean()
        found.append(Stretch(kind, int(words[start]), int(lasts[stop - 1]), float(sure)))
    return found


def best_sequence(
    emissions: npt.NDArray[np.float32], transitions: npt.NDArray[np.float32]
) -> npt.NDArray[np.int8]:
    """Viterbi; a continuing tag stands only after its own beginning or itself.

    ``emissions`` (words, tags); ``transitions`` (tags + 1, tags), its last row for the beginning.
    """
    allowed = np.full_like(transitions, FORBIDDEN)
    allowed[:, [0, *BEGINS]] = 0
    for kind in BEGINS:
        allowed[[kind, kind + 1], kind + 1] = 0
    steps = (transitions + allowed)[:-1].T.copy()  # (to, from)
    came = np.zeros(emissions.shape, np.int8)
    value = emissions[0] + (transitions + allowed)[-1]
    rows = np.arange(len(value))
    for number in range(1, len(emissions)):
        through = steps + value
        best = through.argmax(1)
        came[number] = best
        value = through[rows, best] + emissions[number]
    tags = np.zeros(len(emissions), np.int8)
    tags[-1] = value.argmax()
    for number in range(len(emissions) - 1, 0, -1):
        tags[number - 1] = came[number, tags[number]]
    return tags


def _proposal(
    scores: Scores, text: str, contents: dict[Stretch, float], cue: Stretch | None, whose: Link
) -> Proposal:
    spans: list[Span] = []
    for content in sorted(contents, key=lambda content: content.first):
        span = _span(scores, content)
        if spans and not text[spans[-1].end : span.start].strip(" "):
            span = Span(spans.pop().start, span.end)
        spans.append(span)
    sure = np.mean([content.certainty * chance for content, chance in contents.items()])
    return Proposal(
        tuple(spans),
        None if cue is None else _span(scores, cue),
        None if whose.target is None else _span(scores, whose.target),
        round(float(sure) * whose.chance, 3),
    )


def _span(scores: Scores, stretch: Stretch) -> Span:
    return Span(int(scores.pieces.start[stretch.first]), int(scores.pieces.end[stretch.last]))
