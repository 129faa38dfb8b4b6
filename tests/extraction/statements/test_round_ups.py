"""Lists of quotations followed by remarks."""

import pytest

from service.extraction import annotate
from service.reading import source_from_text

DASHED = """Ten things they said

‘We were very relieved to get away with it.’ – Norwood coach Tom Reed on his team’s escape.

‘It hurts.’ – Harrow wing Ann Bell admits that they were poor against the Blue Stars.

‘I have seen worse.’ – Blue Stars coach Joe Park’s reply to a question about the rain.

‘They will be back.’ – Bell was kind to the other side.
"""
BELOW = DASHED.replace("’ – ", "’\n– ").replace("\n\n", "\n")
UNDASHED = """“We were very relieved.” Norwood’s Tom Reed looks back on a narrow escape.

“It hurts.” Ann Bell, now a coach at Harrow.

“I have seen worse.” Joe Park’s less than diplomatic answer at a club dinner.
"""


UNMARKED = """This week they said

He spoke for himself. Nothing has been decided yet. – Minister for Works Ann Bell on “some” of it.

I see no change in my plans. – Norwood’s mayor Tom Reed was asked about the budget.

It was a long day for us.

- Joe Park, leader of the union, after talks.
"""


def said(text: str) -> dict[str, str | None]:
    found = annotate(source_from_text(text, origin="-")).statements
    return {one.text: one.speaker.name if one.speaker else None for one in found if one.quoted}


@pytest.mark.parametrize("text", [DASHED, BELOW])
def test_a_remark_after_a_dash_names_who_is_quoted(text: str) -> None:
    assert said(text) == {
        "We were very relieved to get away with it.": "Tom Reed",
        "It hurts.": "Ann Bell",
        "I have seen worse.": "Joe Park",
        "They will be back.": "Ann Bell",
    }


def test_without_a_dash_the_remark_begins_with_the_name() -> None:
    assert said(UNDASHED) == {
        "We were very relieved.": "Tom Reed",
        "It hurts.": "Ann Bell",
        "I have seen worse.": "Joe Park",
    }


def test_words_without_marks_may_be_listed_with_a_dash() -> None:
    found = annotate(source_from_text(UNMARKED, origin="-")).statements
    assert [
        (one.text, one.speaker.name) for one in found if one.speaker and one.form == "direct"
    ] == [
        ("He spoke for himself. Nothing has been decided yet.", "Ann Bell"),
        ("I see no change in my plans.", "Tom Reed"),
        ("It was a long day for us.", "Joe Park"),
    ]


def test_a_remark_that_names_nobody_is_not_the_one_before() -> None:
    text = f"{DASHED}\n‘It was a long way to go for nothing.’ – a fan at the gate at nine.\n"
    assert said(text)["It was a long way to go for nothing."] is None


def test_one_quotation_with_a_remark_is_no_list() -> None:
    text = "Tom Reed was late. “We were very tired.” Ann Bell had waited for him at the gate.\n"
    assert said(text).get("We were very tired.") != "Ann Bell"
