"""Cast: the people and things that an article names, each under the fullest name it uses.

Gathered from the whole article, so that a full name resolves surnames everywhere, in the headline
too. Mentions without a name are resolved in descriptions.py, pronouns.py and groups.py.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile
from operator import attrgetter
from types import MappingProxyType

from msgspec.structs import replace

from service.deadline import in_time
from service.domain import KnownSpeaker, Span
from service.extraction.lexicon.bodies import single_names
from service.extraction.lexicon.people import people
from service.extraction.page.layout import Article
from service.extraction.page.words import Words
from service.extraction.speakers.bodies import Bodies, initials_of
from service.extraction.speakers.figures import Figure, finish, take_note
from service.extraction.speakers.joined_names import (
    FEWEST_LETTERS,
    apart,
    is_office,
    with_joined,
    with_shared_surnames,
    with_spelled_out,
)
from service.extraction.speakers.listed_bodies import with_listed, with_listed_kinds
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind, find_names
from service.extraction.speakers.namesakes import Namesakes, first_names_alone
from service.extraction.speakers.offices import without_offices
from service.extraction.speakers.personal_names import (
    as_label,
    is_full_person,
    names_of_persons,
    surnames_in_capitals,
    without_seats,
)
from service.extraction.speakers.word_surnames import with_word_surnames
from service.names.folding import name_key

FIRST_NAME_HABIT = 3
"""Uses of a first name alone after which a person is taken to be called by it."""


_KNOWN_AS = re.compile(
    r",? ?(?:\(|[–—-]+ )?(?:who is |who goes by )?"
    r"(?:(?:better|also|popularly|widely|commonly|simply|professionally|affectionately) )?"
    r"(?:known|nicknamed|dubbed|aka|a\.k\.a\.|alias)"
    r"(?: (?:professionally|locally|online|popularly|simply|(?:to|in|across|throughout|around)"
    r" (?:[\w’'-]+ ){0,4}?[\w’'-]+))?(?: as| by)?"
    r" (?:the )?[“\"‘']?",
    re.IGNORECASE,
)
"""Text between a person's name and an alias."""
_TO_ALL = re.compile(
    r" to (?:all|every(?:one|body)|(?:his|her|their) |(?:friends|fans|family|team-?mates|locals)\b)"
)
_AS_KNOWN = re.compile(
    r",? as (?:(?:s?he|they) (?:is|was|are|were) (?:\w+ ){0,2}?(?:known|called)"
    r"|(?:[\w’'-]+ ){1,4}(?:knows?|knew|calls?|called) (?:him|her|them))\b"
)
"""These follow an alias: "Abraham Diaz, Bam to all", "Ann Roe, or Mama Ann, as she is known"."""

_START = attrgetter("span.start")


@dataclass(frozen=True)
class Cast:
    """The article's figures in order of first mention; ``named`` pairs each name with its
    figure.
    """

    figures: tuple[Figure, ...]
    named: tuple[tuple[Name, Figure], ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [name.span.start for name, _ in self.named]

    def between(self, start: int, end: int) -> Sequence[tuple[Name, Figure]]:
        """Names that begin in text[start:end], in reading order."""
        return self.named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def by_role(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            ages = {f"{figure.age}-year-old"} if figure.age else set()
            for role in figure.roles | ages:
                found[role].append(figure)
        return found

    @cached_property
    def by_surname(self) -> dict[str, list[Figure]]:
        """Persons by the last word of their name."""
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            if figure.kind is NameKind.PERSON:
                found[figure.last_word].append(figure)
        return found

    @cached_property
    def by_key(self) -> dict[str, Figure]:
        return {name_key(figure.name): figure for figure in reversed(self.figures)}


def gather_cast(
    article: Article,
    words: Words,
    known: Iterable[KnownSpeaker] = (),
    persons: Sequence[Span] | None = None,
) -> Cast:
    """Returns everyone and everything the article names; ``persons`` are the spans that the model
    marks as persons, None without a model.
    """
    bylines = article.bylines
    names = [
        as_label(article, name)
        for name in _names(article, words, persons)
        if not (bylines and any(name.span.overlaps(byline) for byline in bylines))
    ]
    names = surnames_in_capitals(names_of_persons(article.flow, names, persons or ()))
    names = without_seats(article.flow, list(_of_one_kind(article.flow, names)) or names)
    names = with_word_surnames(article.flow, with_listed_kinds(names))
    names = with_shared_surnames(article.flow, names)
    pairs = _who_is_named(article, names)
    figures = tuple(dict.fromkeys(figure for _, figure in pairs))
    for figure in figures:
        if len(figure.names) > 1:
            figure.names.sort(key=_START)
        finish(figure)
        _keep_ending(article.flow, figure)
    _recognise(figures, known)
    return Cast(figures, tuple(pairs))


@named_rule("own-ending", None)
def _keep_ending(text: str, figure: Figure) -> None:
    """Adds to the name the ’s that it always has and a verb follows: "Hallow’s has warned"."""
    person = figure.kind is NameKind.PERSON and (figure.gender or len(figure.words) > 1)
    always = all(name.possessive for name in figure.names)
    for name in figure.names if always and not person else ():
        ending = _ENDING.match(text, name.span.end)
        if ending is not None and not text.endswith("of ", 0, name.whole.start):
            figure.name += ending.group(1)
            return


_ENDING = re.compile(
    r"([’']s) (?:has|had|said|says|will|would|told|warned|expects|plans to|announced that)\b"
)


def _who_is_named(article: Article, names: Sequence[Name]) -> list[tuple[Name, Figure]]:
    """Pairs each name with its figure. Persons' full names are read first, because what is said
    beside them decides which person a surname means; then bodies' names of several words, of which
    a headline has only one.
    """
    namesakes = Namesakes(article, first_names_alone(article, names, FIRST_NAME_HABIT))
    bodies = Bodies()
    named: dict[int, Figure] = {}
    for at, name in in_time(enumerate(names)):
        if is_full_person(name):
            named[at] = namesakes.add_full(name)
            take_note(article.flow, name, named[at])
    others = [(at, name) for at, name in enumerate(names) if at not in named]
    namesakes.meet_others([name for _, name in others])
    meanings = _meanings(article.flow, names)
    for at, name in sorted(others, key=lambda numbered: len(numbered[1].words) == 1):
        if name.kind is not NameKind.OTHER:
            figure = namesakes.short(name)
            if figure is not None and _is_still_a_firm(name, figure, bodies):
                figure = None
            if figure is None and bodies.is_common(article.flow, name):
                continue
            named[at] = figure or bodies.add(article.flow, name, meanings.get(name.text))
            take_note(article.flow, name, named[at])
    pairs = [(name, named[at]) for at, name in enumerate(names) if at in named]
    _share_roles(article.flow, pairs)
    return _under_one_name(article.flow, pairs)


@named_rule("roles-of-several", None)
def _share_roles(text: str, pairs: Iterable[tuple[Name, Figure]]) -> None:
    """Gives every person in a row the role before it: "lawyers Ann Bell and Tom Roe"."""
    role, end = "", 0
    for name, figure in pairs:
        if not (role and text[end : name.whole.start] in _IN_A_ROW):
            role = _plural_role(text, name)
        if role and figure.kind is NameKind.PERSON:
            figure.learn(role)
        end = name.span.end


def _plural_role(text: str, name: Name) -> str:
    """Role in the singular if its plural precedes the name: "senator" for "Sens. Ann Bell"."""
    single = _plural_before(text, name, ("s ", ". "))
    short = people().short_roles.get(single, single)
    return short if short in people().roles else ""


@named_rule("kind-of-several", ())
def _of_one_kind(text: str, names: Sequence[Name]) -> Sequence[Name]:
    """Returns the names with the kind of a plural before them: "The shipbuilders Kaigan Heavy and
    Nomuro Marine" are both shipbuilders.
    """
    found: list[Name] = []
    kind = ""
    for at, name in enumerate(names):
        joined = text[names[at - 1].span.end : name.span.start] if at and kind else ""
        kind = kind if joined in _IN_A_ROW else _plural_kind(text, name)
        able = kind and name.kind in _MAY_BE_BODIES and not name.titles
        found.append(replace(name, kind=NameKind.ORGANISATION, body=kind) if able else name)
    return found


_IN_A_ROW = (", ", " and ", ", and ")
_MAY_BE_BODIES = (NameKind.UNKNOWN, NameKind.PERSON, NameKind.ORGANISATION)
KIND_REACH = 30
"""Characters before a name within which the word for its kind begins."""


def _plural_kind(text: str, name: Name) -> str:
    """Kind in the singular if a plural precedes the name, else an empty string: "shipbuilder" for
    "the shipbuilders Kaigan Heavy".
    """
    noun = _plural_before(text, name, ("s ",))
    return noun if noun in people().organisations_also and noun not in people().roles else ""


def _plural_before(text: str, name: Name, endings: tuple[str, ...]) -> str:
    """Singular of the plural before the name, which one of the endings closes, or empty."""
    start = name.span.start
    word = text[max(0, start - KIND_REACH) : start - 1].rpartition(" ")[2].lower().rstrip(".")
    closed = text.endswith(endings, 0, start) and word.endswith("s")
    return word.removesuffix("s") if closed else ""


@named_rule("known-as", False)
def _known_as(text: str, name: Name, after: Name) -> bool:
    """Whether an alias follows: "Yara Costa, known as Tuíra," or "Norman Cook, aka Fatboy Slim"."""
    several = text.startswith(" and ", after.span.end)
    if several:
        return False
    between = text[name.span.end : after.whole.start]
    if between in (", ", ", or "):
        return (_AS_KNOWN if "or" in between else _TO_ALL).match(text, after.span.end) is not None
    return _KNOWN_AS.fullmatch(text, name.span.end, after.whole.start) is not None


OFFICE_REACH = 60
"""Characters before an office's letters that its name may take."""

_AFTER_LETTERS = re.compile(r"\)(?: of [^,.;()\n]{3,50})?,? ")


@named_rule("letters-of-office", False)
def _holds_office(text: str, name: Name, after: Name) -> bool:
    """Whether the name is the letters of an office and its holder follows: "the Deputy Roads
    Commissioner (DRC), Ann Bell".
    """
    if after.kind is not NameKind.PERSON or text[name.span.start - 2 : name.span.start] != " (":
        return False
    before = text[max(0, name.span.start - OFFICE_REACH) : name.span.start - 2]
    if not is_office(before.rpartition(". ")[2].split()):
        return False
    return _AFTER_LETTERS.fullmatch(text, name.span.end, after.whole.start) is not None


def _comes_first(text: str, name: Name, after: Name) -> bool:
    """Whether the second name is the fuller: "Ravindra alias Ravi Tupe"."""
    if name.text.isupper():
        return _holds_office(text, name, after)
    alias = text[name.span.end : after.whole.start] == " alias "
    return alias and len(name.words) == 1 and is_full_person(after)


_BEFORE_ALIAS = frozenset(",() –-")


def _under_one_name(text: str, pairs: list[tuple[Name, Figure]]) -> list[tuple[Name, Figure]]:
    """Returns the pairs with every alias of a figure mapped to that figure."""
    others: dict[Figure, Figure] = {}
    for at, (name, figure) in enumerate(pairs):
        if text[name.span.end : name.span.end + 1] not in _BEFORE_ALIAS:
            continue
        for after, other in pairs[at + 1 : at + 3]:  # a place may be between the two
            if other is figure or other in others:
                continue
            if figure not in others and _comes_first(text, name, after):
                others[figure] = other
                other.names += figure.names
            elif other.kind is not NameKind.PLACE and _known_as(text, name, after):
                others[other] = others.get(figure, figure)
                others[other].names += other.names
    return [(name, others.get(figure, figure)) for name, figure in pairs] if others else pairs


def _names(article: Article, words: Words, persons: Sequence[Span] | None) -> list[Name]:
    found = with_joined(article.flow, find_names(article, words, persons))
    names = with_spelled_out(article.flow, found, words)
    names = apart(article.flow, with_listed(article.flow, names, words))
    return without_offices(article.flow, names, words, persons)


@named_rule("founder-s-firm", False)
def _is_still_a_firm(name: Name, figure: Figure, bodies: Bodies) -> bool:
    """Whether a word alone is a firm named before, not a person named later: "Talon" of Talon
    Freight, before Butch Talon.
    """
    alone = len(name.words) == 1 and not name.titles
    if not alone or bodies.firm(name_key(name.text)) is None:
        return False
    return all(one.span.start > name.span.start for one in figure.names)


@named_rule("spelled-out-acronym", MappingProxyType({}))
def _meanings(text: str, names: Sequence[Name]) -> Mapping[str, str]:
    """Maps acronyms to the names that the article gives for them: "International Monetary Fund
    (IMF)".
    """
    meanings: dict[str, str] = {}
    for name, after in pairwise(names):
        between = text[name.span.end : after.span.start]
        if between != " (":
            continue
        if len(name.words) < 2:
            spelled = _is_drawn(text, name, after)
        elif after.text.isupper():
            spelled = any(_spell(letters, after.text) for letters in initials_of(name.words))
            spelled |= _is_translated(text, name, after)
        else:
            alone = len(after.words) == 1 and text.startswith(")", after.span.end)
            spelled = alone and _is_clipped(after.text, name.words)
        if spelled:
            meanings.setdefault(after.text, name.text)
    return meanings


def _is_translated(text: str, name: Name, after: Name) -> bool:
    """Whether the letters in brackets are those of the name in another language: "Doctors Without
    Borders (MSF)".
    """
    letters = after.text
    able = name.kind is NameKind.ORGANISATION and after.kind is NameKind.ORGANISATION
    known = letters.lower() in single_names() or len(letters) < FEWEST_LETTERS
    return able and not known and text.startswith(")", after.span.end)


def _is_drawn(text: str, name: Name, after: Name) -> bool:
    """Whether the letters in brackets are the capitals of one word: "GlaxoSmithKline (GSK)"."""
    capitals = "".join(filter(str.isupper, name.text))
    drawn = after.text == capitals and len(capitals) > 1 and not name.text.isupper()
    return drawn and text.startswith(")", after.span.end)


def _is_clipped(short: str, words: Sequence[str]) -> bool:
    """Whether beginnings of the words spell it: "Comelec" for Commission on Elections."""
    left = short.lower()
    for word in map(str.lower, words):
        if word not in people().common:
            pairs = zip(left, word, strict=False)
            left = left[sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)) :]
    return not left


def _spell(initials: str, acronym: str) -> bool:
    """Whether the acronym's letters occur in order among the initials; some may be missing:
    "(OCHA)" for a United Nations Office.
    """
    left = iter(initials)
    return all(letter in left for letter in acronym.lower() if letter.isalpha())


def _recognise(figures: Iterable[Figure], known: Iterable[KnownSpeaker]) -> None:
    """Links figures to the speakers that speakers.toml declares, which supply id and name."""
    declared: dict[str, KnownSpeaker] = {}
    for speaker in known:
        for name in (speaker.name, *speaker.aliases):
            declared.setdefault(name_key(name), speaker)
    for figure in figures:
        figure.known = declared.get(name_key(figure.name))
        if figure.known:
            for description in figure.known.descriptions:
                figure.learn(description)
