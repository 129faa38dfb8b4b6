"""Figures: the people and things that an article names, and what it says about each.

Titles, appositions, parties and pronouns beside a name are recorded here; which names mean the same
figure is decided in cast.py.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from service.domain import KnownSpeaker, Span, Speaker, SpeakerKind, slug
from service.extraction.lexicon import cues
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.speakers.named_rules import named_rule
from service.extraction.speakers.names import Name, NameKind
from service.extraction.speakers.persons import is_postnominal
from service.names.folding import name_key
from service.names.lexicon import Gender
from service.names.persons import first_name_of

_KINDS = {
    NameKind.PERSON: SpeakerKind.PERSON,
    NameKind.ORGANISATION: SpeakerKind.ORGANISATION,
    NameKind.PLACE: SpeakerKind.ORGANISATION,
    NameKind.DOCUMENT: SpeakerKind.DOCUMENT,
}


BESIDE_BODIES = frozenset(("rival", "partner", "owner", "competitor"))
"""Roles that a body may have before its name: "Rival Acme said"."""
FORMER = frozenset(("former", "ex", "retired", "onetime", "one-time"))


class Figure(Struct, eq=False):
    """A person or thing that an article names; completed while the article is read.

    ``roles`` are lower-case words for what it is, ``attributes`` what else is said about that ("of
    the National Security Council"); a nationality is kept as its country. ``pronouns`` counts those
    that follow its name with no other name between. ``past`` are the roles it is said to have had,
    ``age`` is in years. ``undecided`` means one of several who bear the name. ``names`` are its
    mentions by name in reading order, ``full`` the first by its fullest name. ``nameless`` marks a
    figure known only by its kind ("a survey"), which in another source is a different one.
    """

    name: str
    kind: NameKind
    gender: Gender | None = None
    roles: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    past: frozenset[str] = frozenset()
    age: str = ""
    members: tuple["Figure", ...] = ()
    pronouns: dict[Gender, int] = {}
    names: list[Name] = []
    full: Span | None = None
    known: KnownSpeaker | None = None
    undecided: bool = False
    nameless: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.name.split())

    @property
    def last_word(self) -> str:
        """The last word of the name, without "Jr."."""
        words = self.words
        younger = len(words) > 1 and words[-1].lower().rstrip(".") in people().generations
        return words[-2] if younger else words[-1]

    def learn(self, phrase: str, *, former: bool = False) -> None:
        """Adds what a phrase says the figure is, or was if ``former``."""
        roles, attributes = role_words(phrase)
        if attributes:
            self.attributes |= attributes
        if not roles:
            return
        self.roles |= roles
        if former or attributes & FORMER:
            self.past |= roles
        elif self.past:
            self.past -= roles

    def speaker(self) -> Speaker:
        if self.known:
            return Speaker(self.known.id, self.known.name, self.known.kind)
        members = tuple(member.speaker() for member in self.members)
        if members:
            identity = "+".join(sorted(member.id for member in members))
            return Speaker(identity, self.name, SpeakerKind.GROUP, members)
        kind = _KINDS.get(self.kind, SpeakerKind.ORGANISATION)
        if self.kind is NameKind.UNKNOWN and self.gender:
            kind = SpeakerKind.PERSON
        return Speaker(slug(self.name), self.name, kind)

    def speaker_of(self, source: str) -> Speaker:
        """The figure as a speaker in the source with that id."""
        speaker = self.speaker()
        if not self.nameless:
            return speaker
        return replace(speaker, id=f"{speaker.id}-{sha256(source.encode()).hexdigest()[:8]}")


def gender_of(figure: Figure) -> Gender | None:
    """The figure's gender, else that of its first name; None if unknown."""
    return figure.gender or people().first_names.get(first_name_of(figure.words))


def finish(figure: Figure) -> None:
    """Sets gender and fullest name of a figure, once all its names are recorded."""
    if figure.kind is NameKind.PERSON and figure.name.isupper():
        figure.name = in_small_letters(figure.name)
    figure.gender = gender_of(figure) if figure.kind is NameKind.PERSON else figure.gender
    if figure.gender is None and figure.pronouns and len(figure.words) < 4:
        figure.gender = max(figure.pronouns, key=figure.pronouns.__getitem__)
    wanted = name_key(figure.name)
    fullest = [name for name in figure.names if name_key(name.text) == wanted] or figure.names
    titled = [name for name in fullest if name.titles]
    if figure.kind is NameKind.PERSON and len(figure.words) == 1 and len(titled) > 0:
        style = titled[0].titles[-1]
        figure.name = f"{style.title()} {figure.name}" if style in _STYLES else figure.name
    figure.full = (titled or fullest)[0].whole


_STYLES = frozenset(("sheikh", "sheikha", "pope"))
"""Are said with a single name: "Sheikh Hasina", "Pope Francis"."""


def in_small_letters(name: str) -> str:
    """A person's name that the article prints in capitals; a single word may be initials, as AOC.

    >>> [in_small_letters(name) for name in ("SEÁN O’DEA-MCKAY", "DR. J. VAN ESS", "AOC")]
    ['Seán O’Dea-McKay', 'Dr. J. van Ess', 'AOC']
    """
    words = name.split()
    if len(words) == 1:
        return name
    return " ".join(_cased(word, at) for at, word in enumerate(words))


def _cased(word: str, at: int) -> str:
    lower = word.lower()
    if at and lower in people().particles:
        return lower
    if lower.rstrip(".") in people().generations and not lower.startswith(("j", "s")):
        return word  # "III"
    return _MC.sub(
        lambda found: found.group(1) + found.group(2).upper(),
        _CASED.sub(lambda found: found.group().capitalize(), lower),
    )


_CASED = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:(?<=\w{2})[’'][^\W\d_]\b)?")
_MC = re.compile(r"\b(Mc)([^\W\d_])")
_APPOSITION = re.compile(
    r", (?!(?:and|or|but|who|whose|whom|which|where|when|while|as|after|before|said|says|told|tells"
    r"|added|adds|with)\b)((?:an?|the|his|her|now|then)? ?[^,.;:()“”\"\n]{3,90})"
)
_STATE = r"[A-Z][A-Za-z.]*(?: [A-Z][A-Za-z]*)?"
_AFFILIATION = re.compile(rf",? \(([DRI])-({_STATE})\)|, ([DRI])-({_STATE})")
_OF_STATE = re.compile(rf" of ({_STATE})")
_ANOTHERS = re.compile(r".*(?<! of) (?=(?:his|her|its|their) )")
_AGE = re.compile(r", (?:aged )?(\d{1,3})(?=[,.;]|\n| (?:and|who|of|from)\b)")
_YEAR_OLD = re.compile(r"\b(\d{1,3})-year-old (?:[\w-]+ ){0,3}$")
_LETTERS = re.compile(r",? ([A-Z][A-Za-z.]{1,5})\b\.?|,? \(([A-Z][A-Za-z.]{1,6})\)")
_WITH_FIELD = re.compile(
    r"((?:[A-Z][\w’-]+ )+)(?:of|for) (?:the )?((?:[A-Z][\w’-]+,? (?:(?:and|&) )?){0,6})$"
)
OFFICE_REACH = 90
"""Characters before a name within which the office begins whose field precedes the name."""
_OFFICE = re.compile(r"((?:[\w’'-]+ ){1,6})\(([A-Z]{2,6})\)(?: of [^,.;()\n]{3,50})?,? $")
"""An office with its letters before its holder: "Managing Director (MD) of the bank, Ann Bell"."""
_ENDS_APPOSITION = re.compile(r"(?: \([A-Z][A-Za-z.]{1,5}\))?,")
"""After "counsel for the union, Ann Bell (KC),": the comma, and letters before it."""
_WHO = re.compile(
    r",? who (?:is|was|served|serves|has served|worked|works)(?: as)? ([^,.;:()\n]{3,80})"
)
_WAS = re.compile(r",? who (?:was|served|worked) ")
_PREPOSITION = re.compile(
    r",? (?:of|for|to|in|at|from|on|with|by|who|whose|that|chaired|headed|led) "
)
_POSSESSIVE = re.compile(r"[’']s$")
_BRITISH = frozenset(("lab", "labour", "con", "tory", "green", "reform"))
_PARTIES = {"D": "democrat", "R": "republican", "I": "independent"}
_CLAUSE = re.compile(r"[^A-Z.;“”\"\n]*")
_PRONOUN = re.compile(
    r"\b(he|his|himself|she|herself"
    r"|her(?! (?:as|to|that|for|in|on|at|by|with|from|into|a|an|the|and)\b|[,.;:]|$))\b"
)
"""Excludes "her" as a verb's object, which is never its subject: "Doe described her as a
friend".
"""
_SPOUSE = re.compile(
    r"[’']s? (?:late |former |estranged )?(?:ex-)?(?:(wife|widow|girlfriend)|husband|boyfriend)\b"
)
_CAMPAIGN = re.compile(r"(?:[’']s)? (?:presidential |\w+ )?campaign\b")
_OWNER = re.compile(r"([A-Z][\w.-]+)[’']s? $")
_PARTY = re.compile(
    r"\b([A-Z]{2,6}|Labour|Conservative|Tory|Green|Congress|Reform) (?:[a-z-]+ ){0,2}$"
)
""" "SNP council" of "SNP council leader Ann Bell": letters of a party or body, or its name."""
_ROLE_BEFORE = re.compile(r"((?:[^\s,.;:()“”\"]+ ){0,7}[^\s,.;:()“”\"]+), $")


_APPEARS = re.compile(r", (prosecuting|defending|mitigating)\b")
""""Ann Bell, prosecuting, said"."""
STATE_REACH = 24
"""Characters after a name within which its state and party are given."""


def take_note(text: str, name: Name, figure: Figure) -> None:
    """Records a name of the figure and what is beside it: titles, appositions, party."""
    figure.names.append(name)
    if figure.kind is NameKind.UNKNOWN and name.kind is NameKind.PERSON:
        figure.kind = NameKind.PERSON
    if name.gender and figure.gender is None:
        figure.gender = name.gender
    gender = gender_after(text, name)
    if gender is not None:
        figure.pronouns[gender] = figure.pronouns.get(gender, 0) + 1
    after = text[name.span.end : name.span.end + 40]
    if "campaign" in after and _CAMPAIGN.match(after):
        figure.roles |= {"candidate"}
    if figure.kind is not NameKind.PERSON:
        if name.body:
            figure.roles |= set(name.body.split())
        if name.body and figure.kind is NameKind.UNKNOWN:
            figure.kind = NameKind.ORGANISATION
        return
    if name.titles:
        figure.learn(" ".join(name.titles))
        owner = _OWNER.search(text, max(0, name.whole.start - 40), name.whole.start)
        if owner:
            figure.learn(owner.group(1))
        party = _PARTY.search(text, max(0, name.whole.start - 40), name.whole.start)
        if party:
            figure.attributes |= {party.group(1).lower()}
    _note_office(text, name, figure)
    described = _note_before(text, name, figure)
    if after.startswith(" of "):
        _note_state(_OF_STATE.match(text, name.span.end, name.span.end + STATE_REACH), figure)
    if _goes_on(after):
        end = _note_letters_and_age(text, name, figure)
        if not described:  # else the comma after the name ends what it describes
            _note_after(text, end, figure)


def _goes_on(after: str) -> bool:
    """Whether "KC", an age, "(R-Ohio)", an apposition or "who is" may follow the name. Most names
    are followed by a verb, and need no search for any of them.
    """
    return after.startswith(", ") or (
        after.startswith(" ") and (after[1:2] in ("(", "w") or after[1:2].isupper())
    )


def _note_letters_and_age(text: str, name: Name, figure: Figure) -> int:
    """Records letters and an age after the name; returns where they end."""
    end = name.span.end
    letters = _LETTERS.match(text, end, end + 12)
    written = (letters.group(1) or letters.group(2)).replace(".", "").lower() if letters else ""
    if letters and is_postnominal(written.upper()):
        figure.learn(people().postnominals[written])
        end = letters.end()
    elif letters and letters.group(2):
        state = places().states.get(written)
        party = letters.group(2).isupper() or written in _BRITISH
        if state or party:  # "Ann Bell (Fla.)", "Ann Bell (ABC)"
            figure.attributes |= {(state or written).lower()}
            end = letters.end()
    age = _AGE.match(text, end, end + 14)
    if age:
        figure.age = age.group(1)
        end = age.end()
    return end


@named_rule("description-after", None)
def _note_after(text: str, end: int, figure: Figure) -> None:
    """Records "(D-Vt.)", ", the mayor of Ferryport," and "who was mayor" after the name."""
    party = _AFFILIATION.match(text, end, end + STATE_REACH)
    if party:
        figure.roles |= {_PARTIES[party.group(1) or party.group(3)]}
        _note_state(party, figure)
        end = party.end()
    appears = _APPEARS.match(text, end)
    if appears:
        figure.learn("prosecutor" if appears.group(1) == "prosecuting" else "lawyer")
    for pattern in (_APPOSITION, _WHO):
        found = pattern.match(text, end, end + 120)
        words = found.group(1).split()[:7] if found else []
        if found and _names_role(words) and not _speaks(words):
            figure.learn(found.group(1), former=_WAS.match(found.group()) is not None)
            _tell_gender(figure, found.group(1))


@named_rule("another-speaks-after", False)
def _speaks(words: Sequence[str]) -> bool:
    """Whether the words begin a clause about another: "his lawyer said", after "At the trial of Tom
    Roe,".
    """
    if words[0] not in ("his", "her", "their", "the"):
        return False
    return any(_bare(a) in people().roles and b in cues().report for a, b in pairwise(words))


def _note_state(found: re.Match[str] | None, figure: Figure) -> None:
    """Records the American state in the last group that matched: "of Texas", "R-Colo."."""
    name = found.group(found.lastindex or 0) if found else ""
    state = places().states.get(name.lower().rstrip("."))
    if state is not None:
        figure.attributes |= {state.lower()}


@named_rule("office-with-field", None)
def _note_office(text: str, name: Name, figure: Figure) -> None:
    """Records the office before its field: "Minister for Mines and Energy Ann Bell"."""
    before = text[max(0, name.whole.start - OFFICE_REACH) : name.whole.start]
    if " of " not in before and " for " not in before:
        return
    office = _WITH_FIELD.search(before)
    if not office or not (office.group(2) or name.titles):
        return
    if _bare(office.group(1).split()[-1]) not in people().relations:
        figure.learn(office.group(1))


def _note_before(text: str, name: Name, figure: Figure) -> bool:
    """Records "The mayor, Jane Doe," and "34-year-old Jane Doe"; returns True for the former."""
    start, end = name.whole.start, name.span.end
    before = text[max(0, start - 90) : start]
    letters = _OFFICE.search(before) if ") " in before or "), " in before else None
    if letters and _names_role(letters.group(1).split()):
        figure.learn(f"{letters.group(1)} {letters.group(2)}")
        figure.roles |= {letters.group(2).lower()}
    young = _YEAR_OLD.search(before) if "-year-old " in before else None
    if young:
        figure.age = young.group(1)
    before = before.removesuffix("the ")  # "her father, the Rev. Tom Roe,"
    if not before.endswith(", ") or not _ENDS_APPOSITION.match(text, end):
        return False
    described = _ROLE_BEFORE.search(before)
    phrase = _ANOTHERS.sub("", described.group(1)) if described else ""
    introduced = _names_role(_PREPOSITION.split(phrase)[0].split()[-1:])
    if introduced:
        figure.learn(phrase)
        _tell_gender(figure, phrase)
    return introduced


@named_rule("gender-of-description", None)
def _tell_gender(figure: Figure, phrase: str) -> None:
    """Records the gender of a role such as "widow" if the name's is unknown."""
    head, *_ = _PREPOSITION.split(phrase, maxsplit=1)
    roles = [word for word in map(_bare, head.split()) if word in people().roles]
    if roles and figure.gender is None:
        figure.gender = people().gendered_roles.get(roles[-1])


def gender_after(text: str, name: Name) -> Gender | None:
    """Gender of the pronoun that follows the name in its sentence with no other name between, or
    of whoever has a wife or a husband; None otherwise.
    """
    if name.possessive:
        spouse = _SPOUSE.match(text, name.span.end, name.span.end + 30)
        return (Gender.MALE if spouse.group(1) else Gender.FEMALE) if spouse else None
    clause = _CLAUSE.match(text, name.span.end, name.span.end + 100)
    words = clause.group() if clause else ""
    # most names are followed by neither, and need no search
    pronoun = _PRONOUN.search(words) if "he" in words or "hi" in words else None
    if pronoun is None:
        return None
    return Gender.FEMALE if pronoun.group(1) in ("she", "her", "herself") else Gender.MALE


def _names_role(words: Iterable[str]) -> bool:
    return any(_bare(word) in people().roles for word in words)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower()).strip(".,’'")


@lru_cache(maxsize=1 << 12)
def role_words(phrase: str) -> tuple[frozenset[str], frozenset[str]]:
    """Roles and attributes in a phrase that describes somebody.

    >>> [sorted(words) for words in role_words("former Russian Sen. of Tuva")]
    [['senator'], ['former', 'russia', 'tuva']]
    """
    head, *_ = _PREPOSITION.split(phrase, maxsplit=1)
    words_of_role = head.split()
    # "the mayor's spokesman" describes a spokesman
    owners = [at for at, word in enumerate(words_of_role[:-1], 1) if _POSSESSIVE.search(word)]
    words_of_role = words_of_role[owners[-1] :] if owners else words_of_role
    short = people().short_roles
    roles = people().roles.intersection(short.get(bare, bare) for bare in map(_bare, words_of_role))
    attributes = set()
    if "prime minister" in phrase.lower():
        roles |= {"premier"}
    if "member of parliament" in phrase.lower():
        roles |= {"mp"}
    for word in phrase.split()[:14]:
        bare = _bare(word)
        nation = places().nationalities.get(bare) or places().canonical.get(bare)
        attributes.add(nation.lower() if nation else people().short_roles.get(bare, bare))
    return roles, frozenset(attributes - roles - _EMPTY)


_EMPTY = word_class("empty")
