"""Nameless bodies: those that the article calls only by their kind.

"The government", "the harbour authority", "the administration" of the president it names. They
speak under the article's own words for them. organisations.py resolves named bodies and asks here
if none fits.
"""

from service.extraction.lexicon.people import word_class
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import NameKind

SOLE = 0.95
"""Confidence if only one body fits: 24 of 24 in 400 articles, of others 25 of 33."""
BODIES = word_class("bodies")
INSTITUTIONS = word_class("institutions")
PANELS = word_class("panels")
_UNNAMED_KINDS = (BODIES | PANELS) - word_class("also_named_otherwise")
_SINGLE = word_class("single_bodies")
_OWNERS = word_class("owners")
_SEATS = word_class("seats_of_bodies")
_PASSING = word_class("passing") | word_class("modifiers_of_bodies")


@named_rule("institution", None)
def institution(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the government" with that of the place named with it, or with an unnamed one."""
    if mention.noun not in INSTITUTIONS or mention.determiner != "the" or mention.modifiers:
        return None
    seat = mention.rest[1].figure if len(mention.rest) == 2 else None
    if seat is not None and seat.kind is NameKind.PLACE:
        name = f"{mention.core} {mention.rest[0].text} {mention.rest[1].text}"
        return Answer(discourse.made.setdefault(name, Figure(name, NameKind.ORGANISATION)), 0.8)
    if mention.rest:
        return None
    head = _president(discourse) if mention.noun == "administration" else None
    name = f"{head.last_word} administration" if head else mention.core
    figure = Figure(name, NameKind.ORGANISATION, nameless=head is None)
    said = head is not None and name in discourse.text  # "the Obama administration"
    return Answer(discourse.made.setdefault(name, figure), SOLE if said else 0.6)


def _president(discourse: Discourse) -> Figure | None:
    named = discourse.cast.by_role.get("president", ())[:50]
    presidents = [one for one in named if is_person(one) and "president" not in one.past]
    return max(presidents, key=lambda figure: len(figure.names), default=None)


@named_rule("body-by-kind", None)
def body_by_kind(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the harbour authority" or "the tribunal" under its own words, local to the
    article.
    """
    if mention.noun not in _UNNAMED_KINDS:
        return None
    # "the finance ministry in Lusaka", but "the court in Washington" may be one of several
    placed = len(mention.rest) == 2 and mention.rest[0].lower == "in" and len(mention.head) > 1
    if mention.determiner != "the" or (any(p.figure for p in mention.rest) and not placed):
        return None
    modifiers = [p for p in mention.modifiers if p.figure is None and p.lower not in _PASSING]
    if not modifiers and mention.noun not in _SINGLE:
        return None
    unique = _SEATS | _OWNERS if mention.noun == "office" else _SEATS  # "the mayor's office"
    owned = any(p.possessive and p.lower not in unique for p in mention.modifiers)
    if owned or any(piece.figure is not None for piece in mention.modifiers):
        return None  # "the paper's editorial board" does not say which paper
    of = mention.rest[:1] and mention.rest[0].lower in ("of", "on", "for")
    name = mention.core
    if of:
        return None  # "the committee on trade"
    longer = [one for made, one in discourse.made.items() if made.endswith(f" {name}")]
    figure = longer[0] if len(longer) == 1 else Figure(name, NameKind.ORGANISATION, nameless=True)
    return Answer(discourse.made.setdefault(name, figure), SOLE if figure in longer else 0.6)
