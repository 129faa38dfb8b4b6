"""Runs of bodies: which capitalised words, joined by "and" or a comma, are one body's name.

"Securities and Exchange Commission", "Irish Nurses and Midwives Organisation" and "Department for
Environment, Food and Rural Affairs" are each one; runs.py asks at every link.
"""

import re
from collections.abc import Sequence

from service.extraction.lexicon.people import people, places, word_class
from service.extraction.page.words import Spelling, Words

_PEOPLE = people()
_PLACES = places()
FIELDS = word_class("fields")
DIRECTIONS = word_class("directions")


def owned_by_many(words: Words, at: int) -> bool:
    """Whether a plural possessive belongs to a body's name: "European People's Party", "National
    Farmers' Union".
    """
    before, after = words.forms[at - 1], words.forms[at] if at < len(words) else None
    peoples = before.text == "People" and after is not None and after.capital
    if peoples and after is not None and after.lower not in _PEOPLE.roles:
        return True  # "the People's Champions"
    return _are_members(before) and _heads_ahead(words, at)


def describes_body(words: Words, at: int) -> bool:
    """Whether an ordinary word in capitals begins a body's name, because "the" precedes it or it is
    a direction: "the Low Pay Commission", "Northern Trust".
    """
    the = at > 0 and words.forms[at - 1].lower == "the"
    direction = words.forms[at].lower in DIRECTIONS
    return (the or direction) and _heads_ahead(words, at + 1)


def _heads_ahead(words: Words, at: int) -> bool:
    """Whether the capitals from here on have the head of a body's name among them."""
    for ahead in range(at, min(at + BODY_WORDS, len(words))):
        form = words.forms[ahead]
        if not form.capital or (ahead > at and words.starts[ahead] != words.end(ahead - 1) + 1):
            return False
        if form.lower in _PEOPLE.organisation_heads:
            return True
    return False


def goes_on_in_list(words: Words, first: int, at: int) -> bool:
    """Whether the comma is part of a name: "Department for Environment, Food and Rural Affairs",
    "Bureau of Alcohol, Tobacco, and Firearms", "Immigration, Refugees and Citizenship Canada".
    """
    run = words.forms[first:at]
    word = words.forms[at]
    if word.text == "and" and at + 1 < len(words) and run[-2:-1] and run[-2].lower in FIELDS:
        word = words.forms[at + 1]
    listed = run[-1].lower in FIELDS and word.capital and word.lower in FIELDS
    return listed and (has_fields(run) or _lists_fields(words, first, at))


def opens_body(text: str, words: Words, at: int) -> bool:
    """Whether the field is the first of several in a body's name: "Trade and Energy Board"."""
    if words.forms[at + 1].text == "and":
        return one_body(words, at, at + 1)
    return text.startswith(", ", words.end(at)) and _lists_fields(words, at, at + 1)


def _lists_fields(words: Words, first: int, at: int) -> bool:
    """Whether fields go on to an "and" within one body's name."""
    for ahead in range(at, min(at + BODY_WORDS, len(words) - 1)):
        form = words.forms[ahead]
        if form.text == "and":
            return one_body(words, first, ahead)
        if form.lower not in FIELDS or words.starts[ahead + 1] - words.end(ahead) > len(", "):
            return False
    return False


def has_fields(run: Sequence[Spelling]) -> bool:
    """Whether the run is a body's name to be followed by its fields: "Department of", "World Bank
    for".
    """
    link = next((at for at, word in enumerate(run) if word.lower in HEADED), 0)
    return link > 0 and run[link - 1].lower in _FIELD_BODIES


def one_body(words: Words, first: int, at: int) -> bool:
    """Whether the "and" is within one body's name, with fields before and a body or its country
    after it: "Securities and Exchange Commission", "Fisheries and Oceans Canada".
    """
    run = words.forms[first:at]
    if run[-1].lower in _GOODS and words.forms[at + 1].lower in _GOODS:
        return True  # "Baoshan Iron and Steel Co."
    the = first > 0 and words.forms[first - 1].lower == "the"
    scope = the and _has_scope(run)
    fields = the and run[-1].lower in FIELDS
    while len(run) > 1 and run[0].lower not in FIELDS and (fields or _is_seat(run[0])):
        run = run[1:]  # "United States Citizenship and ...", "Hull Arts and ..."
    if not scope and not all(_is_field(form) or _are_members(form) for form in run):
        return False
    for ahead in range(at + 1, min(at + 1 + BODY_WORDS, len(words))):
        form = words.forms[ahead]
        if not form.capital or words.starts[ahead] != words.end(ahead - 1) + 1:
            return False
        if ahead > at + 1 and _closes_body(form):
            return True
    return False


def _has_scope(run: Sequence[Spelling]) -> bool:
    """Whether it says of which country a body is and begins its field: "British Retail" of "the
    British Retail and Hotel Association"; "Irish Greens" and "National Bank" are bodies.
    """
    lowers = [form.lower for form in run]
    if lowers[0] in DIRECTIONS:
        lowers = lowers[1:]  # "South African Rail"
    scope = lowers[:1] and (lowers[0] in _SCOPES or lowers[0] in _PLACES.nationalities)
    field = lowers[1:]
    bodies = (one in _PEOPLE.organisation_heads or _PLURAL.search(one) for one in field)
    return bool(scope and field) and not any(bodies)


def _is_field(form: Spelling) -> bool:
    """Whether it is a field of work: "transport", "nursing", but no name of a body."""
    lower = form.lower
    return lower in FIELDS or (
        lower.endswith(_FIELD_ENDINGS) and lower not in _PEOPLE.organisation_heads
    )


_FIELD_ENDINGS = ("sing", "ling", "ning", "ring", "ting", "ding", "ics", "ology", "ture", "sure")
"""Of nouns for fields; "ling" and the like are not in most names that end in -ing ("Ying")."""


def _closes_body(form: Spelling) -> bool:
    lower = form.lower
    return lower in _PEOPLE.organisation_heads or lower in _CHIEFS or form.text in _PLACES.countries


def _is_seat(word: Spelling) -> bool:
    lower = word.lower
    return lower in _SEAT_WORDS or lower in _PLACES.canonical or lower in _PLACES.nationalities


def _are_members(word: Spelling) -> bool:
    """Whether a body may be named for them: "nurses"."""
    role = word.lower.removesuffix("s")
    plural = role != word.lower and (role in _PEOPLE.roles or role.endswith("worker"))
    return word.lower in MANY or plural


MANY = word_class("many")
OF_MANY = ("’ ", "' ")
OWNING = (*OF_MANY, "’s ", "'s ")
_GOODS = word_class("goods")
_SEAT_WORDS = frozenset(("united", "states", "new", "south", "kingdom", "house", "senate"))
"""Places whose names begin a body's: "United States Citizenship and Immigration Services"."""
_PLURAL = re.compile(r"(?<![us])s$")
_SCOPES = frozenset(("national", "royal", "international", "african", "european", "asian"))
HEADED = frozenset(("of", "for", "on"))
_FIELD_BODIES = word_class("field_bodies")
_CHIEFS = word_class("chiefs")
BODY_WORDS = 5
"""Words after "and" within which the body's head must come."""
