"""Personal names: which of an article's names are persons', by the model and by other mentions."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Sequence

from msgspec.structs import replace

from service.domain import Span
from service.extraction.lexicon.people import people, word_class
from service.extraction.page.layout import Article
from service.extraction.speakers.bodies import is_business, may_go_by_first_word
from service.extraction.speakers.companies import COMPANY
from service.extraction.speakers.figures import gender_after
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind
from service.extraction.speakers.persons import is_postnominal
from service.names.folding import fold_name

_BODY = "body"
"""Kind of a body of which no more is known."""
ACRONYM = 3
"""Longest name in capitals before a colon that is still read as an acronym, not as a surname."""
FEW_WORDS = 3
"""A name of at most this many words is a person's even if the model marks only its last words; a
longer one is probably a body named after somebody.
"""


def _may_be_personal(text: str, name: Name, forenames: Container[str]) -> bool:
    """Whether no list knows the name, or only its last word: "Miles Press", "Kim Day"; a place may
    be the first name of somebody in the article: "Jordan" of Jordan Pike.
    """
    if name.kind is NameKind.UNKNOWN:
        return True
    if name.kind is NameKind.PLACE:
        return name.text in forenames
    short = len(name.words) == 2 and not name.body
    if not short or not all(word.isalpha() and word.istitle() for word in name.words):
        return False
    return _is_without_article(text, name) and (
        fold_name(name.words[0]) in people().first_names or text.startswith(", who ", name.span.end)
    )


def _is_abbreviated(text: str, name: Name) -> bool:
    """Whether its letters follow in brackets, as no person's do: "Daba Tehreek-e-Nur (DTN)"."""
    letters = "".join(filter(str.isupper, name.text))
    return len(letters) > 2 and text.startswith(f" ({letters})", name.span.end)


def _is_without_article(text: str, name: Name) -> bool:
    return text[max(0, name.span.start - 4) : name.span.start].lower() != "the "


def names_of_persons(
    article_text: str, names: Sequence[Name], persons: Sequence[Span]
) -> list[Name]:
    """Returns ``names``; those in no list become persons if the model marks most of their
    mentions.
    """
    if not persons:
        return list(names)
    seen: Counter[tuple[str, ...]] = Counter()
    bodies = {name.words for name in names if name.body or _is_abbreviated(article_text, name)}
    bodies |= {words[:1] for words in bodies if len(words) > 1}
    bodies |= {name.words[-1:] for name in names if name.body.startswith(COMPANY)}
    borne = {name.words[-1] for name in names if is_full_person(name)}
    forenames = {name.words[0] for name in names if is_full_person(name)}
    fronts = _fronts(names)
    shortened = _shortened(article_text, names, persons, borne) | fronts
    names = [
        replace(name, kind=NameKind.ORGANISATION, body=_BODY) if name.words in shortened else name
        for name in names
    ]
    bodies |= {name.words[:1] for name in names if is_business(name)} | fronts
    alone = {name.text for name in names if _is_without_article(article_text, name)}
    for name in names:
        if name.words not in bodies and _may_be_personal(article_text, name, forenames):
            seen[name.words] += 1 if _is_seen(name, persons, borne, alone) else -1
    return [replace(name, kind=NameKind.PERSON) if seen[name.words] > 0 else name for name in names]


def without_seats(text: str, names: Sequence[Name]) -> list[Name]:
    """The names, with seats that look like a person's as places: "Musoma" of "Musoma MP Asha Juma"
    and "Cator West" before MP.
    """
    seats = _seats(text, names)
    return [replace(name, kind=NameKind.PLACE) if name.words in seats else name for name in names]


@named_rule("seat-of-member", frozenset())
def _seats(text: str, names: Sequence[Name]) -> frozenset[tuple[str, ...]]:
    """Names of seats that look like a person's."""
    sat = [
        (name, found[1])
        for name in names
        if name.kind is NameKind.PERSON and not name.titles
        if (found := _SEAT.match(text, name.span.end)) and is_postnominal(found[1])
    ]
    holders = [name for name in names if is_full_person(name)] if sat else []
    return frozenset(
        name.words
        for name, letters in sat
        if name.words[-1].lower() in _DIRECTIONS
        or any(text.endswith(f"{name.text} {letters} ", 0, one.span.start) for one in holders)
    )


_SEAT = re.compile(r" (M[A-Z]{1,2}|TD) ")
_DIRECTIONS = word_class("directions")


@named_rule("surname-in-capitals", ())
def _in_capitals(names: Sequence[Name]) -> Sequence[Name]:
    """The names, with "OKORO" no body's letters if the article names Dani Okoro."""
    borne = {fold_name(name.words[-1]) for name in names if is_full_person(name)}
    return [
        replace(name, kind=NameKind.UNKNOWN)
        if len(name.words) == 1
        and len(name.text) > ACRONYM
        and name.text.isupper()
        and fold_name(name.text) in borne
        else name
        for name in names
    ]


def surnames_in_capitals(names: list[Name]) -> list[Name]:
    return list(_in_capitals(names)) or names


def _fronts(names: Iterable[Name]) -> set[tuple[str, ...]]:
    """The names of businesses without their last word, "Tranzo Coast" of "Tranzo Coast Logistics",
    but not the "Ann Roe" of "Ann Roe Foundation".
    """
    forenames = people().first_names
    return {
        name.words[:-1]
        for name in names
        if len(name.words) > 2 and name.words[0].lower() not in forenames and is_business(name)
    }


@named_rule("short-name", frozenset())
def _shortened(
    text: str, names: Sequence[Name], persons: Sequence[Span], borne: Container[str]
) -> frozenset[tuple[str, ...]]:
    """Names that the article goes on to shorten to their first word: "Oldcastle Biscuits", later
    "Oldcastle".
    """
    alone: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        if len(name.words) == 1:
            alone.setdefault(name.words, []).append(name)
    return frozenset(
        name.words
        for name in names
        if may_go_by_first_word(name) and name.words[0] not in borne
        if (later := alone.get(name.words[:1])) and name.span.start < later[0].span.start
        if not _is_seen(name, persons, borne)
        if not any(one.titles or gender_after(text, one) for one in later)
    )


def _is_seen(
    name: Name, persons: Sequence[Span], borne: Container[str], alone: Container[str] = ()
) -> bool:
    """Whether the model marks the whole name or its last words: "Renee Formicola" of "Jo-Renee
    Formicola", but not the "Clinton" of "Team Clinton" if the article names a person called so.
    """
    at = bisect_right(persons, name.span.end - 1, key=lambda span: span.start) - 1
    if at < 0:
        return False
    last = name.words[-1]
    cut = "-" in last and persons[at].end > name.span.end - len(last)  # "Ann Roe-" of Ann Roe-Bell
    end = name.span.end if cut else persons[at].end
    if end < name.span.end:
        first = persons[at] == Span(name.span.start, name.span.start + len(name.words[0]))
        return first and last in alone  # the "Jo" of Jo Union, later "Union"
    if persons[at].start <= name.span.start:
        return True
    few = 1 < len(name.words) <= FEW_WORDS and last not in borne
    return few and end == name.span.end


def as_label(article: Article, name: Name) -> Name:
    """Returns the name with its kind open if it labels a speaker: in "MONROE: No." the capitals
    look like a body's.
    """
    label = name.text.isupper() and article.flow.startswith((":", " ("), name.span.end)
    body = name.kind is NameKind.ORGANISATION and len(name.text) > ACRONYM
    return replace(name, kind=NameKind.UNKNOWN) if label and body else name


def is_full_person(name: Name) -> bool:
    """Whether the name is a person's and has a first name, as "Ben Roe" has and "Van Hollen" may
    have.
    """
    if name.kind is not NameKind.PERSON:
        return False
    first, *_ = name.words
    named = first == "Al" or (first.istitle() and first.lower() in people().first_names)
    inner = [word for word in name.words[:-1] if word.lower() not in people().particles]
    return bool(inner) or (named and len(name.words) > 1)
