"""Names: where an article names somebody or something, by capitals and word lists alone.

A name is a run of capitalised words; titles before it are told from it. Words of a headline, where
everything is capitalised, count only where the article names them elsewhere. Which names mean the
same person is decided in cast.py.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from service.domain import Span
from service.extraction.article import Article
from service.extraction.companies import COMPANY, body_of, has_legal_form, is_legal_form
from service.extraction.lexicon.people import Gender, people, places, word_class
from service.extraction.persons import (
    ACRONYM,
    INITIAL,
    follows_role,
    is_postnominal,
    looks_personal,
)
from service.extraction.words import WORD, Word, apart, find_headlines

_FULL_STOP_GAP = re.compile(r"\. +")
_GAP = re.compile(r" +")

LONGEST_RUN = 16
"""Words; longer runs of capitals are no names, and texts of nothing else must not cost more."""


class NameKind(StrEnum):
    """What a name names. Documents and groups have rooms of their own."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    DOCUMENT = "document"
    GROUP = "group"
    OTHER = "other"  # events, laws, nationalities: nobody who speaks
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Name:
    """``span`` is the bare name, ``whole`` with the titles before it; ``titles`` are lower case,
    ``body`` is what kind of organisation it is said to be ("union").
    """

    words: tuple[str, ...]
    kind: NameKind
    span: Span
    whole: Span
    titles: tuple[str, ...] = ()
    gender: Gender | None = None
    possessive: bool = False
    body: str = ""

    @property
    def text(self) -> str:
        return " ".join(self.words)


def find_names(article: Article, words: Sequence[Word]) -> list[Name]:
    """Names in reading order, none overlapping another; ``words`` are all the article's."""
    titled, body = apart(words, find_headlines(article))
    settled = _settled_words(body)
    runs = list(_runs(article.flow, body, settled))
    names = [name for run in runs for name in _read_run(article.flow, run)]
    known = _known_names(names)
    names = [_without_strangers(article.flow, name, known) for name in names]
    return sorted([*names, *_in_headlines(titled, names)], key=lambda name: name.span)


def _settled_words(words: Sequence[Word]) -> frozenset[str]:
    """Words that stand capitalised in mid-sentence and never in lower case: names, likely."""
    lower = {word.text for word in words if not word.capital}
    inner = {word.text for word in words if word.capital and not word.first}
    return frozenset(text for text in inner if text.lower() not in lower)


def _runs(text: str, words: Sequence[Word], settled: frozenset[str]) -> Iterator[list[Word]]:
    """Capitalised words that stand together, lower-case links between them included."""
    at = 0
    while at < len(words):
        if not words[at].capital or _opens_no_name(words, at, settled):
            at += 1
            continue
        end = at + 1
        while end < min(len(words), at + LONGEST_RUN):
            ahead = _links(text, words, at, end)
            if ahead is None:
                break
            end = ahead
        yield _with_titles_before(text, words, at, end)
        at = end


def _opens_no_name(words: Sequence[Word], at: int, settled: frozenset[str]) -> bool:
    word = words[at]
    lexicon = people()
    if word.lower in places().canonical and word.text.isupper() and len(word.text) > 1:
        return False
    if word.lower in lexicon.common:
        following = words[at + 1] if at + 1 < len(words) else None
        pair = f"{word.lower} {following.lower}" if following else ""
        leads = following is not None and following.capital and word.lower in _LEADING
        return not (leads or pair in places().canonical or word.lower in places().nationalities)
    if not word.first or word.text in settled or ACRONYM.fullmatch(word.text):
        return False
    known = (
        word.lower in lexicon.first_names
        or word.lower in lexicon.honorifics
        or word.lower in lexicon.titles
        or word.lower in lexicon.organisations
        or word.lower in places().canonical
        or word.lower in lexicon.particles
    )
    following = words[at + 1] if at + 1 < len(words) else None
    return not known and not (following and following.capital and following.start == word.end + 1)


def _links(text: str, words: Sequence[Word], first: int, at: int) -> int | None:
    """The index after the next word of the run that begins at ``first``; None where it ends."""
    before, word = words[at - 1], words[at]
    gap = text[before.end : word.start]
    dotted = before.lower in people().honorifics or before.lower in people().short_roles
    dotted = dotted or INITIAL.fullmatch(before.text) is not None or before.lower in ("st", "jr")
    if gap == " & " and not before.possessive:
        return at + 1 if _one_firm(words, at) else None
    if before.possessive or not (_GAP.fullmatch(gap) or (dotted and _FULL_STOP_GAP.fullmatch(gap))):
        return None
    if word.capital:
        return None if word.lower in people().common and word.lower in _CLOSED else at + 1
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or not _GAP.fullmatch(text, word.end, after.start):
        return None
    if word.text in people().particles and after.capital:
        return at + 2
    if word.text in ("of", "for", "on") and _of_joins(words[first:at]):
        if after.capital and after.lower not in _CLOSED:
            return at + 2
        if after.text == "the" and at + 2 < len(words) and words[at + 2].capital:
            return at + 3
    if word.text in ("to", "against") and after.capital and before.lower in _CAUSES:
        return at + 2
    if word.text == "at" and after.capital and words[first].text == "University":
        return at + 2
    if word.text in ("and", "&") and after.capital and _and_joins(words[first:at], after):
        return at + 2
    return None


def _one_firm(words: Sequence[Word], at: int) -> bool:
    """ "Marks & Spencer", but "Bill & Hillary Clinton" are two."""
    word, following = words[at], words[at + 1] if at + 1 < len(words) else None
    surname_follows = following and following.capital and following.start == word.end + 1
    couple = {words[at - 1].lower, word.lower} <= people().first_names.keys()
    return word.capital and not (couple and surname_follows)


_LINKS = frozenset(("of", "on", "for", "to", "against"))
_CAUSES = frozenset(("alliance", "campaign", "coalition", "committee", "center", "americans"))
_LEADING = word_class("leading")
_CLOSED = word_class("closed")


def _of_joins(run: Sequence[Word]) -> bool:
    """ "Department of Justice" is one name, "Trump of New York" is not."""
    heads = people().organisation_heads | people().events
    return any(word.lower in heads and word.lower not in ("today", "house") for word in run)


def _and_joins(run: Sequence[Word], after: Word) -> bool:
    """ "Department of Health and Human Services"; "Central and East European Coalition"."""
    words = [word.lower for word in run]
    if words[0] in ("department", "ministry", "committee", "treaty") and "of" in words:
        return True
    directions = {"central", "east", "north", "south", "west", "eastern", "western"}
    return words[-1] in directions and after.lower in directions


def _with_titles_before(text: str, words: Sequence[Word], first: int, end: int) -> list[Word]:
    """The run and the lower-case titles before it: "Democratic nominee", "spokesman"."""
    lexicon = people()
    start = first
    while start > 0 and first - start < 6:
        before = words[start - 1]
        if not _GAP.fullmatch(text, before.end, words[start].start) or before.possessive:
            break
        near_role = start < first
        fits = _is_role(before) or (
            near_role
            and (
                before.lower in lexicon.modifiers
                or before.lower in places().nationalities
                or (before.capital and before.lower not in lexicon.common)
            )
        )
        if not fits:
            break
        start -= 1
    return list(words[start:end])


def _read_run(text: str, run: list[Word]) -> Iterator[Name]:
    """The name in a run of capitalised words, its titles told from it."""
    lexicon = people()
    # an organisation before a lower-case title was a name of its own when its run was read
    while run and run[0].lower in lexicon.common and not _keeps(run):
        run = run[1:]
    while run and (not run[-1].capital or run[-1].lower in _CLOSED):
        run = run[:-1]
    if not run or (len(run) == 1 and run[0].lower in lexicon.common and not _keeps(run)):
        return
    lettered = len(run)
    while run and is_postnominal(run[-1].text):
        run = run[:-1]
    while len(run) > 1 and is_legal_form(run[-1].text):
        run = run[:-1]
    split = _title_end(run) if run else 0
    titles, core = run[:split], run[split:]
    if not core:
        return
    kind = _kind(text, titles, core)
    if kind is not NameKind.PERSON and titles:
        core = [word for word in run if word.start >= _first_capital(run)]
        kind = _kind(text, [], core)
        titles = []
    kind, body = _beside(text, core, kind) if not titles else (kind, "")
    if len(run) < lettered and kind is NameKind.UNKNOWN and not body:
        kind = NameKind.PERSON
    while core and core[-1].lower in lexicon.suffixes and len(core) > 1:
        core = core[:-1]
    yield Name(
        words=tuple(_spelled_out(text, core)),
        kind=kind,
        span=Span(core[0].start, core[-1].end),
        whole=Span(run[0].start, core[-1].end) if titles else Span(core[0].start, core[-1].end),
        titles=tuple(word.lower for word in titles),
        gender=_gender(titles),
        possessive=core[-1].possessive,
        body=body,
    )


def _beside(text: str, core: Sequence[Word], kind: NameKind) -> tuple[NameKind, str]:
    """The kind, and what kind of organisation, where the words beside the name tell of one."""
    start, end = core[0].start, core[-1].end
    if has_legal_form(text, end):
        return NameKind.ORGANISATION, COMPANY
    body = body_of(text, start, end)
    if body and kind is NameKind.PERSON and core[0].lower not in people().first_names:
        return NameKind.UNKNOWN, body
    return kind, body


def _keeps(run: Sequence[Word]) -> bool:
    """ "New York", "Black Lives Matter", "American Civil Liberties Union", "Russian President"."""
    if len(run) == 1:
        return run[0].lower in places().canonical or run[0].lower in places().nationalities
    pair = f"{run[0].lower} {run[1].lower}"
    return (
        pair in places().canonical
        or run[0].lower in places().nationalities
        or run[0].lower in _LEADING
        or run[0].lower in people().titles
    )


def _is_role(word: Word) -> bool:
    """Of a family name that is an occupation too, only the word in lower case."""
    return word.text in people().roles or word.lower in people().titles


def _spelled_out(text: str, core: Sequence[Word]) -> Iterator[str]:
    for at, word in enumerate(core):
        if at and text[core[at - 1].end : word.start] == " & ":
            yield "&"
        yield _spelled(text, word)


def _spelled(text: str, word: Word) -> str:
    """An initial keeps its full stop."""
    dotted = len(word.text) == 1 and text[word.end : word.end + 1] == "."
    return word.text + "." if dotted else word.text


def _first_capital(run: Sequence[Word]) -> int:
    return next(word.start for word in run if word.capital)


def _title_end(run: Sequence[Word]) -> int:
    """How many words of the run stand before the name itself."""
    lexicon = people()
    lowers = [word.lower for word in run]
    end = 0
    for at, lower in enumerate(lowers[:-1]):
        title = _is_role(run[at]) or (lower in lexicon.honorifics and run[at].capital)
        if title and lowers[at + 1] not in ("of", "for", "on", "and"):
            end = at + 1
    if end == 0 and lowers[0] in places().nationalities and len(run) > 2:
        end = 1 if lowers[1] in lexicon.first_names else 0
    if end and lowers[-1] in lexicon.organisation_heads | lexicon.events:
        return 0
    if end == 0 and len(run) > 2 and "of" not in lowers and lowers[0] not in lexicon.first_names:
        # "Rival Bill Clinton", "State John Kerry": a first name in mid-run begins the name
        for at in range(1, len(run) - 1):
            if lowers[at] in lexicon.first_names and lowers[at - 1] not in lexicon.particles:
                tail = lowers[at + 1 :]
                initials = INITIAL.fullmatch(run[0].text)
                return 0 if initials or set(tail) & lexicon.organisation_heads else at
    return end


def _gender(titles: Sequence[Word]) -> Gender | None:
    for word in reversed(titles):
        gender = people().honorifics.get(word.lower) or people().gendered_roles.get(word.lower)
        if gender:
            return gender
    return None


def _kind(text: str, titles: Sequence[Word], core: Sequence[Word]) -> NameKind:
    lexicon = people()
    lowers = [word.lower for word in core]
    whole = " ".join(lowers)
    if whole in places().canonical or (
        len(core) == 1 and core[0].text.lower() in places().canonical
    ):
        return NameKind.PLACE
    if whole in places().nationalities:
        return NameKind.OTHER
    if " & " in text[core[0].start : core[-1].end]:
        return NameKind.ORGANISATION
    heads = lexicon.organisation_heads
    if len(core) > 1 and (lowers[-1] in heads or (_LINKS & set(lowers) and set(lowers) & heads)):
        both = lowers[0] in lexicon.first_names and len(core) == 2 and titles
        return NameKind.PERSON if both else NameKind.ORGANISATION
    if len(core) > 5:
        return NameKind.OTHER  # a headline's words
    if whole in lexicon.organisations or whole == "white house":
        return NameKind.ORGANISATION
    named_so = (
        lowers[0] in lexicon.first_names and len(core) > 1 and lowers[-1] not in lexicon.events
    )
    if (set(lowers) & lexicon.events and not titles and not named_so) or whole in lexicon.titles:
        return NameKind.OTHER
    if ACRONYM.fullmatch(core[0].text) and len(core) == 1 and len(core[0].text) < 7:
        return NameKind.ORGANISATION
    if lowers[-1] in lexicon.titles and lowers[0] not in lexicon.first_names and len(core) > 1:
        return NameKind.OTHER
    if titles:
        contest = titles[-1].lower == "miss" and len(core) == 1  # Miss Universe
        return NameKind.UNKNOWN if contest else NameKind.PERSON
    if len(core) > 1 and not set(lowers) & heads and looks_personal(text, core):
        return NameKind.PERSON
    return NameKind.PERSON if follows_role(text, core) else NameKind.UNKNOWN


def _known_names(names: Sequence[Name]) -> frozenset[tuple[str, ...]]:
    return frozenset(
        name.words for name in names if name.kind is NameKind.PERSON and len(name.words) > 1
    )


def _without_strangers(text: str, name: Name, known: frozenset[tuple[str, ...]]) -> Name:
    """ "Rival Hillary Clinton" ends with a name that stands alone elsewhere."""
    if name.kind in (NameKind.PLACE, NameKind.ORGANISATION):
        return name
    for at in range(1, len(name.words) - 1):
        if name.words[at:] in known:
            start = _offset_of_word(text, name, at)
            titles = (*name.titles, *(word.lower() for word in name.words[:at]))
            return replace(
                name,
                words=name.words[at:],
                kind=NameKind.PERSON,
                span=Span(start, name.span.end),
                titles=titles,
            )
    return name


def _offset_of_word(text: str, name: Name, at: int) -> int:
    return [match.start() for match in WORD.finditer(text, name.span.start, name.span.end)][at]


def _in_headlines(words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """Names in headlines that the article has elsewhere too, in whole or by one of their words."""
    by_words: dict[tuple[str, ...], NameKind] = {}
    for name in names:
        if name.kind is not NameKind.OTHER:
            by_words.setdefault(tuple(word.lower() for word in name.words), name.kind)
        if name.kind is NameKind.PERSON and len(name.words) > 1:
            for part in (name.words[-1], name.words[0]):
                by_words.setdefault((part.lower(),), NameKind.UNKNOWN)
    at = 0
    while at < len(words):
        size, kind = _match(words, at, by_words)
        if size:
            found = words[at : at + size]
            span = Span(found[0].start, found[-1].end)
            texts = tuple(word.text for word in found)
            possessive = found[-1].possessive
            yield Name(texts, kind, span, span, possessive=possessive)
        at += size or 1


def _match(
    words: Sequence[Word], at: int, by_words: dict[tuple[str, ...], NameKind]
) -> tuple[int, NameKind]:
    for size in range(min(6, len(words) - at), 0, -1):
        lowers = tuple(word.text.lower() for word in words[at : at + size])
        if lowers in by_words and words[at].capital:
            return size, by_words[lowers]
        known_last = size == 2 and (lowers[1],) in by_words and words[at + 1].capital
        if known_last and words[at].capital and lowers[0] in people().first_names:
            return size, NameKind.PERSON
        if words[at].capital and " ".join(lowers) in places().canonical:
            return size, NameKind.PLACE
    return 0, NameKind.UNKNOWN
