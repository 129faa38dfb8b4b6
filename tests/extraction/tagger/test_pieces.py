from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from service.extraction.page.marks import pair_marks
from service.extraction.tagger.pieces import (
    MOST,
    SEP,
    TYPES,
    Pieces,
    cut_pieces,
    open_tokenizer,
)

ARTICLE = "PUTIN IN BEIJING\n\n“We will win,” said Jane McDoe of NATO.\nShe left."


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    with resources.as_file(resources.files("service.extraction.tagger") / "model") as folder:
        return open_tokenizer(folder)


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    [pieces] = cut_pieces(text, pair_marks(text), tokenizer)
    return pieces


def words(text: str, pieces: Pieces) -> list[tuple[str, int]]:
    return [
        (text[start:end], int(kind))
        for start, end, kind in zip(pieces.start, pieces.end, pieces.types, strict=True)
        if end > start
    ]


def test_types_tell_case_marks_and_paragraphs(tokenizer: Tokenizer) -> None:
    types = dict(words(ARTICLE, cut(ARTICLE, tokenizer)))
    assert types["BEIJING"] == 3 * 2  # all capitals, outside quotation marks
    assert types["“"] == 2 + 12  # a mark that opens a paragraph
    assert types["will"] == 1
    assert types["”"] == 2
    assert types["said"] == 0
    assert types["Jane"] == 3
    assert types["She"] == 3 + 12


def test_every_paragraph_ends_in_a_separator(tokenizer: Tokenizer) -> None:
    pieces = cut(ARTICLE, tokenizer)
    ends = [ARTICLE[: pieces.start[n]][-4:] for n in range(len(pieces)) if pieces.ids[n] == SEP]
    assert ends == ["JING", "ATO.", "eft."]


def test_apostrophes_are_not_marks(tokenizer: Tokenizer) -> None:
    text = "It’s the voters’ choice."
    assert {kind % 3 for _, kind in words(text, cut(text, tokenizer))} == {0}


@given(st.text(max_size=400))
def test_any_text_is_cut_in_reading_order_and_in_range(tokenizer: Tokenizer, text: str) -> None:
    for pieces in cut_pieces(text, pair_marks(text), tokenizer):
        assert len(pieces.ids) == len(pieces.types) == len(pieces.start) == len(pieces.first)
        assert all(0 <= kind < TYPES for kind in pieces.types)
        assert (pieces.start >= 0).all() and (pieces.start <= pieces.end).all()
        assert (pieces.end <= len(text)).all() and (pieces.start[1:] >= pieces.start[:-1]).all()


def test_a_long_text_comes_in_sections_of_whole_words(tokenizer: Tokenizer) -> None:
    line = "said " * 20_000
    sections = list(cut_pieces(line, [], tokenizer))
    assert len(sections) > 1
    found = [words(line, pieces) for pieces in sections]
    assert [word for section in found for word, _ in section] == ["said"] * 20_000


def test_a_text_of_nothing_but_marks_comes_in_small_sections(tokenizer: Tokenizer) -> None:
    marks = "”" * 30_000
    sections = list(cut_pieces(marks, [], tokenizer))
    assert max(map(len, sections)) <= MOST + 1
    assert [p.start[0] for p in sections] == [0, *(p.end[-1] for p in sections[:-1])]
    assert sections[-1].end[-1] == len(marks)


def test_half_a_character_does_not_stop_it(tokenizer: Tokenizer) -> None:
    text = "“No \ud83d,” she said."
    assert words(text, cut(text, tokenizer))[-2:] == [("said", 0), (".", 0)]
