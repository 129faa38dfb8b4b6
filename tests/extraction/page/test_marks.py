import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.page.marks import MarkState, pair_marks


def quoted(text: str) -> list[str]:
    return [quotation.inner.of(text) for quotation in pair_marks(text)]


def test_every_family_of_marks_is_known() -> None:
    for text in ("“yes”", '"yes"', "„yes“", "„yes”", "«yes»", "« yes »", "»yes«", "``yes''",
                 "''yes''", "‘yes’", "'yes'", "‹yes›"):  # fmt: skip
        assert quoted(f"He said {text} to it.") == ["yes"], text


def test_apostrophes_are_not_marks() -> None:
    assert quoted("The two nations’ goal, rock ’n’ roll and the boys' club; it's Russia’s.") == []


def test_apostrophes_may_be_inside_single_marks() -> None:
    assert quoted("'I don't know,' she said. ‘It’s fine.’") == ["I don't know,", "It’s fine."]


def test_an_apostrophe_of_owners_may_be_inside_single_marks() -> None:
    assert quoted("‘The boys’ boat is not theirs,’ she said.") == ["The boys’ boat is not theirs,"]
    assert quoted("‘useless’ and ‘mad,’ she said.") == ["useless", "mad,"]


def test_nested_marks_belong_to_the_outer_quotation() -> None:
    assert quoted("“He said ‘no’ to me,” she said.") == ["He said ‘no’ to me,"]


def test_a_quotation_opened_again_in_each_paragraph_continues() -> None:
    found = pair_marks("“One.\n\n“Two.\n\n“Three,” he said.")
    assert [q.state for q in found] == [
        MarkState.UNCLOSED,
        MarkState.UNCLOSED,
        MarkState.CLOSED,
    ]
    assert [q.continues for q in found] == [False, True, True]


def test_a_missing_opening_mark_is_the_paragraphs_beginning() -> None:
    text = 'Before.\n\nThese are equality and respect," Putin stressed.'
    (found,) = pair_marks(text)
    assert found.state is MarkState.UNOPENED
    assert found.inner.of(text) == "These are equality and respect,"


def test_a_missing_closing_mark_ends_where_the_next_quotation_opens() -> None:
    assert quoted('"We will win, he said. "It is ours," he added.') == [
        "We will win, he said.",
        "It is ours,",
    ]


def test_a_missing_opening_mark_may_be_after_what_leads_to_it() -> None:
    text = "Judge Rowe agreed, adding that: I know nothing of him. We need to know why”."
    assert quoted(text) == ["I know nothing of him. We need to know why"]


def test_two_apostrophes_may_close() -> None:
    assert quoted("\"She called me,'' he said. \"I read ''Salt'' aloud,\" she said.") == [
        "She called me,",
        "I read ''Salt'' aloud,",
    ]


def test_a_mark_right_after_a_full_stop_opens() -> None:
    assert quoted('It opens on May 3."That is set," he said. "We know."') == [
        "That is set,",
        "We know.",
    ]


def test_inches_are_not_a_quotation() -> None:
    assert quoted('A 6" pipe.') == []
    assert quoted('The pipe is 5 " long and 6 " wide, he said.') == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '" It is late , " said Bern . " It is deep , " said Weber .',
            ["It is late ,", "It is deep ,"],
        ),
        ("' It is late , ' said Bern . ' It is deep . '", ["It is late ,", "It is deep ."]),
        ("‘ It is late , ’ said Bern", ["It is late ,"]),
        ('Wilkie said," [The artist] liked it".', ["[The artist] liked it"]),
        ("Wilkie said,' The artist liked it '.", ["The artist liked it"]),
        ("The boys ' school and the girls ' school.", []),
        ('We will go," he said. And "no" was all.', ["We will go,", "no"]),
    ],
)
def test_marks_typed_with_a_space_on_both_sides_are_marks(text: str, words: list[str]) -> None:
    assert quoted(text) == words


def test_single_marks_are_opened_again_in_the_next_paragraph() -> None:
    assert quoted("‘No,’ he said. ‘They know.\n\n‘And we stay.’") == [
        "No,",
        "They know.",
        "And we stay.",
    ]
    assert quoted("In the '90s they knew.\n\n'Tis late.") == []


@given(st.text(alphabet="ab .,\n\"“”„«»‘’'`", max_size=80))
def test_quotations_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for quotation in pair_marks(text):
        assert end <= quotation.outer.start
        assert quotation.outer.covers(quotation.inner)
        assert "\n" not in quotation.outer.of(text)
        end = quotation.outer.end
    assert end <= len(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('אמר \u200f"שלום לכולם"\u200f.', "שלום לכולם"),
        ('"\u200fשלום לכולם\u200f" אמר', "שלום לכולם"),
        ('אמר: \u202b"שלום לכולם"\u202c', "שלום לכולם"),
        ("\u200b'We go,' he said", "We go,"),
        ("\u2068“\u200bWe go\u2069” he said", "We go"),
    ],
)
def test_marks_of_direction_and_breaks_beside_a_mark_are_not_seen(text: str, words: str) -> None:
    assert [quotation.inner.of(text) for quotation in pair_marks(text)] == [words]


def test_unseen_marks_without_end_take_linear_time() -> None:
    text = "\u200f" * 500_000 + '"Yes"' + '"\u200f' * 100_000
    assert pair_marks(text)[0].inner.of(text) == "Yes"
