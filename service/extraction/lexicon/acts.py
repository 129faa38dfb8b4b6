"""Acts: the words of acts.toml, ready to look up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from service.extraction.lexicon import inflect, load


@dataclass(frozen=True, slots=True)
class Acts:
    """``verbs`` and ``nouns`` give each form its classes, which ``verb_classes`` and
    ``noun_classes`` list."""

    verb_classes: tuple[str, ...]
    noun_classes: tuple[str, ...]
    verbs: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    documents: frozenset[str]
    works: frozenset[str]
    anybody: frozenset[str]
    things: frozenset[str]
    empty: frozenset[str]
    states: frozenset[str]
    done: frozenset[str]


@cache
def acts() -> Acts:
    """The words of acts.toml with all their inflected forms, read once."""
    table = load("acts.toml")
    irregular: dict[str, list[str]] = {**load("cues.toml")["irregular"], **table["irregular"]}

    def forms(listed: str) -> set[str]:
        every = ((verb, *irregular.get(verb, inflect(verb))) for verb in listed.split())
        return {form for several in every for form in several}

    verbs = {name: forms(listed) for name, listed in table["verbs"].items()}
    words = {name: set(listed.split()) for name, listed in table["words"].items()}
    mentions, contents = table["mentions"], table["contents"]
    return Acts(
        tuple(verbs),
        tuple(words),
        _classes(verbs),
        _classes(words),
        frozenset(mentions["documents"].split()),
        frozenset(mentions["works"].split()),
        frozenset(mentions["anybody"].split()),
        frozenset(contents["things"].split()),
        frozenset(contents["empty"].split()),
        frozenset(contents["states"].split()),
        frozenset(forms(table["deeds"]["done"])),
    )


def _classes(listed: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """The classes of each word."""
    every = {word for words in listed.values() for word in words}
    return {
        word: frozenset(name for name, words in listed.items() if word in words) for word in every
    }
