"""Descriptions: whom "the Russian leader" or "Putin's close ally" means.

A description fits whom the article gives that role, a nationality or possessor counting for or
against; one that comes before the name ("a top Russian security official") fits who is introduced
right after it. Pronouns are weighed in pronouns.py.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import takewhile

from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers.discourse import Answer, Discourse, Turn, is_person
from service.extraction.speakers.figures import FORMER, Figure, role_words
from service.extraction.speakers.mentions import Mention, read_mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind

_AGE = re.compile(r", \d\d,")
_NUMBERS = word_class("numbers")
_PROFESSIONS = frozenset(("doctor", "physician", "lawyer", "attorney", "manager", "strategist"))
"""What somebody is to others and without them."""
_MARKS = frozenset("\"”'’")
BEHIND = 15
"""Characters between a quotation and the description of who speaks: "” said the doctor"."""
RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
LEAD_SENTENCES = 4
"""How soon after a headline's or lead's description the name comes."""

LEAD_MENTIONS = 12
"""At most so many mentions after a headline's are compared with it."""

LONE_MALUS = -0.7
"""What the only figure with a role may have against it: it may be named any time later. Set by
hand."""
LATEST_SPEAKER = 1.0
"""What speaks for the last speaker where a description tells a quality nobody is known to have."""

OTHER_TIME = 0.5
"""What speaks against a former chairman where the chairman is asked for, and the other way."""

CATAPHORA_SENTENCES = 2
"""How many sentences after an unnamed description its name may come."""


def describe(discourse: Discourse, mention: Mention) -> Answer | None:
    """Whom a description by role means; None where nobody fits."""
    if mention.indefinite:
        return _introduced_after(discourse, mention)
    twin = _told_in_full(discourse, mention)
    if twin is not None:
        return describe(discourse, twin)
    fitting = by_role(discourse, mention)
    if fitting is not None and fitting.figure.names[0].span.start < mention.span.start:
        return _alone_in_paragraph(discourse, mention, fitting.figure) or fitting
    speaker = latest_speaker(discourse, mention)
    if speaker is not None and (fitting is None or mention.noun in people().open_roles):
        return speaker
    if fitting is not None:
        return fitting
    persons = [figure for figure in mention.possessors if is_person(figure)]
    if mention.noun in people().relations and persons:
        return _speaker_near(discourse, mention)
    addressed = mention.determiner in ("my", "our", "your")
    if mention.noun in people().open_roles and not persons and not addressed:
        return None if _named_modifiers(mention) else _spoken_of(discourse, mention)
    own = mention.noun not in people().relations or mention.noun in _PROFESSIONS
    if mention.determiner == "the" and (own or _parent(mention)):
        return _nothing_else_known(discourse, mention) or _lead_speaker(discourse, mention)
    return None


@named_rule("alone-in-paragraph", None)
def _alone_in_paragraph(discourse: Discourse, mention: Mention, holder: Figure) -> Answer | None:
    """ "Zelensky did not mention it. “We will,” the president said": who the paragraph is about, if
    the article says of him no other thing and names nobody else there."""
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
def _told_in_full(discourse: Discourse, mention: Mention) -> Mention | None:
    """ "driver tells jury", in a headline, is the lead's "A driver who hid a violin told"."""
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
    """ "The car dealer": who spoke right before in the paragraph, or behind a quotation who alone
    was spoken of before, if the article calls him nothing that a car dealer is not and has met no
    nameless car dealer."""
    if mention.possessors or _named_modifiers(mention) or (mention.rest and not _parent(mention)):
        return None
    position = mention.span.start
    start = discourse.paragraph_start(position)
    turns = discourse.recent_turns(position, 3)
    figure = turns[0].figure if turns and turns[0].position >= start else None
    held = any(discourse.cast.by_role.get(role) for role in roles_meant(mention.noun))
    behind = not _MARKS.isdisjoint(discourse.text[max(start, position - BEHIND) : position])
    if figure is None and not held and behind:
        figure = alone_before(discourse, position, mention.noun)
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
def alone_before(discourse: Discourse, position: int, noun: str = "") -> Figure | None:
    """The only person that ``noun`` fits, nobody nameless beside him, who is named or speaks in the
    paragraph so far; if there is nobody, in the one before."""
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
        found = named | {turn.figure for turn in turns if turn.noun not in RELATIVE}
        if found:
            [figure, *others] = found
            return figure if figure and not others and _may_speak(figure) else None
        end = start
    return None


def _may_speak(figure: Figure) -> bool:
    """A person, or a name of two or three words that may be one."""
    unknown = figure.kind is NameKind.UNKNOWN and 1 < len(figure.words) < 4
    return (is_person(figure) or unknown) and not figure.members


_PARENT = re.compile(r"(?:grand)?(?:mother|father|mum|mom|dad|parent)-of-\w+")


@named_rule("hyphened-parent", None)
def parent(discourse: Discourse, mention: Mention) -> Answer | None:
    """ "The mother-of-two": who alone was spoken of right before."""
    if not _PARENT.fullmatch(mention.noun) or mention.determiner != "the":
        return None
    kin = mention.noun.partition("-")[0]
    figure = alone_before(discourse, mention.span.start, kin)
    fits = figure is not None and gender_fits(kin, figure)
    return Answer(figure, 0.6, figure.name) if figure and fits else None


@named_rule("mother-of-two", False)
def _parent(mention: Mention) -> bool:
    """ "The mother of two"."""
    of, *number = [piece.lower for piece in mention.rest[:3]] or [""]
    counted = number and (number[0] in _NUMBERS or number[0].isdigit())
    return of == "of" and len(number) == 1 and bool(counted)


_PLURAL_ENDINGS = ("sh", "ch", "ese", "s")


@named_rule("compatriot", None)
def compatriot(discourse: Discourse, mention: Mention) -> Answer | None:
    """ "The German": who was spoken of last and is not known to be of another nation."""
    noun = mention.noun
    country = places().nationalities.get(noun) or places().demonyms.get(noun)
    alone = mention.determiner == "the" and len(mention.head) == 1 and not mention.rest
    if country is None or not alone or noun.endswith(_PLURAL_ENDINGS):
        return None

    def fits(figure: Figure) -> float | None:
        if not is_person(figure) or not gender_fits(noun, figure):
            return None
        nations = _nations(figure.attributes | figure.roles)
        return None if nations and country.lower() not in nations else 0.0

    found = discourse.most_spoken_of(mention.span.start, fits)
    if found is None:
        return None
    found.figure.attributes |= {country.lower()}
    return Answer(found.figure, 0.6, found.antecedent)


@named_rule("latest-speaker", None)
def latest_speaker(discourse: Discourse, mention: Mention) -> Answer | None:
    """ "The Indiana governor" of whom no role is known: who spoke just before, or is the subject
    of the sentence before."""
    placed = any(
        p.figure and p.figure.kind in (NameKind.PLACE, NameKind.ORGANISATION)
        for p in mention.modifiers
    )
    lone = mention.determiner == "the" and mention.noun in people().open_roles
    if not (placed or lone) or _named_modifiers(mention) or mention.possessors:
        return None
    turns = discourse.recent_turns(mention.span.start, 3)
    figure = _subject_of(discourse, turns[0]) if turns else None
    if figure is None or not is_person(figure) or not gender_fits(mention.noun, figure):
        return None
    has = figure.roles | figure.attributes
    nations = _nations(asked_words(mention))
    foreign = nations and _nations(has) and not nations & has
    if foreign or _of_other_party(mention, has) or figure.names[0].span.start > mention.span.start:
        return None
    return Answer(figure, 0.6, figure.name)


def _subject_of(discourse: Discourse, turn: Turn) -> Figure | None:
    """Who speaks, or whom the sentence has spoken of before: "The mayor left after Doe spoke"."""
    return _turned_to(discourse, turn) or turn.figure


@named_rule("subject-before-speaker", None)
def _turned_to(discourse: Discourse, turn: Turn) -> Figure | None:
    """Whom the sentence described before its speaker."""
    before = discourse.echoes_between(discourse.sentence_start(turn.position), turn.position)
    return before[0][1] if before else None


@named_rule("gender-of-role", True)
def gender_fits(noun: str, figure: Figure) -> bool:
    """ "The chairwoman" is no man."""
    wanted = people().gendered_roles.get(noun)
    return wanted is None or figure.gender in (None, wanted)


def roles_meant(noun: str) -> frozenset[str]:
    noun = people().short_roles.get(noun, noun)
    return people().also.get(noun, frozenset()) | {noun}


def asked_words(mention: Mention) -> set[str]:
    """Nations, names and qualities that the description gives beside the role."""
    words: set[str] = set()
    for piece in (*mention.modifiers, *mention.rest):
        if piece.text[0].isalnum():
            roles, attributes = role_words(piece.text)
            words |= roles | attributes
    return words - {"former", "presidential", "top", "close", "republican", "democratic", "new"}


_RANKS = frozenset(("vice", "deputy", "assistant", "acting", "first"))
_PARTIES = {
    "republican": "republican",
    "gop": "republican",
    "democrat": "democrat",
    "democratic": "democrat",
    "libertarian": "libertarian",
    "green": "green",
}


def _parties(words: Iterable[str]) -> set[str]:
    return {_PARTIES[word] for word in words if word in _PARTIES}


@named_rule("other-party", False)
def _of_other_party(mention: Mention, has: Iterable[str]) -> bool:
    """ "The Republican senator" is no Democrat."""
    asked = _parties(piece.lower for piece in mention.head)
    belongs = _parties(has)
    return bool(asked and belongs and not asked & belongs)


def _nations(words: Iterable[str]) -> set[str]:
    return {word for word in words if places().canonical.get(word) in places().countries}


def _named_modifiers(mention: Mention) -> bool:
    return any(p.figure is not None and is_person(p.figure) for p in mention.modifiers)


@named_rule("by-role", None)
def by_role(discourse: Discourse, mention: Mention) -> Answer | None:
    """Who has the role, in the article's words."""
    wanted, asked = roles_meant(mention.noun), asked_words(mention)
    candidates: dict[Figure, None] = {}
    for role in sorted(wanted):
        candidates.update(dict.fromkeys(discourse.cast.by_role.get(role, ())[-200:]))
    ranked = [
        (score, -at, figure)
        for at, figure in enumerate(candidates)
        if (score := role_score(discourse, mention, figure, asked)) is not None
    ]
    if not ranked:
        return None
    score, _, figure = max(ranked, key=lambda row: row[:2])
    # the only one with that role in the article may be named any time later
    if score < (LONE_MALUS if len(ranked) == 1 else 0):
        return None
    return Answer(figure, min(0.95, 0.75 + 0.1 * score), figure.name)


def role_score(
    discourse: Discourse, mention: Mention, figure: Figure, asked: set[str]
) -> float | None:
    """None: out of the question; below 0: another one is meant."""
    if not is_person(figure) or figure in mention.possessors or not figure.names:
        return None
    if not gender_fits(mention.noun, figure):
        return None
    has = figure.roles | figure.attributes
    score = 0.5 * len(asked & has)
    if _of_other_party(mention, has):
        return None
    score -= _of_other_nation(asked, has)
    score -= _of_another(mention, has)
    score -= _of_other_body(mention, asked, has)
    score -= _at_other_time(mention, figure)
    score -= _of_other_rank(asked, has)
    return score + _nearness(discourse, mention, figure)


@named_rule("other-nation", 0.0)
def _of_other_nation(asked: set[str], has: frozenset[str]) -> float:
    """What speaks against somebody of another nation than is asked for, or of none."""
    nations = _nations(asked)
    if not nations or nations & has:
        return 0.0
    return 2.0 if _nations(has) else 0.6


@named_rule("of-another", 0.0)
def _of_another(mention: Mention, has: frozenset[str]) -> float:
    """What speaks against whom the article does not call Putin's where "Putin's ally" is asked."""
    strangers = [
        possessor
        for possessor in mention.possessors
        if is_person(possessor) and not {word.lower() for word in possessor.words} & has
    ]
    return 2.0 * len(strangers)


@named_rule("other-body", 0.0)
def _of_other_body(mention: Mention, asked: set[str], has: frozenset[str]) -> float:
    """What speaks against whom the article does not connect with the organisation asked for."""
    bodies = {
        word
        for p in (*mention.modifiers, *mention.rest)
        if p.figure and p.figure.kind is NameKind.ORGANISATION
        for word in role_words(p.text)[1]
    } - _nations(asked)
    return 0.7 if bodies and not bodies & has else 0.0


@named_rule("other-time", 0.0)
def _at_other_time(mention: Mention, figure: Figure) -> float:
    """What speaks against a former chairman where the chairman is asked for, and the other way."""
    held = roles_meant(mention.noun) & figure.roles
    former = any(piece.lower in FORMER for piece in mention.modifiers)
    return OTHER_TIME if held and former != (held <= figure.past) else 0.0


@named_rule("other-rank", 0.0)
def _of_other_rank(asked: set[str], has: frozenset[str]) -> float:
    """What speaks against the president where the vice president is asked for."""
    return 2.0 if (asked & _RANKS) - has else 0.0


@named_rule("nearness", 0.0)
def _nearness(discourse: Discourse, mention: Mention, figure: Figure) -> float:
    """What speaks for whom was named lately, and against whom is named much later only."""
    position = mention.span.start
    if figure.names[0].span.start >= position:
        soon = figure.names[0].span.start < discourse.sentences_from(position, LEAD_SENTENCES)
        return 0.0 if soon else -0.6
    at = bisect_left(figure.names, position, key=lambda name: name.span.start)
    latest = figure.names[at - 1].span.start
    distance = discourse.sentence_number(position) - discourse.sentence_number(latest)
    return max(0.0, 1 - 0.1 * distance)


@named_rule("introduced-after", None)
def _introduced_after(discourse: Discourse, mention: Mention) -> Answer | None:
    """Who is named for the first time right after "a top Russian security official"."""
    position = mention.span.end
    end = discourse.sentences_from(position, CATAPHORA_SENTENCES)
    wanted, asked = roles_meant(mention.noun), asked_words(mention)
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
    return _lead_speaker(discourse, mention)


@named_rule("lead-speaker", None)
def _lead_speaker(discourse: Discourse, mention: Mention) -> Answer | None:
    """ "A former chairman says", in the lead: the first one after it to speak by name, or to open
    a paragraph by name and age; else the only one who has the role."""
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
            return Answer(figure, 0.65, name.text) if fits else None
    return Answer(holders[0], 0.6, holders[0].name) if len(holders) == 1 else None


def _holders_named_after(discourse: Discourse, mention: Mention) -> list[Figure]:
    """Who has the role, in the article's words, and has not been named yet."""
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
    """ "Jane Doe, 34," opens a paragraph."""
    opens = discourse.paragraph_start(name.span.start) == name.whole.start
    return opens and _AGE.match(discourse.text, name.span.end) is not None


@named_rule("introduced-beside", None)
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
            return Answer(figure, 0.75, figure.name)
    return None


@named_rule("open-role", None)
def _spoken_of(discourse: Discourse, mention: Mention) -> Answer | None:
    """ "The president", of whom nobody is known to be one: who is spoken of, or spoke last."""
    asked = asked_words(mention)
    turns = discourse.recent_turns(mention.span.start, 2)
    latest = turns[0].figure if turns else None

    def fits(figure: Figure) -> float | None:
        if not is_person(figure) or not gender_fits(mention.noun, figure):
            return None
        has = figure.roles | figure.attributes
        if _of_other_party(mention, has):
            return None
        nations = _nations(asked)
        if nations and _nations(has) and not nations & has:
            return None
        return -0.5 * len(asked & has) - (LATEST_SPEAKER if figure is latest else 0.0)

    found = discourse.most_spoken_of(mention.span.start, fits)
    return None if found is None else Answer(found.figure, 0.6, found.antecedent)
