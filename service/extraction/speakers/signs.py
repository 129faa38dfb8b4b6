"""Signs: the evidence for and against each candidate for a pronoun or a description.

Candidates are chosen in choices.py; the weight of each sign is learned (ranker.py). A sign is a
number of about 0 to 5; counts and distances are taken as logarithms.
"""

from collections.abc import Sequence
from math import log1p
from typing import NamedTuple

from service.domain import Span
from service.extraction.speakers.discourse import Answer, Discourse, Turn, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.roles import gender_fits, role_score
from service.names.lexicon import Gender

FAR = 3000
"""Distance in characters for a candidate not named before."""


class Occurrence(NamedTuple):
    """A candidate's name relative to the mention; ``back`` is the distance in sentences."""

    span: Span
    back: int
    subject: bool
    possessive: bool
    quoted: bool
    here: bool
    """The name is in the mention's paragraph."""

    def signs(self, position: int) -> tuple[float, ...]:
        return (
            float(self.span.start > position),
            log1p(abs(position - self.span.start) / 20),
            float(self.subject),
            float(self.possessive),
            float(self.quoted),
            float(self.here),
            float(self.back <= 0),
            float(self.back == 1),
        )


Signs = dict[str, float]
"""Signs of one candidate, or the circumstances of a mention, by name. Their order is that of the
ranker's weights.
"""


class Contender(NamedTuple):
    """A candidate for a mention, with its names nearby and its signs."""

    figure: Figure
    occurrences: tuple[Occurrence, ...]
    signs: Signs


class Choice(NamedTuple):
    """A mention to be resolved, with its circumstances and candidates."""

    mention: Mention
    circumstances: Signs
    candidates: tuple[Contender, ...]


class Asking(NamedTuple):
    """The mention, and what is looked up once for all its candidates."""

    discourse: Discourse
    mention: Mention
    content: Sequence[Span]
    position: int
    sentence: int
    paragraph: int
    gender: Gender | None
    relative: bool
    roles: frozenset[str]
    qualities: set[str]
    turns: Sequence[Turn]
    by_rule: Answer | None
    named: frozenset[Figure]
    """Figures named in the mention itself: "an aide to Senator Ann Bell" is not Ann Bell."""


def signs_of_candidate(
    asking: Asking,
    figure: Figure,
    rank: int,
    before: Sequence[Occurrence],
    after: Sequence[Occurrence],
) -> Signs:
    """Signs of a candidate; ``before`` and ``after`` are its names around the mention, ``before``
    with the latest first, and ``rank`` counts candidates by nearness from 0.
    """
    place = figure.names[0].span.start if figure.names else 0
    rule = asking.by_rule
    by_rule = rule is not None and rule.figure is figure
    return {
        **_by_names(asking, figure, before),
        **_by_speech(asking, figure),
        **_by_person(asking, figure),
        **_by_role(asking, figure),
        "named_in_sentence_after": float(bool(after) and not before and after[0].back >= -1),
        "named_soon_after": float(bool(after) and not before and after[0].back >= -3),
        "nearest": float(rank == 0),
        "second": float(rank == 1),
        "third": float(rank == 2),
        "first_named": log1p(place / 500),
        "by_rule": float(by_rule),
        "sure_by_rule": rule.confidence if rule is not None and by_rule else 0.0,
        "pronoun": float(asking.gender is not None),
        "description": float(asking.gender is None and not asking.relative),
        "relative": float(asking.relative),
    }


def _by_names(asking: Asking, figure: Figure, before: Sequence[Occurrence]) -> Signs:
    """Signs of where and how it was named before the mention: ``last`` is its last name there,
    ``free`` the last outside quotation marks, ``subject`` the last of these in subject position.
    """
    last = before[0] if before else None
    free = next((one for one in before if not one.quoted), None)
    subject = next((one for one in before if one.subject and not one.quoted), None)
    return {
        "before": float(last is not None),
        "last_back": _back(last),
        "last_in_sentence": float(last is not None and last.back <= 0),
        "last_in_sentence_before": float(last is not None and last.back == 1),
        "last_is_subject": float(last is not None and last.subject),
        "last_is_possessive": float(last is not None and last.possessive),
        "last_is_quoted": float(last is not None and last.quoted),
        "last_is_here": float(last is not None and last.here),
        "last_distance": log1p((asking.position - last.span.start if last else FAR) / 20),
        "free": float(free is not None),
        "free_back": _back(free),
        "free_is_subject": float(free is not None and free.subject),
        "free_is_here": float(free is not None and free.here),
        "subject": float(subject is not None),
        "subject_back": _back(subject),
        "times_before": log1p(len(before)),
        "times_here": log1p(sum(one.here for one in before)),
        "times": log1p(len(figure.names)),
    }


def _by_speech(asking: Asking, figure: Figure) -> Signs:
    """Signs of when it was last referred to without its name, and when it last spoke."""
    echo = asking.discourse.last_echo(figure, asking.position)
    spoke = next((n for n, turn in enumerate(asking.turns) if turn.figure is figure), None)
    back = 0 if spoke is None else asking.sentence - asking.turns[spoke].sentence
    return {
        "echoed": float(echo is not None),
        "echo_distance": log1p((FAR if echo is None else asking.position - echo) / 100),
        "spoke": float(spoke is not None),
        "spoke_last": float(spoke == 0),
        "spoke_last_but_one": float(spoke == 1),
        "spoke_back": log1p(back),
    }


def _by_person(asking: Asking, figure: Figure) -> Signs:
    """Signs of whether it is a person, and of the right gender."""
    agree, differ = _pronouns(figure, asking.gender)
    return {
        "gender_agrees": float(asking.gender is not None and figure.gender is asking.gender),
        "gender_unknown": float(figure.gender is None),
        "person": float(is_person(figure)),
        "full_name": float(len(figure.words) > 1),
        "pronouns_agree": agree,
        "pronouns_differ": differ,
    }


def _by_role(asking: Asking, figure: Figure) -> Signs:
    """Signs of whether the article says about it what the mention says."""
    held = asking.roles & figure.roles
    return {
        "holds_role": float(bool(held)),
        "roles_held": float(len(held)),
        "qualities_shared": float(len(asking.qualities & (figure.roles | figure.attributes))),
        "role_score": _role_score(asking, figure) if held and not asking.gender else 0.0,
        "gender_of_noun": float(gender_fits(asking.mention.noun, figure)),
        "owner": float(figure in asking.mention.possessors),
        "known_for_something": float(bool(figure.roles)),
    }


def _back(occurrence: Occurrence | None) -> float:
    return 0.0 if occurrence is None else log1p(max(0, occurrence.back))


def _pronouns(figure: Figure, gender: Gender | None) -> tuple[float, float]:
    """Counts, as logarithms, of pronouns after the figure's name: of this gender, and of the
    other.
    """
    if gender is None:
        return 0.0, 0.0
    agree = figure.pronouns.get(gender, 0)
    return log1p(agree), log1p(sum(figure.pronouns.values()) - agree)


def _role_score(asking: Asking, figure: Figure) -> float:
    score = role_score(asking.discourse, asking.mention, figure, asking.qualities)
    return -3.0 if score is None else score


def circumstances_of(asking: Asking, candidates: Sequence[Contender]) -> Signs:
    """Evidence that a mention means nobody who is named; its candidates are already found."""
    mention = asking.mention
    last, last_but_one = [*asking.turns[:2], None, None][:2]
    nameless = last is not None and last.figure is None
    return {
        "pronoun": float(asking.gender is not None),
        "description": float(asking.gender is None and not asking.relative),
        "relative": float(asking.relative),
        "definite": float(mention.determiner == "the"),
        "bare": float(mention.determiner == ""),
        "indefinite": float(mention.indefinite),
        "words": log1p(len(mention.head)),
        "goes_on": float(bool(mention.rest)),
        "qualities": log1p(len(asking.qualities)),
        "owners": float(bool(mention.possessors)),
        "quoted": float(asking.discourse.quoted(asking.position)),
        "nameless_spoke": float(nameless),
        "nameless_spoke_here": float(
            last is not None and nameless and asking.sentence - last.sentence <= 1
        ),
        "several_spoke": float(last is not None and last.plural),
        "nameless_spoke_before": float(last_but_one is not None and last_but_one.figure is None),
        "plural": float(mention.noun.endswith("s")),
        "role_is_held": float(any(one.signs["holds_role"] for one in candidates)),
        "candidates": log1p(len(candidates)),
        "sentence": log1p(max(0, asking.sentence)),
        "nobody_by_rule": float(asking.by_rule is None),
    }
