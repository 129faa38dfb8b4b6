"""Letters: quoted lines of another letter, each marked with ">".

    On Monday Ola Brandt wrote:
    > The harbour fee must go.
    I agree. Yours, Per Holm

They are Ola Brandt's words, passed on by Per Holm. If no writer is named the speaker is unknown,
and never the letter writer.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from service.domain import Span
from service.extraction.page.layout import Article
from service.extraction.proposal import LAID_OUT, Proposal
from service.extraction.statements.rules import read_sentence
from service.extraction.statements.tokens import tokenize

SHORTEST = 5
"""Least number of words; less, or no sentence, is a link ("> Sign up")."""

_NAME = r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*){0,4}"
_WROTE = re.compile(rf"(?P<who>{_NAME})(?: <[^<>\n]*>| \[[^\[\]\n]*\])? (?P<cue>wrote|writes):$")
_SIGNED = re.compile(
    r"^ *(?:yours(?: [a-z]+)?|(?:(?:kind|best|warm) )?regards|(?:yours )?sincerely|best(?: wishes)?"
    rf"|cheers|love),?\s+(?P<who>(?-i:{_NAME}))",
    re.MULTILINE | re.IGNORECASE,
)
_SIGNATURE = re.compile(rf"(?P<cue>--|[-–—―])\s*(?P<who>{_NAME})(?:, [^\n]{{2,80}})?")
_FROM = re.compile(rf"^From: (?P<who>{_NAME})", re.MULTILINE)


def read_letters(article: Article) -> list[Proposal]:
    """One statement per run of quoted lines, in reading order."""
    return list(_quoted(article)) if article.cited else []


def _quoted(article: Article) -> Iterator[Proposal]:
    relay = _writer(article)
    before, run = None, list[Span]()
    for paragraph in article.paragraphs:
        if _is_cited(article, paragraph):
            run.append(paragraph)
            continue
        yield from _statement(article, before, run, relay)
        before, run = paragraph, []
    yield from _statement(article, before, run, relay)


def _is_cited(article: Article, paragraph: Span) -> bool:
    at = bisect_left(article.cited, paragraph.start, key=lambda line: line.end)
    return at < len(article.cited) and article.cited[at].start <= paragraph.start


def _statement(
    article: Article, before: Span | None, run: list[Span], relay: Span | None
) -> Iterator[Proposal]:
    flow = article.flow
    words = " ".join(span.of(flow) for span in run)
    signed = _SIGNATURE.fullmatch(flow, run[-1].start, run[-1].end) if len(run) > 1 else None
    if not run or len(words.split()) < SHORTEST or not (words[-1] in '.!?”"’' or signed):
        return
    cue, mention = (None, None) if before is None else _introduced(article, before)
    if signed is not None and mention is None:
        run, cue, mention = run[:-1], Span(*signed.span("cue")), Span(*signed.span("who"))
    yield Proposal(
        tuple(run), cue, mention, LAID_OUT, block=True, settled=True, relay=mention and relay
    )


def _introduced(article: Article, before: Span) -> tuple[Span | None, Span | None]:
    """Cue and mention of "On Monday, at 10:12, Ola Brandt <ola@example.org> wrote:"."""
    found = _WROTE.search(article.flow, before.start, before.end)
    if found is not None:
        return Span(*found.span("cue")), Span(*found.span("who"))
    last = article.sentences_in(before)[-1:]
    opened = read_sentence(article, tokenize(article, last[0])).open_cue if last else None
    return (None, None) if opened is None else opened


def _writer(article: Article) -> Span | None:
    """Span of the letter writer's name, in its head or at its end; None without one."""
    found = _FROM.search(article.flow) or _SIGNED.search(article.flow)
    return None if found is None else Span(*found.span("who"))
