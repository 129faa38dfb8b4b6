"""Names as the index compares them; tells names, descriptions and pronouns apart."""

import re
from functools import lru_cache

from service.index.analysis import fold
from service.names.folding import fold_name
from service.names.lexicon import lexicon


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    # Not king, queen, prince, pope: "Francis" is not the surname of Pope Francis.
    "president vice deputy prime minister premier chancellor secretary senator sen rep"
    " representative congressman congresswoman governor gov mayor ambassador general gen colonel"
    " col lieutenant lt captain capt major sergeant sgt admiral judge justice bishop archbishop"
    " father rev reverend dr doctor prof professor mr mrs ms miss"
    " sir lord lady dame comrade chairman chairwoman speaker"
)

PRONOUNS = _words(
    "i me my he him his she her hers it its they them their theirs we us our who whom you"
    " himself herself itself themselves myself ourselves this that these those which one"
)

_CONNECTING = _words("a an the of and for in on to at s") | lexicon().particles
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]{2,})?")


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[str, ...]:
    """The words by which a name is compared: folded, without leading titles.

    >>> name_words("Russian President Vladimir V. Putin")
    ('russian', 'president', 'vladimir', 'v', 'putin')
    >>> name_words("President Vladimir Putin Jr.")
    ('vladimir', 'putin', 'jr')
    """
    words = _WORD.findall(fold_name(name))
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    return tuple(words)


def is_description(mention: str) -> bool:
    """Whether a mention describes ("the Russian leader") rather than names ("Mr. Putin").

    >>> [is_description(m) for m in ("the Russian leader", "the White House", "Putin’s close ally")]
    [True, False, True]
    """
    words = _WORD.findall(mention)
    return any(word[0].islower() and word not in _CONNECTING for word in words)


def is_pronoun(mention: str) -> bool:
    return fold(mention).strip() in PRONOUNS


def words_of(text: str) -> list[str]:
    """Folded words, but not folded as names are: lookalike letters stay distinct."""
    return _WORD.findall(fold(text))
