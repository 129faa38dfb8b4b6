"""Titled: quotation marks within reported speech around a name, which are not the speaker's words.

    She said the film “Salt Road” was a gem.    He told Channel Nine’s “Face the Day” it was over.
    The firm said the so-called “smart” bins had cost a fortune.

Proposals that are only a name, and not a statement, are handled in named_things.py.
"""

import re

from service.extraction.lexicon import things
from service.extraction.lexicon.people import people, word_class
from service.extraction.page.layout import Article
from service.extraction.page.marks import Quotation

LEAD = 40
"""Characters before a quotation that are searched for what it names."""
TITLE_WORDS = 7
"""Longest title in words; longer ones are sentences in capitals."""

NICKNAME_WORDS = 2

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NAMED = re.compile(
    r"\b(?:named|titled|entitled|subtitled|christened|code-?named|headlined|so-called|known as"
    r"|by the name of|under the (?:title|name))[,:]? ?$"
)
_BROADCAST = re.compile(r"\b(?:on|to|of|for|from|in|with|during) (?:[\w&.-]+ ){0,3}[\w&.-]+'s? $")
_WORDS = re.compile(
    r"\b(?:words?|terms?|nicknames?|labels?|hashtags?|headings?|headlines?|names?|acronyms?),?:? ?$"
)
"""Words for somebody's choice of words, whose quotation is the speaker's."""
_FIRST_NAME = re.compile(r"(?<![^\s(])(?P<name>[^\W\d_a-z][\w’'-]*) $")
_SURNAME = re.compile(r" [^\W\d_a-z][\w’'-]*")


def is_titled(article: Article, quotation: Quotation) -> bool:
    """Whether the words between these marks are a name."""
    start = quotation.outer.start
    before = article.lowered[max(0, start - LEAD) : start]
    if _NAMED.search(before):
        return True
    if not _is_set_as_title(quotation.inner.of(article.flow)):
        return False
    if _BROADCAST.search(before) or follows_work(before):
        return True
    return _is_nickname(article, quotation)


def follows_work(before: str) -> bool:
    """Whether a work or ship comes before its name: "Her film ", "his column, "."""
    return things().kind.search(before) is not None and _WORDS.search(before) is None


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


def _is_set_as_title(text: str) -> bool:
    words = _WORD.findall(text)
    main_words = [word for word in words if word not in word_class("links")]
    return (
        0 < len(words) <= TITLE_WORDS
        and bool(main_words)
        and all(word[0].isupper() for word in main_words)
    )
