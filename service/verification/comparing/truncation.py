"""Truncation: words of the same sentence around a quotation that change what it means.

Quoting part of a sentence is legitimate. It is flagged if the omitted part contains a negation, a
condition or a "but", or if the quoted part is not an assertion of its own ("I doubt that", "if").
"""

import re

from service.verification.comparing.comparison import Comparison
from service.verification.comparing.flags import bearing
from service.verification.findings import Flag
from service.verification.texts import lexicon
from service.verification.texts.words import Folded

_SENTENCE_END = re.compile(r"[.!?。！？؟।][\"'”’»)\]]*(?:\s|$)|…\]|\n\s*\n")


def truncated(comparison: Comparison) -> tuple[tuple[str, ...], set[Flag]]:
    """The omitted words before and after that bear on the meaning, and their flags."""
    text = comparison.passage.folded
    first, last = comparison.steps[0].j1, comparison.steps[-1].j2
    if first == last:
        return (), set()
    before = range(_sentence_start(text, first), first)
    after = range(last, _sentence_end(text, last))
    left_out: list[str] = []
    flags: set[Flag] = set()
    for words, embeds in (
        (before, _embeds_after(text, before)),
        (after, _opens_clause(text, first) or _takes_back(text, after)),
    ):
        held = bearing(text.words[words.start : words.stop]) - {Flag.NUMBER}
        if len(words) and (held or embeds):
            left_out.append(text.text[text.edges[words[0]][0] : text.edges[words[-1]][1]])
            flags |= {Flag.TRUNCATION, *held}
    return tuple(left_out), flags


def _sentence_start(text: Folded, word: int) -> int:
    while word > 0 and not _SENTENCE_END.search(text.gap(word)):
        word -= 1
    return word


def _sentence_end(text: Folded, word: int) -> int:
    """End of the sentence of the word before; of the next one if that begins with "but"."""
    end = _end(text, word)
    if end < len(text.words) and text.words[end] in lexicon.CONTRASTS:
        end = _end(text, end + 1)
    return end


def _end(text: Folded, word: int) -> int:
    while word < len(text.words) and not _SENTENCE_END.search(text.gap(word)):
        word += 1
    return word


def _embeds_after(text: Folded, before: range) -> bool:
    return len(before) > 0 and text.words[before[-1]] in lexicon.EMBEDDING


def _opens_clause(text: Folded, first: int) -> bool:
    return text.words[first] in lexicon.CLAUSE_OPENERS


def _takes_back(text: Folded, after: range) -> bool:
    return any(text.words[word] in lexicon.CONTRASTS for word in after)
