"""Cast: whom and what an article speaks of, each under the fullest name it uses.

Gathered over the whole article, so that a full name serves surnames everywhere, in the headline
too. What a mention without a name means is decided in descriptions.py, pronouns.py and groups.py.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from msgspec.structs import replace

from service.deadline import in_time
from service.domain import KnownSpeaker, Span
from service.extraction.lexicon.people import people, places
from service.extraction.page.layout import Article
from service.extraction.page.words import Words
from service.extraction.speakers.companies import COMPANY
from service.extraction.speakers.figures import (
    Figure,
    finish,
    first_name_of,
    folded,
    gender_after,
    gender_of,
    role_words,
    same_person,
    surname_of,
    take_note,
)
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind, find_names

FIRST_NAME_HABIT = 3
"""Times that somebody is called by a first name alone to go by it."""

ACRONYM = 3
"""Letters of a name in capitals that is rather an acronym than a surname before a colon."""

SURNAME_REACH = 1500
"""Characters (about eight sentences) a full name reaches to decide a surname two people share."""


@dataclass(frozen=True)
class Cast:
    """Figures in the order the article brings them; ``named`` is who is named at each name."""

    figures: tuple[Figure, ...]
    named: tuple[tuple[Name, Figure], ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [name.span.start for name, _ in self.named]

    def between(self, start: int, end: int) -> Sequence[tuple[Name, Figure]]:
        """Names that begin in text[start:end], in reading order."""
        return self.named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def by_role(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            ages = {f"{figure.age}-year-old"} if figure.age else set()
            for role in figure.roles | ages:
                found[role].append(figure)
        return found

    @cached_property
    def by_key(self) -> dict[str, Figure]:
        return {folded(figure.name): figure for figure in reversed(self.figures)}


def gather_cast(
    article: Article,
    words: Words,
    known: Iterable[KnownSpeaker] = (),
    persons: Sequence[Span] = (),
) -> Cast:
    """Everybody and everything named in the article; ``persons`` are seen by the model."""
    bylines = article.bylines
    names = [
        _as_label(article, name)
        for name in find_names(article, words, persons)
        if not (bylines and any(name.span.overlaps(byline) for byline in bylines))
    ]
    names = _told_personal(names, persons)
    meanings = _meanings(article.flow, names)
    people_found = _Register(_first_names_alone(article, names))
    others = _Register()
    named: dict[int, Figure] = {}
    for at, name in enumerate(names):
        if _is_full_person(name):
            named[at] = people_found.add_person(name)
    for at, name in enumerate(in_time(names)):
        if at not in named and name.kind is not NameKind.OTHER:
            figure = people_found.short_person(article.flow, name)
            named[at] = figure or others.add_thing(name, meanings.get(name.text))
    pairs = [(name, named[at]) for at, name in enumerate(names) if at in named]
    for name, figure in pairs:
        take_note(article.flow, name, figure)
    figures = tuple(dict.fromkeys(figure for _, figure in pairs))
    for figure in figures:
        finish(figure)
    _recognise(figures, known)
    return Cast(figures, tuple(pairs))


def _told_personal(names: Sequence[Name], persons: Sequence[Span]) -> list[Name]:
    """Names that no list knows are people's where most of their mentions are seen so."""
    if not persons:
        return list(names)
    seen: Counter[tuple[str, ...]] = Counter()
    for name in names:
        if name.kind is NameKind.UNKNOWN:
            at = bisect_right(persons, name.span.start, key=lambda span: span.start) - 1
            seen[name.words] += 1 if at >= 0 and persons[at].covers(name.span) else -1
    return [
        replace(name, kind=NameKind.PERSON)
        if name.kind is NameKind.UNKNOWN and seen[name.words] > 0
        else name
        for name in names
    ]


def _as_label(article: Article, name: Name) -> Name:
    """ "MONROE: No." names whoever of the article is called so, though capitals look like a body's
    name."""
    label = name.text.isupper() and article.flow.startswith((":", " ("), name.span.end)
    body = name.kind is NameKind.ORGANISATION and len(name.text) > ACRONYM
    return replace(name, kind=NameKind.UNKNOWN) if label and body else name


def _is_full_person(name: Name) -> bool:
    if name.kind is not NameKind.PERSON:
        return False
    inner = [word for word in name.words[:-1] if word.lower() not in people().particles]
    return bool(inner)


@named_rule("habitual-first-name", frozenset())
def _first_names_alone(article: Article, names: Iterable[Name]) -> frozenset[str]:
    """Names of one word that the article itself, not somebody quoted in it, uses as a habit."""
    alone = Counter(
        folded(name.text)
        for name in names
        if len(name.words) == 1 and not article.is_quoted(name.span.start)
    )
    return frozenset(name for name, times in alone.items() if times >= FIRST_NAME_HABIT)


class _Register:
    """Figures under the keys their mentions are looked up by."""

    def __init__(self, first_alone: frozenset[str] = frozenset()) -> None:
        self._first_alone = first_alone
        self._by_name: dict[str, Figure] = {}
        self._by_surname: dict[str, list[Figure]] = defaultdict(list)
        self._by_first: dict[str, list[Figure]] = defaultdict(list)
        self._full_starts: dict[str, list[tuple[int, Figure]]] = defaultdict(list)
        self._times_full: Counter[Figure] = Counter()
        self._by_initials: dict[str, Figure] = {}
        self._companies: dict[str, Figure] = {}
        self._by_last_word: dict[str, list[Figure]] = defaultdict(list)

    def add_person(self, name: Name) -> Figure:
        key = folded(name.text)
        figure = self._by_name.get(key)
        surname = surname_of(name.words)
        if figure is None:
            # two people of one surname are rarely more than a few: the latest will do
            for other in reversed(self._by_surname[surname][-20:]):
                if same_person(other.words, name.words):
                    figure = other
                    break
        if figure is None:
            figure = Figure(name.text, NameKind.PERSON)
            self._by_surname[surname].append(figure)
            self._by_first[folded(first_name_of(name.words))].append(figure)
        elif len(name.text) > len(figure.name):
            figure.name = name.text
        self._by_name[key] = figure
        self._full_starts[surname].append((name.span.start, figure))
        self._times_full[figure] += 1
        return figure

    def short_person(self, text: str, name: Name) -> Figure | None:
        """Whom a surname or a first name alone means in the article's text; None where nobody is
        called so in full."""
        if name.kind in (NameKind.ORGANISATION, NameKind.PLACE) and not name.titles:
            return None
        last = folded(name.words[-1])
        if len(name.words) > 1 and name.words[0].lower() not in people().particles:
            return self._by_name.get(folded(name.text))
        candidates = self._by_surname.get(last)
        if candidates:
            shared = len(candidates) > 1
            return self._shared(text, name, last, candidates) if shared else candidates[0]
        first = self._by_first.get(last)
        if first and not name.titles:
            return first[-1] if len(first) == 1 else _most_named(first)
        return None

    def _shared(self, text: str, name: Name, surname: str, candidates: list[Figure]) -> Figure:
        gender = name.gender or gender_after(text, name)
        recent = candidates[-20:]
        fitting: Sequence[Figure] = [
            f for f in recent if gender is None or gender_of(f) in (None, gender)
        ]
        fitting = fitting or recent
        fitting = _of_the_title(name, fitting) or fitting
        fitting = self._called_by_surname(fitting)
        near = self._recently_full(name, surname, fitting)
        return max(near or fitting, key=lambda figure: self._times_full[figure])

    @named_rule("recent-full-name", ())
    def _recently_full(
        self, name: Name, surname: str, fitting: Sequence[Figure]
    ) -> Sequence[Figure]:
        """Who was named in full right before the surname."""
        starts = self._full_starts[surname]
        at = bisect_right(starts, name.span.start, key=lambda pair: pair[0])
        return [
            figure
            for start, figure in starts[max(0, at - 40) : at]
            if figure in fitting and name.span.start - start < SURNAME_REACH
        ]

    def _called_by_surname(self, figures: Sequence[Figure]) -> Sequence[Figure]:
        """Where "Melania" goes by her first name, "Trump" alone is somebody else, if he is named
        in full as often."""
        others = [f for f in figures if folded(first_name_of(f.words)) not in self._first_alone]
        often = max(self._times_full[figure] for figure in figures)
        return [f for f in others if self._times_full[f] >= often] or figures

    def add_thing(self, name: Name, meaning: str | None) -> Figure:
        """An organisation, a place, or a single name of we know not what."""
        text = _canonical_place(name) if name.kind is NameKind.PLACE else (meaning or name.text)
        key = folded(text)
        figure = self._by_name.get(key) or self._abbreviated(name, key)
        if figure is None:
            figure = Figure(re.sub(r"^The ", "", text), name.kind)
            self._by_last_word[key.split()[-1]].append(figure)
            if name.body == COMPANY and len(name.words) > 1:
                self._companies.setdefault(key.split()[0], figure)
            initials = _initials(name.words)
            if len(initials) > 1:
                self._by_initials.setdefault(initials, figure)
        elif figure.kind is NameKind.UNKNOWN:
            figure.kind = name.kind
        self._by_name[key] = figure
        return figure

    @named_rule("abbreviated", None)
    def _abbreviated(self, name: Name, key: str) -> Figure | None:
        """ "IMF" of the International Monetary Fund, "the Post" of The Washington Post."""
        if len(name.words) > 1:
            return None
        if name.text.isupper():
            return self._by_initials.get(name.text.replace(".", ""))
        if name.kind is NameKind.UNKNOWN:
            longer = [f for f in self._by_last_word.get(key, ()) if len(f.words) > 1]
            return longer[-1] if longer else self._companies.get(key)
        return None


@named_rule("title-of-surname", ())
def _of_the_title(name: Name, figures: Iterable[Figure]) -> Sequence[Figure]:
    """ "Senator Doe" where another Doe is a governor."""
    roles = role_words(" ".join(name.titles))[0] if name.titles else frozenset()
    return [figure for figure in figures if figure.roles & roles]


def _canonical_place(name: Name) -> str:
    canonical = places().canonical
    lower = " ".join(name.words).lower()
    return canonical.get(lower, canonical.get(lower + ".", name.text))


def _most_named(figures: Iterable[Figure]) -> Figure:
    return max(figures, key=lambda figure: len(figure.names))


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words if word[0].isupper() and word != "The")


@named_rule("spelled-out-acronym", MappingProxyType({}))
def _meanings(text: str, names: Sequence[Name]) -> Mapping[str, str]:
    """What acronyms stand for where the article says so: "International Monetary Fund (IMF)"."""
    meanings: dict[str, str] = {}
    for name, after in pairwise(names):
        between = text[name.span.end : after.span.start]
        spelled_out = between == " (" and len(name.words) > 1 and after.text.isupper()
        if spelled_out and _initials(name.words).startswith(after.text[:1]):
            meanings.setdefault(after.text, name.text)
    return meanings


def _recognise(figures: Iterable[Figure], known: Iterable[KnownSpeaker]) -> None:
    """Figures that speakers.toml declares get their declared id and name."""
    declared: dict[str, KnownSpeaker] = {}
    for speaker in known:
        for name in (speaker.name, *speaker.aliases):
            declared.setdefault(folded(name), speaker)
    for figure in figures:
        figure.known = declared.get(folded(figure.name))
        if figure.known:
            for description in figure.known.descriptions:
                figure.learn(description)
