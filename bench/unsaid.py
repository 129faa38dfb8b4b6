"""Claims that nobody made, from the words of true quotations, for bench/claims.py.

Each kind is one in which chance may look like a quotation: words that follow each other somewhere,
the words of one speaker, a sentence with other words in it. A claim that is mostly in a quotation
is discarded, because it was said.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from random import Random

from service.domain import Statement

SHORTEST, LONGEST = 6, 40
"""Words of an invented claim."""
VOCABULARY = 200
"""Least number of words of a speaker from which claims are drawn."""
COMMON = 150
"""The most frequent words hold a sentence together; the others are exchanged."""
MOST_SAID = 0.7
"""Share of a claim's words that are in a row in one quotation; with more it is that quotation."""


def bare(word: str) -> str:
    """The word without marks and case.

    >>> bare("“We’re"), bare("-")
    ('were', '')
    """
    return "".join(filter(str.isalnum, word.lower()))


def folded(texts: Iterable[str]) -> str:
    """All words of ``texts`` bare, for ``is_said``."""
    words = (filter(None, map(bare, text.split())) for text in texts)
    return " | ".join(f" {' '.join(one)} " for one in words)


def is_said(claim: str, said: str) -> bool:
    """Whether most words of ``claim`` are in a row in one of the texts folded to ``said``.

    >>> said = folded(["No, we shall “never” surrender."])
    >>> is_said("we shall never, ever give up", said), is_said("we shall never win!", said)
    (False, True)
    """
    words = [word for word in map(bare, claim.split()) if word]
    run = int(MOST_SAID * len(words)) + 1
    runs = (" ".join(words[k : k + run]) for k in range(len(words) - run + 1))
    return any(f" {one} " in said for one in runs)


@dataclass(frozen=True)
class Inventor:
    """Makes claims from ``quoted``, statements each with words of it, by ``random``."""

    random: Random
    quoted: Sequence[tuple[Statement, str]]

    def chain(self) -> str | None:
        """Words that follow each other somewhere: fluent over two words."""
        words: list[str] = []
        word = ""
        while len(words) < LONGEST and (word := self.random.choice(self._follow[word])):
            words.append(word)
        return self._unsaid(words)

    def of_one_speaker(self) -> str | None:
        """Words of one speaker in any order."""
        if not self._vocabularies:
            return None
        words = self.random.choice(self._vocabularies)
        length = self.random.randint(SHORTEST, LONGEST)
        return self._unsaid(self.random.choices(words, k=length))

    def exchanged(self) -> str | None:
        """A sentence with all but its most common words exchanged, if these are at most half
        of it.
        """
        other_words = self.random.choice(self.quoted)[1].split()
        words = [
            word if bare(word) in self._common else self.random.choice(self.telling)
            for word in other_words
        ]
        same = sum(one == other for one, other in zip(other_words, words, strict=True))
        return self._unsaid(words) if 2 * same <= len(words) else None

    def _unsaid(self, words: Sequence[str]) -> str | None:
        made = " ".join(words)
        return made if len(words) >= SHORTEST and not is_said(made, self._said) else None

    @cached_property
    def _said(self) -> str:
        return folded(words for _, words in self.quoted)

    @cached_property
    def _follow(self) -> Mapping[str, Sequence[str]]:
        """The words that follow each word; "" marks beginning and end."""
        follow: dict[str, list[str]] = {}
        for _, words in self.quoted:
            for left, right in pairwise(["", *words.split(), ""]):
                follow.setdefault(left, []).append(right)
        return follow

    @cached_property
    def _vocabularies(self) -> Sequence[Sequence[str]]:
        words: dict[str, list[str]] = {}
        for statement, quoted_text in self.quoted:
            if statement.speaker is not None:
                words.setdefault(statement.speaker.id, []).extend(quoted_text.split())
        return [several for several in words.values() if len(several) >= VOCABULARY]

    @cached_property
    def _common(self) -> frozenset[str]:
        counts = Counter(bare(word) for _, words in self.quoted for word in words.split())
        return frozenset(word for word, _ in counts.most_common(COMMON))

    @cached_property
    def telling(self) -> Sequence[str]:
        every = (word for _, words in self.quoted for word in words.split())
        return [word for word in every if bare(word) not in self._common]
