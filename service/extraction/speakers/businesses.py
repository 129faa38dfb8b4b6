"""Businesses: whom "the company" means, by who has just spoken or acted."""

from collections.abc import Sequence

from service.extraction.lexicon.people import people, places
from service.extraction.speakers import pronouns
from service.extraction.speakers.campaigns import REACH_SENTENCES
from service.extraction.speakers.discourse import Answer, Discourse, Turn, is_person
from service.extraction.speakers.figures import BESIDE_BODIES, Figure
from service.extraction.speakers.fitting_bodies import (
    BUSINESSES,
    OFFICIAL,
    as_body,
    bodies_fitting,
    may_be_body,
    only_hears,
)
from service.extraction.speakers.mentions import Mention, Piece
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.nameless_bodies import SOLE
from service.extraction.speakers.names import Name, NameKind

_ANY_BUSINESS = frozenset(("company", "firm", "business", "corporation", "giant"))
_PERSONAL = frozenset(("he", "she", "his", "her", "him"))
_COUNSEL = frozenset(("lawyer", "attorney", "solicitor", "barrister", "counsel"))
"""Work for persons too."""
NAME_REACH = 60
"""Characters before "the airline" within which the name begins that it follows."""
UNSURE = 0.3
"""Penalty for a name that nothing shows to be a body's."""
CLEARLY = 0.6
"""Lead that a body needs to be "the company" if nothing calls it a company."""
NAMES_READ = 5
"""A figure's first names that are examined; enough to tell a body from a place."""


@named_rule("business-goes-on", None)
def business_before(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the company" at a sentence's beginning with the business that opens the sentence
    before, or the only one that it calls a business: "the oil giant Acme".
    """
    position = mention.span.start
    start = discourse.sentence_start(position)
    distinct = mention.rest or any(
        _nationality(piece) or "-based" in piece.lower for piece in mention.modifiers
    )
    if mention.noun not in BUSINESSES or mention.determiner != "the" or distinct:
        return None
    beside = discourse.cast.between(max(0, position - NAME_REACH), position)[-1:]
    for name, figure in beside:  # "with Orvane Air, the airline said"
        apart = discourse.text[name.span.end : position] == ", "
        if apart and _serves(discourse, name) and figure.kind is NameKind.UNKNOWN:
            as_body(figure, mention.noun)
        if apart and not name.possessive and _may_be_business(discourse, figure):
            return Answer(figure, SOLE, name.text)
    subject = pronouns.subject_before(discourse, position)
    other = subject is not None and _another_fits(discourse, mention, subject.figure)
    if subject is not None and not other and _is_it(discourse, subject.figure, mention):
        as_body(subject.figure, mention.noun)
    if subject is not None and _may_be_business(discourse, subject.figure):
        return None if other else Answer(subject.figure, SOLE, subject.antecedent)
    before = discourse.sentence_start(max(0, start - 2))
    beside = [pair for pair in discourse.cast.between(before, start) if pair[1].roles & BUSINESSES]
    acts = any(name.possessive or discourse.is_subject(name) for name, _ in beside)
    named = dict.fromkeys(figure for _, figure in beside) if acts else {}
    named = named or dict.fromkeys(_represented(discourse, mention))
    sole = next(iter(named)) if len(named) == 1 and position - start <= 1 else None
    able = sole is not None and _may_be_business(discourse, sole)
    return Answer(sole, SOLE, sole.name) if sole is not None and able else None


@named_rule("spoke-of-it", False)
def _is_it(discourse: Discourse, figure: Figure, mention: Mention) -> bool:
    """Whether the figure has just spoken of itself as "it", "Mattby said it had no plans", or is a
    lone word that only a body's kind follows: "Mattby has a new app. The social network said".
    """
    position = mention.span.start
    begin = discourse.sentence_start(max(0, discourse.sentence_start(position) - 2))
    turn = next(iter(discourse.recent_turns(position, 1)), None)
    if turn is not None and turn.position >= begin and turn.figure is not figure:
        return False
    words = discourse.text[begin:position].lower().split()
    opens = any(one is figure for _, one in discourse.cast.between(begin, begin + len("The ") + 1))
    lone = opens and len(figure.words) == 1 and not any(name.titles for name in figure.names)
    thing = bool({"it", "its"} & set(words)) or (lone and mention.noun not in _ANY_BUSINESS)
    return thing and _PERSONAL.isdisjoint(words)


@named_rule("another-fits", False)
def _another_fits(discourse: Discourse, mention: Mention, figure: Figure) -> bool:
    """Whether the figure's own name or role is another than the noun, which fits somebody else:
    "the bank" after a bank's shareholder, Merrow Capital.
    """
    stated = figure.roles - BESIDE_BODIES or figure.last_word.lower() in people().organisation_heads
    if mention.noun in _ANY_BUSINESS or not stated:
        return False
    kind = people().organisations_also.get(mention.noun, frozenset())
    fitting = bodies_fitting(discourse, mention, kind)
    return bool(fitting) and figure not in fitting


@named_rule("body-of-its-staff", ())
def _represented(discourse: Discourse, mention: Mention) -> Sequence[Figure]:
    """The bodies named with the speaker of the sentence before: "Analysts at Acme said", then "the
    bank".
    """
    turns = discourse.recent_turns(mention.span.start, 1)
    turn = turns[0] if turns else None
    written = turn is not None and turn.noun in people().documents
    if turn is None or not (written or turn.figure is None or is_person(turn.figure)):
        return ()
    named = discourse.cast.between(turn.position, mention.span.start)
    end = turn.position + len(turn.text)
    found: list[Figure] = []
    for name, figure in named:
        if name.span.end <= end and _employs(discourse, turn, name):
            at = turn.figure is None and discourse.text.endswith(" at ", 0, name.whole.start)
            if at and not figure.roles and not any(one.titles for one in figure.names):
                # "Administrators at Grant Hollis" work for no person
                figure.kind, figure.gender = NameKind.ORGANISATION, None
            as_body(figure, mention.noun)
            found.append(figure)
    bodies = {figure for _, figure in named if may_be_body(figure)}
    return [figure for figure in found if bodies == {figure}]


def _employs(discourse: Discourse, turn: Turn, name: Name) -> bool:
    """Whether the speaker works for what the name names: "Acme's chairman", "analysts at Acme"."""
    if turn.noun in people().documents:
        return discourse.text.endswith((" by ", " from "), 0, name.whole.start)
    roles = {turn.noun.removesuffix("s")} if turn.figure is None else turn.figure.roles
    executive = not roles.isdisjoint(people().also["executive"])
    if name.possessive or discourse.text.endswith(" of ", 0, name.whole.start):
        return executive
    return _serves(discourse, name) and roles.isdisjoint(_COUNSEL)


def _serves(discourse: Discourse, name: Name) -> bool:
    links = (" at ", " with ", " for ", " by ")
    return not name.possessive and discourse.text.endswith(links, 0, name.whole.start)


def _may_be_business(discourse: Discourse, figure: Figure) -> bool:
    """Whether nothing shows the name to be a public body's, a person's or a mere place's."""
    words = {word.lower() for word in figure.words} | figure.roles
    stated = figure.kind is NameKind.ORGANISATION or figure.roles & BUSINESSES
    other = not words.isdisjoint(OFFICIAL) or figure.gender or only_hears(discourse, figure)
    return bool(stated) and not other


@named_rule("any-business", None)
def any_business(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the firm" with the body most in focus of those not called anything else, if it leads
    clearly.
    """
    heads = people().organisation_heads - people().organisations_also["company"]
    turns = discourse.recent_turns(mention.span.start, REACH_SENTENCES)
    spoke = {turn.figure for turn in turns}
    known = (one for one in discourse.cast.figures if may_be_body(one) and _acts(discourse, one))
    bodies = [one for one in known if one.names[0].span.start < mention.span.start]
    sole = bodies[0] if len(bodies) == 1 else None
    if any(_nationality(piece) for piece in mention.modifiers) or mention.rest:
        return None

    def fits(figure: Figure) -> float | None:
        if not may_be_body(figure) or not _acts(discourse, figure):
            return None
        other = figure.roles - BUSINESSES - {"body"} or figure.words[-1].lower() in heads
        other = other or not OFFICIAL.isdisjoint(map(str.lower, figure.words))
        once = len(figure.names) < 2 and figure not in spoke
        if other or (once and figure is not sole):
            return None
        return 0.0 if figure.kind is NameKind.ORGANISATION else UNSURE

    found = discourse.most_spoken_of(mention.span.start, fits)
    if found is None or found.confidence < 0.65 + 0.15 * CLEARLY:
        return None
    return Answer(found.figure, SOLE if found.figure is sole else 0.65, found.antecedent)


def _acts(discourse: Discourse, figure: Figure) -> bool:
    """Whether the name is a sentence's subject, unlike a town's ("in Wrexham"), or that of a body
    that is not only told something.
    """
    known = figure.kind is NameKind.ORGANISATION and not only_hears(discourse, figure)
    return known or any(discourse.is_subject(name) for name in figure.names[:NAMES_READ])


def _nationality(piece: Piece) -> bool:
    names = {*places().nationalities, "us", "uk", "u.s", "european"}
    return any(part in names for part in piece.lower.split("-"))
