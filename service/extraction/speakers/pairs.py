"""Pairs: two countries or persons named together, whom "the two countries" or "both men" mean."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from service.domain import Span
from service.extraction.lexicon.people import people, places
from service.extraction.speakers.cast import Cast
from service.extraction.speakers.discourse import Answer, Discourse, Pair, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.groups import (
    COUNTRY_NOUNS,
    NEAR,
    ROW,
    is_country,
    make_group,
)
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.rows import has_companion
from service.names.lexicon import Gender

_COMPOUND = re.compile(r"([A-Z](?<=\b\w)[a-z.]++)(?:[-–]| and )([A-Z][a-z.]+)\b")


def find_pairs(text: str, cast: Cast) -> list[Pair]:
    """Pairs of countries or persons named together, in reading order."""
    return sorted([*_named_pairs(text, cast), *_compounds(text, cast)], key=lambda pair: pair.span)


def _named_pairs(text: str, cast: Cast) -> Iterator[Pair]:
    able = [
        (name, figure) for name, figure in cast.named if is_person(figure) or is_country(figure)
    ]
    for (name, figure), (after, other) in pairwise(able):
        between = text[name.span.end : after.whole.start]
        joined = between in (" and ", "’s and ", "'s and ") or has_companion(between)
        if not joined or figure is other:
            continue
        countries = is_country(figure) and is_country(other)
        if countries or (is_person(figure) and is_person(other)):
            yield Pair((figure, other), Span(name.span.start, after.span.end), countries)


@named_rule("compound-pair", ())
def _compounds(text: str, cast: Cast) -> Iterable[Pair]:
    """Pairs of countries joined by a hyphen or "and": "Russian-Chinese", "Russian and Chinese"."""
    for match in _COMPOUND.finditer(text):
        members = [_country(word, cast) for word in match.groups()]
        if members[0] and members[1] and members[0] is not members[1]:
            yield Pair((members[0], members[1]), Span(*match.span()), True)


def _country(word: str, cast: Cast) -> Figure | None:
    lower = word.lower()
    name = places().nationalities.get(lower) or places().canonical.get(lower)
    return cast.by_key.get(name.lower()) if name in places().countries else None


@named_rule("pair-before", None)
def pair_before(
    discourse: Discourse, position: int, countries: bool | None = None
) -> tuple[Figure, Span] | None:
    """The last two named together before ``position``, or else the first two after it."""
    pairs = [p for p in discourse.pairs if countries in (None, p.countries)]
    at = bisect_right(pairs, position, key=lambda pair: pair.span.end)
    chosen = pairs[max(0, at - 1)] if pairs else None
    return None if chosen is None else (make_group(chosen.members), chosen.span)


@named_rule("both-men", None)
def _two_people(discourse: Discourse, mention: Mention) -> Figure | None:
    """The two last named with the role or the gender that the noun asks for."""
    noun = mention.noun
    wanted = {"men": Gender.MALE, "women": Gender.FEMALE}.get(noun)
    role = noun.removesuffix("s")
    roles = people().also.get(role, frozenset()) | {role}
    chosen: dict[Figure, None] = {}
    position = mention.span.start
    for _, figure in reversed(discourse.cast.between(max(0, position - NEAR), position)):
        fits = figure.gender is wanted if wanted else bool(roles & figure.roles)
        if is_person(figure) and fits:
            chosen[figure] = None
    if len(chosen) == 2:
        return make_group(reversed(chosen))
    if len(chosen) > 2:
        return None
    if role in people().also["candidate"]:
        candidates = [f for r in sorted(roles) for f in discourse.cast.by_role.get(r, ())[:50]]
        ranked = sorted(dict.fromkeys(candidates), key=lambda f: -len(f.names))[:2]
        return make_group(ranked) if len(ranked) == 2 else None
    return None


@named_rule("the-two", None)
def several(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the two countries" or "both candidates"; None for unnamed people."""
    noun = mention.noun
    countries = noun in COUNTRY_NOUNS
    if (
        noun == "parties"
        and len(mention.modifiers) > 0
        and mention.determiner not in ("both", "two")
    ):
        return None
    near = None if countries else _two_people(discourse, mention)
    if near is not None:
        return Answer(near, 0.65)
    pair = pair_before(discourse, mention.span.start, countries)
    if pair is None:
        return None
    group, span = pair
    others = (p for p in discourse.pairs if p.countries is countries)
    only = all(set(other.members) == set(group.members) for other in others)
    return Answer(group, ROW if only else 0.85 if countries else 0.7, span.of(discourse.text))
