"""Descriptions: resolves "the Russian leader" or "Putin's close ally".

A description fits persons to whom the article gives that role; a nationality or possessor counts
for or against (roles.py). One that precedes the name ("a top Russian security official") fits the
person introduced right after it (roles.py). Pronouns are resolved in pronouns.py.
"""

import re
from bisect import bisect_right
from itertools import takewhile

from msgspec.structs import replace

from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers.discourse import Answer, Discourse, Turn, is_person
from service.extraction.speakers.figures import FORMER, Figure
from service.extraction.speakers.mentions import Mention, read_mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import NameKind
from service.extraction.speakers.roles import (
    LEAD_SENTENCES,
    asked_words,
    by_role,
    contradicts,
    gender_fits,
    introduced_after,
    lead_speaker,
    named_modifiers,
    nations_of,
    roles_meant,
    speaker_near,
)

_NUMBERS = word_class("numbers")
_PROFESSIONS = frozenset(("doctor", "physician", "lawyer", "attorney", "manager", "strategist"))
"""Relations that are also professions: "his lawyer", but also "the lawyer"."""
_MARKS = frozenset("\"”'’")
MARK_REACH = 15
"""Characters between a quotation and the description of its speaker: "” said the doctor"."""
RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
LEAD_MENTIONS = 12
"""Limit on the mentions after a headline's that are compared with it."""

LATEST_SPEAKER = 1.0
"""Bonus for the last speaker if nobody is known to have the described quality."""


def describe(discourse: Discourse, mention: Mention) -> Answer | None:
    """Resolves a description by role; None if nobody fits."""
    if mention.indefinite:
        return introduced_after(discourse, mention)
    twin = _full_twin(discourse, mention)
    if twin is not None:
        return describe(discourse, twin)
    fitting = by_role(discourse, mention)
    if fitting is not None and fitting.figure.names[0].span.start < mention.span.start:
        return _alone_in_paragraph(discourse, mention, fitting.figure) or fitting
    speaker = latest_speaker(discourse, mention)
    if speaker is not None and (fitting is None or mention.noun in people().open_roles):
        return speaker
    if fitting is not None:
        return None if _after_another(discourse, mention) else fitting
    persons = [figure for figure in mention.possessors if is_person(figure)]
    if mention.noun in people().relations and persons:
        return speaker_near(discourse, mention)
    addressed = mention.determiner in ("my", "our", "your")
    if mention.noun in people().open_roles and not persons and not addressed:
        return None if named_modifiers(mention) else _spoken_of(discourse, mention)
    unrelated = mention.noun not in people().relations or mention.noun in _PROFESSIONS
    if mention.determiner == "the" and (unrelated or _parent(mention)):
        return _nothing_else_known(discourse, mention) or lead_speaker(discourse, mention)
    return None


@named_rule("relative", False)
def is_relative(mention: Mention) -> bool:
    """Whether it reads "her daughter" or "his late wife", so that only whom the article calls a
    daughter or a wife is meant, and never the one whom "her" means.
    """
    owned = mention.determiner in ("his", "her", "their") and not mention.possessors
    return owned and mention.noun in KIN and not mention.rest


def relative_meant(mention: Mention, by_rule: Answer | None) -> Answer | None:
    """The rules' answer if the article calls that person so."""
    if by_rule is None or mention.noun not in by_rule.figure.roles:
        return None
    known = gender_fits(mention.noun, by_rule.figure)
    return replace(by_rule, confidence=0.95) if known else None


KIN = frozenset(
    f"{step}{kin}"
    for kin in ("mother", "father", "son", "daughter", "brother", "sister", "mum", "mom", "dad")
    for step in ("", "step", "half-", "grand")
) | {"wife", "husband", "widow", "widower", "uncle", "aunt", "nephew", "niece", "cousin"}


@named_rule("nameless-again", False)
def nameless_again(discourse: Discourse, mention: Mention) -> bool:
    """Whether "the officer" is one who spoke unnamed just before: "A senior officer confirmed it.
    “We left,” the officer said", with nobody named since who holds that role.
    """
    if mention.determiner != "the" or len(mention.head) != 1 or mention.rest:
        return False
    position = mention.span.start
    turns = discourse.recent_turns(position, NAMELESS_SENTENCES)
    spoke = next((turn for turn in turns if turn.noun == mention.noun), None)
    if spoke is None or spoke.figure is not None or spoke.plural:
        return False
    wanted = roles_meant(mention.noun)
    since = discourse.cast.between(spoke.position, position)
    return not any(wanted & figure.roles for _, figure in since)


NAMELESS_SENTENCES = 4
"""Sentences after an unnamed speaker within which the same noun with "the" means that speaker."""


@named_rule("not-named-later", False)
def _after_another(discourse: Discourse, mention: Mention) -> bool:
    """Whether somebody has just spoken in the paragraph, so that "the lawyer" is hardly a lawyer
    named only later.
    """
    if len(mention.head) > 1 or mention.rest:
        return False
    start = discourse.paragraph_start(mention.span.start)
    turns = discourse.recent_turns(mention.span.start, 2)
    return bool(turns and turns[0].figure and turns[0].position >= start)


@named_rule("alone-in-paragraph", None)
def _alone_in_paragraph(discourse: Discourse, mention: Mention, holder: Figure) -> Answer | None:
    """Answers with the person the paragraph is about, if no other is named there and the article
    gives no other role: "Zelensky did not mention it. “We will,” the president said".
    """
    position = mention.span.start
    if mention.determiner != "the" or len(mention.head) > 1 or mention.rest:
        return None
    start = discourse.paragraph_start(position)
    named = [(name.whole.start, figure) for name, figure in discourse.cast.between(start, position)]
    turns = discourse.recent_turns(position, LEAD_SENTENCES)
    named += [(t.position, t.figure) for t in turns if t.figure and t.position >= start]
    outside = {
        figure: at
        for at, figure in sorted(named, key=lambda pair: -pair[0])
        if not discourse.quoted(at)
    }
    if len(outside) != 1 or holder in outside:
        return None
    [(figure, at)] = outside.items()
    person = is_person(figure) or (figure.kind is NameKind.UNKNOWN and len(figure.words) == 1)
    if at == start and person and not figure.roles and gender_fits(mention.noun, figure):
        return Answer(figure, 0.6, figure.name)
    return None


@named_rule("told-in-full", None)
def _full_twin(discourse: Discourse, mention: Mention) -> Mention | None:
    """Finds the lead's fuller mention of the same person: "driver tells jury", in a headline, is
    the lead's "A driver who hid a violin told".
    """
    position = mention.span.end
    if mention.determiner or discourse.sentence_number(position) > 0:
        return None
    end = discourse.sentences_from(position, LEAD_SENTENCES - 1)
    at = bisect_right(discourse.mentions, position, key=lambda span: span.start)
    for span in takewhile(
        lambda span: span.start < end, discourse.mentions[at : at + LEAD_MENTIONS]
    ):
        later = read_mention(discourse.text, span, discourse.cast)
        if later.noun == mention.noun and later.determiner and later.named is None:
            return later
    return None


@named_rule("nothing-else-known", None)
def _nothing_else_known(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the car dealer" with the speaker right before in the paragraph, or after a quotation
    with the only person mentioned before, unless the article gives that person another role or
    has quoted an unnamed car dealer.
    """
    if mention.possessors or named_modifiers(mention) or (mention.rest and not _parent(mention)):
        return None
    position = mention.span.start
    start = discourse.paragraph_start(position)
    turns = discourse.recent_turns(position, 3)
    figure = turns[0].figure if turns and turns[0].position >= start else None
    held = any(discourse.cast.by_role.get(role) for role in roles_meant(mention.noun))
    after_marks = not _MARKS.isdisjoint(
        discourse.text[max(start, position - MARK_REACH) : position]
    )
    if figure is None and not held and after_marks:
        figure = alone_before(discourse, position, mention.noun, personal=_parent(mention))
    if figure is None or not is_person(figure) or not gender_fits(mention.noun, figure):
        return None
    nameless = any(
        turn.figure is None and turn.noun == mention.noun for turn in discourse.turns[-40:]
    )
    others = figure.roles - people().relations - people().gendered_roles.keys()
    former = any(piece.lower in FORMER for piece in mention.modifiers)
    if nameless or (others and not former and not _parent(mention)):
        return None
    return Answer(figure, 0.55, figure.name)


@named_rule("alone-before", None)
def alone_before(
    discourse: Discourse, position: int, noun: str = "", *, personal: bool = True
) -> Figure | None:
    """Returns the only person fitting ``noun`` who is named or speaks earlier in the paragraph, or
    if there is nobody, in the one before; None if there are several, or an unnamed speaker. Of
    several the only one who speaks is meant by what says no office (``personal``: "the father of
    four").
    """
    end = position
    for _ in range(2):
        start = discourse.paragraph_start(max(0, end - 1))
        turns = [
            turn for turn in discourse.recent_turns(position, 6) if start <= turn.position < end
        ]
        named = {
            figure
            for name, figure in discourse.cast.between(start, end)
            if _may_speak(figure) and gender_fits(noun, figure)
            if not discourse.quoted(name.span.start)
        }
        spoke = {turn.figure for turn in turns if turn.noun not in RELATIVE}
        found = spoke if personal and len(spoke) == 1 and spoke <= named else spoke | named
        if found:
            [figure, *others] = found
            return figure if figure and not others and _may_speak(figure) else None
        end = start
    return None


def _may_speak(figure: Figure) -> bool:
    """Whether the figure is a person, or a name of two or three words that may be one's."""
    unknown = figure.kind is NameKind.UNKNOWN and 1 < len(figure.words) < 4
    return (is_person(figure) or unknown) and not figure.members


_PARENT = re.compile(r"(?:grand)?(?:mother|father|mum|mom|dad|parent)-of-\w+")


@named_rule("hyphened-parent", None)
def parent(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the mother-of-two" with the only person mentioned right before."""
    if not _PARENT.fullmatch(mention.noun) or mention.determiner != "the":
        return None
    kin = mention.noun.partition("-")[0]
    figure = alone_before(discourse, mention.span.start, kin)
    fits = figure is not None and gender_fits(kin, figure)
    return Answer(figure, 0.75, figure.name) if figure and fits else None


@named_rule("mother-of-two", False)
def _parent(mention: Mention) -> bool:
    """Whether the mention reads "the mother of two"."""
    of, *number = [piece.lower for piece in mention.rest[:3]] or [""]
    counted = number and (number[0] in _NUMBERS or number[0].isdigit())
    return of == "of" and len(number) == 1 and bool(counted)


_PLURAL_ENDINGS = ("sh", "ch", "ese", "s")


_REPORTS = re.compile(r" (?:(?:has|had|first|also|previously) ){0,2}report(?:s|ed)\b")


@named_rule("compatriot", None)
def compatriot(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the German" with the latest person mentioned not known to be of another
    nationality.
    """
    noun = mention.noun
    country = places().nationalities.get(noun) or places().demonyms.get(noun)
    alone = len(mention.head) == 1 + noun.count(" ") and not mention.rest
    if alone and not mention.determiner:
        return _carrier(discourse, noun)
    if (
        country is None
        or not (alone and mention.determiner == "the")
        or noun.endswith(_PLURAL_ENDINGS)
    ):
        return None
    if _REPORTS.match(discourse.text, mention.span.end):  # "The Tennessean first reported"
        figure = Figure(mention.core, NameKind.ORGANISATION)
        return Answer(discourse.made.setdefault(mention.core, figure), 0.8)

    known = {f for f in discourse.cast.figures if country.lower() in f.attributes | f.roles}

    def fits(figure: Figure) -> float | None:
        if not is_person(figure) or not gender_fits(noun, figure):
            return None
        if any(map(is_person, known)):
            return 0.0 if figure in known else None
        nations = nations_of(figure.attributes | figure.roles)
        return None if nations and country.lower() not in nations else 0.0

    found = discourse.most_spoken_of(mention.span.start, fits)
    if found is None:
        return None
    found.figure.attributes |= {country.lower()}
    return Answer(found.figure, 0.6, found.antecedent)


@named_rule("called-by-nation", None)
def _carrier(discourse: Discourse, nation: str) -> Answer | None:
    """Answers "American" with American Airlines, if the article names one such body."""
    found = [
        figure
        for figure in discourse.cast.figures
        if [word.lower() for word in figure.words[:-1]] == [nation]
        if figure.kind is NameKind.ORGANISATION and figure.last_word.lower() in _CARRIERS
    ]
    return Answer(found[0], 0.93, found[0].name) if len(found) == 1 else None


_CARRIERS = frozenset(("airline", "airlines", "airways", "air"))


@named_rule("latest-speaker", None)
def latest_speaker(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the Indiana governor", if no holder is known, with the latest speaker or the subject
    of the preceding sentence.
    """
    placed = any(
        p.figure and p.figure.kind in (NameKind.PLACE, NameKind.ORGANISATION)
        for p in mention.modifiers
    )
    lone = mention.determiner == "the" and mention.noun in people().open_roles
    if not (placed or lone) or named_modifiers(mention) or mention.possessors:
        return None
    turns = discourse.recent_turns(mention.span.start, 3)
    figure = _subject_of(discourse, turns[0]) if turns else None
    if figure is None or not is_person(figure) or not gender_fits(mention.noun, figure):
        return None
    # a declared speaker may be known by a description alone, and not be named at all
    later = not figure.names or figure.names[0].span.start > mention.span.start
    if later or contradicts(mention, asked_words(mention), figure):
        return None
    return Answer(figure, 0.6, figure.name)


def _subject_of(discourse: Discourse, turn: Turn) -> Figure | None:
    """The person described before the speaker in the turn's sentence, or else the speaker: "The
    mayor left after Doe spoke".
    """
    return _turned_to(discourse, turn) or turn.figure


@named_rule("subject-before-speaker", None)
def _turned_to(discourse: Discourse, turn: Turn) -> Figure | None:
    """The person whom the sentence describes before its speaker."""
    before = discourse.echoes_between(discourse.sentence_start(turn.position), turn.position)
    return before[0][1] if before else None


@named_rule("open-role", None)
def _spoken_of(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the president", if no holder is known, with the person most likely discussed."""
    asked = asked_words(mention)
    turns = discourse.recent_turns(mention.span.start, 2)
    latest = turns[0].figure if turns else None

    def fits(figure: Figure) -> float | None:
        if not is_person(figure) or not gender_fits(mention.noun, figure):
            return None
        if contradicts(mention, asked, figure):
            return None
        has = figure.roles | figure.attributes
        return -0.5 * len(asked & has) - (LATEST_SPEAKER if figure is latest else 0.0)

    found = discourse.most_spoken_of(mention.span.start, fits)
    return None if found is None else Answer(found.figure, 0.6, found.antecedent)
