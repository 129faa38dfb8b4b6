"""Pieces: a text as the tagger's input, in training and in use.

The vocabulary is uncased, so case, quotation marks and the beginnings of paragraphs are given by a
token type, one of ``TYPES``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from service.extraction.page.marks import Quotation

PAD, CLS, SEP = 0, 101, 102
TYPES = 24  # case (4) x outside, inside, at a mark (3) x first word of a paragraph (2)
_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which the tokenizer does not accept
SECTION = 20_000  # characters; most articles have fewer
MOST = 8_000  # pieces in a section, which as many marks or foreign letters would exceed by far

Integers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Pieces:
    """Parallel arrays, one entry per word piece; every paragraph ends in a ``SEP``.

    ``start`` and ``end`` are code points of the text (equal for a ``SEP``); ``first`` is true at
    the first piece of each word.
    """

    ids: Integers
    types: Integers
    start: Integers
    end: Integers
    first: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)


def open_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of ``folder``'s tokenizer.json, without truncation and padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def cut_pieces(
    text: str, quotations: Iterable[Quotation], tokenizer: Tokenizer
) -> Iterator[Pieces]:
    """Yields the pieces of ``text`` in sections of at most ``SECTION`` characters, to bound memory.

    ``quotations`` are those of ``pair_marks`` for the whole text; all offsets refer to it.
    """
    marks = mark_states(text, quotations)
    text = _SURROGATE.sub("\ufffd", text)
    left = list(_sections(text))[::-1]
    while left:
        low, high = left.pop()
        encoding = tokenizer.encode(text[low:high], add_special_tokens=False)
        if len(encoding) > MOST:
            middle = _break_before(text, low, (low + high) // 2)
            left += [(middle, high), (low, middle)]
        elif len(encoding):
            yield _cut_section(text[low:high], marks[low : high + 1], encoding, low)


def _cut_section(text: str, marks: npt.NDArray[np.int8], encoding: Encoding, offset: int) -> Pieces:
    rows: list[tuple[int, int, int, int, bool]] = []
    words, offsets = encoding.word_ids, encoding.offsets
    until = dict(zip(words, (end for _, end in offsets), strict=True))
    before, opens, kind = 0, True, 0
    previous: int | None = None
    for identity, word, (start, end) in zip(encoding.ids, words, offsets, strict=True):
        if word != previous:
            if rows and "\n" in text[before:start]:
                rows.append((SEP, 0, before, before, False))
                opens = True
            kind = 3 * case_of(text[start : until[word]]) + int(marks[start])
        rows.append((identity, kind + 12 * opens, start, end, word != previous))
        previous, before, opens = word, end, False
    if rows:
        rows.append((SEP, 0, before, before, False))
    ids, types, starts, ends, firsts = np.array(rows, np.int32).reshape(-1, 5).T.copy()
    return Pieces(ids, types, starts + offset, ends + offset, firsts.astype(bool))


def _sections(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the text that end at a line's end, or else between words."""
    low = 0
    while low < len(text):
        high = min(len(text), low + SECTION)
        if high < len(text):
            high = _break_before(text, low, high)
        yield low, high
        low = high


def _break_before(text: str, low: int, high: int) -> int:
    """Position of the last line break after ``low``, else of the last space; ``high`` without
    one.
    """
    at = text.rfind("\n", low, high)
    if at <= low:
        at = text.rfind(" ", low, high)
    return at if at > low else high


def mark_states(text: str, quotations: Iterable[Quotation]) -> npt.NDArray[np.int8]:
    """For each code point 0 outside quotations, 1 inside, 2 on their marks; (len(text) + 1,)."""
    states = np.zeros(len(text) + 1, np.int8)
    for quotation in quotations:
        states[quotation.outer.start : quotation.outer.end] = 2
        states[quotation.inner.start : quotation.inner.end] = 1
    return states


def has_capital(types: Integers) -> npt.NDArray[np.bool_]:
    """Whether the word of each piece has a capital, by the pieces' types."""
    return types % 12 >= 3


def case_of(word: str) -> int:
    """0 no capitals, 1 a capital first, 2 all capitals, 3 mixed.

    >>> [case_of(word) for word in ("said", "Putin", "A", "NATO", "McCain", "2024")]
    [0, 1, 1, 2, 3, 0]
    """
    if word.islower() or not any(map(str.isalpha, word)):
        return 0
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 1
    return 2 if word.isupper() else 3
