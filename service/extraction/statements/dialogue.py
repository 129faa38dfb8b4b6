"""Dialogue: speech that a dash opens, as French, Spanish, Russian or Polish print it.

    — Мы остаёмся, — сказал Иван Петров. — Это наш дом.
    —No nos vamos —dijo Marta Ruiz—. Esto es nuestro.
    — Bonjour, dit-il.

List items begin with a dash too: consecutive lines are read as dialogue only if one of them has a
clause that names the speaker.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon import load
from service.extraction.page.layout import Article
from service.extraction.proposal import Proposal

NAMED, UNNAMED = 0.8, 0.6
"""Confidence of a line with such a clause, and of one next to it without."""
CLAUSE_CHARACTERS = 80
"""Longest clause between dashes: "сказал Иван Петров, глядя на реку"."""
VERB_WORDS = 3
"""Most words between the speech and the name: "a déclaré", "dijo ayer"."""

OPENED = re.compile(r"[—–―] ?(?=[^\W\d_]|[¿¡«…])")
_DASH = re.compile(r" ?[—–―] ?")
_ASIDE = re.compile(r"[^\W\d_][,!?…]* [—–―] ?(?=[^\W\d_])[^A-Z]")
_INVERTED = re.compile(
    r"(?<=[,!?…]) (?P<cue>(?:[^\W\d_]+['’ ])?[^\W\d_]+-(?:t-)?(?:ils?|elles?|je|on|nous))\b[^.!?]*"
)
_VERBS = "|".join(load("foreign.toml")["verbs"].split())
_NAMED = re.compile(rf"(?<=[,!?…]) (?:a |ha |s['’])?(?:{_VERBS}) (?=[^\W\d_])[^.!?]*")
_TOKEN = re.compile(r"[^\W\d_][\w’'-]*\.?|[^\s\w]")
_EDGES = " \t,.;:—–―"
_PAUSES = (",", "!", "?", "…")

Name = Callable[[list[re.Match[str]]], Span | None]
"""The name at the beginning of tokens, or None."""


class _Line(Struct, frozen=True):
    spans: tuple[Span, ...]
    cue: Span | None = None
    mention: Span | None = None


def is_dialogue(text: str) -> bool:
    """Whether a line of the text, whose language is unknown, is speech after a dash."""
    lines = (line for line in text.split("\n") if OPENED.match(line))
    signs = (_ASIDE, _INVERTED, _NAMED)
    return any(sign.search(line) for line in lines for sign in signs)


def read_dialogue(article: Article, name: Name) -> list[Proposal]:
    """One statement for each line of dialogue, in reading order."""
    return [proposal for run in _runs(article) for proposal in _proposals(article, run, name)]


def _runs(article: Article) -> Iterator[list[Span]]:
    """Yields runs of consecutive paragraphs that begin with a dash."""
    run: list[Span] = []
    for paragraph in article.paragraphs:
        opened = OPENED.match(article.flow, paragraph.start) is not None
        if opened and not article.quotations_in(paragraph):
            run.append(paragraph)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _proposals(article: Article, run: Sequence[Span], name: Name) -> Iterator[Proposal]:
    lines = [_read_line(article.flow, paragraph, name) for paragraph in run]
    if not any(line.cue for line in lines):
        return
    for line in lines:
        if line.spans:
            confidence = NAMED if line.cue else UNNAMED
            yield Proposal(line.spans, line.cue, line.mention, confidence, block=True)


def _read_line(flow: str, paragraph: Span, name: Name) -> _Line:
    opened = OPENED.match(flow, paragraph.start)
    start = paragraph.start if opened is None else opened.end()
    return (
        _between_dashes(flow, Span(start, paragraph.end), name)
        or _after_pause(flow, Span(start, paragraph.end), name)
        or _Line(_trimmed(flow, [(start, paragraph.end)]))
    )


def _between_dashes(flow: str, line: Span, name: Name) -> _Line | None:
    """The line if its parts alternate: speech, a clause in lower case, speech; else None."""
    dashes = list(_DASH.finditer(flow, line.start, line.end))
    if not dashes:
        return None
    edges = [line.start, *(edge for dash in dashes for edge in dash.span()), line.end]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    first, clause = parts[0], parts[1]
    if not flow[clause[0]].islower() or clause[1] - clause[0] > CLAUSE_CHARACTERS:
        return None
    cue, mention = _clause(flow, clause, name)
    if mention is None and not flow.endswith(_PAUSES, first[0], first[1]):
        return None
    return _Line(_trimmed(flow, [first, *parts[2:]]), cue, mention)


def _after_pause(flow: str, line: Span, name: Name) -> _Line | None:
    """The line if it is speech, a comma and a verb before its subject ("— Bonjour, dit-il"); else
    None."""
    inverted = _INVERTED.search(flow, line.start, line.end)
    found = inverted or _NAMED.search(flow, line.start, line.end)
    if found is None:
        return None
    cue, mention = _clause(flow, found.span(), name)
    if inverted is not None:
        cue, mention = Span(*inverted.span("cue")), None
    return _Line(
        _trimmed(flow, [(line.start, found.start()), (found.end(), line.end)]), cue, mention
    )


def _clause(flow: str, bounds: tuple[int, int], name: Name) -> tuple[Span, Span | None]:
    """The clause's verb, and the name after it or None."""
    tokens = list(_TOKEN.finditer(flow, *bounds))
    at = 0
    while at < min(VERB_WORDS, len(tokens)) and tokens[at].group()[0].islower():
        at += 1
    mention = name(tokens[at:])
    last = at if mention is not None else 1
    return Span(tokens[0].start(), tokens[max(last, 1) - 1].end()), mention


def _trimmed(flow: str, parts: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Spans of the non-empty parts, without ``_EDGES`` at either end; a final question mark
    stays."""
    spans = []
    for start, end in parts:
        while start < end and flow[start] in _EDGES:
            start += 1
        while end > start and flow[end - 1] in _EDGES:
            end -= 1
        if start < end:
            spans.append(Span(start, end))
    return tuple(spans)
