"""Signatures: quotations whose speaker is named after a dash, as collections print them.

    “The tram is late every day.” — Maria Sosa, nurse

on one line or two. "Maria Sosa, nurse" on the line below a quotation signs it without a dash, and
"— Maria Sosa (@sosa) May 3, 2024" signs a post, which has no quotation marks. The layout names the
speaker, so the rules are not used.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise, takewhile

from service.domain import Span
from service.extraction.lexicon.people import people
from service.extraction.page.layout import Article
from service.extraction.proposal import LAID_OUT, Proposal
from service.extraction.statements.cues import holds_cue
from service.extraction.statements.round_ups import read_round_up

LONGEST = 200
"""Longest signature in characters; also how far before a paragraph's end one is searched for."""
POST_LINES = 20
"""Most lines of a post shown in an article."""
OPENING_LINES = 3
"""Lines in which "Maria Sosa @sosa" is the author: title, name and office."""

_DASH = r"(?P<dash>--|[–—―]|(?<=\s)-(?=\s))"
_NAME = r"(?:[^\W\d_a-z][\w.’'-]*|(?<=\S )(?:[ae]l|bin|da|de|del|der|di|dos|du|la|van|von|of|the))"
_HANDLE = r"\s\(@\w{1,30}\)(?:[ ,·|]*(?:on )?[\w ,.:·]{4,40})?"
_ROLE = r"(?:,\s[^\n.!?\"“”]{1,100}|\s\((?!@)[^)\n]{1,60}\))?"
_FULL_NAME = rf"{_NAME}(?:\s{_NAME}){{1,5}}"
_WHO = (
    rf"(?:\s*{_DASH}\s*(?P<who>{_NAME}(?:\s{_NAME}){{0,5}}{_ROLE})(?:{_HANDLE})?"
    rf"|\s*\((?P<bracketed>{_FULL_NAME},\s[^\n.!?()\"“”]{{1,100}})\)"
    rf"|(?:\s|(?<=\s))(?P<subject>{_FULL_NAME}),?\s(?:on|about)\s[^\n.,!?\"“”]{{3,100}})\.?"
)
_SIGNATURE = re.compile(_WHO)
_CLOSING = "”\"»’'“«‘」』"
_SIGNED = re.compile(rf"(?P<mark>[{_CLOSING}]|''){_WHO}$")

_NAMES = rf"{_NAME}(?:\s{_NAME}){{1,3}}"
_CAPTIONED = re.compile(rf"(?P<who>(?P<name>{_NAMES})(?P<role>,\s[^\n.!?\"“”:]{{2,100}})?)")
_POSTED = re.compile(
    r"[ \t]*(?P<dash>--|[–—―]|(?<![^\n])-(?=\s))\s*"
    rf"(?P<who>[^\W\d_a-z][^\n@()“”\"–—]{{1,80}}?){_HANDLE}$"
)
_AGE = r"(?: *[·•|–-] *[\w ,.:]{1,40})?"
_HANDLE_LINE = re.compile(rf"@\w{{1,30}}{_AGE}")
_HEADED = re.compile(rf"(?P<who>{_NAME}(?:\s{_NAME}){{1,4}}),? \(?@\w{{1,30}}\)?{_AGE}:?")
_STAMP = re.compile(r"\d{1,2}:\d\d(?: ?[AaPp]\.?[Mm]\.?)? *[·•–—-] *[\w ,.]{4,40}")
_LINKS = re.compile(r"(?:\s*(?:https?://\S+|pic\.\S+|\w{1,10}\.co/\S+))+$")
_OF_ONESELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|us|[Oo]ur)\b")
_CREDIT = re.compile(
    r"(?:the )?(?:a?ap|afp|ani|dpa|epa|efe|ians|pa|pti|reuters|tass|upi|xinhua|bloomberg|bernama"
    r"|\w*live|(?:[\w.&]+ ){0,4}\w*(?:news\w*|wires?|times|press|agency|agencies|media|staff"
    r"|reporters?|correspondents?))",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"(?<!\b[JS]r)(?<!\b[A-Z])\.$")


def read_signatures(article: Article) -> list[Proposal]:
    """One statement per signed quotation, in reading order; linear in the text's length."""
    signed = list(_signed(article))
    read = {one.spans[-1].start for one in signed}
    listed = [one for one in read_round_up(article) if one.spans[0].start not in read]
    return [
        *(*signed, *listed),
        *(*_posts(article), *_headed_posts(article), *_named_posts(article)),
    ]


def _signed(article: Article) -> Iterator[Proposal]:
    """Yields quotations that open a paragraph, with the name after them or on the next line."""
    words: Span | None = None
    for paragraph in article.paragraphs:
        if words is not None:
            signature = _signature_in(article, paragraph)
            if signature is not None:
                yield _proposal(article, words, signature)
        words = None
        start = _opened(article, paragraph)
        if start is None:
            continue
        begin = max(start, paragraph.end - LONGEST)
        signature = _SIGNED.search(article.flow, begin, paragraph.end)
        end = paragraph.end if signature is None else signature.end("mark")
        if _is_one(article, Span(paragraph.start, end)):
            words = Span(start, _before_mark(article.flow, start, end))
            if signature is not None:
                if not is_credit(signature["who"] or ""):
                    yield _proposal(article, words, signature)
                words = None


def is_credit(name: str) -> bool:
    """Whether it says where an article comes from, not who is quoted: "“...” – Reuters"."""
    return _CREDIT.fullmatch(name.rstrip(".")) is not None


def _signature_in(article: Article, line: Span) -> re.Match[str] | None:
    """Match of a line such as "— Maria Sosa, nurse", "Maria Sosa, nurse", or a person's name
    alone.
    """
    signature = _SIGNATURE.fullmatch(article.flow, line.start, line.end)
    if signature is not None or len(line) > LONGEST:
        return signature
    captioned = _CAPTIONED.fullmatch(article.flow, line.start, line.end)
    if captioned is None or not _is_person(captioned["name"], captioned["role"]):
        return None
    if holds_cue(article.lowered, line):
        return None  # "Maria Sosa, the manager, said", and a quotation below
    return captioned


def _is_person(name: str, role: str | None) -> bool:
    """Whether it is a known first name, or a role in lower case follows the name."""
    words = name.lower().split()
    if not people().common.isdisjoint(words) or not people().events.isdisjoint(words):
        return False
    described = role is not None and (
        role[2].islower() or not people().roles.isdisjoint(role.lower().replace(",", " ").split())
    )
    return described or words[0] in people().first_names


def _posts(article: Article) -> Iterator[Proposal]:
    """Yields what is above "— Maria Sosa (@sosa) May 3, 2024", or before it on its line."""
    flow, free = article.flow, 0
    if "(@" not in flow:
        return
    for number, line in enumerate(article.paragraphs):
        posted = _POSTED.search(flow, max(line.start, line.end - LONGEST), line.end)
        if posted is None:
            continue
        before = Span(line.start, posted.start())
        lines = [before] if before else _lines_above(article, free, number)
        spans = [_without_links(flow, span) for span in lines]
        spans = [span for span in spans if any(map(str.isalnum, span.of(flow)))]
        free = number + 1
        if spans and not _is_read_already(article, spans[0]):
            yield _settled(spans, Span(*posted.span("dash")), Span(*posted.span("who")))


def _headed_posts(article: Article) -> Iterator[Proposal]:
    """Yields what is between "Maria Sosa", "@sosa" and "9:14 AM · May 3, 2024", each on a line."""
    lines, flow, author = article.paragraphs, article.flow, -1
    for number, line in enumerate(lines if "\n@" in flow else ()):
        if number and _HANDLE_LINE.fullmatch(flow, line.start, line.end):
            author = number - 1
        elif author >= 0 and _STAMP.fullmatch(flow, line.start, line.end):
            post = lines[author + 2 : number]
            if 0 < len(post) <= POST_LINES:
                yield _settled(list(post), None, lines[author])
            author = -1


def _named_posts(article: Article) -> Iterator[Proposal]:
    """Yields the lines right below "Maria Sosa @sosa", or below a blank line the first one.
    If there is one such line, it may name the article's author.
    """
    lines, flow = article.paragraphs, article.flow
    headed = {
        number: untitled(flow, Span(*found.span("who")))
        for number, line in enumerate(lines if "@" in flow else ())
        if (found := _HEADED.fullmatch(flow, line.start, line.end))
        and not any(map(line.overlaps, article.bylines))
    }
    for number, who in headed.items():
        below = lines[number + 1 : number + 1 + POST_LINES]
        post = list(takewhile(partial(_is_of_post, article), below))
        ends = (flow.count("\n", one.end, two.start) > 1 for one, two in pairwise(post))
        post = post[: next((at for at, ended in enumerate(ends, 1) if ended), len(post))]
        oneself = any(_OF_ONESELF.search(flow, one.start, one.end) for one in post)
        is_post = len(headed) > 1 or (oneself and number >= OPENING_LINES)
        if is_post and post and not article.quotations_in(post[0]):
            yield _settled(post, None, who)


def untitled(flow: str, name: Span) -> Span:
    """The name without what precedes it: "Ann Bell" of "Mayor Ann Bell", "Film-maker Ann Bell"."""
    words, start, firsts = name.of(flow).split(" "), name.start, people().first_names
    titles = people().titles | people().roles
    while len(words) > 2:
        first, second = words[0].lower(), words[1].lower()
        if first not in titles and (first in firsts or second not in firsts):
            break
        start += len(words.pop(0)) + 1
    return Span(start, name.end)


def _is_of_post(article: Article, line: Span) -> bool:
    """Whether it is neither another post's heading nor its time."""
    flow = article.flow
    return not any(one.fullmatch(flow, line.start, line.end) for one in (_HEADED, _STAMP))


def _lines_above(article: Article, free: int, number: int) -> Sequence[Span]:
    """Lines of one post above line ``number``, none before line ``free``."""
    lines = article.paragraphs
    first = number - 1
    free = max(free, number - POST_LINES)
    if first < free:
        return ()
    while first > free and _goes_on(article, lines[first - 1], lines[first]):
        first -= 1
    return lines[first:number]


def _goes_on(article: Article, above: Span, line: Span) -> bool:
    """Whether both lines are of one paragraph, or both in the first person, as posts are and
    articles are not. In a text without blank lines each line is a paragraph.
    """
    if article.flow.count("\n", above.end, line.start) < 2 and "\n\n" in article.flow:
        return True
    return not article.quotations_in(above) and all(
        _OF_ONESELF.search(article.flow, span.start, span.end) for span in (above, line)
    )


def _is_read_already(article: Article, words: Span) -> bool:
    """Whether the words are in a title or a quotation."""
    quoted = article.quotations_in(Span(words.start, words.start + 1))
    return bool(quoted) or (article.title is not None and article.title.overlaps(words))


def _without_links(flow: str, span: Span) -> Span:
    """The span without the addresses of pictures at its end."""
    links = _LINKS.search(flow, max(span.start, span.end - LONGEST), span.end)
    return span if links is None else Span(span.start, links.start())


def _opened(article: Article, paragraph: Span) -> int | None:
    """Start of the words of the quotation that opens the paragraph, or None."""
    quotations = article.quotations_in(paragraph)
    if not quotations or quotations[0].outer.start != paragraph.start:
        return None
    return quotations[0].inner.start


def _is_one(article: Article, span: Span) -> bool:
    """Whether the span is quoted from end to end; words between its quotations contain no cue."""
    flow, end = article.flow, span.start
    for quotation in article.quotations_in(span):
        if holds_cue(article.lowered, Span(end, quotation.outer.start)):
            return False
        end = quotation.outer.end
    if end > span.end or flow[span.end - 1] not in _CLOSING:
        return False  # the apparent signature is within the last quotation
    return not holds_cue(article.lowered, Span(end, span.end))


def _before_mark(flow: str, start: int, end: int) -> int:
    while end > start and (flow[end - 1] in _CLOSING or flow[end - 1] == " "):
        end -= 1
    return end


def _proposal(article: Article, words: Span, signature: re.Match[str]) -> Proposal:
    dashed = "dash" in signature.re.groupindex
    group = next(one for one in ("who", "bracketed", "subject") if signature[one])
    start, end = signature.span(group)
    stopped = _FULL_STOP.search(article.flow, start, end) is not None
    cue = Span(*signature.span("dash")) if dashed and signature["dash"] else None
    return _settled([*_carried(article, words), words], cue, Span(start, end - stopped))


def _settled(spans: list[Span], cue: Span | None, mention: Span) -> Proposal:
    return Proposal(tuple(spans), cue, mention, LAID_OUT, block=True, settled=True)


def _carried(article: Article, words: Span) -> list[Span]:
    """The earlier paragraphs of the same quotation."""
    quotations = article.quotations
    first = last = bisect_left(quotations, words.start, key=lambda q: q.inner.start)
    while first > 0 and quotations[first].continues:
        first -= 1
    return [quotation.inner for quotation in quotations[first:last]]
