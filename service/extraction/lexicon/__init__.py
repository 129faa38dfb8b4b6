"""Lexicon: extraction's word lists, TOML files in this folder, each read once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Furniture:
    """Patterns for whole lines; see furniture.toml."""

    line: re.Pattern[str]
    credit: re.Pattern[str]
    end: re.Pattern[str]
    end_share: float
    listed: re.Pattern[str]
    listed_share: float


@dataclass(frozen=True, slots=True)
class Cues:
    """Lower-case inflected forms by class; see cues.toml.

    ``phrases`` and ``according`` are for text in lower case: ignoring case takes three times as
    long. What ``phrases`` finds begins with the character before the phrase.
    """

    report: frozenset[str]
    cautious: frozenset[str]
    act: frozenset[str]
    quoting: frozenset[str]
    chain: frozenset[str]
    nouns: frozenset[str]
    evidence: frozenset[str]
    findings: frozenset[str]
    things: frozenset[str]
    titling: frozenset[str]
    resolve: frozenset[str]
    saying: frozenset[str]
    gestures: frozenset[str]
    beats: frozenset[str]
    manner: frozenset[str]
    talking: frozenset[str]
    feelings: frozenset[str]
    phrases: re.Pattern[str]
    according: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Things:
    """Patterns for text in lower case; see things.toml. ``kind`` and ``saying`` end right before a
    quotation, ``apposed`` and ``bearing`` begin after it ("“Salt,” her first novel", "“buy”
    rating"). ``inscribed`` are what words are written on ("banners").
    """

    kind: re.Pattern[str]
    saying: re.Pattern[str]
    apposed: re.Pattern[str]
    bearing: re.Pattern[str]
    inscribed: re.Pattern[str]
    made: re.Pattern[str]
    note: re.Pattern[str]
    credited: re.Pattern[str]


@cache
def things() -> Things:
    """The patterns of things.toml, read once."""
    table = load("things.toml")
    listed = ("|".join(table[name].split()) for name in ("kind", "saying", "made", "bearing"))
    kinds, said, made, bearing = listed
    return Things(
        kind=re.compile(rf"\b(?:{kinds})(?:,|:| is| was)? ?$"),
        saying=re.compile(rf"\b(?:{said}),? ?$"),
        apposed=re.compile(
            rf",? (?:an?|the|his|her|its|their|[\w'.-]+s?') (?:[\w-]+ ){{0,3}}(?:{kinds})\b"
            rf"| (?:{bearing})s?\b"
        ),
        bearing=re.compile(rf" (?:{bearing})s?\b"),
        inscribed=re.compile(rf"\b(?:{'|'.join(table['inscribed'].split())})s?\b"),
        made=re.compile(rf"\b(?:{made})\b"),
        note=_any_of(table["note"]),
        credited=_credited(table["agencies"].split(), table["credited"]),
    )


@cache
def furniture() -> Furniture:
    """The patterns of furniture.toml, read once."""
    table = load("furniture.toml")
    return Furniture(
        line=_any_of(table["line"]),
        credit=_any_of(table["credit"]),
        end=_any_of(table["end"]),
        end_share=table["end_share"],
        listed=_any_of(table["listed"]),
        listed_share=table["listed_share"],
    )


@cache
def labels() -> re.Pattern[str]:
    """Pattern of words before a colon that are not a speaker's name; match from the label's
    beginning.
    """
    return re.compile(rf"(?:{_any_of(load('furniture.toml')['label']).pattern})\b", re.IGNORECASE)


def _credited(agencies: list[str], patterns: list[str]) -> re.Pattern[str]:
    every = "|".join(patterns).replace("{agencies}", "|".join(agencies))
    return re.compile(rf"(?:{every})\.?$")


@cache
def cues() -> Cues:
    """The cues of cues.toml with all their inflected forms, read once."""
    table = load("cues.toml")
    irregular: dict[str, list[str]] = table["irregular"]

    def forms(name: str) -> frozenset[str]:
        return frozenset(
            form
            for verb in table[name].split()
            for form in (verb, *irregular.get(verb, inflect(verb)))
        )

    return Cues(
        report=forms("report"),
        cautious=forms("cautious"),
        act=forms("act"),
        quoting=forms("quoting"),
        chain=frozenset(form for form in forms("chain") if form.endswith("ing")),
        nouns=frozenset(
            form
            for verb in table["nouns"].split()
            for form in (verb, irregular.get(verb, inflect(verb))[0])
        ),
        evidence=forms("evidence"),
        findings=frozenset(table["findings"].split()),
        things=frozenset(table["things"].split()),
        titling=frozenset(table["titling"].split()),
        resolve=frozenset(table["resolve"].split()),
        saying=frozenset().union(
            table["feelings"].split(), ["according"], *(forms(name) for name in table["saying"])
        ),
        gestures=forms("gestures"),
        beats=forms("beats"),
        manner=forms("manner"),
        talking=forms("talking"),
        feelings=frozenset(table["feelings"].split()),
        phrases=_in_text(table["phrases"]),
        according=_literally(table["according"]),
    )


def inflect(verb: str) -> tuple[str, str, str]:
    """Third person, past and present participle of a regular verb.

    >>> inflect("deny"), inflect("note")
    (('denies', 'denied', 'denying'), ('notes', 'noted', 'noting'))
    """
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    plural = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return verb + plural, verb + "ed", verb + "ing"


def load(name: str) -> dict[str, Any]:
    """The tables of a lexicon file in this folder."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _in_text(patterns: list[str]) -> re.Pattern[str]:
    """Matches each pattern with the character before it, which is three times as fast to
    search for.
    """
    return re.compile(rf"[ \n(–—](?:{'|'.join(patterns)})\b")


def _literally(phrases: list[str]) -> re.Pattern[str]:
    """Matches the phrases, their first letters first, which is fast to search for."""
    return re.compile("(?:" + "|".join(rf"{p[0]}(?<=\b\w){p[1:]}" for p in phrases) + r")\b")


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
