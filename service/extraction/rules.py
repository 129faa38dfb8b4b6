"""Rules: statements by the patterns reporters write in, one sentence at a time.

"X said that ...", "..., said X", "according to X, ...", chains ("..., adding that ..."). What goes
beyond a sentence (quotations that go on, block quotations) is in passages.py. Every pattern
proposes; attribution.py decides.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.domain import Span
from service.extraction.cues import Cue, CueKind, according_spans, find_cues
from service.extraction.grammar import (
    is_adverbial,
    is_verb,
    opening_subject,
    subject_after,
    subject_before,
    words,
)
from service.extraction.lexicon import cues
from service.extraction.proposal import Proposal
from service.extraction.tokens import Token, span_of

CERTAIN, LIKELY, POSSIBLE = 0.95, 0.85, 0.7
"""Confidence of quoted words beside a cue, of reported speech, of verbs with other meanings."""

CONTINUES_WITHIN = 25
"""Tokens between "he said" and the rest of an interrupted quotation."""
CLAUSE_AT_LEAST = 8
"""More tokens than this before ", he said" are a clause, whatever its verb."""
AFTERTHOUGHT_TOKENS = 15
"""What may follow "..., he said" in its sentence: hearers, place and time."""
CUES_AHEAD = 6
CLAUSE_TOKENS = 60
"""How far is looked for another cue and for a clause's verb, so that time stays linear."""
ADDRESS_TOKENS = 12
"""Tokens between a verb and its "that": "stated in a written interview with Xinhua that"."""


@dataclass(slots=True)
class SentenceReading:
    """A sentence while it is read: ``free`` is the first token nothing has claimed yet."""

    text: str
    tokens: Sequence[Token]
    proposals: list[Proposal] = field(default_factory=list)
    open_cue: tuple[Span, Span | None] | None = None
    free: int = 0
    mention: Span | None = None

    def propose(
        self,
        pieces: Sequence[tuple[int, int]],
        cue: Span,
        mention: Span | None,
        confidence: float,
        claimed: int = 0,
    ) -> bool:
        """``claimed``: tokens before it are used up, whatever the content."""
        spans = [span for piece in pieces if (span := self._content(*piece)) is not None]
        if not spans:
            return False
        follows = mention is None
        self.proposals.append(Proposal(tuple(spans), cue, mention, confidence, follows=follows))
        self.free = max(self.free, claimed, *(last for _, last in pieces))
        self.mention = mention or self.mention
        return True

    def _content(self, first: int, last: int) -> Span | None:
        """Token range as a span; marks at its ends stay, other punctuation does not."""
        tokens = self.tokens
        while first < last and tokens[first].quote < 0 and not _carries_words(tokens[first]):
            first += 1
        while last > first and tokens[last - 1].quote < 0 and not _carries_words(tokens[last - 1]):
            last -= 1
        return Span(tokens[first].start, tokens[last - 1].end) if last > first else None

    def cue_span(self, cue: Cue) -> Span:
        return Span(self.tokens[cue.first].start, self.tokens[cue.last - 1].end)

    def quoted_after(self, at: int, within: int) -> int | None:
        """The first quoted token at or after ``at``, no further off than ``within``."""
        for position in range(at, min(len(self.tokens), at + within)):
            if self.tokens[position].quote >= 0:
                return position
            if self.tokens[position].text == ";":
                return None
        return None

    def quote_end(self, at: int) -> int:
        """The token after the quotation that token ``at`` stands in."""
        number = self.tokens[at].quote
        while at < len(self.tokens) and self.tokens[at].quote == number:
            at += 1
        return at


def _carries_words(token: Token) -> bool:
    return token.is_word or token.text in "$£€%#@&)]…("


def read_sentence(text: str, tokens: Sequence[Token]) -> SentenceReading:
    """All that one sentence attributes to somebody."""
    reading = SentenceReading(text, tokens)
    if not tokens or _read_label(reading) or _read_according(reading):
        return reading
    found = find_cues(text, tokens)
    for number, cue in enumerate(found):
        if cue.first < reading.free:
            continue
        later = found[number + 1 : number + 1 + CUES_AHEAD]
        if _read_postposed(reading, cue) or any(_covers(reading, cue, other) for other in later):
            continue
        _read_preposed(reading, cue, later)
    return reading


def _covers(reading: SentenceReading, cue: Cue, later: Cue) -> bool:
    """A cue inside what a later "..., he said" claims is part of the content."""
    if later.kind is not CueKind.REPORT or later.first < reading.free:
        return False
    place = _postposed_place(reading, later)
    return place is not None and place.boundary > cue.last and _read_postposed(reading, later)


# "According to X, ..."


def _read_according(reading: SentenceReading) -> bool:
    tokens = reading.tokens
    sentence = Span(tokens[0].start, tokens[-1].end)
    for cue in according_spans(reading.text, sentence):
        first = bisect_left(tokens, cue.start, key=lambda t: t.start)
        if tokens[first].quote >= 0:
            continue
        name = bisect_left(tokens, cue.end, key=lambda t: t.start)
        last = _according_name_end(tokens, name)
        mention = span_of(tokens, name, last)
        if mention is None:
            continue
        opens = first <= 1 or tokens[first - 1].word in words("openers")
        pieces = [(last, len(tokens))] if opens else [(0, first)]
        if (
            not opens
            and last < len(tokens)
            and tokens[last].text == ","
            and not _finite(tokens, 0, first)
        ):
            pieces.append((last, len(tokens)))
        if reading.propose(pieces, cue, mention, CERTAIN):
            return True
    return False


def _according_name_end(tokens: Sequence[Token], first: int) -> int:
    last = first
    while last < len(tokens) and tokens[last].quote < 0 and tokens[last].text not in ",.;:":
        last += 1
    return last


# "Cecile Richards: “We will win.”"


def _read_label(reading: SentenceReading) -> bool:
    tokens = reading.tokens
    colon = next((i for i, t in enumerate(tokens[:6]) if t.text == ":"), None)
    if colon is None or colon == 0 or colon + 3 >= len(tokens):
        return False
    name = tokens[:colon]
    if tokens[colon + 1].quote < 0 or not all(t.capital and t.quote < 0 for t in name):
        return False
    cue = Span(tokens[colon].start, tokens[colon].end)
    mention = span_of(tokens, 0, colon)
    return reading.propose([(colon + 1, len(tokens))], cue, mention, LIKELY)


# "..., X said" and "..., said X"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a postposed clause stands: after ``boundary``; its tail begins at ``tail``."""

    boundary: int
    tail: int
    mention: Span | None
    quoted: bool


def _postposed_place(reading: SentenceReading, cue: Cue) -> _Place | None:
    if (
        cue.kind in (CueKind.QUOTING, CueKind.EVIDENCE)
        or cue.chains
        or cue.passive
        or cue.infinitive
    ):
        return None
    tokens = reading.tokens
    before = cue.first - 1
    while before > reading.free and is_adverbial(tokens[before]) and tokens[before].quote < 0:
        before -= 1
    inverted = before >= reading.free and _closes_content(tokens, before)
    after = subject_after(tokens, cue.last - 1) if inverted else None
    quoted = inverted and _ends_quoted(tokens, before)
    if after is not None and (quoted or not _finite(tokens, after[1], after[1] + 1)):
        return _Place(before + 1, after[1], span_of(tokens, *after), quoted)
    subject = subject_before(tokens, cue.first)
    if subject is None or subject[0] <= reading.free or not _closes_content(tokens, subject[0] - 1):
        return None
    quoted = _ends_quoted(tokens, subject[0] - 1)
    return _Place(subject[0], cue.last, span_of(tokens, *subject), quoted)


def _closes_content(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].quote >= 0 or tokens[at].text in (",", "—", "–", "--", "?", "!")


def _ends_quoted(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].quote >= 0 or (at > 0 and tokens[at - 1].quote >= 0)


def _read_postposed(reading: SentenceReading, cue: Cue) -> bool:
    place = _postposed_place(reading, cue)
    if place is None:
        return False
    rest = _continuation(reading, place)
    if not place.quoted and rest is None and not _may_stand_unquoted(reading, cue, place):
        return False
    pieces = [(reading.free, place.boundary)]
    if rest is not None:
        pieces.append(rest)
    confidence = CERTAIN if place.quoted else LIKELY
    span = reading.cue_span(cue)
    return reading.propose(pieces, span, place.mention, confidence, claimed=place.tail)


def _may_stand_unquoted(reading: SentenceReading, cue: Cue, place: _Place) -> bool:
    """Reported speech before its cue: a whole clause, and none after the cue."""
    tokens = reading.tokens
    if cue.kind is not CueKind.REPORT or place.boundary - reading.free < 5:
        return False
    if tokens[place.tail - 1].word == cue.word and place.tail < len(tokens):
        reach = min(len(tokens), place.tail + AFTERTHOUGHT_TOKENS)
        stops = (i for i in range(place.tail, reach) if tokens[i].text in ",.;")
        end = next(stops, reach)
        if _finite(tokens, place.tail, end) or end == place.tail + AFTERTHOUGHT_TOKENS:
            return False
        if any(t.word == "that" or t.quote >= 0 or t.text == ":" for t in tokens[place.tail : end]):
            return False
    closes = place.tail >= len(tokens) or tokens[place.tail].text == "."
    long = place.boundary - reading.free > CLAUSE_AT_LEAST
    return closes or long or _finite(tokens, reading.free, place.boundary)


def _finite(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a finite verb stands there, outside quotation marks."""
    last = min(last, len(tokens))
    return any(
        token.quote < 0
        and (
            token.word in words("finite")
            or (token.word.endswith("ed") and not token.capital)
            or is_verb(token)
        )
        for token in tokens[max(first, last - CLAUSE_TOKENS) : last]
    )


def _continuation(reading: SentenceReading, place: _Place) -> tuple[int, int] | None:
    """ "...," he said, "...": what goes on after the cue."""
    tokens, tail = reading.tokens, place.tail
    if place.quoted:
        at = reading.quoted_after(tail, CONTINUES_WITHIN)
        if at is not None and not _narrates(tokens, tail, at):
            return at, reading.quote_end(at)
        goes_on = tail + 1 < len(tokens) and tokens[tail + 1].word == "that"
        return (tail + 1, len(tokens)) if goes_on and tokens[tail].text == "," else None
    if tail + 1 >= len(tokens) or tokens[tail].text != "," or tokens[tail + 1].word in cues().chain:
        return None
    # "Now, she said, the two don't mix": the clause stands after the cue
    goes_on = not _finite(tokens, reading.free, place.boundary) and _finite(
        tokens, tail + 1, tail + 1 + CLAUSE_TOKENS
    )
    return (tail + 1, len(tokens)) if goes_on else None


def _narrates(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Something else is told between a cue and a later quotation."""
    return any(
        token.word in words("finite") or token.word == "that" or is_verb(token)
        for token in tokens[first:last]
    )


# "X said that ..."


def _read_preposed(reading: SentenceReading, cue: Cue, later: Sequence[Cue]) -> bool:
    mention = _mention_of(reading, cue)
    start = _content_start(reading, cue, mention)
    tokens = reading.tokens
    if (
        cue.last < len(tokens)
        and tokens[-1].text == ":"
        and not any(c.first > cue.last for c in later)
    ):
        reading.open_cue = reading.cue_span(cue), mention or reading.mention
    if start is None:
        return False
    end = _content_end(reading, start, later)
    quoted = reading.quoted_after(start, 3) is not None
    if mention is None and not quoted and not (cue.passive and tokens[-1].text == ":"):
        return False
    confidence = CERTAIN if quoted else LIKELY if cue.kind is CueKind.REPORT else POSSIBLE
    return reading.propose([(start, end)], reading.cue_span(cue), mention, confidence)


def _mention_of(reading: SentenceReading, cue: Cue) -> Span | None:
    tokens = reading.tokens
    if cue.passive:
        return _agent(tokens, cue)
    before = cue.first - 1
    while before >= 0 and is_adverbial(tokens[before]):
        before -= 1
    shares = before < 0 or tokens[before].word in {"and", "but", ";", ",", "then", "while", "by"}
    if cue.word.endswith("ing") or (shares and (cue.first == 0 or tokens[before].text != ",")):
        if reading.mention is not None:
            return reading.mention
        subject = opening_subject(tokens[: min(cue.first, CLAUSE_TOKENS)])
        return span_of(tokens, *subject) if subject else None
    subject = subject_before(tokens, cue.first)
    if subject is None or (subject[0] < reading.free and reading.proposals):
        return reading.mention
    return span_of(tokens, *subject)


def _agent(tokens: Sequence[Token], cue: Cue) -> Span | None:
    for at in range(cue.last, min(len(tokens) - 1, cue.last + 8)):
        if tokens[at].word == "by":
            subject = subject_after(tokens, at)
            return span_of(tokens, *subject) if subject else None
    return None


def _content_start(reading: SentenceReading, cue: Cue, mention: Span | None) -> int | None:
    """The token what is said begins with, after hearers, places and times of the saying."""
    tokens = reading.tokens
    at = cue.last
    if at >= len(tokens):
        return None
    if tokens[at].quote >= 0:
        return at
    if tokens[at].text in ",:" and reading.quoted_after(at, 2) is not None:
        return at + 1
    if tokens[at].text == ":" and at + 1 < len(tokens):
        return at + 1
    if tokens[at].word == "that" or (
        tokens[at].text == "," and tokens[min(at + 1, len(tokens) - 1)].word == "that"
    ):
        return at + (tokens[at].text == ",")
    if tokens[at].text in ".,;:!?":
        return None
    announced = _announced_start(reading, at)
    if announced is not None and cue.kind in (CueKind.REPORT, CueKind.CAUTIOUS):
        return announced
    if cue.infinitive and reading.quoted_after(at, 8) is None:
        return None
    return _bare_start(reading, cue, at, mention)


def _announced_start(reading: SentenceReading, at: int) -> int | None:
    """After "told reporters in Moscow": its "that", colon or quotation."""
    tokens = reading.tokens
    for position in range(at, min(len(tokens), at + ADDRESS_TOKENS)):
        token = tokens[position]
        if token.word == "that":
            return position
        if token.text in ",:" and reading.quoted_after(position, 2) is not None:
            return position + 1
        if token.quote >= 0:
            return position if position == at else None
        if token.text in ",;:" or token.word in words("finite"):
            return None
    return None


def _bare_start(reading: SentenceReading, cue: Cue, at: int, mention: Span | None) -> int | None:
    """What is said without "that": a clause after verbs of saying, the object of other verbs."""
    tokens = reading.tokens
    close_quote = reading.quoted_after(at, 12) is not None
    if cue.kind is CueKind.QUOTING or cue.kind is CueKind.CAUTIOUS:
        clause = cue.kind is CueKind.CAUTIOUS and _finite(tokens, at + 1, at + 5)
        return at if mention is not None and (close_quote or clause) else None
    if mention is None and not close_quote and not cue.passive:
        return None
    if cue.kind is CueKind.EVIDENCE:
        return at if mention is not None and _is_finding(mention.of(reading.text)) else None
    if cue.kind is CueKind.ACT:
        return at
    if cue.word.startswith(("tell", "told")) and not close_quote:
        near = range(at + 1, min(at + 6, len(tokens)))
        return next((position for position in near if _begins_clause(tokens, position)), None)
    if tokens[at].word in words("prepositions") | words("days"):
        return None if not close_quote else at
    if cue.word in _NEEDS_CLAUSE and not close_quote and not _finite(tokens, at + 1, at + 12):
        return None
    return at


_NEEDS_CLAUSE = frozenset(["write", "writes", "wrote", "written", "report", "reported", "reports"])
"""What follows these without "that" is what is said only if it has a verb: "wrote an article"."""


def _is_finding(mention: str) -> bool:
    """ "A poll by X", "the data": what a verb of finding is said of."""
    head = mention.lower().split(" of ")[0].split(" by ")[0].split(" from ")[0]
    return not cues().findings.isdisjoint(head.split())


def _begins_clause(tokens: Sequence[Token], at: int) -> bool:
    subject = tokens[at].word in words("pronouns") - {"who"} or tokens[at].word in words(
        "determiners"
    )
    return subject and _finite(tokens, at + 1, at + 5)


def _content_end(reading: SentenceReading, start: int, later: Sequence[Cue]) -> int:
    """Before the next thing the same person says, or the sentence's end."""
    tokens = reading.tokens
    for cue in later:
        if cue.first <= start + 1:
            continue
        before = cue.first - 1
        while before > start and is_adverbial(tokens[before]):
            before -= 1
        if cue.chains and tokens[before].text == ",":
            return before
        if tokens[before].word not in {"and", "but"} or cue.passive:
            continue
        after = tokens[cue.last].word if cue.last < len(tokens) else ""
        strong = cue.kind in (CueKind.REPORT, CueKind.ACT) and tokens[before - 1].text == ","
        if after == "that" or strong:
            return before
    return len(tokens)
