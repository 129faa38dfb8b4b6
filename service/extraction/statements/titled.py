"""Titled: quotation marks within reported speech around a name, which are not the speaker's words.

    She said the film “Salt Road” was a gem.    He told Channel Nine’s “Face the Day” it was over.
    The firm said the so-called “smart” bins had cost a fortune.
    The firm said that sales of its “Thunder” bikes had doubled.    He went by the name “Fox”.

Proposals that are only a name, and not a statement, are handled in named_things.py.
"""

import re

from service.extraction.lexicon import things
from service.extraction.lexicon.people import people, word_class
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation
from service.extraction.statements.grammar import DETERMINERS, FINITE, PREPOSITIONS, PRONOUNS

LEAD = 40
"""Characters before a quotation that are searched for what it names."""
TITLE_WORDS = 7
"""Longest title in words; longer ones are sentences in capitals."""

NICKNAME_WORDS = 2

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAMED = re.compile(
    r"\b(?:named|titled|entitled|subtitled|christened|code-?named|headlined|so-called|known as"
    r"|by the name of|(?:an?|the|his|her|their|its) (?:[a-z]+ )?(?:name|alias|pseudonym|moniker)"
    r"|under the title)[,:]? ?$"
)
_BROADCAST = re.compile(r"\b(?:on|to|of|for|from|in|with|during) (?:[\w&.-]+ ){0,3}[\w&.-]+'s? $")
_WORDS = re.compile(
    r"\b(?:words?|terms?|nicknames?|labels?|hashtags?|headings?|headlines?|names?|acronyms?),?:? ?$"
)
"""Words for somebody's choice of words, whose quotation is the speaker's."""
_ASIDE = re.compile(r", [^,.;:]{2,30}, (?:is|was) $")
"""Between a kind of work and its name: "Her favourite song, she adds, is “Salt Road”"."""
_DETERMINED = re.compile(
    r"(?:\b(?:an?|the|this|that|these|those|its|his|her|their|our|my)|[\w.-]s?['’]s?)"
    r"(?: (?:\d{4}|[a-z]+))? $"
)
_NEXT = re.compile(r" ([a-z]+)")
_FIRST_NAME = re.compile(r"(?<![^\s(])(?P<name>[^\W\d_a-z][\w’'-]*) $")
_SURNAME = re.compile(r" [^\W\d_a-z][\w’'-]*")


_NO_NOUNS = (
    FINITE
    | PREPOSITIONS
    | PRONOUNS
    | DETERMINERS
    | frozenset(
        ("and", "or", "but", "nor", "than", "not", "who", "which", "that", "when", "where", "while")
    )
)
"""Words after a quotation that do not bear its name: "The “Fox” was late"."""


def is_titled(article: Article, quotation: Quotation) -> bool:
    """Whether the words between these marks are a name."""
    start = quotation.outer.start
    before = article.lowered[max(0, start - LEAD) : start]
    if _NAMED.search(before) or things().bearing.match(article.lowered, quotation.outer.end):
        return True
    if not is_set_as_title(quotation.inner.of(article.flow)):
        return False
    if _BROADCAST.search(before) or follows_work(before):
        return True
    return _is_attribute(article, before, quotation) or _is_nickname(article, quotation)


def _is_attribute(article: Article, before: str, quotation: Quotation) -> bool:
    """Whether it names the thing after it: "Its “Thunder” bikes", "the 2019 “Safe Roads” plan"."""
    noun = _NEXT.match(article.flow, quotation.outer.end)
    if noun is None or not quotation.inner.of(article.flow)[-1].isalnum():
        return False
    return _DETERMINED.search(before) is not None and noun[1] not in _NO_NOUNS


def follows_work(before: str) -> bool:
    """Whether a work or ship comes before its name: "Her film ", "his column, "."""
    aside = _ASIDE.search(before) if before.endswith((", is ", ", was ")) else None
    named = things().kind.search(before, 0, aside.start() if aside else len(before)) is not None
    return named and _WORDS.search(before) is None


def _is_nickname(article: Article, quotation: Quotation) -> bool:
    """Whether it is a nickname after a known first name: "Joe “Boss” Smith"."""
    words = quotation.inner.of(article.flow).split()
    if len(words) > NICKNAME_WORDS or not words[-1][-1].isalnum() or words[0] in ("A", "An"):
        return False
    start = quotation.outer.start
    first = _FIRST_NAME.search(article.flow, max(0, start - LEAD), start)
    surname = _SURNAME.match(article.flow, quotation.outer.end)
    return (
        first is not None
        and surname is not None
        and (first["name"].lower() in people().first_names)
    )


def is_set_as_title(text: str) -> bool:
    """Whether all its words but "of" and the like have capitals."""
    words = _WORD.findall(text)
    main_words = [word for word in words if word not in word_class("links")]
    return (
        0 < len(words) <= TITLE_WORDS
        and bool(main_words)
        and all(word[0].isupper() for word in main_words)
    )
