"""Names: where an article names somebody or something, by capitals and word lists alone.

A name is a run of capitalised words (runs.py); titles before it are told from it. Words of a
headline, where everything is capitalised, count only where the article names them elsewhere. Which
names mean the same person is decided in cast.py.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import Gender, people, places, word_class
from service.extraction.page.layout import Article
from service.extraction.page.words import WORD, Form, Word, Words, find_headlines
from service.extraction.speakers.companies import COMPANY, body_of, has_legal_form, is_legal_form
from service.extraction.speakers.persons import (
    ACRONYM,
    INITIAL,
    follows_role,
    is_postnominal,
    looks_personal,
)
from service.extraction.speakers.runs import find_runs, is_role

_PEOPLE = people()
_PLACES = places()
_LINKS = frozenset(("of", "on", "for", "to", "against"))
_NO_NAME = _LINKS | {"and"} | _PEOPLE.suffixes
_LEADING = word_class("leading")
_CLOSED = word_class("closed")


class NameKind(StrEnum):
    """What a name names. Documents and groups have rooms of their own."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    DOCUMENT = "document"
    GROUP = "group"
    OTHER = "other"  # events, laws, nationalities: nobody who speaks
    UNKNOWN = "unknown"


class Name(Struct, gc=False):
    """``text`` is ``words`` with spaces between; ``span`` is the bare name, ``whole`` with the
    titles before it; ``titles`` are lower case, ``body`` is what kind of organisation it is said
    to be ("union").
    """

    words: tuple[str, ...]
    kind: NameKind
    span: Span
    whole: Span
    titles: tuple[str, ...] = ()
    gender: Gender | None = None
    possessive: bool = False
    body: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        self.text = " ".join(self.words)


def find_names(article: Article, words: Words, persons: Sequence[Span] = ()) -> list[Name]:
    """Names in reading order, none overlapping another; ``words`` are all the article's, and
    ``persons`` where the model sees people named."""
    titled, body = words.apart(find_headlines(article))
    runs = find_runs(article.flow, body, _words_in(words, persons))
    names = [
        name
        for first, last in runs
        if (name := _read_run(article.flow, body, first, last)) is not None
    ]
    known = _known_names(names)
    names = [
        _without_strangers(article.flow, name, known) if len(name.words) > 2 else name
        for name in names
    ]
    if not titled:
        return names
    return sorted(
        [*names, *_in_headlines(titled, names)], key=lambda name: (name.span.start, name.span.end)
    )


def _words_in(words: Words, persons: Sequence[Span]) -> frozenset[str]:
    forms, starts = words.forms, words.starts
    return frozenset(
        form.text
        for span in persons
        for form in forms[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    )


class _Parsed(NamedTuple):
    """A run by its words alone: titles from ``whole`` on, then the name, ``run[core:end]``, or
    without "Jr" ``run[core:last]``.

    ``kind`` is None where what stands around the name decides, ``headed`` where a word like
    "committee" is in it, ``lettered`` where "KC" stands behind it. ``words`` are empty where marks
    between them belong to the name.
    """

    whole: int
    core: int
    end: int
    last: int
    titles: tuple[str, ...]
    gender: Gender | None
    kind: NameKind | None
    headed: bool
    lettered: bool
    words: tuple[str, ...]


def _read_run(text: str, words: Words, first: int, last: int) -> Name | None:
    """The name in a run of capitalised words, its titles told from it; None if there is none."""
    joined = last - first > 1 and " & " in text[words.starts[first] : words.starts[last - 1]]
    parsed = _parse(tuple(words.forms[first:last]), joined)
    if parsed is None:
        return None
    core = words[first + parsed.core : first + parsed.end]
    kind, titles = parsed.kind, parsed.titles
    if kind is None:
        kind = _kind_around(text, core, parsed.headed)
    kind, body = (kind, "") if titles else _beside(text, core, kind)
    if parsed.lettered and kind is NameKind.UNKNOWN and not body:
        kind = NameKind.PERSON
    del core[parsed.last - parsed.core :]
    span = Span(core[0].start, core[-1].end)
    return Name(
        words=parsed.words or _spelled_out(text, core),
        kind=kind,
        span=span,
        whole=Span(words.starts[first + parsed.whole], span.end) if titles else span,
        titles=titles,
        gender=parsed.gender,
        possessive=core[-1].possessive,
        body=body,
    )


@lru_cache(maxsize=1 << 13)  # names come again, in an article and in the next
def _parse(run: tuple[Form, ...], joined: bool) -> _Parsed | None:
    """``joined``: an "&" stands in it."""
    first, last = 0, len(run)
    # an organisation before a lower-case title was a name of its own when its run was read
    while first < last and run[first].lower in _PEOPLE.common and not _keeps(run[first:last]):
        first += 1
    while first < last and (not run[last - 1].capital or run[last - 1].lower in _CLOSED):
        last -= 1
    alone = last - first == 1 and run[first].lower in _PEOPLE.common
    if first == last or (alone and not _keeps(run[first:last])):
        return None
    lettered = last
    while first < last and is_postnominal(run[last - 1].text):
        last -= 1
    while last - first > 1 and is_legal_form(run[last - 1].text):
        last -= 1
    core = first + _title_end(run[first:last]) if first < last else last
    if core == last:
        return None
    titles = run[first:core]
    kind = _kind(titles, run[core:last], joined)
    if kind is not NameKind.PERSON and titles:
        core = next(at for at in range(first, last) if run[at].capital)
        titles = ()
        kind = _kind((), run[core:last], joined)
    bare = last
    while bare - core > 1 and run[bare - 1].lower in _PEOPLE.suffixes:
        bare -= 1
    texts = tuple(form.text for form in run[core:bare])
    return _Parsed(
        whole=first,
        core=core,
        end=last,
        last=bare,
        titles=tuple(form.lower for form in titles),
        gender=_gender(titles),
        kind=kind,
        headed=any(form.lower in _PEOPLE.organisation_heads for form in run[core:last]),
        lettered=last < lettered,
        words=() if joined or 1 in map(len, texts) else texts,
    )


def _beside(text: str, core: Sequence[Word], kind: NameKind) -> tuple[NameKind, str]:
    """The kind, and what kind of organisation, where the words beside the name tell of one."""
    start, end = core[0].start, core[-1].end
    if has_legal_form(text, end):
        return NameKind.ORGANISATION, COMPANY
    body = body_of(text, start, end)
    if body and kind is NameKind.PERSON and core[0].lower not in _PEOPLE.first_names:
        return NameKind.UNKNOWN, body
    return kind, body


def _keeps(run: Sequence[Form]) -> bool:
    """ "New York", "Black Lives Matter", "American Civil Liberties Union", "Russian President"."""
    if len(run) == 1:
        return run[0].lower in _PLACES.canonical or run[0].lower in _PLACES.nationalities
    pair = f"{run[0].lower} {run[1].lower}"
    return (
        pair in _PLACES.canonical
        or run[0].lower in _PLACES.nationalities
        or run[0].lower in _LEADING
        or run[0].lower in _PEOPLE.titles
    )


def _spelled_out(text: str, core: Sequence[Word]) -> tuple[str, ...]:
    words: list[str] = []
    for at, word in enumerate(core):
        if at and text[core[at - 1].end : word.start] == " & ":
            words.append("&")
        words.append(_spelled(text, word))
    return tuple(words)


def _spelled(text: str, word: Word) -> str:
    """An initial keeps its full stop."""
    dotted = len(word.text) == 1 and text[word.end : word.end + 1] == "."
    return word.text + "." if dotted else word.text


def _title_end(run: Sequence[Form]) -> int:
    """How many words of the run stand before the name itself."""
    if len(run) == 1:
        return 0
    lowers = [word.lower for word in run]
    end = 0
    for at, lower in enumerate(lowers[:-1]):
        title = is_role(run[at]) or (lower in _PEOPLE.honorifics and run[at].capital)
        if title and lowers[at + 1] not in _NO_NAME:
            end = at + 1
    if end == 0 and lowers[0] in _PLACES.nationalities and len(run) > 2:
        end = 1 if lowers[1] in _PEOPLE.first_names else 0
    if end and (lowers[-1] in _PEOPLE.organisation_heads or lowers[-1] in _PEOPLE.events):
        return 0
    if end == 0 and len(run) > 2 and "of" not in lowers and lowers[0] not in _PEOPLE.first_names:
        # "Rival Bill Clinton", "State John Kerry": a first name in mid-run begins the name
        for at in range(1, len(run) - 1):
            first_name = run[at].capital and lowers[at] in _PEOPLE.first_names
            if first_name and lowers[at - 1] not in _PEOPLE.particles:
                tail = lowers[at + 1 :]
                initials = INITIAL.fullmatch(run[0].text)
                return 0 if initials or set(tail) & _PEOPLE.organisation_heads else at
    return end


def _gender(titles: Sequence[Form]) -> Gender | None:
    for word in reversed(titles):
        gender = _PEOPLE.honorifics.get(word.lower) or _PEOPLE.gendered_roles.get(word.lower)
        if gender:
            return gender
    return None


def _kind(titles: Sequence[Form], core: Sequence[Form], joined: bool) -> NameKind | None:
    """None where its words tell nothing."""
    lowers = [word.lower for word in core]
    whole = " ".join(lowers)
    if whole in _PLACES.canonical or (len(core) == 1 and core[0].text.lower() in _PLACES.canonical):
        return NameKind.PLACE
    if whole in _PLACES.nationalities:
        return NameKind.OTHER
    if joined:
        return NameKind.ORGANISATION
    heads = _PEOPLE.organisation_heads
    if len(core) > 1 and (lowers[-1] in heads or (_LINKS & set(lowers) and set(lowers) & heads)):
        both = lowers[0] in _PEOPLE.first_names and len(core) == 2 and titles
        return NameKind.PERSON if both else NameKind.ORGANISATION
    if len(core) > 5:
        return NameKind.OTHER  # a headline's words
    if whole in _PEOPLE.organisations or whole == "white house":
        return NameKind.ORGANISATION
    named_so = (
        lowers[0] in _PEOPLE.first_names and len(core) > 1 and lowers[-1] not in _PEOPLE.events
    )
    if (set(lowers) & _PEOPLE.events and not titles and not named_so) or whole in _PEOPLE.titles:
        return NameKind.OTHER
    if ACRONYM.fullmatch(core[0].text) and len(core) == 1 and len(core[0].text) < 7:
        return NameKind.ORGANISATION
    if lowers[-1] in _PEOPLE.titles and lowers[0] not in _PEOPLE.first_names and len(core) > 1:
        return NameKind.OTHER
    if titles:
        contest = titles[-1].lower == "miss" and len(core) == 1  # Miss Universe
        return NameKind.UNKNOWN if contest else NameKind.PERSON
    return None


def _kind_around(text: str, core: Sequence[Word], headed: bool) -> NameKind:
    personal = len(core) > 1 and not headed and looks_personal(text, core)
    return NameKind.PERSON if personal or follows_role(text, core) else NameKind.UNKNOWN


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


def _in_headlines(words: Words, names: Sequence[Name]) -> Iterator[Name]:
    """Names in headlines that the article has elsewhere too, in whole or by one of their words."""
    by_words: dict[tuple[str, ...], NameKind] = {}
    for name in names:
        if name.kind is not NameKind.OTHER:
            by_words.setdefault(tuple(word.lower() for word in name.words), name.kind)
        if name.kind is NameKind.PERSON and len(name.words) > 1:
            for part in (name.words[-1], name.words[0]):
                by_words.setdefault((part.lower(),), NameKind.UNKNOWN)
    end = 0
    for at, form in enumerate(words.forms):
        if at < end or not form.capital:
            continue
        size, kind = _match(words.forms[at : at + 6], by_words)
        if size:
            end = at + size
            found = words[at:end]
            span = Span(found[0].start, found[-1].end)
            texts = tuple(word.text for word in found)
            possessive = found[-1].possessive
            yield Name(texts, kind, span, span, possessive=possessive)


def _match(
    forms: Sequence[Form], by_words: dict[tuple[str, ...], NameKind]
) -> tuple[int, NameKind]:
    """How many of the first words are a name, and of what."""
    every = tuple(form.text.lower() for form in forms)
    for size in range(len(forms), 0, -1):
        lowers = every[:size]
        if lowers in by_words:
            return size, by_words[lowers]
        known_last = size == 2 and (lowers[1],) in by_words and forms[1].capital
        if known_last and lowers[0] in _PEOPLE.first_names:
            return size, NameKind.PERSON
        if " ".join(lowers) in _PLACES.canonical:
            return size, NameKind.PLACE
    return 0, NameKind.UNKNOWN
