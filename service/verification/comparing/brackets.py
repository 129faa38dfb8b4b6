"""Brackets: words inserted into a quotation, and which of them are open.

Words in square brackets are judged like all others, or anything could be put into somebody's mouth.
Open insertions are a name or a few words that explain a pronoun, a pronoun for a name, a footnote
mark, and sounds ("[applause]"). Brackets of the source may be left out of a quotation, and what
they replace may be restored.
"""

from service.verification.texts import lexicon
from service.verification.texts.words import Folded

MOST_WORDS = 5
"""Most words in a bracket that explains a pronoun: "the former Secretary of State"."""

Stretch = tuple[int, int]


def in_brackets(text: Folded, first: int, last: int) -> bool:
    """Whether these are all the words of one bracket."""
    if not text.bracketed.issuperset(range(first, last)):
        return False
    whole = "[" in text.gap(first) and "]" in text.gap(last)
    return whole and not any("]" in text.gap(word) for word in range(first + 1, last))


def puts_in_openly(claimed: Folded, first: int, last: int) -> bool:
    """Whether these words, which are in no source, are an open insertion."""
    if not in_brackets(claimed, first, last):
        return _fills_up_name(claimed, first, last)
    words = claimed.words[first:last]
    if is_footnote(claimed, first, last) or lexicon.ASIDES.issuperset(words):
        return True
    after_pronoun = first > 0 and claimed.words[first - 1] in lexicon.PRONOUNS
    return after_pronoun and _is_name(claimed, first, last)


def _fills_up_name(claimed: Folded, first: int, last: int) -> bool:
    """Whether the bracket completes a name that is in the source: "[Jane Doe]" for "Doe"."""
    inside = claimed.bracketed
    if not inside.issuperset(range(first, last)):
        return False
    start, end = first, last
    while start - 1 in inside and "]" not in claimed.gap(start):
        start -= 1
    while end in inside and "]" not in claimed.gap(end):
        end += 1
    words = claimed.words[start:end]
    return len(words) <= MOST_WORDS and _negates_nothing(words) and _is_name(claimed, start, end)


def is_footnote(text: Folded, first: int, last: int) -> bool:
    """Whether the words are a single number, as in "[12]"."""
    return last - first == 1 and text.words[first].isdigit()


def is_open(claimed: Folded, ours: Stretch, text: Folded, theirs: Stretch) -> bool:
    """Whether one side explains in brackets the other side's pronoun or name."""
    if in_brackets(claimed, *ours):
        return text.bracketed.isdisjoint(range(*theirs)) and _means(claimed, ours, text, theirs)
    apart = claimed.bracketed.isdisjoint(range(*ours))
    return apart and in_brackets(text, *theirs) and _means(text, theirs, claimed, ours)


def _means(text: Folded, bracket: Stretch, other: Folded, replaced: Stretch) -> bool:
    """Whether the words in the bracket may replace the other words without changing the meaning."""
    inside, outside = text.words[slice(*bracket)], other.words[slice(*replaced)]
    if max(len(inside), len(outside)) > MOST_WORDS or not _negates_nothing(inside + outside):
        return False
    if _is_pronoun(outside):
        return _is_pronoun(inside) or _is_name(text, *bracket) or _is_determined(inside)
    if not _is_name(other, *replaced):
        return False
    return _is_pronoun(inside) or not set(inside).isdisjoint(outside)


def _negates_nothing(words: tuple[str, ...]) -> bool:
    return lexicon.NEGATIONS.isdisjoint(words) and not any(word.endswith("n't") for word in words)


def _is_pronoun(words: tuple[str, ...]) -> bool:
    return len(words) == 1 and words[0] in lexicon.PRONOUNS


def _is_name(text: Folded, first: int, last: int) -> bool:
    """Whether at least one word is capitalised, and all others but grammar words."""
    telling = [k for k in range(first, last) if text.words[k] not in lexicon.GRAMMAR_WORDS]
    return bool(telling) and all(text.surface(k)[:1].isupper() for k in telling)


def _is_determined(words: tuple[str, ...]) -> bool:
    """Whether the words begin with a determiner: "the bill", "our allies"."""
    return len(words) > 1 and words[0] in lexicon.DETERMINERS
