import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import Attested, Provenance, Source, Span
from service.extraction.page.layout import Article, lay_out


def laid_out(text: str, title: str | None = None) -> Article:
    attested = None
    if title is not None:
        start = text.index(title)
        attested = Attested(title, Provenance.INFERRED, Span(start, start + len(title)))
    return lay_out(Source(id="a", text=text, origin="-", title=attested))


def paragraphs(text: str, title: str | None = None) -> list[str]:
    article = laid_out(text, title)
    return [paragraph.of(article.flow) for paragraph in article.paragraphs]


WRAPPED = """\
Moscow and Beijing will further
deepen trust and cooperation in the
military field, expand the scope of joint
exercises and combat training.

Another paragraph stands here.
"""


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    assert paragraphs(WRAPPED) == [
        "Moscow and Beijing will further deepen trust and cooperation in the military field, "
        "expand the scope of joint exercises and combat training.",
        "Another paragraph stands here.",
    ]


def test_one_paragraph_a_line_stays_so() -> None:
    text = "The first one ends here.\nThe second one ends here.\nThe third one ends here."
    assert len(paragraphs(text)) == 3


def test_lines_of_a_list_are_paragraphs_of_their_own() -> None:
    text = (
        "- Red warnings are in place for three counties\n"
        "- 120,000 homes are without power, according to the grid\n"
        "- Schools are closed until Thursday\n"
    )
    assert len(lay_out(Source("a", text, "-")).paragraphs) == 3


def test_furniture_is_not_a_paragraph() -> None:
    text = (
        "A statement was made here today by all of them.\n\nRead More\n\nPage 2 of 3\n\n"
        "RELATED: Why the mayor said no\n\nImage caption: Joy Bell says no\n\nMore text."
    )
    assert paragraphs(text) == ["A statement was made here today by all of them.", "More text."]


@pytest.mark.parametrize(
    "credit",
    [
        "Ann Bell via Getty Images.",
        "Ann-Jo Bell/HuffPost.",
        "Ann Bell / Reuters",
        "Bell for The AP",
        "Staff Reporter",
        "Harbour chair Ann Bell Photo: RNZ / Tom Roe",
        "Harbour chair Ann Bell. Picture: Tom Roe",
    ],
)
def test_a_line_of_a_pictures_credit_is_furniture(credit: str) -> None:
    assert paragraphs(f"They met on Monday.\n\n{credit}\n\nMore text.") == [
        "They met on Monday.",
        "More text.",
    ]


def test_everything_after_leave_a_reply_is_furniture() -> None:
    text = "Word. " * 80 + "\n\nLeave a Reply\n\nWhatever stands here.\n"
    assert len(paragraphs(text)) == 1


@pytest.mark.parametrize(
    "line",
    ["PUBLISHED: | UPDATED:", "Published: June 5, 2021 at 7:02 p.m. | Updated: June 6, 2021"],
)
def test_a_line_of_days_is_furniture(line: str) -> None:
    assert paragraphs(f"{line}\n\nThe mill is closed.") == ["The mill is closed."]


@pytest.mark.parametrize("line", ["See also  They sold the mill in May", "READ ALSO Mill sold"])
def test_a_line_that_leads_to_another_article_is_furniture(line: str) -> None:
    assert paragraphs(f"The mill is closed.\n\n{line}\n\nIt was old.") == [
        "The mill is closed.",
        "It was old.",
    ]


def test_a_line_repeated_is_furniture() -> None:
    title, caption = "The mill on the Tarn is closed", "Workers outside the mill on Monday"
    text = f"{title}\n\n{caption}\n{caption}\n\n{title}\n\nIt was old.\n\nNo.\n\nNo."
    assert paragraphs(text, title) == [title, caption, "It was old.", "No.", "No."]


def test_titles_in_a_row_are_furniture() -> None:
    row = "Mill on the Tarn sold  • Bell says no to talks  • Rates rise again  • Tram is late"
    assert paragraphs(f"{row}\n\nThe mill is closed.") == ["The mill is closed."]


def test_a_page_break_does_not_cut_a_sentence_in_two() -> None:
    text = (
        "The two countries also criticized the United States\n\nhttp://kremlin.ru/1\n\n"
        "Page 2 of 3\n\nfor its practices, stating:"
    )
    (paragraph,) = laid_out(text).paragraphs
    assert paragraph == Span(0, len(text))


def test_a_title_never_goes_on_in_the_text() -> None:
    title = "Police arrest five men after the fire in Marle"
    assert paragraphs(f"{title}\n\nhe police say they have five men.", title)[0] == title


def test_titles_of_other_articles_below_are_furniture() -> None:
    text = "Word. " * 80 + "\n\nRecent stories\n\nMayor asks for calm\n\nBell says no\n"
    assert len(paragraphs(text)) == 1
    assert len(paragraphs(text + "\n" + "The council met, and nobody came to it. " * 4)) == 5


def test_a_comma_typed_as_a_low_mark_is_a_comma() -> None:
    article = laid_out("“After a change‚ we need law‚” he said.")
    assert [one.inner.of(article.flow) for one in article.quotations] == [
        "After a change, we need law,"
    ]


def test_a_section_after_the_title_is_furniture() -> None:
    assert paragraphs("Russia calls it vital | China\n\nText.", "Russia calls it vital") == [
        "Russia calls it vital",
        "Text.",
    ]


def test_abbreviations_end_no_sentence() -> None:
    article = laid_out("Mr. J. Smith of Roe Cos. met Sen. Roe of the U.S. Senate. He left.")
    assert [s.of(article.flow) for s in article.sentences][-1] == "He left."
    assert len(article.sentences) == 2


def test_a_question_belongs_to_the_sentence_of_who_asked_it() -> None:
    article = laid_out("“Who is it?” Jane Doe asked. “Me.” Nobody moved.")
    assert [s.of(article.flow) for s in article.sentences] == [
        "“Who is it?” Jane Doe asked.",
        "“Me.”",
        "Nobody moved.",
    ]


@given(st.text(max_size=300))
def test_laying_out_keeps_every_offset(text: str) -> None:
    article = laid_out(text)
    assert len(article.flow) == len(text)
    for paragraph in article.paragraphs:
        kept = zip(paragraph.of(article.flow), paragraph.of(text), strict=True)
        assert all(flow == raw or flow == " " for flow, raw in kept)
