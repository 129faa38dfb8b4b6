"""Words: the query language; parses typed text into an expression of terms.

    peace talks            both words, in any form ("talk", "talking"), anywhere
    "peace talks"          next to each other, in this order; “ ” „ « » do as well
    peace OR treaty        either; OR joins its two neighbours and binds tightest
    peace -talks           not those with "talks"; -"peace talks" likewise

Words like "the" need not occur, unless there is nothing else or they are in a phrase. Engines
evaluate the expression; they never see the query's text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from service.errors import InvalidParameter
from service.index.analysis import terms

MAX_LENGTH = 2000
"""Characters. A long paragraph has 1500; anything longer is a text to verify, not a query."""

PHRASE_MAXIMUM = 32
"""Words: the complete list of positions of each is read. A sentence of news has 25, and anything
longer than a sentence is a quotation to verify."""

STOP_WORDS = frozenset(
    terms(
        "a an and are as at be been but by for from had has have he her his i in is it its not of"
        " on or our she that the their they this to was we were which who will with would you"
    )
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Consecutive terms; a single word is a phrase of one."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """Each of ``groups`` must match by at least one of its phrases; none of ``excluded`` may.

    An expression without groups matches everything.
    """

    groups: tuple[tuple[Phrase, ...], ...] = ()
    excluded: tuple[Phrase, ...] = ()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The distinct wanted phrases in a fixed order."""
        wanted = {phrase for group in self.groups for phrase in group}
        return tuple(sorted(wanted, key=lambda phrase: phrase.terms))


_EVERYTHING = Expression()

_QUOTES = '"“”„‟«»'
_PART = re.compile(
    rf"(?P<minus>(?<!\S)-)?(?:(?P<open>[{_QUOTES}])(?P<phrase>[^{_QUOTES}]*)"
    rf"(?P<close>[{_QUOTES}])?|(?P<word>[^\s{_QUOTES}]+))"
)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    negated: bool
    quoted: bool

    @property
    def is_or(self) -> bool:
        return self.text == "OR" and not self.quoted and not self.negated


def parse_words(text: str) -> Expression:
    """The expression for ``text``; empty if it is blank.

    Raises InvalidParameter ("q") for invalid syntax, saying what would be right.

        >>> parse_words('"peace talks" ceasefire OR truce -war').excluded
        (Phrase(terms=('war',)),)
    """
    if len(text) > MAX_LENGTH:
        raise _wrong(f"{len(text)} characters; the limit is {MAX_LENGTH}")
    if not text.strip():
        return _EVERYTHING
    parts = list(_parts(text))
    _check(parts)
    excluded = tuple(phrase for part in parts if part.negated and (phrase := _phrase(part)))
    groups = _groups([part for part in parts if not part.negated])
    if not groups:
        if excluded:
            raise _wrong("only words to exclude; add one to look for")
        raise _wrong(f"{text!r} has no words in it")
    return Expression(_without_stop_words(groups), excluded)


def _parts(text: str) -> Iterator[_Part]:
    for match in _PART.finditer(text):
        if match["open"] and not match["close"]:
            raise _wrong(f"the quotation mark {match['open']} is never closed")
        quoted = match["open"] is not None
        yield _Part(match["phrase"] if quoted else match["word"], bool(match["minus"]), quoted)


def _check(parts: list[_Part]) -> None:
    for number, part in enumerate(parts):
        if part.text == "NOT" and not part.quoted:
            raise _wrong("NOT is not supported; write -word to exclude a word")
        if not part.is_or:
            continue
        beside = parts[max(number - 1, 0) : number] + parts[number + 1 : number + 2]
        if len(beside) < 2 or any(one.is_or or not _phrase(one) for one in beside):
            raise _wrong('OR needs a word or "phrase" on both sides')
        if any(one.negated for one in beside):
            raise _wrong("OR cannot be combined with an excluded word")
        if any(set(one.text) & set("()") and not one.quoted for one in beside):
            raise _wrong("brackets are not supported; OR joins the two words beside it")


def _phrase(part: _Part) -> Phrase | None:
    found = tuple(terms(part.text))
    if len(found) > PHRASE_MAXIMUM:
        raise _wrong(
            f"a phrase of {len(found)} words; the limit is {PHRASE_MAXIMUM}. Remove the "
            "quotation marks, or verify it as a quotation"
        )
    return Phrase(found) if found else None


def _groups(parts: list[_Part]) -> tuple[tuple[Phrase, ...], ...]:
    groups: list[list[Phrase]] = []
    joins = False
    for part in parts:
        phrase = _phrase(part)
        if part.is_or:
            joins = True
        elif phrase is not None:
            if joins:
                groups[-1].append(phrase)
            else:
                groups.append([phrase])
            joins = False
    return tuple(tuple(group) for group in groups)


def _without_stop_words(
    groups: tuple[tuple[Phrase, ...], ...],
) -> tuple[tuple[Phrase, ...], ...]:
    telling = tuple(
        group
        for group in groups
        if len(group) > 1 or len(group[0].terms) > 1 or group[0].terms[0] not in STOP_WORDS
    )
    return telling or groups


def _wrong(detail: str) -> InvalidParameter:
    return InvalidParameter("q", detail)
