"""In text: claimed words in an article outside every statement, without a speaker.

A caption, the reporter's own sentence, or a quotation that was not recognised. The index finds only
statements, so the articles of statements that share some of the words are searched.
"""

from collections.abc import Iterable, Iterator

from service.deadline import in_time
from service.domain import Source, Span, Statement
from service.index.port import Snapshot
from service.verification.comparing.alignment import find_run
from service.verification.comparing.comparison import Comparison, weight
from service.verification.comparing.matches import Claim
from service.verification.findings import InText
from service.verification.searching.candidates import Search
from service.verification.texts.text_cache import Kept
from service.verification.texts.words import fold_words, simple_words

FEWEST_WORDS, LEAST_TELLING = 5, 3.0
"""Least number and weight of a claim's words; fewer occur in many articles."""
MOST_SOURCES, LONGEST = 4, 200_000
"""Articles that are searched, and the most characters of one; together 3 ms of news."""


def in_text(search: Search, claim: Claim, compared: Iterable[Comparison]) -> InText | None:
    """The first of the nearest articles that has all the claimed words in a row, or None."""
    words = claim.folded.words
    if len(words) < FEWEST_WORDS or sum(map(weight, words)) < LEAST_TELLING:
        return None
    line = f" {' '.join(simple_words(claim.folded.text))} "
    near = [one.passage.statement for one in compared] + search.beside(claim)
    for source in in_time(_sources(search.index, near)):
        if line in _line(source.text):
            found = _found(source, words)
            if found is not None:
                return found
    return None


def _sources(index: Snapshot, near: Iterable[Statement]) -> Iterator[Source]:
    ids = list(dict.fromkeys(one.source.id for one in near))
    sources = (index.source(one).source for one in ids[:MOST_SOURCES])
    return (source for source in sources if len(source.text) <= LONGEST)


def _spaced(text: str) -> str:
    return f" {' '.join(simple_words(text))} "


_line = Kept(_spaced, 4_000_000)
"""Cached, as the articles of a draft's quotations recur."""


def _found(source: Source, words: tuple[str, ...]) -> InText | None:
    folded = fold_words(source.text)
    first = find_run(words, folded.words, last=False)
    if first is None:
        return None
    start, end = folded.edges[first][0], folded.edges[first + len(words) - 1][1]
    return InText(source.reference(), source.text[start:end], Span(start, end))
