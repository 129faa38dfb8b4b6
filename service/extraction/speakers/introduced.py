"""Introduced: people who are named soon after a description, or were introduced beside another."""

import re

from service.extraction.lexicon.people import people
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name
from service.extraction.speakers.roles import (
    LEAD_SENTENCES,
    asked_words,
    contradicts,
    gender_fits,
    roles_meant,
)

_AGE = re.compile(r", \d\d,")
CATAPHORA_SENTENCES = 2
"""Sentences after a description within which its name may come."""


@named_rule("introduced-after", None)
def introduced_after(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "a top Russian security official" with the person first named right after it."""
    position = mention.span.end
    end = discourse.sentences_from(position, CATAPHORA_SENTENCES)
    wanted, asked = roles_meant(mention.noun), asked_words(mention)
    for name, figure in discourse.cast.between(position, end):
        if not is_person(figure) or figure.names[0].span.start < mention.span.start:
            continue
        if not gender_fits(mention.noun, figure) or len(name.words) < 2:
            continue
        if contradicts(mention, asked, figure):
            continue
        has = figure.roles | figure.attributes
        if wanted & figure.roles or (asked & has and mention.noun in people().gendered_roles):
            return Answer(figure, 0.8, name.text)
    return lead_speaker(discourse, mention)


@named_rule("lead-speaker", None)
def lead_speaker(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "A former chairman says", in the lead, with the next person to speak by name or to
    open a paragraph by name and age, or else the only holder of the role.
    """
    position = mention.span.start
    if discourse.sentence_number(position) >= LEAD_SENTENCES:
        return None
    end = discourse.sentences_from(position, LEAD_SENTENCES - 1)
    holders = _holders_named_after(discourse, mention)
    for name, figure in discourse.cast.between(mention.span.end, end):
        new = figure.names[0].span.start > position
        apart = discourse.paragraph_start(name.span.start) > position
        if not (is_person(figure) and new and apart):
            continue
        if discourse.speaks_at(name) or (not holders and _introduced(discourse, name)):
            fits = gender_fits(mention.noun, figure) and not figure.roles - roles_meant(
                mention.noun
            )
            fits = fits and not contradicts(mention, asked_words(mention), figure)
            return Answer(figure, 0.65, name.text) if fits else None
    return Answer(holders[0], 0.6, holders[0].name) if len(holders) == 1 else None


def _holders_named_after(discourse: Discourse, mention: Mention) -> list[Figure]:
    """Holders of the role who are first named after the mention."""
    wanted = roles_meant(mention.noun)
    holders = (f for role in sorted(wanted) for f in discourse.cast.by_role.get(role, ())[:200])
    end = mention.span.end
    return [
        figure
        for figure in dict.fromkeys(holders)
        if is_person(figure) and figure.names and figure.names[0].span.start > end
    ]


@named_rule("introduced-by-age", False)
def _introduced(discourse: Discourse, name: Name) -> bool:
    """Whether "Jane Doe, 34," opens a paragraph."""
    opens = discourse.paragraph_start(name.span.start) == name.whole.start
    return opens and _AGE.match(discourse.text, name.span.end) is not None


@named_rule("introduced-beside", None)
def speaker_near(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "Putin's close ally" with a recent speaker who was introduced together with Putin."""
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
            return Answer(figure, 0.75, figure.name)
    return None
