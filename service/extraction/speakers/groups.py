"""Groups: several speakers at once: "Putin and Xi", "the two countries", "the parties".

Unnamed people in any number ("officials", "voters") are not a group; by_rule.py handles those.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import dropwhile

from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers.discourse import Answer, Discourse, is_person
from service.extraction.speakers.figures import Figure
from service.extraction.speakers.mentions import Mention
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind
from service.extraction.speakers.roles import roles_meant
from service.extraction.speakers.rows import AND, COMMA, has_companion, is_place

COUNTRY_NOUNS = word_class("countries")
PERSON_NOUNS = word_class("persons")


_COUNTS = {
    **dict.fromkeys(("both", "two", "pair", "duo", "couple", "neither", "twosome"), 2),
    **dict.fromkeys(("three", "trio", "threesome"), 3),
    **dict.fromkeys(("four", "quartet", "foursome"), 4),
}
_IMPLIED = word_class("two_people")
_AREAS = frozenset(("states", "cities", "towns", "counties", "provinces", "regions"))
_SIDES = ("one", "other")
"""Only more countries than these two are read as a row; ``several`` answers "the two countries"."""
_FILLING = frozenset(("of", "the", "them", "those", "these", "all", "none", "not", "one", "whom"))
_ANONYMOUS = people().anonymous - {"lawmakers"}
TURNS_BACK = 8
"""Sentences searched for an earlier turn of the group."""


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


_ALSO_IN_A_ROW = word_class("also_in_a_row")
_SINGULAR = {_plural(noun): noun for noun in people().organisations_also}
_BODIES = frozenset(_SINGULAR)
_OFFICIAL = word_class("official_bodies")
_FIRMS = word_class("businesses")
_BUSINESSES = frozenset(map(_plural, _FIRMS | _ALSO_IN_A_ROW))
_LISTED = re.compile(
    r"(?:[’']s?)?(?: (?:\([^()]{1,20}\)|(?:of|from) [A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?))?"
    r"(?:, \d\d,?)?(?:,? (?:and|&) (?:the )?|, )"
)
ROW = 0.9
"""Confidence in who "the pair" is if a row of names precedes it: 5 of 6 in 400 articles."""
_OPENING = frozenset(
    ("as", "while", "when", "both", "but", "and", "although", "though", "after", "since")
) | {"because", "take", "the", "former", "then"}
"""Words that may precede a row of names with which a sentence begins."""
NEAR = 1200
"""Characters (about six sentences) searched for the names of "both men"."""


def make_group(members: Iterable[Figure]) -> Figure:
    """Returns one figure for several, named in their order; a single member is returned as it
    is.
    """
    several = tuple(dict.fromkeys(members))
    if len(several) == 1:
        return several[0]
    return Figure(" and ".join(f.name for f in several), NameKind.GROUP, members=several)


@named_rule("spoken-again", None)
def spoken_again(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "both", "the pair" or "the two lawmakers" with as many as spoke or were named
    together before.
    """
    words = [p.lower for p in (*mention.head, *mention.rest)]
    implied = 2 if mention.determiner == "the" and mention.noun in _IMPLIED else 0
    count = next((_COUNTS[w] for w in (mention.determiner, *words[:4]) if w in _COUNTS), implied)
    alone = all(word in _COUNTS or word in _FILLING for word in words)
    members_of_party = mention.named is not None and "party" in mention.named.roles
    noun = mention.noun not in _ANONYMOUS and (
        mention.noun.removesuffix("s") in people().roles
        or mention.noun in PERSON_NOUNS
        or members_of_party  # "the two Liberal Democrats"
    )
    bodies = mention.noun in _BODIES and not mention.rest
    areas = mention.noun in _AREAS
    countries = (count > len(_SIDES) or areas) and mention.noun in COUNTRY_NOUNS
    several = alone or bodies or countries or (noun and not mention.rest)
    holders = _holders(discourse, mention, count)
    if holders:
        return Answer(make_group(holders), ROW)
    if not count and bodies:
        again = _just_spoken(discourse, mention) if len(mention.head) == 1 else None
        return again or _bodies_again(discourse, mention)
    held = mention.noun.removesuffix("s") in people().roles and not mention.rest
    if not count and (held or (noun and several)) and len(mention.head) == 1:
        return _just_spoken(discourse, mention)
    if not count or not several or "and" in words:
        return None
    since: set[Figure] = set()
    for turn in discourse.recent_turns(mention.span.start, TURNS_BACK):
        members = turn.figure.members if turn.figure is not None else ()
        able = alone or all(map(is_person, members)) is not bodies
        able = able and not (bodies and any(_is_other_kind(one, mention.noun) for one in members))
        if len(members) == count and able and not _others_hold(discourse, mention, members):
            if len(since - set(members)) >= count:
                break  # as many others have spoken since
            return Answer(make_group(members), ROW, turn.text)
        since |= {turn.figure} if turn.figure is not None and not members else set()
    row = _named_before(discourse, mention, count, bodies=bodies, alone=alone)
    return Answer(make_group(row), ROW) if row else None


@named_rule("holders-in-a-row", ())
def _holders(discourse: Discourse, mention: Mention, count: int) -> Sequence[Figure]:
    """The persons named in a row before "the senators" or "both lawyers", if they alone hold the
    role.
    """
    described = any(piece.lower not in _COUNTS for piece in mention.modifiers)
    plural = mention.noun.endswith("s") and mention.determiner in ("the", "both")
    if not plural or mention.rest or described:
        return ()
    holders = discourse.cast.by_role.get(mention.noun.removesuffix("s"), ())
    if len(holders) != (count or max(len(_SIDES), len(holders))):
        return ()
    rows = _rows_before(discourse, mention.span.start, is_person)
    return next((row for row in reversed(rows) if set(row) == set(holders)), ())


@named_rule("group-just-spoken", None)
def _just_spoken(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the lawmakers" or "the departments" with those who spoke together right before in
    the paragraph.
    """
    position = mention.span.start
    turns = discourse.recent_turns(position, 1)
    members = turns[0].figure.members if turns and turns[0].figure is not None else ()
    here = bool(turns) and turns[0].position >= discourse.paragraph_start(position)
    several = mention.noun.endswith("s") or mention.noun in PERSON_NOUNS
    plural = mention.determiner == "the" and several
    # "the judges, who included X and Y" are more than these two
    more = bool(turns) and turns[0].noun == mention.noun
    fits = _is_body if mention.noun in _BODIES else is_person
    if not (members and here and plural) or more or not all(map(fits, members)):
        return None
    if _others_hold(discourse, mention, members):
        return None
    roles = roles_meant(mention.noun.removesuffix("s"))
    called = mention.noun in turns[0].text.lower().replace(",", "").split()
    if (
        mention.noun in _ANONYMOUS
        and not called
        and all(roles.isdisjoint(member.roles) for member in members)
    ):
        return None  # "the scientists" are two geologists, but not any two
    return Answer(make_group(members), ROW, turns[0].text)


def _named_before(
    discourse: Discourse, mention: Mention, count: int, *, bodies: bool, alone: bool
) -> Sequence[Figure]:
    """As many as the mention says, named in a row before it or the only ones of their kind."""
    row = () if bodies else _spoke_in_paragraph(discourse, mention.span.start, count)
    if not row and not bodies:
        row = _named_in_a_row(discourse, mention.span.start, count, is_person)
    row = () if _others_hold(discourse, mention, row) else row
    if not row and (alone or bodies):
        row = _named_in_a_row(discourse, mention.span.start, count, _is_body)
        row = () if bodies and any(_is_other_kind(one, mention.noun) for one in row) else row
    if not row and bodies:
        row = _all_of_kind(discourse, mention, count)
    if not row and alone:
        row = _named_in_sentence_before(discourse, mention.span.start, count)
    if not row and mention.noun in COUNTRY_NOUNS:
        fits = is_place if mention.noun in _AREAS else is_country
        row = _named_in_a_row(discourse, mention.span.start, count, fits)
    return row


@named_rule("family", None)
def family(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the Rusks" or "both Rusks" with the two persons of that surname."""
    bearers = family_of(discourse, mention)
    return Answer(make_group(bearers), ROW) if len(bearers) == len(_SIDES) else None


def family_of(discourse: Discourse, mention: Mention) -> Sequence[Figure]:
    """The persons whose surname the mention gives in the plural; empty for any other mention."""
    named = mention.named
    surname = "" if named is None or len(named.words) > 1 else named.name
    if not surname.endswith("s") or mention.rest or mention.determiner not in ("the", "both"):
        return ()
    stems = (surname[:-1], surname[:-2]) if surname.endswith("es") else (surname[:-1],)
    bearers = [f for stem in stems for f in discourse.cast.by_surname.get(stem, ())]
    return [f for f in bearers if not f.undecided and len(f.words) > 1]


def _others_hold(discourse: Discourse, mention: Mention, members: Sequence[Figure]) -> bool:
    """Whether the article gives the role to others and to none of the members: voters who spoke are
    not "both candidates".
    """
    role = mention.noun.removesuffix("s")
    roles = people().also.get(role, frozenset()) | {role}
    held = any(roles & member.roles for member in members)
    return not held and any(len(discourse.cast.by_role.get(one, ())) > 1 for one in roles)


def _is_other_kind(figure: Figure, plural: str) -> bool:
    """Whether the article calls the body something else: an agency is not one of "the unions"."""
    kind = _SINGULAR[plural]
    words = people().organisations_also[kind] | {kind}
    words |= _FIRMS if kind in _FIRMS else set()
    return bool(figure.roles) and not words & (figure.roles | set(map(str.lower, figure.words)))


@named_rule("all-of-a-kind", ())
def _all_of_kind(discourse: Discourse, mention: Mention, count: int) -> Sequence[Figure]:
    """The bodies that the article names or describes so before, if they are as many as the mention
    says: "both carmakers".
    """
    kind = _SINGULAR[mention.noun]
    words = people().organisations_also[kind] | {kind}
    position = mention.span.start
    named = {f: None for name, f in discourse.cast.named if name.span.start < position}
    fitting = [
        figure
        for figure in named
        if _is_body(figure) and words & (figure.roles | {word.lower() for word in figure.words})
    ]
    return fitting if len(fitting) == count else ()


@named_rule("bodies-again", None)
def _bodies_again(discourse: Discourse, mention: Mention) -> Answer | None:
    """Answers "the companies" with those named in a row, if all rows nearby have the same
    members.
    """
    alone = mention.determiner == "the" and len(mention.head) == 1 and mention.noun in _BUSINESSES
    rows = _rows_before(discourse, mention.span.start, _is_business) if alone else []
    members = {frozenset(row) for row in rows}
    return Answer(make_group(rows[-1]), ROW, mention.text) if len(members) == 1 else None


def _named_in_a_row(
    discourse: Discourse, position: int, count: int, fits: Callable[[Figure], bool]
) -> Sequence[Figure]:
    """The last row of ``count`` different names before ``position``; empty if the last row has
    another length.
    """
    several = _rows_before(discourse, position, fits)
    last = several[-1] if several else []
    return last if len(set(last)) == count == len(last) else ()


@named_rule("both-in-a-sentence", ())
def _named_in_sentence_before(discourse: Discourse, position: int, count: int) -> Sequence[Figure]:
    """The persons of the sentence before, if as many: "Ann Bell met Tom Roe. Both said"."""
    here = discourse.sentence_start(position)
    before = discourse.sentence_start(max(0, here - 2))
    named = discourse.cast.between(before, here)
    text, places_end = discourse.text, (" in ", " at ", " near ")
    kept = [pair for pair in named if not text.endswith(places_end, 0, pair[0].whole.start)]
    found = list(dict.fromkeys(figure for name, figure in kept if not name.possessive))
    fits = len(found) == count == len(kept) and all(map(is_person, found))
    return found if fits and discourse.paragraph_start(position) <= before else ()


@named_rule("both-in-turn", ())
def _spoke_in_paragraph(discourse: Discourse, position: int, count: int) -> Sequence[Figure]:
    """The persons who spoke one after the other in the paragraph, if as many."""
    start = discourse.paragraph_start(position)
    turns = [t for t in discourse.recent_turns(position, TURNS_BACK) if t.position >= start]
    spoke = list(dict.fromkeys(turn.figure for turn in reversed(turns)))
    persons = [figure for figure in spoke if figure is not None and is_person(figure)]
    return persons if len(spoke) == count == len(persons) else ()


def _rows_before(
    discourse: Discourse, position: int, fits: Callable[[Figure], bool]
) -> list[list[Figure]]:
    """Rows of two or more names within ``NEAR`` characters before ``position``, in reading
    order.
    """
    rows: list[list[tuple[Name, Figure]]] = []
    for name, figure in discourse.cast.between(max(0, position - NEAR), position):
        if not fits(figure):
            continue
        between = discourse.text[rows[-1][-1][0].span.end : name.whole.start] if rows else ""
        upto = discourse.text[rows[-1][-1][0].span.end : name.span.start] if rows else ""
        if rows and (_LISTED.fullmatch(between) or has_companion(upto)):
            rows[-1].append((name, figure))
        else:
            rows.append([(name, figure)])
    return [[figure for _, figure in row] for row in rows if len(row) > 1]


@named_rule("opening-row", None)
def opening_row(discourse: Discourse, start: int, end: int) -> Figure | None:
    """The group of persons or bodies named in a row where the sentence at ``start`` begins: "As Roe
    and Hart went north, they".
    """
    text = discourse.text
    named = list(dropwhile(lambda pair: is_place(pair[1]), discourse.cast.between(start, end)))
    if len(named) < len(_SIDES) or discourse.quoted(start):
        return None
    if not all(map(_leads_in, text[start : named[0][0].whole.start].split())):
        return None
    row = named[:1]
    for name, figure in named[1:]:
        last, begins = row[-1][0].span.end, name.span.start
        joined = AND.fullmatch(text, last, begins) or COMMA.fullmatch(text, last, begins)
        if not (joined or has_companion(text[last:begins])):
            break
        row.append((name, figure))
    same = all(map(is_person, (f for _, f in row))) or all(_is_body(f) for _, f in row)
    if len(row) < len(_SIDES) or not same or row[-1][0].possessive:
        return None
    return make_group(figure for _, figure in row)


def _leads_in(word: str) -> bool:
    """Whether the word may precede a row of names with which a sentence begins: "As", "Two
    senators,", "Idaho Republican Sens.".
    """
    lower = word.strip(",:.").lower()
    lexicon = people()
    known = lower in _OPENING or lower in _COUNTS or lower in lexicon.modifiers
    held = lower.removesuffix("s") in lexicon.roles
    return known or held or lower in places().nationalities or lower in places().canonical


def _is_body(figure: Figure) -> bool:
    return figure.kind in (NameKind.ORGANISATION, NameKind.UNKNOWN) and figure.gender is None


def _is_business(figure: Figure) -> bool:
    known = figure.kind is NameKind.ORGANISATION  # two drugs may be named in a row, too
    return known and _OFFICIAL.isdisjoint(map(str.lower, figure.words))


def is_country(figure: Figure) -> bool:
    return figure.kind is NameKind.PLACE and figure.name in places().countries
