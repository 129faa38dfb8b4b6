"""Preposed cues: "X said that ...", "X calls Y ...", "..., adding that ...".

The content follows its cue, up to the same speaker's next statement.
"""

from collections.abc import Sequence

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.statements.cues import Cue, CueKind
from service.extraction.statements.grammar import (
    DAYS,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    PRONOUNS,
    is_adverbial,
    is_main_verb,
    opening_subject,
    subject_after,
    subject_before,
)
from service.extraction.statements.sentence_reading import (
    CERTAIN,
    CLAUSE_TOKENS,
    LIKELY,
    POSSIBLE,
    UNMISTAKABLE,
    SentenceReading,
    has_finite_verb,
)
from service.extraction.statements.tokens import Token, span_of

ADDRESS_TOKENS = 12
"""Tokens between a verb and its "that": "stated in a written interview with Xinhua that"."""

HEARER_TOKENS = 6
"""Tokens of hearer or place before a clause: "told the Courier he", "said in a statement it"."""

MEASURED_TOKENS = 10
"""Tokens between "put" and "at": "put the value of a deal between the two banks at"."""

JUDGED_TOKENS = 20
"""Tokens between a verb of judging and the quoted verdict after "as"."""


def read_preposed(reading: SentenceReading, cue: Cue, later: Sequence[Cue]) -> bool:
    """Adds the proposal for a cue before its content; False if there is no content. A colon at
    the end of the sentence sets ``reading.open_cue``.
    """
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
    end = _main_verb(reading, cue, start, mention) or _content_end(reading, start, later)
    judged = cue.kind is CueKind.ACT and _is_judged(reading, start, end)
    if judged and mention is None and not cue.passive:
        mention = _opening_mention(reading, cue)
    quoted = judged or reading.quoted_after(start, 3) is not None
    if mention is None and not quoted and not (cue.passive and tokens[-1].text == ":"):
        return False
    measured = cue.kind is CueKind.EVIDENCE and _is_measured(tokens, cue)
    confidence = CERTAIN if quoted or measured else _confidence(cue)
    pieces = _without_agent(tokens, cue, start, end) or [(start, end)]
    return reading.propose(pieces, reading.cue_span(cue), mention, confidence)


def _without_agent(
    tokens: Sequence[Token], cue: Cue, start: int, end: int
) -> list[tuple[int, int]] | None:
    """Who was accused, and of what, in "Roe was accused by the union of hiding it"."""
    agent = _agent(tokens, cue) if cue.passive and tokens[start].word == "by" else None
    whom = None if agent is None else subject_before(tokens, cue.first)
    if agent is None or whom is None or not whom[0] < cue.first < agent[1] < end:
        return None
    return [whom, (agent[1], end)]


def _is_judged(reading: SentenceReading, start: int, end: int) -> bool:
    """Whether the quoted words are a verdict: "Rejected the questions as “biased and
    one-sided”".
    """
    tokens = reading.tokens
    quote = reading.quoted_after(start, min(JUDGED_TOKENS, end - start))
    return quote is not None and quote > start and tokens[quote - 1].word == "as"


def _opening_mention(reading: SentenceReading, cue: Cue) -> Span | None:
    tokens = reading.tokens
    subject = opening_subject(tokens[: min(cue.first, CLAUSE_TOKENS)])
    return span_of(tokens, *subject) if subject else None


def _confidence(cue: Cue) -> float:
    if cue.last - cue.first > 1:
        return UNMISTAKABLE
    return LIKELY if cue.kind is CueKind.REPORT else POSSIBLE


def _mention_of(reading: SentenceReading, cue: Cue) -> Span | None:
    tokens = reading.tokens
    if cue.passive:
        agent = _agent(tokens, cue)
        return None if agent is None else span_of(tokens, *agent)
    before = cue.first - 1
    while before >= 0 and is_adverbial(tokens[before]):
        before -= 1
    shares = before < 0 or tokens[before].word in {"and", "but", ";", ",", "then", "while", "by"}
    if cue.word.endswith("ing") and before >= 0 and tokens[before].word in ("for", "over"):
        return None  # "sued the paper for calling him “a plank”"
    if cue.word.endswith("ing") or (shares and (cue.first == 0 or tokens[before].text != ",")):
        if reading.mention is not None:
            return reading.mention
        return _opening_mention(reading, cue)
    subject = subject_before(tokens, cue.first)
    if subject is None or (subject[0] < reading.free and reading.proposals):
        return reading.mention
    return span_of(tokens, *subject)


def _agent(tokens: Sequence[Token], cue: Cue) -> tuple[int, int] | None:
    """Token range of who did it: the union in "was accused by the union of hiding it"."""
    for at in range(cue.last, min(len(tokens) - 1, cue.last + 8)):
        if tokens[at].word == "by":
            agent = subject_after(tokens, at)
            return None if agent is None else (agent[0], _agent_end(tokens, *agent))
    return None


def _agent_end(tokens: Sequence[Token], first: int, last: int) -> int:
    for at in range(first + 1, min(last, len(tokens) - 1)):
        blamed = tokens[at].word in ("of", "for") and tokens[at + 1].word.endswith("ing")
        if blamed or tokens[at].word == "as":
            return at
    return last


def _content_start(reading: SentenceReading, cue: Cue, mention: Span | None) -> int | None:
    """Index of the content's first token, after hearers, places and times of the saying; None
    without content.
    """
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
    """Index of the "that", colon or quotation after "told reporters in Moscow"; None without
    one.
    """
    tokens = reading.tokens
    for position in range(at, min(len(tokens), at + ADDRESS_TOKENS)):
        token = tokens[position]
        if token.word == "that":
            return position
        if token.text in ",:" and reading.quoted_after(position, 2) is not None:
            return position + 1
        if token.quote >= 0:
            return position if position == at else None
        if token.text in ",;:" or token.word in FINITE:
            return None
    return None


def _bare_start(reading: SentenceReading, cue: Cue, at: int, mention: Span | None) -> int | None:
    """Index of content without "that": a clause after verbs of saying, the object of other
    verbs.
    """
    tokens = reading.tokens
    close_quote = reading.quoted_after(at, 12) is not None
    if cue.kind is CueKind.QUOTING or cue.kind is CueKind.CAUTIOUS:
        if close_quote and _is_anothers(reading, at):
            return None
        clause = cue.kind is CueKind.CAUTIOUS and has_finite_verb(tokens, at + 1, at + 5)
        return at if mention is not None and (close_quote or clause) else None
    if mention is None and not close_quote and not cue.passive:
        return None
    if cue.kind is CueKind.EVIDENCE:
        finds = mention is not None and _is_finding(mention.of(reading.article.flow))
        return at if finds or (mention is not None and _is_measured(tokens, cue)) else None
    if cue.kind is CueKind.ACT:
        return at
    addressed = cue.word.startswith(("tell", "told"))
    if addressed or tokens[at].word in PREPOSITIONS or tokens[at].word in DAYS:
        begins = _clause_after_hearer(tokens, at, quoted=close_quote)
        if begins is not None and (addressed or close_quote):
            return begins
        return at if close_quote else None
    if (
        cue.word in _NEEDS_CLAUSE
        and not close_quote
        and not has_finite_verb(tokens, at + 1, at + 12)
    ):
        return None
    return at


def _is_anothers(reading: SentenceReading, at: int) -> bool:
    """Whether a later clause introduces the quotation: "whether he touched it, Roe said: “No.”"."""
    ahead = reading.quoted_after(at, 12) or at
    between = reading.tokens[at:ahead]
    return any(token.text == "," for token in between) and between[-1].text == ":"


_NEEDS_CLAUSE = frozenset(["write", "writes", "wrote", "written", "report", "reported", "reports"])
"""What follows these without "that" is content only if it has a verb, unlike "wrote an article"."""


def _is_finding(mention: str) -> bool:
    """Whether the mention may be the subject of a verb of finding: "A poll by X", "the data"."""
    head = mention.lower().split(" of ")[0].split(" by ")[0].split(" from ")[0]
    return not cues().findings.isdisjoint(head.split())


def _is_measured(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether a figure follows: "put the number of dead at nine"."""
    if cue.word not in ("put", "puts") or cue.passive or cue.infinitive:
        return False
    for at in range(cue.last + 1, min(cue.last + MEASURED_TOKENS, len(tokens) - 1)):
        if tokens[at].word == "at":
            return any(_is_figure(token) for token in tokens[at + 1 : at + 4])
        if not tokens[at].is_word or tokens[at].quote >= 0:
            return False
    return False


def _is_figure(token: Token) -> bool:
    return token.text[0].isdigit() or token.text in "$£€" or token.word in _NUMBERS


_NUMBERS = frozenset(
    ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
) | {"dozens", "hundreds", "thousands", "half", "zero"}


def _clause_after_hearer(tokens: Sequence[Token], at: int, quoted: bool) -> int | None:
    near = range(at + 1, min(at + HEARER_TOKENS, len(tokens)))
    pronouns = (position for position in near if tokens[position].word in _CLAUSE_SUBJECTS)
    clause = next(pronouns, None) if quoted else None
    if clause is not None:
        return clause
    return next((position for position in near if _begins_clause(tokens, position)), None)


_CLAUSE_SUBJECTS = frozenset(("he", "she", "they", "it", "we"))


def _begins_clause(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].word
    subject = word in DETERMINERS or (word in PRONOUNS and word != "who")
    return subject and has_finite_verb(tokens, at + 1, at + 5)


_DENIED = frozenset(("denied", "denies", "dismissed", "rejected"))
"""Contrast with what was said before: "admitted being there but denied the theft"."""


def _main_verb(reading: SentenceReading, cue: Cue, start: int, mention: Span | None) -> int | None:
    """Index of the comma before the verb whose subject is told of in an aside: "Roe, who said it
    was safe, resigned", "Roe, speaking on “Face the Day”, said".
    """
    tokens = reading.tokens
    relative = mention is not None and mention.of(reading.article.lowered) == "who"
    aside = cue.word == "speaking" and cue.first > 0 and tokens[cue.first - 1].text == ","
    if not (relative or aside):
        return None
    for at in range(start, min(len(tokens) - 1, start + CLAUSE_TOKENS)):
        if tokens[at].text == "," and tokens[at].quote < 0 and is_main_verb(tokens[at + 1]):
            return at
    return None


def _content_end(reading: SentenceReading, start: int, later: Sequence[Cue]) -> int:
    """Index at which the content ends: the same speaker's next statement, or the sentence's end."""
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
        spoken = cue.kind in (CueKind.REPORT, CueKind.ACT)
        strong = spoken and tokens[before - 1].text == ","
        strong = strong or (tokens[before].word == "but" and cue.word in _DENIED)
        if after == "that" or strong:
            return before
    return len(tokens)
