"""Suggestions: completions of a typed word, and corrections of a misspelt one.

Combines the segments' answers; a word's count is the number of statements a search for it finds.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from service.deadline import check_deadline, in_time
from service.domain import Suggestion
from service.index.analysis import first_word, fold, term_of
from service.index.whoosh.segments.segment import Segment
from service.index.words import Expression

FEWEST_LETTERS, LONG = 3, 6
"""Letters of a word that can be corrected: one letter may be wrong, in a long word two."""


MOST_RESPELT = 8
"""Words per query: correcting each goes through the index's words, and a query with more errors is
probably in another language."""


def suggest_words(segments: Sequence[Segment], start: str, limit: int) -> list[Suggestion]:
    """Most frequent first. Of several forms of a word ("talk", "talks") only the most frequent."""
    counts: Counter[str] = Counter()
    for segment in in_time(segments):
        words = segment.files.words
        places = words.beginning(start)
        listed = words.counts[places.start : places.stop].tolist()
        for word, count in zip(words.written(places), listed, strict=True):
            counts[word] += count - segment.gone_words.get(word, 0)
    forms: dict[str, str] = {}
    for word in sorted(+counts, key=lambda word: (-counts[word], word)):
        forms.setdefault(term_of(word), word)
        if len(forms) == 2 * limit:
            break
    suggestions = [Suggestion(word, "word", found(segments, term)) for term, word in forms.items()]
    alive = [suggestion for suggestion in suggestions if suggestion.count]
    return sorted(alive, key=lambda one: (-one.count, one.text))[:limit]


def found(segments: Sequence[Segment], term: str) -> int:
    """The number of statements with the term."""
    return sum(len(segment.documents("words", term)) for segment in segments)


def respelt(segments: Sequence[Segment], words: str, expression: Expression) -> str | None:
    """The query ``words``, with those that occur nowhere replaced by the nearest that do.

    None if all occur, if one that does not has no near match, or if there are too many of them.
    """
    wanted = {term for phrase in expression.phrases for term in phrase.terms}
    unknown = {term for term in wanted if not found(segments, term)}
    if not 0 < len(unknown) <= MOST_RESPELT:
        return None
    meant: dict[str, str | None] = {}
    pieces, end = [], 0
    while (word := first_word(words, end)) is not None:
        check_deadline()
        if term_of(word[0]) in unknown:
            if word[0] not in meant:
                meant[word[0]] = next(_nearest(segments, word[0]), None)
            nearest = meant[word[0]]
            if nearest is None:
                return None
            pieces += [words[end : word.start()], nearest]
        else:
            pieces.append(words[end : word.end()])
        end = word.end()
    return "".join([*pieces, words[end:]])


def _nearest(segments: Sequence[Segment], word: str) -> Iterator[str]:
    """Words that a search would find, nearest first, then most frequent.

    Those with the same first letter come before all others: it is rarely wrong (Pollock & Zamora
    1984: one misspelling in thirteen), and they are found twenty times as fast.
    """
    folded = fold(word)
    if len(folded) < FEWEST_LETTERS:
        return
    distance = 1 if len(folded) < LONG else 2
    for start in (folded[0], ""):
        counts: Counter[tuple[int, str]] = Counter()
        for segment in in_time(segments):
            vocabulary = segment.files.words
            for away, near, count in vocabulary.near(folded, distance, vocabulary.beginning(start)):
                counts[away, near] += count - segment.gone_words.get(near, 0)
        for _, near in sorted(+counts, key=lambda one: (one[0], -counts[one], one[1])):
            if found(segments, term_of(near)):
                yield near
