"""Postposed cues: "..., X said" and "..., said X".

The content precedes its cue and may continue after it.
"""

from collections.abc import Sequence

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.statements.cues import Cue, CueKind
from service.extraction.statements.grammar import (
    ADVERBS,
    BREAKERS,
    DAYS,
    FINITE,
    PREPOSITIONS,
    PRONOUNS,
    is_adverbial,
    is_main_verb,
    is_verb,
    subject_after,
    subject_before,
)
from service.extraction.statements.sentence_reading import (
    CERTAIN,
    CLAUSE_TOKENS,
    LIKELY,
    UNMISTAKABLE,
    SentenceReading,
    has_finite_verb,
)
from service.extraction.statements.tokens import Token, span_of

CONTINUES_WITHIN = 25
"""Tokens between "he said" and the rest of an interrupted quotation."""
CLAUSE_AT_LEAST = 8
"""More tokens than this before ", he said" are a clause, whatever its verb."""
CLAUSE_BEGINS = 8
"""Tokens after a cue within which a clause that it reports has its verb."""
AFTERTHOUGHT_TOKENS = 15
"""Most tokens after "..., he said" in its sentence: hearers, place and time."""

_ADDRESSED = frozenset(("tell", "tells", "told"))
"""The noun after these is the addressee: nobody writes "..., told Jane Doe"."""


_ASKED = frozenset(("asked", "pressed", "questioned", "quizzed"))
"""Clauses that begin so are a question, and the answer comes after: "Asked whether he knew, he said
no"."""


class _Place(Struct, frozen=True, gc=False):
    """Position of a postposed clause: it begins at token ``boundary``, and its tail at ``tail``."""

    boundary: int
    tail: int
    mention: Span | None
    quoted: bool


def _place_of(reading: SentenceReading, cue: Cue) -> _Place | None:
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
    addressed = cue.word in _ADDRESSED
    inverted = not addressed and before >= reading.free and _closes_content(tokens, before)
    after = subject_after(tokens, cue.last - 1) if inverted else None
    quoted = inverted and _ends_quoted(tokens, before)
    whole = tokens[reading.free].quote >= 0  # not "Roe, known as “the Axe”, said ..."
    if not whole and _quotes_after(tokens, cue.last):
        return None
    if after is not None and ((quoted and whole) or not _begins_content(tokens, *after)):
        return _Place(before + 1, after[1], span_of(tokens, *after), quoted)
    subject = subject_before(tokens, cue.first)
    if subject is None or subject[0] <= reading.free or not _closes_content(tokens, subject[0] - 1):
        return None
    quoted = _ends_quoted(tokens, subject[0] - 1)
    if quoted and not whole and _clause_follows(tokens, cue.last):
        return None
    return _Place(subject[0], cue.last, span_of(tokens, *subject), quoted)


def _begins_content(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words after the verb are the subject of what is said: "The families, who wore
    badges, say they want answers".
    """
    verb = last
    while verb < len(tokens) and (
        tokens[verb].word in ("so", "far") or tokens[verb].word in ADVERBS
    ):
        verb += 1
    if has_finite_verb(tokens, verb, verb + 1) or (last < len(tokens) and tokens[last].quote >= 0):
        return True
    if any(tokens[at - 1].capital and is_main_verb(tokens[at]) for at in range(first + 1, last)):
        return True
    pronoun = last == first + 1 and tokens[first].word in PRONOUNS
    return pronoun and last < len(tokens) and tokens[last].is_word


def _quotes_after(tokens: Sequence[Token], at: int) -> bool:
    """Whether a quoted sentence comes after the verb: "In May, he said, “It is late.”"."""
    words = (token for token in tokens[at + 1 : at + 3] if token.is_word)
    first = next(words, None)
    introduced = at < len(tokens) and tokens[at].text in ",:"
    return introduced and first is not None and first.quote >= 0 and first.capital


def _clause_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether what is said comes after the verb: "On “Face the Day”, Roe said it was shut"."""
    if (
        at >= len(tokens)
        or not tokens[at].is_word
        or tokens[at].word in PREPOSITIONS | DAYS | BREAKERS
    ):
        return False
    ahead = range(at + 1, min(at + CLAUSE_BEGINS, len(tokens)))
    end = next(
        (position for position in ahead if tokens[position].text in ",;:."), at + CLAUSE_BEGINS
    )
    return has_finite_verb(tokens, at + 1, end)


def _closes_content(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].quote >= 0 or tokens[at].text in (",", "—", "–", "--", "?", "!")


def _ends_quoted(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].quote >= 0 or (at > 0 and tokens[at - 1].quote >= 0)


def read_postposed(reading: SentenceReading, cue: Cue) -> bool:
    """Adds the proposal for a cue after its content; False if the cue is not postposed."""
    place = _place_of(reading, cue)
    if place is None or (cue.kind is CueKind.MANNER and not place.quoted):
        return False
    rest = _continuation(reading, place)
    if not place.quoted and rest is None and not _may_be_unquoted(reading, cue, place):
        return False
    pieces = [(reading.free, place.boundary)]
    if rest is not None:
        pieces.append(rest)
    confidence = CERTAIN if place.quoted else LIKELY if rest is None else UNMISTAKABLE
    span = reading.cue_span(cue)
    return reading.propose(pieces, span, place.mention, confidence, claimed=place.tail)


def _may_be_unquoted(reading: SentenceReading, cue: Cue, place: _Place) -> bool:
    """Whether the words before the cue are reported speech: a whole clause, with none after
    the cue.
    """
    tokens = reading.tokens
    if cue.kind is not CueKind.REPORT or place.boundary - reading.free < 5:
        return False
    if not _ASKED.isdisjoint(token.word for token in tokens[reading.free : reading.free + 2]):
        return False
    if tokens[place.tail - 1].word == cue.word and place.tail < len(tokens):
        reach = min(len(tokens), place.tail + AFTERTHOUGHT_TOKENS)
        stops = (i for i in range(place.tail, reach) if tokens[i].text in ",.;")
        end = next(stops, reach)
        if has_finite_verb(tokens, place.tail, end) or end == place.tail + AFTERTHOUGHT_TOKENS:
            return False
        if any(t.word == "that" or t.quote >= 0 or t.text == ":" for t in tokens[place.tail : end]):
            return False
    closes = place.tail >= len(tokens) or tokens[place.tail].text == "."
    if not closes and place.tail + 1 < len(tokens) and tokens[place.tail].text == ",":
        closes = tokens[place.tail + 1].word in cues().chain
    inverted = (
        tokens[place.tail - 1].word != cue.word
    )  # "Roe, a cook, an heir, says many foods ..."
    long = place.boundary - reading.free > CLAUSE_AT_LEAST and not inverted
    return closes or long or has_finite_verb(tokens, reading.free, place.boundary)


def _continuation(reading: SentenceReading, place: _Place) -> tuple[int, int] | None:
    """Token range that continues the content after the cue: "...," he said, "..."."""
    tokens, tail = reading.tokens, place.tail
    if place.quoted:
        at = reading.quoted_after(tail, CONTINUES_WITHIN)
        if at is not None and not _narrates(tokens, tail, at):
            return at, reading.quote_end(at)
        goes_on = tail + 1 < len(tokens) and tokens[tail + 1].word == "that"
        return (tail + 1, len(tokens)) if goes_on and tokens[tail].text == "," else None
    if tail + 1 >= len(tokens) or tokens[tail].text != "," or tokens[tail + 1].word in cues().chain:
        return None
    # "Now, she said, the two don't mix": the clause comes after the cue
    goes_on = not has_finite_verb(tokens, reading.free, place.boundary) and has_finite_verb(
        tokens, tail + 1, tail + 1 + CLAUSE_TOKENS
    )
    return (tail + 1, len(tokens)) if goes_on else None


def _narrates(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether there is another clause between the cue and a later quotation."""
    return any(
        token.word in FINITE or token.word == "that" or is_verb(token)
        for token in tokens[first:last]
    )


def claims(reading: SentenceReading, cue: Cue, later: Cue) -> bool:
    """Whether the cue is within the content of a later "..., he said", which is then read."""
    if later.kind is not CueKind.REPORT or later.first < reading.free:
        return False
    place = _place_of(reading, later)
    return place is not None and place.boundary > cue.last and read_postposed(reading, later)
