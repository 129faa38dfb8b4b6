"""Round-ups: lists of quotations, each followed by a remark that names who is quoted.

    ‘We were very relieved.’ – Norwood coach Tom Reed on his team's escape.
    “No one died.”
    – Harrow captain Ann Bell keeping it real
    “I am still sore.” Joe Park's less than diplomatic answer at a club dinner.
    I see no change. – Mayor Jo Lund, asked about the budget.

Plain signatures ("“...” — Ann Bell, nurse") are read in signatures.py. Where a remark names nobody,
the quotation is nobody's, rather than the one's before.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.lexicon.people import people
from service.extraction.page.layout import Article
from service.extraction.page.marks import MarkState
from service.extraction.proposal import LAID_OUT, Proposal
from service.names.folding import fold_name

FEWEST = 3
"""Least number of quotations with a remark, one below the other: two may be any report's."""
LONGEST = 250
"""Longest remark in characters."""
NAMED, WORDS_BEFORE = 90, 4
"""Characters of a remark within which the name begins, and the words before it without a dash."""

_DASH = re.compile(r"\s*(?P<dash>--|[–—―]|-(?=[ A-Z]))\s*")
_BULLET = " •*·"
_PARTICLE = r"(?:van|von|de[lr]?|da|dos|di|al|bin|la|le)"
_WORD = r"[^\W\d_a-z](?:[\w-]|[’'](?!s\b)(?=\w))*"
_RUN = re.compile(
    rf"(?<![\w’'])(?<!\w-){_WORD}(?:(?: {_PARTICLE})* {_WORD})+"
    r"(?P<owns>[’']s\b)?(?=[’']? |[,.:;…?!)]|$)"
)
_PIECE = re.compile(_WORD)
_AFTER_STOP = re.compile(r"(?<=[.!?…]) (?:--|[–—―]|-) (?=\S)")
_AFTER = re.compile(r" ([a-z]+)")
_BEFORE = re.compile(r"([a-z-]+) $")
_SURNAME = re.compile(r"(?<![\w’'-])[^\W\d_a-z][\w-]+")


class _Item(Struct, frozen=True, gc=False):
    """A quotation with its remark; ``last`` is the number of the paragraph that ends it."""

    words: Span
    remark: Span
    dash: Span | None
    who: Span | None
    last: int


def read_round_up(article: Article) -> Iterator[Proposal]:
    """Yields a statement per quotation of each list, in reading order, in linear time."""
    for run in _runs(article):
        named = [item.who for item in run if item.who is not None]
        if len(run) >= FEWEST and 2 * len(named) > len(run):
            surnames = {who.of(article.flow).rpartition(" ")[2] for who in named}
            for item in run:
                who = item.who or _named_again(article.flow, item.remark, surnames)
                yield Proposal((item.words,), item.dash, who, LAID_OUT, block=True, settled=True)


def _named_again(flow: str, remark: Span, surnames: set[str]) -> Span | None:
    """The surname in the remark of somebody whom another remark names in full."""
    found = _SURNAME.finditer(flow, remark.start, min(remark.end, remark.start + NAMED))
    return next((Span(*one.span()) for one in found if one.group() in surnames), None)


def _runs(article: Article) -> Iterator[list[_Item]]:
    """Yields items right below each other, all with a dash or all without."""
    run: list[_Item] = []
    number = 0
    while number < len(article.paragraphs):
        item = _item_at(article, number)
        if run and (item is None or (item.dash is None) is not (run[-1].dash is None)):
            yield run
            run = []
        if item is not None:
            run.append(item)
        number = number + 1 if item is None else item.last + 1
    if run:
        yield run


def _item_at(article: Article, number: int) -> _Item | None:
    paragraph = article.paragraphs[number]
    opening = next(iter(article.quotations_in(paragraph)), None)
    if opening is None or article.flow[paragraph.start : opening.outer.start].strip(_BULLET):
        return _unmarked_at(article, number)
    if opening.state is not MarkState.CLOSED:
        return None
    remark, last = Span(opening.outer.end, paragraph.end), number
    if not remark and number + 1 < len(article.paragraphs):
        remark, last = article.paragraphs[number + 1], number + 1
    flow = article.flow
    dash = _DASH.match(flow, remark.start, remark.end)
    ended = flow[opening.inner.end - 1] in ".!?…" and flow.startswith(" ", remark.start)
    if not 0 < len(remark) <= LONGEST:
        return None
    if dash is None and (last > number or not ended or article.quotations_in(remark)):
        return None
    who = _named_in(article, remark, dash is not None)
    if dash is None and who is None:
        return None
    cue = None if dash is None else Span(*dash.span("dash"))
    return _Item(opening.inner, remark, cue, who, last)


def _unmarked_at(article: Article, number: int) -> _Item | None:
    """Words without marks, if a remark after a dash names somebody: "It hurts. – Ann Bell of
    Harrow".
    """
    flow, paragraph = article.flow, article.paragraphs[number]
    begin = max(paragraph.start, paragraph.end - LONGEST)
    dashed = next(_AFTER_STOP.finditer(flow, begin, paragraph.end), None)
    words, last = paragraph, number
    if dashed is not None:
        words = Span(paragraph.start, dashed.start())
        remark = Span(dashed.start(), paragraph.end)
    elif number + 1 < len(article.paragraphs) and flow[paragraph.end - 1] in ".!?…":
        remark, last = article.paragraphs[number + 1], number + 1
    else:
        return None
    dash = _DASH.match(flow, remark.start, remark.end)
    titled = article.title is not None and article.title.overlaps(words)
    if dash is None or titled or len(remark) > LONGEST:
        return None
    who = _named_in(article, remark, True)
    if who is None:
        return None
    return _Item(words, remark, Span(*dash.span("dash")), who, last)


def _named_in(article: Article, remark: Span, dashed: bool) -> Span | None:
    """The first person with a full name; None if that is not sure, or if the person "said" it,
    which the rules read.
    """
    flow, roles = article.flow, people().roles
    dash = _DASH.match(flow, remark.start, remark.end)
    begin = remark.start if dash is None else dash.end()
    for run in _RUN.finditer(flow, begin, remark.end):
        before = flow[begin : run.start()]
        if len(before) > NAMED or (not dashed and before.count(" ") > WORDS_BEFORE + 1):
            return None
        after = _AFTER.match(flow, run.end(), remark.end)
        role = _BEFORE.search(before)
        described = dashed and not before and flow.startswith(",", run.end())
        name = _name_of(run, whole=described or (role is not None and role[1] in roles))
        if name is not None:
            says = after is not None and after[1] in cues().report
            return None if says and not dashed else name
        office = run.group().rpartition(" ")[2].lower() in roles
        if not (run["owns"] or office or (after is not None and after[1] in roles)):
            return None  # "All Blacks coach" goes on, "Some Body on Ann Bell" does not
    return None


def _name_of(run: re.Match[str], whole: bool) -> Span | None:
    """A person's name at the end of capitalised words, "Justice Ann Bell", or all of them."""
    end = run.end() if run["owns"] is None else run.start("owns")
    pieces = list(_PIECE.finditer(run.string, run.start(), end))
    for piece in pieces[:-1]:
        first = piece.group()
        known = fold_name(first) in people().first_names
        if known or first.rstrip(".").lower() in people().honorifics:
            return Span(piece.start(), end)
    return Span(run.start(), end) if whole else None
