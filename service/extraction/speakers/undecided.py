"""Undecided: pronouns and descriptions that a reader gives to nobody named, or to either of two.

    Ann Bell's sister said it was late. “We waited,” she said.
    Tom Roe and Paul Lind were hurt. “It was dark,” he said.
    Senator Ann Bell and Senator Tom Roe spoke. “It is late,” the senator said.

The ranker alone would name the nearest of them.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from service.domain import Span
from service.extraction.lexicon.people import people
from service.extraction.speakers import pronouns
from service.extraction.speakers.choices import APPOSED
from service.extraction.speakers.discourse import Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention, read_mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.opening_clauses import is_of_owned
from service.extraction.speakers.ranker import Chance
from service.extraction.speakers.roles import asked_words, roles_meant
from service.extraction.speakers.signs import Choice
from service.extraction.speakers.staff import is_known_otherwise
from service.extraction.speakers.word_surnames import SAYS
from service.names.lexicon import Gender

_ASKERS = frozenset(("reporter", "interviewer", "journalist", "questioner", "host", "presenter"))
"""After their question somebody else speaks."""
_ANOTHER = re.compile(r"(?:an?|one|another|his|her|their|its)\b", re.IGNORECASE)
_OWNED = r"[’'](?:s )?(?:[a-z-]+ ){0,2}"
_ROW = re.compile(r"(?:, (?:\d{1,3}|[^,.\n]{1,40}),)? and (?:[A-Z][a-z]+\.? )?")
_ADDRESSES = re.compile(r" (?:\w+ly )?(?:told|asked|warned|reminded|assured|answered) (him|her)\b")
_I_MET = re.compile(
    r"\b(?:I|[Ww]e) (?:\w+ly |then |also |once )?(?:rang|called|asked|phoned|telephoned|told|met"
    r"|emailed|texted|saw|found|(?:spoke|talked|wrote) (?:to|with)) (?:the|an?|my|our|another|one) "
    r"(?:[a-z-]+ ){0,2}?([a-z]+)(?! of\b)[,.]"
)
_NOT_NAMED = re.compile(
    r"(?: (?:in|of|at|from|with) [^,.;“”]{2,40}?)?,? "
    r"(?:who (?:\w+ ){1,6}?(?:be|remain|stay) (?:named|identified|unnamed|anonymous)"
    r"(?=[,.;:]| (?:sa(?:id|ys)|told|because|for|publicly|out)\b)"
    r"|(?:who (?:\w+ ){1,4}|speaking )?(?:on|under) (?:the )?condition of anonymity\b"
    r"|whose (?:name|identity) (?:was|is|has|were)\b)"
)
_LIVES = re.compile(
    r"\b(?:[Aa]n?|[Aa]nother|[Oo]ne) (?:[a-z-]+ ){0,3}?([a-z]+) (?:of|in|from|at|near) (?:the )?"
    r"(?:[^\W\d_a-z][\w’'-]+ ){0,2}[^\W\d_a-z][\w’'-]+, ([^\W\d_a-z][\w’'-]+)\Z"
)
_OPENING = 12
"""Characters of a sentence before its subject: "But Mr "."""


def stays_unnamed(discourse: Discourse, mention: Mention, figure: Figure) -> bool:
    """Whether the speaker is nobody that the text names, though ``figure`` seems meant."""
    return _asked_not_to_be_named(discourse.text, mention) or _lives_there(
        discourse, mention, figure
    )


@named_rule("not-to-be-named", False)
def _asked_not_to_be_named(text: str, mention: Mention) -> bool:
    """Whether the text says that the speaker is not named: "A man who asked not to be named"."""
    if mention.named is not None or not mention.head:
        return False
    return _NOT_NAMED.match(text, mention.head[-1].end) is not None


@named_rule("place-of-unnamed", False)
def _lives_there(discourse: Discourse, mention: Mention, figure: Figure) -> bool:
    """Whether the name only says where somebody unnamed lives: "a resident of Alausa, Ikeja said".
    A name of several words is the speaker's: "a farmer from Kano, Musa Bello".
    """
    end = mention.span.end
    if len(figure.words) > 1 or not discourse.text.endswith(figure.name, 0, end):
        return False
    lives = _LIVES.search(discourse.text, discourse.sentence_start(mention.span.start), end)
    return lives is not None and lives[1] in people().roles and lives[2] == figure.name


def is_undecided(
    discourse: Discourse, position: int, gender: Gender, content: Sequence[Span]
) -> bool:
    """Whether "he" or "she" at ``position`` is somebody unnamed again, either of two, or whom the
    last speaker addressed.
    """
    begins = min([position, *(span.start for span in content)])
    return (
        is_of_owned(discourse, position)
        or _goes_on(discourse, position, gender)
        or _is_met_by_narrator(discourse, begins, gender)
        or _is_one_of_row(discourse, begins, gender)
        or _is_addressed(discourse, position, gender)
    )


@named_rule("unnamed-goes-on", False)
def _goes_on(discourse: Discourse, position: int, gender: Gender) -> bool:
    """Whether somebody unnamed, who may be of this gender, spoke in the sentence before, and nobody
    has been named since. "The actor" may be somebody named before, "an actor" and "Roe's agent" are
    not.
    """
    turn = next(iter(discourse.recent_turns(position, 1)), None)
    if turn is None or turn.figure is not None or turn.plural or turn.noun in _ASKERS:
        return False
    another = _ANOTHER.match(turn.text) or re.search(
        rf"{_OWNED}{re.escape(turn.noun)}\b", turn.text
    )
    if turn.sentence == discourse.sentence_number(position):
        return False
    person = turn.noun in people().roles
    fits = people().gendered_roles.get(turn.noun) in (None, gender)
    since = discourse.cast.between(turn.position + len(turn.text) if another else 0, position)
    return person and fits and not any(_may_be(figure, gender) for _, figure in since)


@named_rule("met-by-narrator", False)
def _is_met_by_narrator(discourse: Discourse, position: int, gender: Gender) -> bool:
    """Whether the narrator has just met somebody unnamed: "I rang the agent. “It’s damp,” she
    said".
    """
    start = discourse.sentence_start(position)
    begin = discourse.sentence_start(max(0, start - 2))
    met = _I_MET.search(discourse.text, begin, start)
    if met is None or discourse.quoted(begin):
        return False
    noun = met.group(1)
    person = noun in people().roles and people().gendered_roles.get(noun) in (None, gender)
    since = discourse.cast.between(met.end(), position)
    return person and not any(_may_be(figure, gender) for _, figure in since)


@named_rule("addressed", False)
def _is_addressed(discourse: Discourse, position: int, gender: Gender) -> bool:
    """Whether the last speaker spoke to somebody of this gender, who may answer: "“You ran,” the
    judge told him. “I know,” he said"."""
    turn = next(iter(discourse.recent_turns(position, 1)), None)
    if turn is None or turn.sentence == discourse.sentence_number(position):
        return False
    end = turn.position + len(turn.text)
    spoken_to = _ADDRESSES.match(discourse.text, end, position)
    since = discourse.cast.between(end, position)
    return (
        spoken_to is not None
        and pronouns.SINGULAR.get(spoken_to.group(1)) is gender
        and not any(_may_be(figure, gender) for _, figure in since)
    )


@named_rule("one-of-row", False)
def _is_one_of_row(discourse: Discourse, position: int, gender: Gender) -> bool:
    """Whether two persons of this gender are the subject of the sentence before, alone in it."""
    start = discourse.sentence_start(position)
    begin = discourse.sentence_start(max(0, start - 2))
    named = [
        (name, figure) for name, figure in discourse.cast.between(begin, start) if is_person(figure)
    ]
    if len(named) != 2 or begin == start or named[0][1] is named[1][1]:
        return False
    (first, one), (second, other) = named
    opens = first.whole.start - begin <= _OPENING and not discourse.quoted(begin)
    joined = _ROW.fullmatch(discourse.text, first.span.end, second.whole.start) is not None
    spoke = {turn.figure for turn in discourse.recent_turns(position, 2)} & {one, other}
    return opens and joined and not spoke and all(_may_be(each, gender) for each in (one, other))


def _may_be(figure: Figure, gender: Gender) -> bool:
    return is_person(figure) and figure.gender in (None, gender)


@named_rule("new-voice", False)
def _is_new_voice(discourse: Discourse, position: int, begins: int, figure: Figure) -> bool:
    """Whether "he" is hardly the figure: he "added" something, but only others have spoken so far,
    or "the judge" or "the Marlow MP" spoke in the sentence before, who is not named and not the
    figure: of whom the judge spoke, or who has another role. ``begins`` is where the words begin.
    """
    turn = next(iter(discourse.recent_turns(begins, 2)), None)
    if turn is None or turn.figure is figure:
        return False
    if _ADDS.match(discourse.text, position) and all(
        t.figure is not figure for t in discourse.turns
    ):
        return True
    if turn.figure is not None or discourse.sentence_number(begins) - turn.sentence != 1:
        return False
    span = Span(turn.position, turn.position + len(turn.text))
    unnamed = read_mention(discourse.text, span, discourse.cast)
    known = figure.roles | figure.attributes
    if unnamed.determiner != "the" or unnamed.noun not in people().roles - figure.roles:
        return False
    said = _SAYS.search(discourse.text, span.start, begins)
    spoken_of = discourse.cast.between(said.end() if said else begins, begins)
    seat = next((piece.lower for piece, mp in pairwise(unnamed.head) if mp.lower in _MEMBERS), "")
    of_another = seat and figure.roles and seat not in known
    return bool(of_another) or any(one is figure for _, one in spoken_of)


_SAYS = re.compile(rf"\b{SAYS}\b")
_ADDS = re.compile(r"\w+ (?:also |further |later |then )?(?:added|adds|continued|went on)\b")


def is_doubtful(
    discourse: Discourse, choice: Choice, bare: str, content: Sequence[Span], best: Chance
) -> bool:
    """Whether a pronoun is hardly the likeliest, or a description means either of two, or the text
    calls the likeliest something else; "its leader" leads what was just named, so that it is nobody
    of whom that is not said.
    """
    mention, figure = choice.mention, best.figure
    if bare in pronouns.SINGULAR:
        begins = min([mention.span.start, *(span.start for span in content)])
        return _is_new_voice(discourse, mention.span.start, begins, figure)
    undescribed = _is_undescribed(mention, bare, figure)
    if undescribed and _is_anothers(mention):
        return True
    otherwise = is_known_otherwise(mention, figure) or undescribed
    if mention.determiner in ("its", "their") and figure.roles:
        return mention.noun not in figure.roles
    return _is_held_by_two(choice, figure) or (otherwise and not best.by_rule)


@named_rule("role-of-two", False)
def _is_held_by_two(choice: Choice, figure: Figure) -> bool:
    """Whether "the senator" is said of one of two who were last named in the same sentence, and
    who did not speak last.
    """
    qualified = len(choice.mention.head) > 1 or bool(choice.mention.rest)
    if qualified or not choice.circumstances["definite"]:
        return False
    holders = [one for one in choice.candidates if one.signs["holds_role"] and one.occurrences]
    chosen = next((one for one in holders if one.figure is figure), None)
    if chosen is None or chosen.signs["spoke_last"]:
        return False
    back = chosen.occurrences[0].back
    return any(one is not chosen and one.occurrences[0].back == back for one in holders)


@named_rule("undescribed", False)
def _is_undescribed(mention: Mention, bare: str, figure: Figure) -> bool:
    """Whether the article says what the figure is, or the description whose it is ("the judge's
    clerk"), but nothing of the figure that the description says, and its name does not come right
    after it: "the striker" is not the agent. In 80 held-out articles no answer is lost,
    and few in those that the ranker learned from.
    """
    words = roles_meant(mention.noun) | asked_words(mention)
    named = mention.noun in map(str.lower, figure.words) or mention.noun in _MEMBERS
    end = mention.span.end
    named |= any(end <= name.whole.start <= end + APPOSED for name in figure.names)
    described = not words.isdisjoint(figure.roles | figure.attributes)
    known = _is_anothers(mention) or bool(figure.roles)
    return known and bare not in pronouns.RELATIVE and not described and not named


def _is_anothers(mention: Mention) -> bool:
    """Whether a common noun has whom the description means: "the judge's clerk"."""
    return any(piece.possessive and piece.figure is None for piece in mention.modifiers)


_MEMBERS = frozenset(("mp", "td", "mep", "msp", "mla", "lawmaker", "legislator", "politician"))
"""What a minister or party leader is as well."""
