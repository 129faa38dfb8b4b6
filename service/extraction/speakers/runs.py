"""Runs: capitalised words side by side, with the links in them and the titles before.

Which of a run's words are a name, and of what, is read in names.py.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter

from service.extraction.lexicon.bodies import single_names
from service.extraction.lexicon.people import people, places, word_class
from service.extraction.page.words import AMPERSANDS, Spelling, Words
from service.extraction.speakers.body_runs import (
    DIRECTIONS,
    FIELDS,
    HEADED,
    MANY,
    OF_MANY,
    OWNING,
    describes_body,
    goes_on_in_list,
    has_fields,
    one_body,
    opens_body,
    owned_by_many,
)
from service.extraction.speakers.persons import ACRONYM, INITIAL

_OFFICE_ENDINGS = ("ologist", "ographer", "woman", "-general", "-in-chief")
SHORT = 7
"""Words of no more letters are too short to be an office with one of these endings."""
LONGEST_RUN = 16
"""Longest run in words; longer runs of capitals are not names, and texts full of them must not cost
more.
"""

HEALTH_BODY = ("WHO",)
"""In capitals it is not the pronoun; a line all in capitals is read apart."""
ADDRESSES = frozenset(("madam", "sir"))
"""Common words that are also forms of address: "Madam Roe"."""
ABBREVIATED = frozenset(map(str.title, word_class("shortened_names")))
"""Abbreviated first names, written with a full stop: "Ma. Theresa", "Md. Rahman"."""
_FULL_STOP_GAP = re.compile(r"\. +")
_GAP = re.compile(r" +")
_QUESTION = re.compile(r"Q\d{0,4}")
"""Opens a question in the record of a hearing: "Q13 Mr Odell:", "Q Sir, is it final?"."""
_TEXT = attrgetter("text")
_CAUSES = frozenset(("alliance", "campaign", "coalition", "committee", "center", "americans"))
_PEOPLE = people()
_PLACES = places()
_LEADING = word_class("leading")
_CLOSED = word_class("closed")
_ADVOCATES = word_class("advocates")
_FELLOWS = word_class("fellows")
_SEATS = word_class("seats")
_RANKS = word_class("ranks")


def find_runs(
    text: str, words: Words, known: frozenset[str] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Yields each run as (first, end) word indices, lower-case links and leading titles included;
    words ``known`` from names may begin a run at a sentence's beginning too.
    """
    settled = _settled_words(words) | known
    end, count = 0, len(words)
    for at in words.capitals:
        if at < end or _opens_no_name(text, words, at, settled):
            continue
        end = at + 1
        while end < count and end - at < LONGEST_RUN:
            ahead = _links(text, words, at, end)
            if ahead is None:
                break
            end = ahead
        yield _titles_start(text, words, at), end


def is_role(word: Spelling) -> bool:
    """Whether the word is a role. A family name that is also an occupation counts only in
    lower case.
    """
    if word.text in _PEOPLE.roles or word.lower in _PEOPLE.titles:
        return True
    first, _, last = word.lower.rpartition("-")
    if first and last in _PEOPLE.titles:
        return True  # "co-anchor", "Oscar-winner"
    return word.length > SHORT and word.lower.endswith(_OFFICE_ENDINGS)


def is_rank(word: Spelling) -> bool:
    """Whether the word is an office in capitals: "MP", "DCI"."""
    return word.lower in _RANKS and word.text.isupper()


def _settled_words(words: Words) -> frozenset[str]:
    """Words capitalised in mid-sentence and never in lower case, likely names."""
    texts = set(map(_TEXT, set(words.forms)))
    inner = {words.forms[at].text for at in words.inner_capitals}
    return frozenset(text for text in inner if text.lower() not in texts)


def _opens_no_name(text: str, words: Words, at: int, settled: frozenset[str]) -> bool:
    form = words.forms[at]
    lower = form.lower
    if form.text in HEALTH_BODY:
        return False
    following = words.forms[at + 1] if at + 1 < len(words.forms) else None
    if form.text in ("A", "I") and _is_initial(text, words, at):
        return False
    forename = lower in _PEOPLE.first_names or form.text == "Al"
    if forename and form.text in settled and following and following.capital:
        return False  # "Will Roe"
    if words.is_first(at) and _QUESTION.fullmatch(form.text):
        return True
    if words.is_first(at) and lower == "senior" and following and ACRONYM.fullmatch(following.text):
        return True  # "Senior FBI officials"
    if _is_capitalised_lead(words, at):
        return True
    if lower in _PLACES.canonical and form.text.isupper() and len(form.text) > 1:
        return False
    surname = form.text in settled and lower in _PEOPLE.family_first and not words.is_first(at)
    if lower in ADDRESSES and following and following.capital:
        return False
    if following and following.capital and lower not in _CLOSED and _follows_role(text, words, at):
        return False  # "chairperson Boy Roe", "officer May Roe"
    if lower in _PEOPLE.common and not surname and not (lower == "jan" and _is_forename(words, at)):
        pair = f"{lower} {following.lower}" if following else ""
        leads = following is not None and following.capital and lower in _LEADING
        country = following and following.capital and following.lower in _PLACES.canonical
        leads = leads or (lower == "all" and bool(country))  # "All Pakistan Mills Association"
        leads = leads or (form.possessive and form.capital and owned_by_many(words, at + 1))
        leads = leads or (form.capital and describes_body(words, at))
        return not (leads or pair in _PLACES.canonical or lower in _PLACES.nationalities)
    if words.is_first(at) and following and following.text == "and" and lower in _PEOPLE.roles:
        return True  # "Glaciologist and author Ann Bell"
    return _begins_sentence(text, words, at, settled)


def _is_initial(text: str, words: Words, at: int) -> bool:
    """Whether the word is an initial rather than an article or pronoun: "A. H. Roe", "A K Roe"."""
    after = words.forms[at + 1 : at + 3]
    if len(after) < 2 or not after[0].capital or words.is_first(at + 1):
        return False
    dotted = text.startswith(". ", words.end(at))
    return dotted or (len(after[0].text) == 1 and after[1].capital)


def _is_capitalised_lead(words: Words, at: int) -> bool:
    """Whether it is a body's common noun at an article's beginning in capitals: "A UNION said"."""
    form = words.forms[at]
    noun = form.text.isupper() and form.lower in _PEOPLE.organisation_heads
    return noun and at == 1 and words.forms[0].lower in ("a", "an", "the")


def _begins_sentence(text: str, words: Words, at: int, settled: frozenset[str]) -> bool:
    """Whether only the sentence's beginning gives the word its capital, as far as what follows
    tells.
    """
    form = words.forms[at]
    lower = form.lower
    following = words.forms[at + 1] if at + 1 < len(words.forms) else None
    known = form.text in settled or (form.text[:1] == "D" and f"d{form.text[1:]}" in settled)
    mixed = form.text.isalpha() and not form.text[1:].islower() and not form.text.isupper()
    if not words.is_first(at) or known or mixed or ACRONYM.fullmatch(form.text):
        return False  # "JPMorgan" among them
    if lower in _openings():
        return False
    if following and lower in FIELDS and opens_body(text, words, at):
        return False
    if following and following.text == "of" and at + 2 < len(words.forms):
        return not _advocates((form,), "of", words.forms[at + 2])
    if following and following.text == "and" and _pairs_names(words, at):
        return False
    if not (following and following.capital):
        return True
    end = words.starts[at] + form.length
    gap = words.starts[at + 1] - end
    if gap == 2 and text[end] == "." and INITIAL.fullmatch(form.text):
        return False  # "P. S. Roe"
    return gap != 1 and text[end : end + gap] not in AMPERSANDS


def _pairs_names(words: Words, at: int) -> bool:
    """Whether "and" joins the word to another name, and it is not an ordinary word: "Citi and
    Nomura".
    """
    lower, last = words.forms[at].lower, at + 2 == len(words) - 1
    lists = (_PEOPLE.roles, _PEOPLE.anonymous, _PEOPLE.organisation_heads, FIELDS, MANY)
    if last or at + 3 > len(words) or lower.endswith("s") or any(lower in one for one in lists):
        return False
    other, after = words.forms[at + 2], words.forms[at + 3]
    return other.capital and other.lower not in _CLOSED and not after.capital


def _follows_role(text: str, words: Words, at: int) -> bool:
    """Whether a role in lower case precedes the word in its sentence."""
    if at == 0 or words.is_first(at):
        return False
    before = words.forms[at - 1]
    beside = text[words.end(at - 1) : words.starts[at]] == " "
    return beside and not before.capital and not before.possessive and is_role(before)


def _is_forename(words: Words, at: int) -> bool:
    """Whether "Jan" is a first name: "Jan van der Molen", but not "Jan 6"."""
    if at + 1 == len(words):
        return False
    after = words.forms[at + 1]
    return (after.capital and after.text.isalpha()) or after.text in _PEOPLE.particles


@cache
def _openings() -> frozenset[str]:
    """Words that begin a name even at a sentence's beginning."""
    titles = _PEOPLE.titles | _PEOPLE.honorifics.keys() | _PEOPLE.particles
    bodies = _PEOPLE.organisations | single_names()
    return titles | bodies | _PEOPLE.first_names.keys() | _PLACES.canonical.keys()


def _links(text: str, words: Words, first: int, at: int) -> int | None:
    """Index after the next word of the run that begins at ``first``, or None if the run ends."""
    before, word = words.forms[at - 1], words.forms[at]
    gap = text[words.end(at - 1) : words.starts[at]]
    if gap in OF_MANY and before.lower.endswith("ng"):
        gap = " "  # "Mercy Achieng' Oduor"
    if before.possessive or gap in OF_MANY:
        return at + 1 if gap in OWNING and owned_by_many(words, at) else None
    if gap in AMPERSANDS:
        return at + 1 if _one_firm(words, at) else None
    if gap == ", ":
        junior = word.lower in _PEOPLE.generations and at - first > 1
        return at + 1 if junior or goes_on_in_list(words, first, at) else None
    if (
        gap != " "
        and not _GAP.fullmatch(gap)
        and not (_FULL_STOP_GAP.fullmatch(gap) and _is_dotted(before))
    ):
        return None
    if word.capital:
        initial = len(word.text) == 1 and text.startswith(".", words.end(at))  # "Samuel A. Alito"
        closed = word.lower in _CLOSED and word.lower in _PEOPLE.common and not initial
        return None if closed and not _is_addressed(words, at) else at + 1
    if word.text not in _joints():
        return None
    after = words.forms[at + 1] if at + 1 < len(words) else None
    if after is None or not _GAP.fullmatch(text, words.end(at), words.starts[at + 1]):
        return None
    if after.text == "the" and word.text in (*HEADED, "and") and at + 2 < len(words):
        run, named = words.forms[first:at], words.forms[at + 2]
        fits = _and_joins(run, named) if word.text == "and" else _of_joins(run)
        joined = named.capital and (fits or _advocates(run, word.text, named))
        return at + 3 if joined else None
    if {word.text, after.text} <= _PEOPLE.particles and at + 2 < len(words):
        of_a_name = words.forms[at + 2].capital and _GAP.fullmatch(
            text, words.end(at + 1), words.starts[at + 2]
        )
        return at + 3 if of_a_name else None
    joined = after.capital and (
        _joins(words.forms[first:at], word.text, after)
        or (word.text == "and" and one_body(words, first, at))
    )
    return at + 2 if joined else None


def _is_addressed(words: Words, at: int) -> bool:
    """Whether a word such as "Monday" is a first name: "Mr Monday Roe"."""
    addressed = words.forms[at - 1].lower in _PEOPLE.honorifics
    return addressed and at + 1 < len(words) and words.forms[at + 1].capital


@cache
def _joints() -> frozenset[str]:
    return _PEOPLE.particles | HEADED | {"to", "against", "at", "and"}


def _is_dotted(word: Spelling) -> bool:
    """Whether a full stop after the word does not end the sentence."""
    short = word.lower in _PEOPLE.honorifics or word.lower in _PEOPLE.short_roles
    short = short or word.text in ABBREVIATED
    return short or INITIAL.fullmatch(word.text) is not None or word.lower in ("st", "jr")


def _joins(run: Sequence[Spelling], link: str, after: Spelling) -> bool:
    """Whether the run continues across a lower-case word to the capitalised one after it."""
    if link in _PEOPLE.particles:
        return True
    if link in HEADED:
        return after.lower not in _CLOSED and (_of_joins(run) or _advocates(run, link, after))
    if link in ("to", "against"):
        return run[-1].lower in _CAUSES
    if link == "at":
        return run[0].text == "University"
    return _and_joins(run, after)


def _one_firm(words: Words, at: int) -> bool:
    """Whether "&" joins one firm's name: "Marks & Spencer", but "Bill & Hillary Clinton" are
    two.
    """
    word, following = words.forms[at], words.forms[at + 1] if at + 1 < len(words) else None
    beside = following is not None and words.starts[at + 1] == words.end(at) + 1
    surname_follows = following is not None and following.capital and beside
    couple = {words.forms[at - 1].lower, word.lower} <= _PEOPLE.first_names.keys()
    return word.capital and not (couple and surname_follows)


def _advocates(run: Sequence[Spelling], link: str, after: Spelling) -> bool:
    """Whether the link belongs to a body's name: "Citizens for Fair Rents", "Friends of the Tyne",
    "City of Chicago".
    """
    if link == "for":
        return run[-1].lower in _ADVOCATES
    if link == "of" and len(run) == 1:
        fellows = run[0].lower in _FELLOWS
        return fellows or (run[0].lower in _SEATS and after.lower in _PLACES.canonical)
    return False


def _of_joins(run: Sequence[Spelling]) -> bool:
    """Whether "of" continues the name: "Department of Justice", but not "Trump of New York"."""
    heads, events = _PEOPLE.organisation_heads, _PEOPLE.events
    if any(map(is_role, run[1:-1])) and not is_role(run[-1]):
        return False  # "Court Judge Emmet Sullivan of Washington"
    if len(run) > 2 and is_role(run[-1]) and not is_role(run[0]):
        return False  # "Bank of England Deputy Governor for Markets"
    return any(
        (word.lower in heads or word.lower in events) and word.lower not in ("today", "house")
        for word in run
        if word is run[-1] or word.lower not in _PEOPLE.first_names  # "Bill McGee of the union"
    )


def _and_joins(run: Sequence[Spelling], after: Spelling) -> bool:
    """Whether "and" continues the name: "Department of Health and Human Services"; "Central and
    East European Coalition".
    """
    words = [word.lower for word in run]
    if has_fields(run):
        return after.lower in FIELDS
    return words[-1] in DIRECTIONS and after.lower in DIRECTIONS


def _titles_start(text: str, words: Words, first: int) -> int:
    """Index of the first title before the run: "Democratic nominee", "spokesman"."""
    start = first
    while start > 0 and first - start < 6:
        before = words.forms[start - 1]
        fits = is_role(before) or (
            start < first
            and (
                before.lower in _PEOPLE.modifiers
                or before.lower in _PLACES.nationalities
                or (before.capital and before.lower not in _PEOPLE.common)
            )
        )
        if not fits or before.possessive:
            break
        if not _GAP.fullmatch(text, words.end(start - 1), words.starts[start]):
            break
        start -= 1
    return start
