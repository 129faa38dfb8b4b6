"""Kinds: what a run of capitalised words names, and which of them are titles, by the words alone.

Runs are found in runs.py; names.py reads the words around a name.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from service.extraction.lexicon.bodies import name_endings
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.page.words import Spelling
from service.extraction.speakers.body_runs import MANY
from service.extraction.speakers.companies import is_legal_form
from service.extraction.speakers.persons import ACRONYM, INITIAL, is_first_name, is_postnominal
from service.extraction.speakers.runs import ABBREVIATED, ADDRESSES, HEALTH_BODY, is_rank, is_role
from service.names.folding import fold_name
from service.names.lexicon import Gender

_PEOPLE = people()
_PLACES = places()
_LINKS = frozenset(("of", "on", "for", "to", "against"))
_NO_NAME = _LINKS | {"and"} | _PEOPLE.generations
_PERSONAL = word_class("personal_offices")
"""Only persons have them: "Captain MOSS", but not "Secretary NATO"."""
_ORDINARY_HONORIFICS = word_class("plain_honorifics")
_PEOPLES = ("-americans", "ericans", "exicans", "ristians", "vangelicals", "hispanics", "latinos")
_WITNESSES = frozenset(("witnesses", "eyewitnesses"))
_PROGRAMMES = frozenset(("now", "live", "tonight", "show"))
"""End the title of a programme named after somebody: "Larry King Live"."""
_SURNAMES = word_class("surnames")
"""Offices not used as a form of address, so that "Mr King" and "Ms Pope" are names."""
_DISTRICTS = (
    *(f"{kind} district" for kind in sorted(word_class("districts"))),
    *(" funeral home", " nursing home", " care home"),
)
"""Districts that are bodies rather than areas: "Larkin School District"; and homes likewise."""
_LEADING = word_class("leading")
_FIELDS = word_class("fields")
_NO_PERSONS = _FIELDS | _PEOPLE.organisation_heads | _PLACES.canonical.keys()
_CLOSED = word_class("closed")
LONG_SURNAME = 7
"""A field of more letters is nobody's surname, as "Rice" or "Power" may be."""
_STORMS = word_class("storms")
_QUALIFYING = tuple(word_class("qualifying"))
_SHIPS = word_class("ships")


class NameKind(StrEnum):
    """The kind of thing a name names. Documents and groups are made elsewhere."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    DOCUMENT = "document"
    GROUP = "group"
    OTHER = "other"  # events, laws, nationalities, which do not speak
    UNKNOWN = "unknown"


class Beside(NamedTuple):
    """What the words around a run say: whether an "&" is in it, whether an office and "of" precede
    it, how many of its words precede the person that the model marks in it, whether the word before
    its last is a first name although it could be a title, and whether the model marks a full name
    from its first word on.
    """

    joined: bool = False
    after_office: bool = False
    before_person: int = 0
    forename: bool = False
    begins_person: bool = False


class Parsed(NamedTuple):
    """A run read by its words alone.

    The titles begin at ``whole``; the name is ``run[core:end]``. ``kind`` is None if the words
    around the name decide. ``headed`` says whether a word like "committee" is in it, ``lettered``
    whether letters like "KC" follow it. ``words`` is empty if marks between them belong to the
    name.
    """

    whole: int
    core: int
    end: int
    titles: tuple[str, ...]
    gender: Gender | None
    kind: NameKind | None
    headed: bool
    lettered: bool
    words: tuple[str, ...]


@lru_cache(maxsize=1 << 13)  # the same names recur, in an article and in the next
def parse(run: tuple[Spelling, ...], beside: Beside) -> Parsed | None:
    """Reads a run; None if it is not a name."""
    trimmed = _trimmed(run, beside)
    if trimmed is None:
        return None
    first, last = trimmed
    if _is_storm_or_ship(run[first:last]):
        words = tuple(form.text for form in run[first:last])
        return Parsed(first, first, last, (), None, NameKind.OTHER, False, False, words)
    lettered = last
    while first < last and is_postnominal(run[last - 1].text):
        last -= 1
    while last - first > 1 and is_legal_form(run[last - 1].text) and not beside.joined:
        last -= 1
    if not any(form.capital for form in run[first:last]):
        return None  # "officer MSP"
    seen = beside.before_person if first < beside.before_person < last else 0
    first_of_name = seen or first
    titled = not seen or is_role(run[seen]) or _honours(run[seen : seen + 2]) > 0
    core = first_of_name
    core += _title_end(run[first_of_name:last], beside) if titled else 0
    core -= beside.forename and first < core == last - 1
    detective = first < core < last - 1 and run[core - 1].lower in ("det", "detective")
    core += detective and run[core].text == "Con"  # "Det Con Ann Bell"
    if core == last:
        return None
    titles = run[first:core]
    kind = NameKind.PERSON if seen else _kind(titles, run[core:last], beside.joined)
    if kind is not NameKind.PERSON:
        core = _after_roles(run, first if titles else core, last)
        titles = ()
        kind = _kind((), run[core:last], beside.joined)
    texts = tuple(form.text for form in run[core:last])
    return Parsed(
        whole=first,
        core=core,
        end=last,
        titles=tuple(form.lower for form in titles),
        gender=_gender(titles),
        kind=kind,
        headed=any(form.lower in _PEOPLE.organisation_heads for form in run[core:last]),
        lettered=last < lettered,
        words=() if beside.joined or any(map(may_be_dotted, texts)) else texts,
    )


def _trimmed(run: Sequence[Spelling], beside: Beside) -> tuple[int, int] | None:
    """First and last word index of the name without common words around it; None if nothing is
    left.
    """
    first, last = _first(run, beside), len(run)
    if run[-1].text not in HEALTH_BODY:
        while first < last and (not run[last - 1].capital or run[last - 1].lower in _CLOSED):
            last -= 1
    alone = last - first == 1 and run[first].lower in _PEOPLE.common
    if first == last or (alone and not _keeps(run[first:last])):
        return None
    return first, last


def _first(run: Sequence[Spelling], beside: Beside) -> int:
    """Index of the first word that may belong to a name. Bodies before a lower-case title were
    found as names of their own.
    """
    for at, word in enumerate(run):
        if word.lower.endswith(_QUALIFYING):
            continue
        forename = is_first_name(word.lower) or word.text == "Al"
        begins_person = beside.begins_person and forename  # "Will Roe"
        january = word.text == "Jan" and len(run) - at > 1
        if begins_person or january or word.lower not in _PEOPLE.common or _keeps(run[at:]):
            return at
    return len(run)


def _is_storm_or_ship(run: Sequence[Spelling]) -> bool:
    """Whether it names a storm or ship: "Cyclone Freddy", "USS Gerald Ford"."""
    at = 1 if len(run) > 2 and run[0].lower in ("tropical", "super") else 0
    if len(run) < 2:
        return False
    return run[0].text in _SHIPS or (run[at].lower in _STORMS and run[at].capital)


def _after_roles(run: Sequence[Spelling], first: int, last: int) -> int:
    """Index at which a name that is not a person's begins: after the "broadcaster" of "UK
    broadcaster Virgin Radio".
    """
    roles = (at for at in range(last - 2, first - 1, -1) if run[at].text.islower())
    after = next((at + 1 for at in roles if is_role(run[at])), first)
    return next(at for at in range(after, last) if run[at].capital)


def _keeps(run: Sequence[Spelling]) -> bool:
    """Whether a common first word belongs to the name: "New York", "Black Lives Matter", "American
    Civil Liberties Union", "Russian President".
    """
    if run[0].text in HEALTH_BODY:
        return True
    if len(run) == 1:
        return run[0].lower in _PLACES.canonical or run[0].lower in _PLACES.nationalities
    if run[0].lower in _PEOPLE.family_first and len(run) > 2 and run[0].capital:
        return True  # "Low Beng Choon"
    if run[0].lower == "all":
        return len(run) > 2 and run[-1].lower in _PEOPLE.organisation_heads
    if run[0].text in ("A", "I"):
        return True  # "A. H. Roe"
    pair = f"{run[0].lower} {run[1].lower}"
    if run[0].lower in ADDRESSES:
        return True
    return (
        pair in _PLACES.canonical
        or run[0].lower in _PLACES.nationalities
        or run[0].lower in _LEADING
        or run[0].possessive
        or run[0].lower in _PEOPLE.titles
        or any(word.lower in _PEOPLE.organisation_heads for word in run[1:] if word.capital)
    )


def are_people(word: str) -> bool:
    """Whether the word is a plural for a people: "african-americans", "nigerians", or "witnesses".

    >>> [are_people(word) for word in ("christians", "kenyans", "christian", "evans")]
    [True, True, False, False]
    """
    one = word.removesuffix("s")
    from_there = one != word and (one in _PLACES.nationalities or one in _PLACES.demonyms)
    return from_there or word.endswith(_PEOPLES) or word in _WITNESSES


def _are_many(word: Spelling) -> bool:
    """Whether it is a plural that opens a report in capitals: "WORKERS at the mill"."""
    one = word.lower.removesuffix("s")
    return (
        word.text.isupper() and one != word.lower and (word.lower in MANY or one in _PEOPLE.roles)
    )


def may_be_dotted(word: str) -> bool:
    """Whether a full stop after the word is part of the name: an initial or "Jr"."""
    return len(word) == 1 or word in ("Jr", "Sr") or word in ABBREVIATED


def _title_end(run: Sequence[Spelling], beside: Beside) -> int:
    """Number of words before the name itself."""
    if len(run) == 1:
        return 0
    lowers = [word.lower for word in run]
    end = 0
    for at, lower in enumerate(lowers[:-1]):
        if at + 2 < len(lowers) and _honours(run[at : at + 2]) == 2:
            end = at + 2
            continue
        title = (
            is_role(run[at])
            or (lower in _PEOPLE.honorifics and run[at].capital)
            or (is_rank(run[at]) and not run[at + 1].text.isupper() and not _initials(run, at))
            or (
                at == 0
                and lower.endswith("s")
                and lower[:-1] in _PEOPLE.roles
                and is_first_name(run[1].lower)
            )
            or (at == 0 and len(run) == 2 and lower in _ADDRESSED)  # "Professors Bell and Roe"
        )
        programme = lowers[at + 1] in _PROGRAMMES and at > 0  # "Larry King Now"
        if title and not programme and lowers[at + 1] not in _NO_NAME:
            end = at + 1
    if end == 0 and lowers[0] in _PLACES.nationalities and len(run) > 2:
        end = 1 if is_first_name(run[1].lower) else 0
    bodily = lowers[-1] in _PEOPLE.organisation_heads or lowers[-1] in _PEOPLE.events
    person = lowers[end - 1] in _PEOPLE.honorifics or is_first_name(run[end].lower)
    if end and bodily and not person:
        return 0
    marked = beside.begins_person and not lowers[0].endswith("s")  # "Tories Ann Bell and"
    whole = marked or is_first_name(lowers[0]) or fold_name(lowers[0]) in _PEOPLE.family_first
    if end == 0 and len(run) > 2 and "of" not in lowers and not whole:
        end = _before_first_name(run, lowers)
    return _fields_end(run, lowers) if end == 0 and beside.after_office else end


def _initials(run: Sequence[Spelling], at: int) -> bool:
    """Whether the letters between an office and a surname are initials: "Minister SP Roe", but
    "Deputy PM Roe".
    """
    office = at > 0 and is_role(run[at - 1]) and not is_rank(run[at - 1])
    deputy = office and run[at - 1].lower in _PEOPLE.modifiers
    return office and not deputy and run[at].length == 2 and at == len(run) - 2


def _honours(words: Sequence[Spelling]) -> int:
    """How many of the first two words are an honorific: 2 for "Tan Sri", 1 for "Dr"."""
    if len(words) > 1 and f"{words[0].lower}-{words[1].lower}" in _PEOPLE.honorifics:
        return 2
    return int(words[0].lower in _PEOPLE.honorifics)


_ADDRESSED = word_class("addressed")


def _fields_end(run: Sequence[Spelling], lowers: Sequence[str]) -> int:
    """Index at which the name begins after an office's field, "(commissioner for) Home Affairs Ylva
    Brandt", or seat, "(archbishop of) York Ylva Brandt"; 0 without one.
    """
    end = 0
    while end < len(lowers) - 2 and _is_field(lowers[end]):
        end += 1
    named = (
        end
        and _NO_PERSONS.isdisjoint(lowers[end:])
        and not any(w.text.isupper() and w.length > 1 for w in run[end:])
    )
    return end if named else 0


def _is_field(word: str) -> bool:
    field = word in _FIELDS or f"{word}s" in _FIELDS
    return field or word in _PLACES.canonical or word in _PLACES.nationalities


def _before_first_name(run: Sequence[Spelling], lowers: Sequence[str]) -> int:
    """Index of a first name within the run, which begins the name: "Rival Bill Clinton", "State
    John Kerry"; 0 without one.
    """
    for at in range(1, len(run) - 1):
        first_name = run[at].capital and is_first_name(run[at].lower)
        if first_name and lowers[at - 1] not in _PEOPLE.particles:
            tail = lowers[at + 1 :]
            initials = INITIAL.fullmatch(run[0].text)
            bodily = set(tail) & _PEOPLE.organisation_heads or tail[-1] in name_endings()
            return 0 if initials or bodily else at
    return 0


def _is_hyphened_forename(word: str) -> bool:
    first, _, second = word.partition("-")
    return first.istitle() and second.islower()


def _gender(titles: Sequence[Spelling]) -> Gender | None:
    for word in reversed(titles):
        gender = _PEOPLE.honorifics.get(word.lower) or _PEOPLE.gendered_roles.get(word.lower)
        if gender:
            return gender
    return None


def _kind(titles: Sequence[Spelling], core: Sequence[Spelling], joined: bool) -> NameKind | None:
    """Kind of the name by its words; None if they do not show it."""
    listed = _listed_kind(titles, core, joined)
    if listed is not None:
        return listed
    lowers = [word.lower for word in core]
    whole = " ".join(lowers)
    surname_first = len(core) == 2 and lowers[0] in _PEOPLE.family_first
    if surname_first and not titles and _is_hyphened_forename(core[1].text):
        return NameKind.PERSON  # "Park Seo-yeon"
    named_so = (
        lowers[0] in _PEOPLE.first_names and len(core) > 1 and lowers[-1] not in _PEOPLE.events
    )
    surname = bool(titles) and titles[-1].lower in _ORDINARY_HONORIFICS and whole in _SURNAMES
    office = whole in _PEOPLE.titles and not surname
    if (set(lowers) & _PEOPLE.events and not titles and not named_so) or office:
        return NameKind.OTHER
    if len(core) == 1 and (is_rank(core[0]) or are_people(whole) or _are_many(core[0])):
        return NameKind.OTHER
    held = bool(titles) and titles[-1].lower in _PEOPLE.titles and len(whole) > LONG_SURNAME
    if held and _FIELDS.issuperset(lowers):
        return NameKind.OTHER  # "Secretary Information"
    labelled = bool(titles) and (  # "JUSTICE ROE:", "Mr ROE:"
        all(word.text.isupper() for word in titles)
        or titles[-1].lower in _PEOPLE.honorifics
        or titles[-1].lower in _PERSONAL
    )
    acronym = len(core) == 1 and len(whole) < 7 and ACRONYM.fullmatch(core[0].text)
    if acronym and not labelled:
        return NameKind.ORGANISATION
    named = lowers[0] in _PEOPLE.first_names or lowers[-1] in _SURNAMES
    if lowers[-1] in _PEOPLE.titles and not named and len(core) > 1 and "for" not in lowers:
        return NameKind.OTHER
    if titles and len(core) == 1 and whole in name_endings() and titles[0].capital:
        return None  # "Gulf Star Petroleum"
    if titles:
        contest = titles[-1].lower == "miss" and len(core) == 1  # Miss Universe
        return NameKind.UNKNOWN if contest else NameKind.PERSON
    return None


def _listed_kind(
    titles: Sequence[Spelling], core: Sequence[Spelling], joined: bool
) -> NameKind | None:
    """Kind of places, nations and bodies in the lists; None for any other name."""
    lowers = [word.lower for word in core]
    whole = " ".join(lowers)
    if whole in _PLACES.canonical or (len(core) == 1 and core[0].text.lower() in _PLACES.canonical):
        return NameKind.PLACE
    if whole in _PLACES.nationalities or whole in _PLACES.demonyms:
        return NameKind.OTHER
    if joined:
        return NameKind.ORGANISATION
    heads = _PEOPLE.organisation_heads
    if len(core) > 1 and (lowers[-1] in heads or (_LINKS & set(lowers) and set(lowers) & heads)):
        both = is_first_name(core[0].lower) and len(core) == 2 and titles
        return NameKind.PERSON if both else NameKind.ORGANISATION
    if len(core) > 1 and whole.endswith(_DISTRICTS):
        return NameKind.ORGANISATION
    bodily = lowers[0] in _PLACES.nationalities or not {"and", *heads}.isdisjoint(lowers[:-1])
    if whole.endswith(" executive") and bodily and not titles:
        return NameKind.ORGANISATION
    if len(core) > 2 and lowers[-1] in _PROGRAMMES:
        return NameKind.ORGANISATION
    if sum(word.capital for word in core) > 5:
        return NameKind.OTHER  # a headline's words
    if whole in _PEOPLE.organisations or whole == "white house":
        return NameKind.ORGANISATION
    return None
