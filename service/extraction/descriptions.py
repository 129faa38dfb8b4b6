"""Descriptions: whom "the Russian leader" or "Putin's close ally" means.

A description fits whom the article gives that role, a nationality or possessor counting for or
against; one that comes before the name ("a top Russian security official") fits who is introduced
right after it. Pronouns are weighed in pronouns.py.
"""

from service.extraction.cast import Figure, role_words
from service.extraction.discourse import Answer, Discourse, is_person
from service.extraction.lexicon.people import people, places
from service.extraction.mentions import Mention

CATAPHORA_SENTENCES = 2
"""How many sentences after an unnamed description its name may come."""


def describe(discourse: Discourse, mention: Mention) -> Answer | None:
    """Whom a description by role means; None where nobody fits."""
    if mention.indefinite:
        return _introduced_after(discourse, mention)
    fitting = _by_role(discourse, mention)
    if fitting is not None:
        return fitting
    if mention.noun in people().relations and mention.possessors:
        return _speaker_near(discourse, mention)
    persons = [figure for figure in mention.possessors if is_person(figure)]
    if mention.noun in people().open_roles and not persons and not _named_modifiers(mention):
        return _spoken_of(discourse, mention)
    return None


def gender_fits(noun: str, figure: Figure) -> bool:
    wanted = people().gendered_roles.get(noun)
    return wanted is None or figure.gender in (None, wanted)


def _wanted(noun: str) -> frozenset[str]:
    noun = people().short_roles.get(noun, noun)
    return people().also.get(noun, frozenset()) | {noun}


def _asked(mention: Mention) -> set[str]:
    """Nations, names and qualities that the description gives beside the role."""
    words = set()
    for piece in (*mention.modifiers, *mention.rest):
        if piece.text[0].isalnum():
            roles, attributes = role_words(piece.text)
            words |= roles | attributes
    return words - {"former", "presidential", "top", "close", "republican", "democratic", "new"}


def _nations(words: set[str]) -> set[str]:
    return {word for word in words if places().canonical.get(word) in places().countries}


def _named_modifiers(mention: Mention) -> bool:
    return any(p.figure is not None and is_person(p.figure) for p in mention.modifiers)


def _by_role(discourse: Discourse, mention: Mention) -> Answer | None:
    wanted, asked = _wanted(mention.noun), _asked(mention)
    candidates: dict[Figure, None] = {}
    for role in sorted(wanted):
        candidates.update(dict.fromkeys(discourse.cast.by_role.get(role, ())[-200:]))
    ranked = [
        (score, -at, figure)
        for at, figure in enumerate(candidates)
        if (score := _score(discourse, mention, figure, asked)) is not None
    ]
    if not ranked:
        return None
    score, _, figure = max(ranked, key=lambda row: row[:2])
    if score < 0:
        return None
    return Answer(figure, min(0.95, 0.75 + 0.1 * score), figure.name)


def _score(discourse: Discourse, mention: Mention, figure: Figure, asked: set[str]) -> float | None:
    """None: out of the question; below 0: another one is meant."""
    if not is_person(figure) or figure in mention.possessors or not figure.names:
        return None
    if not gender_fits(mention.noun, figure):
        return None
    has = figure.roles | figure.attributes
    score = 0.5 * len(asked & has)
    nations = _nations(asked)
    if nations and not nations & has:
        score -= 2.0 if _nations(has) else 0.6
    for possessor in mention.possessors:
        named = {word.lower() for word in possessor.words}
        if is_person(possessor) and not named & has:
            score -= 2.0
    position = mention.span.start
    earlier = [name for name in figure.names[:1] if name.span.start < position]
    if not earlier:
        return score - 0.4
    latest = max(
        (
            n.span.start
            for n, f in discourse.cast.between(max(0, position - 2500), position)
            if f is figure
        ),
        default=None,
    )
    if latest is not None:
        distance = discourse.sentence_number(position) - discourse.sentence_number(latest)
        score += max(0.0, 1 - 0.1 * distance)
    return score


def _introduced_after(discourse: Discourse, mention: Mention) -> Answer | None:
    """Who is named for the first time right after "a top Russian security official"."""
    position = mention.span.end
    end = discourse.sentences_from(position, CATAPHORA_SENTENCES)
    wanted, asked = _wanted(mention.noun), _asked(mention)
    for name, figure in discourse.cast.between(position, end):
        if not is_person(figure) or figure.names[0].span.start < mention.span.start:
            continue
        if not gender_fits(mention.noun, figure) or len(name.words) < 2:
            continue
        has = figure.roles | figure.attributes
        nations = _nations(asked)
        if nations and _nations(has) and not nations & has:
            continue
        if wanted & figure.roles or (asked & has and mention.noun in people().gendered_roles):
            return Answer(figure, 0.8, name.text)
    return None


def _speaker_near(discourse: Discourse, mention: Mention) -> Answer | None:
    """ "Putin's close ally": who spoke just before and was introduced together with Putin."""
    for turn in discourse.recent_turns(mention.span.start, 3):
        figure = turn.figure
        if figure is None or not is_person(figure) or figure in mention.possessors:
            continue
        if not gender_fits(mention.noun, figure):
            continue
        introduced = discourse.article.sentences[
            max(0, discourse.sentence_number(figure.names[0].span.start))
        ]
        beside = {f for _, f in discourse.cast.between(introduced.start, introduced.end)}
        if beside & set(mention.possessors):
            return Answer(figure, 0.75, turn.text)
    return None


def _spoken_of(discourse: Discourse, mention: Mention) -> Answer | None:
    asked = _asked(mention)

    def fits(figure: Figure) -> float | None:
        if not is_person(figure) or not gender_fits(mention.noun, figure):
            return None
        if mention.noun in ("democrat", "republican"):
            other = {"democrat", "republican"} - {mention.noun}
            if other & figure.roles:
                return None
        has = figure.roles | figure.attributes
        nations = _nations(asked)
        if nations and _nations(has) and not nations & has:
            return None
        return -0.5 * len(asked & has)

    found = discourse.most_spoken_of(mention.span.start, fits)
    return None if found is None else Answer(found.figure, 0.6, found.antecedent)
