"""Any text gives a source whose spans give back the words they claim."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import Attested, Provenance, Source
from service.reading import source_from_text

# Pieces of front matter in any order reach cases that free text would not.
PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\r\n", "\f", "\u2028", " ", "\N{NO-BREAK SPACE}", ", ", " | ", " > "),
        *("MOSCOW", "Paris", "/TASS/.", "(Reuters)", " - ", " -- ", " — ", "(Xinhua)", "Source: "),
        *("February 3", "May 15, 2024", "Feb. 30", "3 May", "2022-02-03", "2022-02", "Updated "),
        *("By ", "Written by ", "Reporting by ", "; editing by ", "(Web editor: ", ")", " and "),
        *("Jane Doe", "JOHN ROE", "D. Michael DeRidder", "Staff Writer", "Leaders meet for talks"),
        *("https://a.org/author/doe", "http://b.org/x_(y)).", "All news", "Page 2 of 3", "“No.”"),
        *("الرئيس يزور الصين", "习近平", "\u200f", "“", "...", ":", "he said.", "İ", "ǅ", "ﬁ"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)).filter(str.strip)

untimed = settings(deadline=None)  # the first text loads the language model


def attested_strings(source: Source) -> list[Attested[str]]:
    single = (source.publisher, source.place)
    several = (*source.authors, *source.editors, *source.urls)
    return [value for value in (*single, *several) if value is not None]


@untimed
@given(TEXTS)
def test_spans_lie_in_the_text_and_give_the_value(text: str) -> None:
    source = source_from_text(text, origin="-")
    assert source.text == text
    for attested in attested_strings(source):
        assert attested.provenance is Provenance.INFERRED
        assert attested.span is not None
        assert attested.span.of(text) == attested.value
        assert attested.value.strip() == attested.value != ""


@untimed
@given(TEXTS)
def test_title_differs_from_its_span_by_line_breaks_only(text: str) -> None:
    title = source_from_text(text, origin="-").title
    if title is not None:
        assert title.span is not None
        assert title.span.end <= len(text)
        assert re.sub(r"\s", "", title.span.of(text)) == re.sub(r"\s", "", title.value)
        assert len(title.value.splitlines()) == 1


@untimed
@given(TEXTS)
def test_date_claims_no_digit_that_is_not_there(text: str) -> None:
    published = source_from_text(text, origin="-").published
    if published is not None:
        assert published.span is not None
        written = published.span.of(text)
        assert published.value.year is None or str(published.value.year) in written
        assert published.value.day is None or str(published.value.day) in written


@untimed
@given(TEXTS)
def test_same_text_gives_the_same_source(text: str) -> None:
    assert source_from_text(text, origin="-") == source_from_text(text, origin="-")
