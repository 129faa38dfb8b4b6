"""Campaigns: "Trump's campaign", "the Roe and Hart campaigns", "the campaign" of a candidate."""

from service.extraction.lexicon.people import people
from service.extraction.speakers import pronouns
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.groups import make_group
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import NameKind

_OFFICES = frozenset(("president", "senator", "governor", "congressman", "representative", "mayor"))
_OWNERS = (NameKind.PERSON, NameKind.UNKNOWN)
REACH_SENTENCES = 6
"""Sentences before a mention in which whom it means has spoken."""


def _may_run(figure: Figure) -> bool:
    """Whether the person is a candidate or office holder, or has no other known role; a strategist
    has no campaign.
    """
    return runs(figure) or not figure.roles or bool(figure.roles & _OFFICES)


def runs(figure: Figure) -> bool:
    return bool(figure.roles & (people().also["candidate"] | {"candidate"}))


@named_rule("several-campaigns", None)
def campaigns(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the Roe and Hart campaigns" with both campaigns."""
    named = [piece.figure for piece in mention.modifiers if piece.figure]
    joined = all(p.figure or p.text == "," or p.lower == "and" for p in mention.modifiers)
    if mention.noun not in ("campaigns", "camps") or len(named) < 2 or not joined:
        return None
    return Answer(make_group(campaign_of(discourse, figure) for figure in named), 0.85)


@named_rule("campaign", None)
def campaign(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "Trump's campaign", "the Trump campaign", or "the campaign" of the latest
    candidate.
    """
    candidates = [p.figure for p in mention.modifiers if p.figure and p.figure.kind in _OWNERS]
    if candidates:
        return Answer(campaign_of(discourse, candidates[-1]), 0.85)
    gender = pronouns.SINGULAR.get(mention.determiner)
    if gender is not None:
        owner = pronouns.singular(discourse, mention.span.start, gender)
        return Answer(campaign_of(discourse, owner.figure), 0.75) if owner else None
    for turn in discourse.recent_turns(mention.span.start, REACH_SENTENCES):
        figure = turn.figure
        if figure is not None and figure.name.endswith(" campaign"):
            return Answer(figure, 0.75, turn.text)
        if figure is not None and is_person(figure) and _may_run(figure):
            return Answer(campaign_of(discourse, figure), 0.6, turn.text)
    return None


def owned_by_candidate(mention: Mention) -> bool:
    return any(p.figure and runs(p.figure) for p in mention.modifiers)


def campaign_of(discourse: Discourse, figure: Figure) -> Figure:
    """The figure for somebody's campaign, "Roe campaign"; always the same for one surname."""
    name = f"{figure.last_word} campaign"
    return discourse.made.setdefault(name, Figure(name, NameKind.ORGANISATION))
