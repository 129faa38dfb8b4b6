"""Bodies: organisations, places and names of unknown kind, each under all its names.

"The Fed" is the Federal Reserve, "the Board" the Federal Savings Board and "the ONS" the Office for
National Statistics, if the article gives their full names. Persons are handled in namesakes.py.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from service.extraction.lexicon.bodies import name_endings, whole_names
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers.companies import COMPANY
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind
from service.names.folding import name_key

_OFFICIAL = word_class("official_bodies")
_NOUNS = word_class("nouns_of_releases")
_DEFINED = re.compile(
    r"(?:,? (?:[A-Z][A-Za-z]{1,4}|[A-Z]\.[A-Z])\b\.?)?(?:,? \([^()“”\"]*\))?,?"
    r" \([^()]{0,80}?\bthe [“\"]([A-Z][a-z]+),?[”\"]\)"
)
"""Follows a name that a release then calls by a noun: "Acme, Inc. (NYSE: A) (“Acme” or the
“Company”)".
"""
DEFINED_REACH = 140
"""Characters after the name within which the noun is defined."""
_COMPANIES = people().organisations_also["company"] - {"bank"}
_CALLED = _COMPANIES | {COMPANY}
MOST_LETTERS = 3
"""A longer acronym may omit the last letter: the CDC is the Centers for Disease Control and
Prevention.
"""

_FORMS = frozenset(
    ("motor", "motors", "group", "international", "corporation", "company", "holdings")
)
"""Follow a known name without making another: "Hyundai Motor Group", "Amnesty International"."""
_WHOLE = frozenset(whole_names())
SHORTEST = 3
"""A first word used alone as a body's name has more letters than this, so "Air" is not one."""
BEGINNING = (3, 4)
"""Lengths of an abbreviation such as "the Fed" that is the beginning of a name's first word."""


class Bodies:
    """Figures indexed by the keys under which their mentions are looked up."""

    def __init__(self) -> None:
        self._by_name: dict[str, Figure] = {}
        self._by_initials: dict[str, Figure] = {}
        self._companies: dict[str, Figure] = {}
        self._by_first_words: dict[str, Figure] = {}
        self._by_head: dict[str, list[Figure]] = defaultdict(list)
        self._by_beginning: dict[str, Figure] = {}
        self._by_first: dict[str, set[Figure]] = defaultdict(set)
        self._by_stem: dict[str, Figure] = {}

    def add(self, text: str, name: Name, meaning: str | None) -> Figure:
        """Returns the figure that the name means, creating it at its first mention; ``meaning`` is
        the full name if ``name`` is an acronym that the article explains.
        """
        called = canonical_place(name) if name.kind is NameKind.PLACE else (meaning or name.text)
        key = name_key(called)
        figure = self._by_name.get(key) or self._shortened(text, name, key)
        if figure is None:
            figure = Figure(called.removeprefix("The "), name.kind)
            self._enter(figure, name, key)
        elif figure.kind is NameKind.UNKNOWN:
            figure.kind = name.kind
        self._by_name[key] = figure
        defined = _DEFINED.match(text, name.span.end, name.span.end + DEFINED_REACH)
        if defined is not None:
            self._by_name[defined.group(1).lower()] = figure
        return figure

    def _enter(self, figure: Figure, name: Name, key: str) -> None:
        words = key.split()
        self._by_head[words[-1]].append(figure)
        if len(words) == 1:
            return
        if words[0] in people().organisation_heads and {"of", "for", "on"} & set(words):
            self._by_head[words[0]].append(figure)
        if name.body.partition(" ")[0] in _CALLED or (
            words[-1] in _COMPANIES and name.kind is NameKind.ORGANISATION
        ):
            self._companies.setdefault(words[0], figure)
        if len(words) > 2 and is_business(name):  # "Tranzo Coast" for Tranzo Coast Logistics
            self._by_first_words.setdefault(" ".join(words[:-1]), figure)
        if len(words) > 4 and words[-2] == words[-4] == "of":  # "Court of Appeal of Norrland"
            self._by_first_words.setdefault(" ".join(words[:-2]), figure)
        if _goes_by_first_word(name, words):
            self._by_first[words[0]].add(figure)
        if _FORMS.issuperset(words[1:]):
            self._by_stem.setdefault(words[0], figure)
        for initials in initials_of(name.words):
            self._by_initials.setdefault(initials, figure)
        if name.kind is NameKind.ORGANISATION:
            for length in BEGINNING:
                if length < len(words[0]):
                    self._by_beginning.setdefault(words[0][:length], figure)

    @named_rule("clipped", None)
    def _clipped(self, key: str) -> Figure | None:
        """Figure of whose name the words are the beginnings: "Ed Week" for Education Week, "Jazz
        Pharma" for Jazz Pharmaceuticals.
        """
        words = key.split()
        known: list[Figure] = [*self._by_head.get(words[-1], [])]
        known += self._by_first.get(words[0], set())
        for figure in known:
            longer = name_key(figure.name).split()
            pairs = list(zip(words, longer, strict=False))
            begun = len(longer) == len(words) and all(
                long.startswith(short) and len(short) > 1 for short, long in pairs
            )
            if begun and figure.kind is not NameKind.PERSON:
                return figure
        return None

    @named_rule("abbreviated", None)
    def _shortened(self, text: str, name: Name, key: str) -> Figure | None:
        """Figure known by a longer name: "IMF" for the International Monetary Fund, "the Post" for
        The Washington Post.
        """
        if len(name.words) > 1:
            return self._by_first_words.get(key) or self._clipped(key)
        letters = sum(map(str.isupper, name.text))
        if letters > 1 and name.kind is not NameKind.PLACE:
            figure = self._by_initials.get(name.text.replace(".", "").lower())
            if figure is not None or name.text.isupper():
                return figure
        longer = [f for f in self._by_head.get(key, ()) if len(f.words) > 1]
        if name.body.startswith("newspaper") and len(longer) == 1:
            return longer[0] if longer[0].last_word == name.text else None  # "the Times"
        if name.kind is NameKind.ORGANISATION:
            return self._by_stem.get(key)
        if name.kind is NameKind.UNKNOWN:
            company = longer[-1] if longer else self._companies.get(key)
            return company or self.firm(key) or self._begun(text, name, key)
        return None

    @named_rule("common-noun-in-capitals", False)
    def is_common(self, text: str, name: Name) -> bool:
        """Whether it is a noun for a body whose longer name has another: "the Company" for Acme
        Inc.
        """
        key, start = name.text.lower(), name.span.start
        alone = key in _NOUNS and text[max(0, start - 4) : start].lower() == "the "
        return alone and not (self._by_name.get(key) or self._shortened(text, name, key))

    @named_rule("first-word", None)
    def firm(self, key: str) -> Figure | None:
        """The only body whose name begins with the word: "Tranzo" for Tranzo Logistics; else
        None.
        """
        bodies = self._by_first.get(key, ())
        return next(iter(bodies)) if len(bodies) == 1 else None

    def _begun(self, text: str, name: Name, key: str) -> Figure | None:
        start = name.span.start
        return (
            self._by_beginning.get(key)
            if text[max(0, start - 4) : start].lower() == "the "
            else None
        )


def is_business(name: Name) -> bool:
    """Whether the name is a company's, by its stated kind or by its last word: "Tranzo
    Logistics".
    """
    if len(name.words) < 2:
        return False
    last = name.words[-1].lower()
    body = name.kind is NameKind.ORGANISATION and (bool(name.body) or last in _COMPANIES)
    unknown = name.kind in (NameKind.ORGANISATION, NameKind.UNKNOWN)
    return body or (unknown and not name.titles and last in name_endings())


def may_go_by_first_word(name: Name) -> bool:
    """Whether a name of two words, neither a person's nor an authority's, may be shortened to the
    first: "Oldcastle Biscuits", "Fenwick Town".
    """
    if len(name.words) != 2 or name.titles:
        return False
    first, last = (word.lower() for word in name.words)
    bank = last == "bank" and first not in places().canonical and not _is_nation(first)
    if not (name.kind is NameKind.UNKNOWN or bank):
        return False
    lexicon = people()
    known = first in lexicon.common or first in lexicon.roles or first in lexicon.first_names
    return first.isalpha() and not known and (bank or last not in lexicon.organisation_heads)


def _goes_by_first_word(name: Name, words: Sequence[str]) -> bool:
    """Whether the first word alone may be used as the name: a company's, but neither "Leeds" of
    "Leeds Council" nor "Save" of "Save the Children".
    """
    first, last = words[0], words[-1]
    bodily = is_business(name) or name.text in _WHOLE
    known = first in people().common or first in people().first_names or first in people().roles
    place = first in places().canonical or _is_nation(first) or first in people().organisation_heads
    official = not _OFFICIAL.isdisjoint(words)
    return bodily and len(first) > SHORTEST and not (known or place or official) and last != first


def canonical_place(name: Name) -> str:
    """The name a place goes by here: "Britain" for "UK", or the name as written."""
    canonical = places().canonical
    lower = " ".join(name.words).lower()
    return canonical.get(lower, canonical.get(lower + ".", name.text))


@lru_cache(maxsize=1 << 12)
def initials_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Initials by which the name may be called, in lower case.

    >>> initials_of(("US", "Department", "of", "Justice"))
    ('udj', 'udoj', 'dj', 'doj')
    """
    if len(words) < 2:
        return ()
    return tuple(_initials([word for word in words if word not in ("The", "the", "&")]))


def _initials(words: Sequence[str]) -> Iterator[str]:
    fields = words[words.index("Department") + 2 :] if "Department" in words else []
    abroad = words[1:] if words and _is_nation(words[0]) else []
    parts = " ".join(words).replace("-", " ").split()  # "Socio-Economic"
    for kept in (words, abroad, fields, parts if len(parts) > len(words) else []):
        capitals = [word[0] for word in kept if word[0].isupper()]
        spelled = [word[0] for word in kept]
        if len(capitals) > 1:
            yield "".join(capitals).lower()
            if len(capitals) > MOST_LETTERS and "and" in kept:
                yield "".join(capitals[:-1]).lower()
            if len(spelled) > len(capitals):
                yield "".join(spelled).lower()


def _is_nation(word: str) -> bool:
    lower = word.lower()
    return lower in places().nationalities or lower in places().canonical
