"""People: the words of people.toml and places.toml, ready to look up.

All words are lower case; they are combined in speakers/names.py, speakers/cast.py and the modules
beside them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from service.extraction.lexicon import load
from service.names.lexicon import Gender, by_gender
from service.names.lexicon import lexicon as name_lexicon
from service.names.lexicon import words as _words


@dataclass(frozen=True, slots=True)
class People:
    """Word lists by meaning; ``also`` maps a description to the words it may mean.

    ``titles`` are the roles that are also capitalised before a name; ``postnominals`` maps letters
    after a name to the role they show, or to an empty string.
    """

    first_names: Mapping[str, Gender | None]
    honorifics: Mapping[str, Gender | None]
    roles: frozenset[str]
    titles: frozenset[str]
    short_roles: Mapping[str, str]
    also: Mapping[str, frozenset[str]]
    open_roles: frozenset[str]
    gendered_roles: Mapping[str, Gender]
    relations: frozenset[str]
    modifiers: frozenset[str]
    documents: Mapping[str, str]
    document_families: Mapping[str, frozenset[str]]
    document_synonyms: Mapping[str, frozenset[str]]
    personal_documents: frozenset[str]
    organisation_heads: frozenset[str]
    organisations: frozenset[str]
    organisations_also: Mapping[str, frozenset[str]]
    organisations_otherwise: Mapping[str, frozenset[str]]
    anonymous: frozenset[str]
    common: frozenset[str]
    events: frozenset[str]
    particles: frozenset[str]
    family_first: frozenset[str]
    generations: frozenset[str]
    postnominals: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places: ``canonical`` maps every name of a place to the one used here, ``demonyms``
    maps the people of a region or town to it, ``states`` an American state's name, in full or
    shortened and without its last full stop, to the full one.
    """

    nationalities: Mapping[str, str]
    demonyms: Mapping[str, str]
    canonical: Mapping[str, str]
    countries: frozenset[str]
    states: Mapping[str, str]


@cache
def people() -> People:
    """The words of people.toml and of names, read once."""
    table = load("people.toml")
    roles = table["roles"]
    ranks = word_class("ranks")
    of_names = name_lexicon()
    return People(
        first_names=of_names.first_names,
        honorifics=by_gender(table["honorifics"]),
        roles=_words(roles["plain"]) | _words(roles["occupations"]) | ranks,
        titles=_words(roles["plain"]),
        short_roles=roles["short"],
        also=_sets(roles["also"]),
        open_roles=_words(roles["open"]),
        gendered_roles={
            word: Gender(gender)
            for gender, words in roles["gendered"].items()
            for word in words.split()
        },
        relations=_words(roles["relations"]),
        modifiers=_words(table["modifiers"]),
        documents=_singulars(table["documents"]["any"]),
        document_families=_families(table["documents"]["families"]),
        document_synonyms=_families(table["documents"]["synonyms"]),
        personal_documents=_words(table["documents"]["personal"]),
        organisation_heads=_words(table["organisations"]["heads"]),
        organisations=_words(table["organisations"]["names"]),
        organisations_also=_sets(table["organisations"]["also"]),
        organisations_otherwise=_sets(table["organisations"]["otherwise"]),
        anonymous=_words(table["anonymous"]),
        common=_words(table["common"]),
        events=_words(table["events"]),
        particles=of_names.particles,
        family_first=of_names.family_first,
        generations=of_names.generations,
        postnominals=table["postnominals"],
    )


@cache
def places() -> Places:
    """The names of places.toml, read once."""
    table = load("places.toml")
    nationalities: dict[str, str] = table["nationalities"]
    countries = [*nationalities.values(), *_names(table["countries"])]
    canonical = {name.lower(): name for name in [*countries, *_names(table["others"])]}
    canonical |= table["aliases"]
    return Places(
        nationalities=nationalities,
        demonyms=table["demonyms"],
        canonical=canonical,
        countries=frozenset(canonical[name.lower()] for name in countries),
        states=table["states"] | {name.lower(): name for name in table["states"].values()},
    )


@cache
def word_class(name: str) -> frozenset[str]:
    """A closed class of words in people.toml, by its name."""
    return _words(load("people.toml")["classes"][name])


def _names(text: str) -> list[str]:
    return [name for name in text.replace("\n", "").split("|") if name]


def _sets(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {word: _words(others) for word, others in table.items()}


def _singulars(text: str) -> dict[str, str]:
    """Maps each word and its plural to the word."""
    return {form: word for word in text.split() for form in (word, _plural(word))}


def _plural(word: str) -> str:
    if word.endswith("is"):
        return word[:-2] + "es"
    if word.endswith("y") and word[-2] not in "aeou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s")


def _families(lines: Iterable[str]) -> dict[str, frozenset[str]]:
    """Maps each word to all the words of the lines it is in."""
    families: dict[str, frozenset[str]] = {}
    for line in map(_words, lines):
        for word in line:
            families[word] = families.get(word, frozenset()) | line
    return families
