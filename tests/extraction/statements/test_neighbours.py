"""Rows of quotations, each with the clause beside it."""

import pytest

from service.extraction import annotate
from service.reading import source_from_text

NAMES = [
    *("Adam Reyes", "Brita Holm", "Carl Oduya", "Dina Falk"),
    *("Emil Sorel", "Fay Quist", "Gil Marr", "Hope Tarn"),
]
WORDS = [
    *("It is cheap", "It is ugly", "It is far", "It is cold"),
    *("It is loud", "It is small", "It is gone", "We want it"),
]


@pytest.mark.parametrize(
    "clause", ["said {}", "{} said", "added {}", "{} told us", "laughed {}", "{} pleaded"]
)
@pytest.mark.parametrize("marks", ["“{},” ", '"{}," ', "‘{},’ "])
def test_each_quotation_of_a_row_keeps_its_own_clause(marks: str, clause: str) -> None:
    row = " ".join(
        marks.format(words) + clause.format(name) + "."
        for name, words in zip(NAMES, WORDS, strict=True)
    )
    found = annotate(source_from_text(row, origin="-")).statements
    assert [(s.speaker and s.speaker.name, s.text) for s in found] == list(
        zip(NAMES, WORDS, strict=True)
    )


def test_a_full_stop_limits_what_the_next_clause_claims() -> None:
    text = "Ada Finn said: “The road is closed.” Leo Gard told us: “The pass is open.”"
    found = annotate(source_from_text(text, origin="-")).statements
    assert [(s.speaker and s.speaker.name, s.text) for s in found] == [
        ("Ada Finn", "The road is closed."),
        ("Leo Gard", "The pass is open."),
    ]


def test_semicolons_part_neighbours_too() -> None:
    row = "; ".join(f"“{w},” said {n}" for n, w in zip(NAMES, WORDS, strict=True)) + "."
    found = annotate(source_from_text(row, origin="-")).statements
    assert [(s.speaker and s.speaker.name, s.text) for s in found] == list(
        zip(NAMES, WORDS, strict=True)
    )
