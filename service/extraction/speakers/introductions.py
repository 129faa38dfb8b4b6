"""Introductions: the words with which an article introduces somebody.

"Russian President Vladimir Putin", "Jane Doe, a professor of law at Yale,", "The mayor, Jane Doe,",
"Jane Doe is a farmer from Iowa", "the industry group Acme". Mentions are resolved without these, in
resolving.py; what they say about roles is recorded in figures.py.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.lexicon.people import people, word_class
from service.extraction.speakers.discourse import is_person
from service.extraction.speakers.figures import FORMER, Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.names import Name, NameKind
from service.extraction.speakers.titles import (
    REACH,
    bare,
    before_honorifics,
    is_body,
    is_no_noun,
    is_role,
    kind_before,
    title_before,
)

NAMES_READ = 40
"""Names of a figure beside which an introduction is looked for: if none of these has one, later
ones hardly ever do.
"""
LONGEST_APPOSITION = 8
"""Longest apposition, in words, whose noun is in no list."""
SHOWN_NAME = 40
"""Characters after a name within which "is a" or "who leads" begins."""

_ABBREVIATION = (
    r"(?<=\b[A-Zv])\.|(?<=\b(?:Mr|Dr|St|Jr|Lt|Co|No))\."
    r"|(?<=\b(?:Inc|Ltd|Sen|Gov|Rep|Gen|Col|Sgt))\."
)
_PHRASE = re.compile(rf"(?:[^,.;:()“”\"\n—–]|\.(?=[\w,])|{_ABBREVIATION})+")
_BESIDE = re.compile(
    r"(?:\.(?=,))?(?: [A-Z]{2,3}(?=,))?(?:,? \([^()\n]{1,40}\))?"
    r"(?:, (?:[A-Z][A-Za-z.]{1,5}\.?|(?:aged )?\d{1,3}|[DRI]-[A-Z][\w.]{1,8})(?=,))*"
)
"""What may separate a name from its apposition: "(D-Vt.)", "KC", an age."""
_COPULA = re.compile(r",?(?: who)? (?:is|was|serves as|served as|works as|worked as|has been) ")
_LEADS = re.compile(
    r", who (?=(?:leads|led|heads|headed|runs|chairs|chaired|directs|directed|teaches|taught"
    r"|studies|owns|owned|manages|managed|oversees|edits|edited|coaches|coached|founded"
    r"|co-founded|works for|works at|worked for) )"
)
_CAPITALISED = r"(?:[A-Z][\w’'-]*\.? ){0,2}[A-Z][\w’'-]*"
_ROW = re.compile(rf"(?<= )({_CAPITALISED}(?:, {_CAPITALISED})*),? and $")
"""Names in a row before one: "co-founders Ray and Ellen Roe"."""
_CLAUSE = re.compile(
    r",? (?:who|whose|whom|which|that|when|where|while|as|but|because|and (?:has|was|is))\b"
    r"| (?:said|says|told|tells|wrote|writes|added|adds)\b"
)
_LEADING = re.compile(
    r"(?:(?:an?|the|his|her|its|their|our|my|one of the|one(?! of)|another|then|now|also|currently"
    r"|himself|herself) )+",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:^|\s)(?:[Tt]he|[Aa]n?|[Aa]nother|[Oo]ne(?: of \w+)?|[Tt]wo|[Tt]hree|[Hh]is|[Hh]er|[Ii]ts"
    r"|[Tt]heir|[A-Z\d][\w.-]*[’']s?) "
)
"""Begins a description before a name."""
_PREPOSITION = re.compile(
    r" (?:of|for|to|in|at|from|on|with|by|who|whose|that|and|chaired|headed|led|based|specializing"
    r"|specialising|studying|working|representing|running|living) "
)
_BARE_OFFICE = re.compile(
    r"\s*((?!(?:The|An?|Another|His|Her|Its|Their|Two|Three|One|Both) )"
    r"[A-Z][\w-]+(?: (?:and )?[A-Z][\w-]+){0,6}(?: [a-z-]+)?)(?: (?:of|for|at|on|to) |$)"
)
"""Begins a description that has no article: "Chairman of the union, Jane Doe,"."""
_BEFORE_COMMA = re.compile(r"([\w’'-]+),$")
_OF_ANOTHER = re.compile(
    r"(?:[\w-]+ )?(?:(?:brother|sister|son|daughter|wife|husband|mother|father|uncle|aunt|nephew"
    r"|niece|cousin|widow|widower|friend|aide|adviser|advisor|deputy|lawyer)s?(?:-in-law)?)"
    r" (?:of|to|for) "
)
"""Begins another's description, before the title of the one named: "wife of Chief Justice Roe"."""
_CLOSED = re.compile(r"(?: of [A-Z][\w. ]{2,20}?)?[,.]")
"""Follows a name between commas: "Her counterpart, Jane Doe of Maine,"."""
_OWNED = re.compile(r" and (?:his|her|its|their) ")
"""Precedes another description: "The suit names Acme and its manager, Jane Doe"."""
_GIVES_NAME = re.compile(r"\b(?:names?|named|identif\w+|known|goes by)\b")
"""In "a rancher who gave only his first name, Dale"."""
_PARTIES = frozenset(("democrat", "republican", "libertarian", "independent"))
"""Say less of somebody than an office."""
_OFFICES = word_class("offices")
_QUANTITIES = word_class("quantities")
_AGENTS = ("er", "or", "ist", "ian", "ant", "ent", "ee", "man", "woman", "eer", "ive")
_UNSPECIFIC = word_class("unspecific") | {"one", "source"}
_SOME = ("a", "an", "one of the")
_OTHERS = frozenset(("the", "his", "her", "its", "their"))
"""Begin another noun phrase."""


class _Introduction(NamedTuple):
    """An introduction with its rank: an apposition says more than "Dr.", an office before the name
    more than both.
    """

    worth: int
    span: Span


_OFFICE, _STATED, _DONE, _SHORT = 4, 3, 2, 1
"""Ranks: of two introductions the higher one is shown."""


def introduction_of(text: str, figure: Figure) -> Span | None:
    """Span of the figure's best introduction, the first of equals, without an article ("professor
    of law at Yale"); None without one.
    """
    best: _Introduction | None = None
    for name in figure.names[:NAMES_READ]:
        for found in _beside(text, name, figure):
            if best is None or found.worth > best.worth:
                best = found
        if best is not None and best.worth >= _DONE:
            break
    return None if best is None else best.span


def introduction_by(text: str, mention: Mention) -> Span | None:
    """Span of a description of somebody named elsewhere: "The retired surgeon"; None for a name."""
    gives_name = _GIVES_NAME.search(mention.text) is not None
    pieces = mention.head if gives_name else (*mention.head, *mention.rest)
    named = any(piece.figure is not None and is_person(piece.figure) for piece in pieces)
    return None if named or not is_role(mention.noun) else introduction_in(text, mention)


def introduction_in(text: str, mention: Mention) -> Span | None:
    """Span of an unnamed mention's own description: "senior White House official", "importer in Los
    Angeles"; None for a bare plural such as "aides".
    """
    head = list(mention.head)
    while head and head[0].lower in _QUANTITIES:
        head.pop(0)
    if not head or not (is_role(head[-1].text) or _describes(mention)):
        return None
    span = _phrase_at(text, head[0].start)
    if span is None:
        return None
    whole = Span(span.start, min(span.end, mention.span.end))
    several = mention.noun.endswith("s") and len(whole.of(text).split()) == 1
    return None if several else whole


def _describes(mention: Mention) -> bool:
    """Whether the mention is a person's description by a noun in no list."""
    noun = mention.noun
    single = mention.indefinite and noun.endswith(_AGENTS)
    vague = people().anonymous | people().documents.keys() | _UNSPECIFIC
    return single and noun not in vague


def _beside(text: str, name: Name, figure: Figure) -> Iterator[_Introduction]:
    if is_person(figure):
        yield from _title(text, name)
        yield from _apposition(text, name)
        yield from _described_before(text, name)
        yield from _roles_after(text, name)
    elif figure.kind in (NameKind.ORGANISATION, NameKind.UNKNOWN):
        span = kind_before(text, name.span.start) or _body_after(text, name)
        if span is not None:
            yield _Introduction(_STATED, span)


def _title(text: str, name: Name) -> Iterator[_Introduction]:
    start = _row_start(text, name.span.start)
    span = title_before(text, start)
    if span is None and start == name.span.start:
        span = _before_in_name(text, name)
    if span is None:
        return
    alone = start == name.span.start and not text.startswith((",", " and "), name.span.end)
    if alone and _is_plural(span.of(text).partition(" (")[0]):
        return  # "the players Ann Bell has met"
    another = _OF_ANOTHER.match(text, span.start, span.end)
    span = span if another is None else Span(another.end(), span.end)
    if start < name.span.start:
        if _is_plural(span.of(text)):
            yield _Introduction(_DONE, span)
        return
    words = span.of(text).split()
    last = people().short_roles.get(bare(words[-1]), bare(words[-1]))
    one_word = _DONE if last in people().roles else _SHORT
    addressed = all(bare(word) in people().honorifics for word in words)  # "Rev. Fr."
    longer = _STATED if len(words) > 1 and not addressed else one_word
    yield _Introduction(_OFFICE if last in _OFFICES else longer, span)


def _before_in_name(text: str, name: Name) -> Span | None:
    """Span of a title in no list that was read as part of a name: "County Recorder Jane Doe"."""
    before = text[name.whole.start : name.span.start].rstrip()
    span = Span(name.whole.start, name.whole.start + len(before))
    titled = name.titles and people().honorifics.keys().isdisjoint(name.titles)
    titled = titled and not word_class("fields").issuperset(name.titles)
    return span if titled and len(span.of(text)) > 1 else None


def _row_start(text: str, start: int) -> int:
    """Start of the row of names that ends with the one at ``start``, or else ``start``:
    "co-founders Ray and Ellen Roe".
    """
    joined = text.endswith("and ", 0, start)
    row = _ROW.search(text, max(0, start - REACH), start) if joined else None
    return start if row is None else row.start(1)


def _is_plural(phrase: str) -> bool:
    head, *_ = _PREPOSITION.split(phrase, maxsplit=1)
    return bare(head.split()[-1]).endswith(("s", "men"))


def _apposition(text: str, name: Name) -> Iterator[_Introduction]:
    """Yields ", a professor of law at Yale," after the name."""
    article, span = _after_comma(text, name)
    if span is None:
        return
    if not article and span.of(text).split()[0].endswith("ed"):
        return  # "Jane Doe, commended the minister"
    stated = _names_role(span.of(text), 3 if article else 1)
    if stated or (article in _SOME and _is_apposition(text, span)):
        less = bare(span.of(text).split()[0]) in FORMER or span.of(text).lower() in _PARTIES
        span = _with_offices(text, span) if stated else span
        yield _Introduction(_STATED if stated and not less else _DONE, span)


def _with_offices(text: str, first: Span) -> Span:
    """The span with the other offices of its row: "chairman, president and CEO of Acme"."""
    end, last = first.end, first.of(text)
    while _PREPOSITION.search(last) is None:
        span = _phrase_at(text, end + len(", ")) if text.startswith(", ", end) else None
        last = "" if span is None else f" {span.of(text)}"
        office = last.removeprefix(" and").strip()
        if span is None or not (is_role(office.split(" ")[0]) and _names_role(office, 1)):
            return first
        end = span.end
    return Span(first.start, end)


def _body_after(text: str, name: Name) -> Span | None:
    """Span of ", a Washington think tank," after the name."""
    article, span = _after_comma(text, name)
    if span is None or not article:
        return None
    head, *_ = _PREPOSITION.split(span.of(text), maxsplit=1)
    return span if any(map(is_body, head.split()[-2:])) else None


def _after_comma(text: str, name: Name) -> tuple[str, Span | None]:
    """The article and the span of the noun phrase after the name's comma."""
    start = _past_letters(text, name.span.end) + len(", ")
    span = _phrase_at(text, start) if text[start - 2 : start] == ", " else None
    if span is None:
        return "", None
    article, first = text[start : span.start].strip().lower(), span.of(text).split()[0].lower()
    reports = not article and first in cues().report  # "Jane Doe, told reporters"
    return ("", None) if reports or is_no_noun(first) else (article, span)


def _past_letters(text: str, end: int) -> int:
    """End of "(D-Vt.)", "KC" or an age after a name."""
    beside = _BESIDE.match(text, end, end + REACH)
    return end if beside is None else beside.end()


def _is_apposition(text: str, span: Span) -> bool:
    """Whether the shape is an apposition's, for nouns in no list: short, before a comma or "who",
    without a verb, and with a noun in small letters.
    """
    words = span.of(text).split()
    head, *_ = _PREPOSITION.split(span.of(text), maxsplit=1)
    verbal = any(word.endswith("ed") for word in words[1:])
    closed = text.startswith((",", " who "), span.end)
    noun = head[:1] and head.split()[-1].isalpha() and head.split()[-1].islower()
    return bool(closed and noun) and len(words) <= LONGEST_APPOSITION and not verbal


def _phrase_at(text: str, start: int) -> Span | None:
    """Span of the noun phrase that begins at ``start``, without its article, up to a comma or
    clause.
    """
    leading = _LEADING.match(text, start, start + REACH)
    begin = leading.end() if leading else start
    phrase = _PHRASE.match(text, begin, begin + REACH)
    if phrase is None:
        return None
    clause = _CLAUSE.search(phrase.group())
    words = phrase.group()[: clause.start() if clause else None].rstrip(" .-’'")
    return Span(begin, begin + len(words)) if words.strip() else None


def _described_before(text: str, name: Name) -> Iterator[_Introduction]:
    """Yields "The mayor, Jane Doe," and "a spokesman for the agency, Jane Doe,"."""
    begin = before_honorifics(text, name.whole.start)
    start = _row_start(text, begin)
    if text[start - 2 : start] != ", ":
        return
    several = start < begin or text.startswith(" and ", name.span.end)
    closed = several or _CLOSED.match(text, name.span.end) is not None
    low = max(0, start - REACH)
    before = text[low : start - 2]
    low += (
        max(before.rfind(mark) for mark in (",", ";", ":", "“", "”", '"', ". ", ") ", "—", "\n"))
        + 1
    )
    opened = [found.end() for found in _OPENING.finditer(text[low : start - 2])]
    office = _BARE_OFFICE.match(text, low, start - 2)
    if office is not None and is_role(office.group(1).split()[-1]):
        opened.insert(0, office.start(1) - low)
    if not closed:
        opened = [end for end in opened[:1] if _opens_clause(text, low, low + end)]
    for end in opened:
        span = Span(low + end, start - 2)
        clause = _CLAUSE.search(span.of(text))
        if clause is not None and _GIVES_NAME.search(span.of(text), clause.end()):
            span, clause = Span(span.start, span.start + clause.start()), None
        if clause is None and not _OWNED.search(span.of(text)) and _names_role(span.of(text)):
            if not several or _is_plural(span.of(text)):
                yield _Introduction(_STATED, span)
            return


def _opens_clause(text: str, low: int, start: int) -> bool:
    """Whether the description at ``start``, perhaps after "the", begins a clause, so that a comma
    before the name is all that parts them: "Arden Governor, Jane Doe has said".
    """
    if text[low:start].strip().lower() not in ("", "the"):
        return False
    before = _BEFORE_COMMA.search(text, max(0, low - REACH), low)
    return before is None or before.group(1).islower() or before.group(1).lower() in people().common


def _roles_after(text: str, name: Name) -> Iterator[_Introduction]:
    """Yields "Jane Doe is a professor at Yale" and "Jane Doe, who leads the union"."""
    end = _past_letters(text, name.span.end)
    copula = _COPULA.match(text, end, end + SHOWN_NAME)
    if copula:
        article = _LEADING.match(text, copula.end(), copula.end() + SHOWN_NAME)
        span = _phrase_at(text, copula.end())
        introduces = article is not None or copula.group().endswith(" as ")
        phrase = span.of(text) if span is not None else ""
        if span and (introduces or _begins_with_role(phrase)) and _names_role(phrase):
            yield _Introduction(_STATED, span)
    leads = _LEADS.match(text, end, end + SHOWN_NAME)
    span = _phrase_at(text, leads.end()) if leads else None
    if span is not None:
        yield _Introduction(_DONE, span)


def _begins_with_role(phrase: str) -> bool:
    """Whether it begins with an office: "coordinator for", "vice president of", but not "not a
    star".
    """
    head, *_ = _PREPOSITION.split(phrase, maxsplit=1)
    first, *rest = head.split() or [""]
    return len(rest) < 3 and (is_role(first) or (bool(rest) and first in people().modifiers))


def _names_role(phrase: str, last: int = 3) -> bool:
    """Whether one of the last words before the first preposition is a role."""
    head, *_ = _PREPOSITION.split(phrase, maxsplit=1)
    words = head.removesuffix(" emeritus").removesuffix(" emerita").split()
    if not _OTHERS.isdisjoint(words[1:]):
        return False  # "the pair betrayed their friend"
    fellow = words[-1:] == ["fellow"] and len(words) > 1  # "a senior fellow at the Roe Center"
    return fellow or any(map(is_role, words[-last:]))
