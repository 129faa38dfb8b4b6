"""Names: where an article names somebody or something, by capitals and word lists alone.

A name is a run of capitalised words (runs.py); titles before it are separated from it. Words of a
headline in title case count only if the article names them elsewhere. Which names mean the same
person is decided in cast.py.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from service.domain import Span
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.page.layout import Article
from service.extraction.page.words import AMPERSANDS, Spelling, Word, Words, find_headlines
from service.extraction.speakers.companies import COMPANY, body_of, has_legal_form
from service.extraction.speakers.kinds import Beside, may_be_dotted, parse
from service.extraction.speakers.kinds import NameKind as NameKind
from service.extraction.speakers.persons import (
    INITIAL,
    follows_role,
    is_first_name,
    is_personal,
    spoken_of_as_person,
)
from service.extraction.speakers.runs import find_runs, is_role
from service.names.folding import fold_name
from service.names.lexicon import Gender

_PEOPLE = people()
_PLACES = places()
_FIELDS = word_class("fields")


class Name(Struct, gc=False):
    """A name in the text.

    ``text`` is ``words`` joined by spaces; ``span`` is the bare name, ``whole`` includes the titles
    before it; ``titles`` are lower case; ``body`` is the kind of organisation it is said or known
    to be ("union"), or empty; ``nickname`` is the one in marks before the surname, or empty.
    """

    words: tuple[str, ...]
    kind: NameKind
    span: Span
    whole: Span
    titles: tuple[str, ...] = ()
    gender: Gender | None = None
    possessive: bool = False
    body: str = ""
    text: str = ""
    nickname: str = ""

    def __post_init__(self) -> None:
        self.text = " ".join(self.words)


def find_names(article: Article, words: Words, persons: Sequence[Span] | None = None) -> list[Name]:
    """Returns the names in reading order, without overlaps; ``words`` are all the article's, and
    ``persons`` the spans that the model marks as persons, None without a model.
    """
    titled, body = words.apart(find_headlines(article))
    reader = _Reader(article.flow, body, persons)
    runs = find_runs(article.flow, body, _words_in(words, persons or ()))
    names = [name for first, last in runs if (name := reader.read(first, last)) is not None]
    if not titled:
        return names
    return sorted(
        [*names, *_in_headlines(titled, names)], key=lambda name: (name.span.start, name.span.end)
    )


def _words_in(words: Words, persons: Sequence[Span]) -> frozenset[str]:
    forms, starts = words.forms, words.starts
    return frozenset(
        form.text
        for span in persons
        for form in forms[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    )


_ALONE = Beside()


class _Reader:
    """Reads the names in runs of capitalised words."""

    def __init__(self, text: str, words: Words, persons: Sequence[Span] | None) -> None:
        self._text = text
        self._words = words
        self._persons = persons or ()
        self._alone = persons is None

    def read(self, first: int, last: int) -> Name | None:
        """The name in words[first:last] with its titles separated; None if there is no name."""
        text, words = self._text, self._words
        beside = self._beside(first, last) if last - first > 1 else _ALONE
        parsed = parse(tuple(words.forms[first:last]), beside)
        if parsed is None:
            return None
        core = words[first + parsed.core : first + parsed.end]
        kind, titles = parsed.kind, parsed.titles
        if kind is None:
            speaking = self._alone or self._sees(core)
            kind = _kind_around(text, core, parsed.headed, speaking)
        kind, body = (kind, "") if titles else _beside(text, core, kind)
        seat = text.endswith(("the ", "The "), 0, core[0].start)
        if parsed.lettered and kind is NameKind.UNKNOWN and not body and not seat:
            kind = NameKind.PERSON
        if len(core) > 1 and not titles and _is_said_kind(text, core[0]):
            kind, body, core = NameKind.ORGANISATION, core[0].lower, core[1:]
            parsed = parsed._replace(words=())
        span = Span(core[0].start, core[-1].end)
        return Name(
            words=(not any(word.possessive for word in core[:-1]) and parsed.words)
            or _spelled_out(text, core),
            kind=kind,
            span=span,
            whole=Span(words.starts[first + parsed.whole], span.end) if titles else span,
            titles=titles,
            gender=parsed.gender,
            possessive=core[-1].possessive,
            body=body,
        )

    def _sees(self, core: Sequence[Word]) -> bool:
        """Whether the model marks a person in the name."""
        at = bisect_left(self._persons, core[-1].end, key=lambda span: span.start) - 1
        return at >= 0 and self._persons[at].end > core[0].start

    def _beside(self, first: int, last: int) -> Beside:
        end = last - 1 - (self._words.forms[last - 1].lower in _PEOPLE.generations)
        between = self._text[self._words.starts[first] : self._words.starts[end]]
        joined = any(sign in between for sign in (*AMPERSANDS, ", "))
        office, forename = self._after_office(first), self._is_forename(last - 2)
        if not self._persons:
            return Beside(joined, office, 0, forename)
        before, begins = self._before_person(first, last), self._begins_person(first)
        return Beside(joined, office, before, forename, begins)

    def _is_forename(self, at: int) -> bool:
        """Whether "Dean" of "Dean Marsh" is a first name, as the article has no dean."""
        word = self._words.forms[at]
        if word.lower not in _PEOPLE.first_names or not word.capital or not is_role(word):
            return False
        return re.search(rf"\b(?:{word.lower}|{word.text} of)\b", self._text) is None

    def _after_office(self, first: int) -> bool:
        """Whether "Commissioner for", or "Minister for Health and", precedes the run."""
        forms = self._words.forms
        at = first - 1
        if at > 0 and forms[at].text == "the":
            at -= 1
        if at < 1 or forms[at].text not in ("of", "for", "and", "to"):
            return False
        before = forms[at - 1].lower
        office = before in _PEOPLE.roles or before in _PEOPLE.short_roles
        named = before in _FIELDS or before == "state"
        return named or (office and forms[at].text != "and")

    def _before_person(self, first: int, last: int) -> int:
        """Number of words before the full name that the model marks at the run's end.

        A word that may be a first name unknown to the model is not taken for a title.
        """
        starts = self._words.starts
        at = bisect_left(self._persons, starts[first] + 1, key=lambda span: span.start)
        if at == len(self._persons) or self._persons[at].start > starts[last - 1]:
            return 0
        person = self._persons[at]
        begin = bisect_left(starts, person.start, first, last)
        opening = self._text[person.start : starts[begin]]  # ". Roe", marked without its initial
        whole = opening in ("", ". ") and person.end > starts[last - 1]
        while begin > first and self._goes_before(begin - 1):
            begin -= 1
        if begin > first and self._lacks_forename(begin):
            begin -= 1
        if not whole or last - begin < 2:
            return 0
        if self._words.forms[begin].text in _PEOPLE.particles:
            return 0  # "Abdul Rahman bin Ismail"
        several = begin - first > 1
        return begin - first if several or self._is_known(first) else 0

    def _lacks_forename(self, at: int) -> bool:
        """Whether the first name precedes what the model marks: "Emmet" of "Judge Emmet G. Roe"."""
        forms = self._words.forms
        before, text = forms[at - 1], forms[at].text
        if not before.capital or self._is_known(at - 1):
            return False
        office = is_role(before) or before.lower in _PEOPLE.honorifics
        return text in _SURNAME_BEGINS or not (office or INITIAL.fullmatch(text) is None)

    def _begins_person(self, first: int) -> bool:
        """Whether the model marks the word and the next as one person."""
        start, after = self._words.starts[first], self._words.starts[first + 1]
        at = bisect_left(self._persons, start, key=lambda span: span.start)
        found = self._persons[at : at + 1]
        return bool(found) and found[0].start == start and found[0].end > after

    def _goes_before(self, at: int) -> bool:
        """Whether the word is part of a name that the model may leave out: "Maria del", "S.",
        "Trịnh".
        """
        form = self._words.forms[at]
        if form.lower in _PEOPLE.honorifics:
            return False
        return (
            form.lower in _PEOPLE.particles
            or INITIAL.fullmatch(form.text) is not None
            or (
                form.capital
                and (is_first_name(form.lower) or fold_name(form.text) in _PEOPLE.family_first)
            )
        )

    def _is_known(self, at: int) -> bool:
        """Whether the word is known in a sense other than as a first name."""
        form = self._words.forms[at]
        return form.lower not in _PEOPLE.first_names and (
            form.lower in _FIELDS
            or form.lower.removesuffix("s") in _PEOPLE.roles
            or form.lower.removesuffix("es") in _PEOPLE.roles
            or form.lower in _PEOPLE.organisation_heads
            or form.lower in _PLACES.canonical
        )


_SURNAME_BEGINS = frozenset(("Ó", "Ní", "Nic", "Uí", "Mac", "Mc", "De", "Van", "Von"))
"""Begin a surname: the model's "Ó Sé" leaves out the first name before it."""
_BESIDE_OTHERS = frozenset(("rival", "competitor", "peer", "parent", "subsidiary", "owner"))
"""What a company is to another: "Rival Acme"."""
_DATELINE_ENDS = ("- ", "– ", "— ", ") ", ": ")
TOWN = 40
"""Characters before a dateline's region within which its line begins."""
_TOWN = re.compile(r"(?:\A|\n)[A-Z][A-Z .’'-]+, \Z")
"""The town of a dateline, before its region: "KLUANG, Johor:"."""


def _is_said_kind(text: str, word: Word) -> bool:
    """Whether the word is a kind before a name: "Carmaker Acme", "Carmakers Acme and Roe" or "Rival
    Acme", at a sentence's beginning, name Acme.
    """
    kinds = _PEOPLE.organisations_also
    single = word.lower.removesuffix("s")
    known = word.lower in kinds or single in kinds or single in _BESIDE_OTHERS
    if not known:
        return False
    opens = word.first or text.endswith(_DATELINE_ENDS, 0, word.start)
    return opens and word.lower not in _PEOPLE.organisation_heads


def _beside(text: str, core: Sequence[Word], kind: NameKind) -> tuple[NameKind, str]:
    """The kind of name, and the kind of organisation if the words beside the name state one."""
    start, end = core[0].start, core[-1].end
    if text.startswith(_DATELINE_ENDS, end) and _TOWN.search(text, max(0, start - TOWN), start):
        return NameKind.PLACE, ""
    body = body_of(text, start, end)
    if has_legal_form(text, end):
        return NameKind.ORGANISATION, f"{COMPANY} {body}".rstrip()
    if body and kind is NameKind.OTHER and len(core) > 1 and text.startswith(",", end):
        return NameKind.ORGANISATION, body  # "Debt Justice, a London-based charity,"
    if body and kind is NameKind.PERSON and core[0].lower not in _PEOPLE.first_names:
        return NameKind.UNKNOWN, body
    followed = kind in (NameKind.PERSON, NameKind.UNKNOWN) and text.startswith(", which ", end)
    followed = followed and core[-1].lower not in _PEOPLE.documents
    if not body and followed:  # "Harlan Steel, which employs 900 people,"
        union = text.startswith("represents ", end + len(", which "))
        return NameKind.ORGANISATION, _REPRESENTING if union else COMPANY
    thing = kind in (NameKind.ORGANISATION, NameKind.OTHER)
    if thing and not body and spoken_of_as_person(text, core):
        return NameKind.PERSON, body
    return kind, body


_REPRESENTING = "union association body"
"""What those are that represent somebody."""


def _spelled_out(text: str, core: Sequence[Word]) -> tuple[str, ...]:
    words: list[str] = []
    for at, word in enumerate(core):
        gap = text[core[at - 1].end : word.start] if at else ""
        if gap in AMPERSANDS:
            words.append("&")
        elif at and core[at - 1].possessive:
            words[-1] += gap.rstrip()
        elif gap == ", " and word.lower not in _PEOPLE.generations:
            words[-1] += ","
        words.append(_spelled(text, word))
    return tuple(words)


def _spelled(text: str, word: Word) -> str:
    """The word with its full stop, if it is an initial or "Jr."."""
    dotted = may_be_dotted(word.text) and text[word.end : word.end + 1] == "."
    return word.text + "." if dotted else word.text


def _kind_around(text: str, core: Sequence[Word], headed: bool, alone: bool) -> NameKind:
    """Kind of the name by the words around it; ``alone`` is True without a model, which is the
    better judge of who speaks as a person.
    """
    personal = len(core) > 1 and not headed and is_personal(text, core, alone)
    return NameKind.PERSON if personal or follows_role(text, core) else NameKind.UNKNOWN


def _in_headlines(words: Words, names: Sequence[Name]) -> Iterator[Name]:
    """Yields names in headlines that the article has elsewhere too, in full or by one of their
    words.
    """
    by_words: dict[tuple[str, ...], NameKind] = {}
    for name in names:
        if name.kind is not NameKind.OTHER:
            by_words.setdefault(tuple(word.lower() for word in name.words), name.kind)
        if name.kind is NameKind.PERSON and len(name.words) > 1:
            for part in {name.words[-1], name.words[0]} - {"Jr.", "Sr."}:
                by_words.setdefault((part.lower(),), NameKind.UNKNOWN)
    end = 0
    for at, form in enumerate(words.forms):
        if at < end or not form.capital:
            continue
        size, kind = _match(words.forms[at : at + 6], by_words)
        if size:
            end = at + size
            found = words[at:end]
            span = Span(found[0].start, found[-1].end)
            texts = tuple(word.text for word in found)
            possessive = found[-1].possessive
            yield Name(texts, kind, span, span, possessive=possessive)


def _match(
    forms: Sequence[Spelling], by_words: dict[tuple[str, ...], NameKind]
) -> tuple[int, NameKind]:
    """Number of the first words that form a known name, and its kind; 0 without one."""
    every = tuple(form.text.lower() for form in forms)
    for size in range(len(forms), 0, -1):
        lowers = every[:size]
        if lowers in by_words:
            return size, by_words[lowers]
        known_last = size == 2 and (lowers[1],) in by_words and forms[1].capital
        if known_last and lowers[0] in _PEOPLE.first_names:
            return size, NameKind.PERSON
        if " ".join(lowers) in _PLACES.canonical:
            return size, NameKind.PLACE
    return 0, NameKind.UNKNOWN
