"""Mutations: true quotations altered on purpose, to test whether verification notices.

Each kind looks like the original at a glance; the same kind always alters a quotation in the same
way.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from service.verification.texts import lexicon
from service.verification.texts.opposites import opposite_of

Mutation = Callable[[str], str | None]

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|must|has|have|had|does|do|did)\b(?! not)"
)
_NOT = re.compile(r"\b(?:not|never) |(?<=\w)n['’]t\b")
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 6
"""Least words of a quotation from which a word is removed."""


def _negated(quote: str) -> str | None:
    found = _AUXILIARY.search(quote)
    return found and f"{quote[: found.end()]} not{quote[found.end() :]}"


def _affirmed(quote: str) -> str | None:
    found = _NOT.search(quote)
    return found and quote[: found.start()] + quote[found.end() :]


def _other_number(quote: str) -> str | None:
    found = _NUMBER.search(quote)
    return found and f"{quote[: found.start()]}{int(found[0]) + 1}{quote[found.end() :]}"


def _turned(quote: str) -> str | None:
    for found in _WORD.finditer(quote):
        other = opposite_of(found[0])
        if other is not None:
            return quote[: found.start()] + other + quote[found.end() :]
    return None


def _other_name(quote: str) -> str | None:
    found = _NAME.search(quote)
    other = "Smith" if found and found[0] != "Smith" else "Miller"
    return found and quote[: found.start()] + other + quote[found.end() :]


def _left_out(quote: str) -> str | None:
    words = quote.split()
    telling = [
        k for k, word in enumerate(words) if 0 < k < len(words) - 1 and _tells(word.casefold())
    ]
    if len(words) < _FEWEST_WORDS or not telling:
        return None
    gone = telling[len(telling) // 2]
    return " ".join(word for k, word in enumerate(words) if k != gone)


def _tells(word: str) -> bool:
    return word.isalpha() and word not in lexicon.FUNCTION_WORDS | lexicon.GRAMMAR_WORDS


def _continued(quote: str) -> str | None:
    return f"{quote.rstrip('.,;:!? ')}, and whoever says otherwise has not read the figures"


def _in_brackets(quote: str) -> str | None:
    found = _AUXILIARY.search(quote)
    return found and f"{quote[: found.end()]} [never]{quote[found.end() :]}"


MUTATIONS: Mapping[str, Mutation] = {
    "a negation put in": _negated,
    "a negation taken out": _affirmed,
    "a negation in brackets": _in_brackets,
    "another number": _other_number,
    "an opposite": _turned,
    "another name": _other_name,
    "a word left out": _left_out,
    "an invented end": _continued,
}


def mutations_of(quote: str) -> Iterator[tuple[str, str]]:
    """Each applicable kind, with the altered quotation.

    >>> dict(mutations_of("We will win"))["a negation put in"]
    'We will not win'
    """
    for kind, mutate in MUTATIONS.items():
        broken = mutate(quote)
        if broken:
            yield kind, broken
