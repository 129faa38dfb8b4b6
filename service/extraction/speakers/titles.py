"""Titles: the words before a name that describe its bearer ("former Trump campaign adviser").

Also tells which words are roles and bodies. What follows a name is read in introductions.py.
"""

import re
from collections.abc import Container, Sequence
from enum import Enum, auto
from functools import lru_cache

from service.domain import Span
from service.extraction.lexicon import cues
from service.extraction.lexicon.people import people, places, word_class

REACH = 160
"""Characters before a name within which its title begins; also the longest apposition after it."""
SAID_REACH = 50
"""Characters before a name within which "said" precedes its description."""
LONGEST = 7
"""Longest title, in words ("former acting Homeland Security deputy secretary")."""
FREE_WORDS = 3
"""How many of these may be in no list ("renewable energy economist")."""

_DETERMINERS = word_class("determiners") | {"another", "one", "some", "two", "both"}
_STOPS = word_class("cuts") | word_class("title_stops")
_ENDS = frozenset(',;:!?)”"')
"""Marks that end a title before the name."""
_BEGINS = frozenset("(“\"—–-'‘")
_ACTIVE = word_class("active") | word_class("fields")
_STAFF = word_class("staff") - {"source", "sources"}
_UNSPECIFIC = word_class("unspecific")
_LAST = word_class("last_of_titles")
_KEPT = _LAST | people().roles
_ADDRESSED = ("dr", "prof", "hon")
"""After an office they only address its holder: "College President Dr. Jane Doe"."""
_BODIES = (
    people().organisation_heads
    | word_class("businesses")
    | word_class("labels")
    | word_class("bodies_introduced")
)
_SAYS = frozenset(("said", "says"))
_WORD = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"[’']s?$")
_TRADE = re.compile(
    r"[a-z-]+(?:[a-z]ist|ician|grapher|woman|man|person|[ai]tor|ctor|essor|keeper|runner|eer|smith"
    r"|ologer)"
)


class _Move(Enum):
    """How a word to the left of a title relates to it."""

    KNOWN = auto()
    WORD = auto()
    STOP = auto()


def title_before(text: str, start: int) -> Span | None:
    """Span of the title right before a person's name, without honorifics such as "Mr"; None without
    one.
    """
    start = before_honorifics(text, start, _KEPT)
    last = _last_word(text, start)
    if last.endswith(")"):
        return _with_field(text, start)
    if not last or _is_cut(last, bare(last)):
        return None
    if not _ends_title(last):
        small = last.isalpha() and last.islower()
        return _with_field_after(text, start) or (_after_cue(text, start) if small else None)
    words = _words_before(text, start)
    if bare(last) in _ADDRESSED:
        follows = len(words) > 1 and _ends_title(words[-2].group())
        if follows:
            words.pop()  # "College President Dr."
        elif bare(last) == "dr":
            return Span(*words[-1].span())
    # "polls show Sen. Doe": the word before a capitalised office may be a verb
    again = len(words) > 1 and words[-2].group().islower() and is_role(words[-2].group())
    first = _first(words, FREE_WORDS if again or words[-1].group()[0].islower() else 0)
    marks = 1 if words[first].group()[0] in _BEGINS else 0
    end = words[-1].start() + len(words[-1].group().rstrip(","))  # "Permanent Secretary, Dr Roe"
    return Span(words[first].start() + marks, end)


def _with_field_after(text: str, start: int) -> Span | None:
    """Span of a title whose field follows it: "Minister for Housing Ann Bell", "spokesperson on
    education Ann Bell".
    """
    low = max(0, start - REACH)
    if not any(text.find(link, low, start) >= 0 for link in _FIELD_LINKS):
        return None
    found = _FIELDED.search(text, low, start) or _LISTED.search(text, low, start)
    if found is None or not is_role(found.group(1)):
        return None
    to = _TO_CHIEF.search(text, low, found.start(1))  # "Adviser to the Prime Minister on Mills"
    words = _words_before(text, to.end(1) if to and is_role(to.group(1)) else found.end(1))
    first = _first(words, 0 if words[-1].group()[0].isupper() else FREE_WORDS)
    return Span(words[first].start(), start - 1)


_FIELD = rf"(?:[A-Z][\w-]* )*(?i:{'|'.join(sorted(word_class('fields')))})"
_LISTED = re.compile(
    rf"([\w-]+) (?:of|for) (?:the )?{_FIELD}(?:, {_FIELD})*,? (?:and|&) {_FIELD} $"
)
"""An office with several fields: "Minister for Information, Broadcasting and Parliamentary
Affairs".
"""
_TO_CHIEF = re.compile(r"([\w-]+) to (?:the )?(?:\w+ )?$")
_FIELD_LINKS = (" of ", " for ", " on ")
_FIELDED = re.compile(
    r"([\w-]+) (?:of|for|on) (?:the )?(?:(?!the )[^\W\d_][\w’'-]* (?:(?:and|&) )?){1,4}$"
)
"""An office, and one to four words of its field up to the name."""


def _with_field(text: str, start: int) -> Span | None:
    """Span of a title whose field is in brackets: "Director General of Police (Crime) Ann Bell"."""
    low = max(0, start - FIELD_REACH)
    opening = text.rfind(" (", low, start)
    title = title_before(text, opening + 1) if opening > low else None
    return None if title is None else Span(title.start, start - 1)


FIELD_REACH = 40
"""Longest field in brackets after a title, in characters."""


def _after_cue(text: str, start: int) -> Span | None:
    """Span of a description in no list between "said" and the name: "said sophomore Jane Doe"."""
    window = text[max(0, start - SAID_REACH) : start]
    if "said " not in window and "says " not in window:
        return None  # as for most names, whose words before need no reading
    words: list[re.Match[str]] = []
    for word in reversed(_words_before(text, start)[-FREE_WORDS - 1 :]):
        if word.group().lower() in _SAYS and words:
            return Span(words[-1].start(), words[0].end())
        lower = word.group()
        noun = lower.isalpha() and lower.islower() and lower not in _STOPS | _DETERMINERS
        if not noun or _is_verbal(lower):
            return None
        words.append(word)
    return None


def before_honorifics(text: str, start: int, kept: Container[str] = ()) -> int:
    """Start of the honorifics before a name, or else ``start``: "Dr. (Mrs.) Jane Doe", "Tan Sri";
    those ``kept`` are not passed.
    """
    while (last := _last_word(text, start)) and bare(last) not in kept:
        begin = start - len(last) - 1
        first = _last_word(text, begin)
        if f"{bare(first)}-{bare(last)}" in people().honorifics:
            begin -= len(first) + 1
        elif bare(last) not in people().honorifics:
            break
        start = begin
    return start


def kind_before(text: str, start: int) -> Span | None:
    """Span of the kind of body right before its name: "the industry group Acme"; None without
    one.
    """
    if _last_word(text, start) not in _BODIES:
        return None
    words = _words_before(text, start)
    return Span(words[_first(words, FREE_WORDS)].start(), words[-1].end())


@lru_cache(maxsize=1 << 12)  # the same words recur, in an article and in the next
def is_role(word: str) -> bool:
    """Whether the word is a role, singular or plural, and more specific than "man"."""
    lower = bare(word).removeprefix("co-").removeprefix("ex-")
    role = people().short_roles.get(lower, lower)
    if role in people().roles or lower in people().gendered_roles:
        return role not in _UNSPECIFIC
    single = lower.removesuffix("s")
    if lower in _STAFF or (single in people().roles and single not in _UNSPECIFIC):
        return True
    return len(single) > 5 and single not in _UNSPECIFIC and _TRADE.fullmatch(single) is not None


def is_body(word: str) -> bool:
    """Whether the word is a kind of organisation."""
    return bare(word) in _BODIES


def is_no_noun(word: str) -> bool:
    """Whether the word cannot begin a description of a person."""
    return bare(word) in _STOPS


@lru_cache(maxsize=1 << 12)
def bare(word: str) -> str:
    """The word in lower case, without possessive ending and marks."""
    return _POSSESSIVE.sub("", word.lower()).strip(".,’'“”\"()")


def _last_word(text: str, end: int) -> str:
    """The word right before a space; most names have no title there, so nothing else is read
    first.
    """
    if text[end - 1 : end] != " ":
        return ""
    low = max(0, end - REACH)
    begin = max(text.rfind(" ", low, end - 1), text.rfind("\n", low, end - 1), low - 1)
    return text[begin + 1 : end - 1]


def _words_before(text: str, end: int) -> list[re.Match[str]]:
    """Words of the same line before ``end``."""
    low = max(0, end - REACH)
    return list(_WORD.finditer(text, max(text.rfind("\n", low, end) + 1, low), end))


def _ends_title(word: str) -> bool:
    return is_role(word) or bare(word) in _LAST


def _first(words: Sequence[re.Match[str]], free_words: int) -> int:
    """Index at which the title that ends with the last word begins; it may contain ``free_words``
    words that are in no list.
    """
    first = len(words) - 1
    while first > 0 and len(words) - first < LONGEST:
        step = _goes_on(words, first - 1)
        free_words -= step is _Move.WORD
        if step is _Move.STOP or free_words < 0:
            break
        first -= 1
    while first < len(words) - 1 and bare(words[first].group()) in _STOPS | _DETERMINERS:
        first += 1
    return first


_LETTERED = re.compile(r"\([A-Z][A-Za-z]{1,6}\)")


def _goes_on(words: Sequence[re.Match[str]], at: int) -> _Move:
    word = words[at].group()
    lower = bare(word)
    if _LETTERED.fullmatch(word):
        return _Move.KNOWN  # "African National Congress (ANC) spokesperson"
    if _is_cut(word, lower):
        return _Move.STOP
    if lower in ("of", "for"):
        headed = at > 0 and (_ends_title(words[at - 1].group()) or is_body(words[at - 1].group()))
        return _Move.KNOWN if headed else _Move.STOP  # "Ministry of Defence spokesperson"
    if lower == "and":
        return _Move.KNOWN if _joins_roles(words, at) else _Move.STOP
    letters = len(lower) > 1 and word.isupper()  # "US" is not a pronoun
    if lower in _STOPS | _DETERMINERS and not letters:
        return _Move.STOP
    if _POSSESSIVE.search(word):
        return _Move.KNOWN if word[0].isupper() else _Move.STOP
    if lower in people().modifiers or _ends_title(word):
        return _Move.KNOWN
    if word[0].isupper():
        return _Move.STOP if _opens_sentence(words, at, lower) else _Move.KNOWN
    return _Move.STOP if _is_verbal(lower) else _Move.WORD


def _joins_roles(words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether "and" joins two roles of one person: "founder and executive director", while "the
    mayor and Police Chief" are two people.
    """
    if at == 0 or not _ends_title(words[at - 1].group()):
        return False
    before, after = words[at - 1].group(), words[at + 1].group()
    alike = (before[0].islower() or at == 1) and (after[0].islower() or after.isupper())
    alone = at == 1 or bare(words[at - 2].group()) not in _DETERMINERS
    return alone and (alike or (before[0].isupper() and after[0].isupper()))


def _is_cut(word: str, lower: str) -> bool:
    """Whether the word's marks show that another phrase begins or ends there."""
    short = lower in people().short_roles or lower in people().honorifics or len(lower) == 1
    stopped = word[-1] == "." and not short and "." not in word[:-1]
    return word[-1] in _ENDS or word[0] in _BEGINS or stopped


def _opens_sentence(words: Sequence[re.Match[str]], at: int, lower: str) -> bool:
    """Whether the word is capitalised only because it opens a sentence: "But", while "New" may
    begin a name.
    """
    opens = at == 0 or words[at - 1].group()[-1] in '.!?:”"'
    named = lower in word_class("leading") | word_class("directions")
    named = named or lower in places().nationalities
    return opens and lower in people().common and not named


def _is_verbal(lower: str) -> bool:
    known = cues()
    verb = lower in known.report or lower in known.cautious or lower in known.act
    active = lower.endswith("ing") and lower not in _ACTIVE
    return verb or active or lower.endswith(("ed", "ly")) or not lower.replace("-", "").isalpha()
