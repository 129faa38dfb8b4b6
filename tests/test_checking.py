"""A draft, read and verified: findings lead back to the draft as written."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.checking import check_draft
from service.domain import AnnotatedSource, DraftFormat, Extractor, Source
from service.errors import UnreadableSource
from service.extraction import with_unattributed
from service.index.port import Index
from service.index.whoosh import open_index
from service.reading.drafts import read_draft
from service.verification import verify_document
from service.verification.findings import Verdict
from service.verification.placing import CheckedDraft

SAID = "We highly appreciate that Russian-Chinese relations"
HTML = f"""<h1>A visit</h1>
<p>&ldquo;{SAID}&rdquo;, <b>Vladimir&nbsp;Putin</b> said.</p>
<p>Then it rained, which nobody in the small town has forgotten to this day.</p>
<blockquote>It rained for a very long time &amp; <i>nobody</i> came.
<footer>Jane Doe</footer></blockquote>
<script>“We never said anything like this to anybody”</script>
"""
MARKDOWN = f"""# A visit

“{SAID}”, **Vladimir Putin** said.

Then it rained, which nobody in the small town has forgotten to this day.

> It rained for a very
> long time \\& *nobody* came.
> — Jane Doe
"""


@pytest.fixture(scope="module")
def index(seeds_index: Path) -> Iterator[Index]:
    with closing(open_index(seeds_index)) as opened:
        yield opened


def checked(index: Index, document: str, written: DraftFormat) -> CheckedDraft:
    return check_draft(index.snapshot(), read_draft(document, written))


def test_every_quotation_is_verified_at_its_place_in_html(index: Index) -> None:
    first, second = checked(index, HTML, DraftFormat.HTML).quotations
    assert [span.of(HTML) for span in first.spans] == [SAID]
    assert (first.line, first.column) == (2, 11)
    assert first.speaker is not None
    assert first.speaker.name == "Vladimir Putin"
    assert first.attribution.mention is not None
    assert first.attribution.mention.span.of(HTML) == "Vladimir&nbsp;Putin"
    assert first.verification.verdict is Verdict.VERBATIM
    assert second.text == "It rained for a very long time & nobody came."
    assert [span.of(HTML) for span in second.spans] == [
        "It rained for a very long time &amp; <i>nobody</i> came."
    ]
    assert second.speaker is not None
    assert second.speaker.name == "Jane Doe"
    assert second.verification.verdict is Verdict.NOT_FOUND


def test_markdown_is_read_as_html_is(index: Index) -> None:
    html = checked(index, HTML, DraftFormat.HTML)
    markdown = checked(index, MARKDOWN, DraftFormat.MARKDOWN)
    assert markdown.counts == html.counts
    assert [one.text for one in markdown.quotations] == [one.text for one in html.quotations]
    assert [(one.line, one.column) for one in markdown.quotations] == [(3, 2), (7, 3)]


def test_a_draft_passes_only_with_what_was_said_like_that(index: Index) -> None:
    said = f"“{SAID}”, Vladimir Putin said."
    assert checked(index, said, DraftFormat.TEXT).passes
    assert checked(index, "Nobody said anything.", DraftFormat.TEXT).passes
    assert not checked(index, said.replace("highly", "never"), DraftFormat.TEXT).passes
    assert not checked(index, said.replace("Vladimir Putin", "Xi Jinping"), DraftFormat.TEXT).passes


def test_block_quotations_are_each_attributed_to_their_signer(index: Index) -> None:
    signed = "<blockquote>{}, and so on.<cite>{}</cite></blockquote>"
    draft = (
        "<p>The visit ended on Friday, and it rained in Moscow for the whole day.</p>"
        + signed.format("We met in March, and have seen each other ever since", "Vladimir Putin")
        + signed.format("The level of our partnership determined my choice of China", "Xi Jinping")
    )
    found = checked(index, draft, DraftFormat.HTML).quotations
    assert [one.speaker and one.speaker.name for one in found] == ["Vladimir Putin", "Xi Jinping"]


def test_counts_have_every_verdict(index: Index) -> None:
    assert checked(index, "Nobody said anything.", DraftFormat.TEXT).counts == dict.fromkeys(
        Verdict, 0
    )


def test_draft_without_words_is_an_error(index: Index) -> None:
    with pytest.raises(UnreadableSource, match="no visible words"):
        checked(index, "<p></p>", DraftFormat.HTML)


def test_whole_speech_is_looked_for_part_by_part(index: Index) -> None:
    speech = ("We will go there again and again, whatever happens to us. " * 500).strip()
    source = Source(id="a-1", text=f"“{speech}”", origin="-")
    annotated = with_unattributed(AnnotatedSource(source, (), "1"))
    found = verify_document(index.snapshot(), annotated).quotations
    assert [len(one.verification.quote) for one in found] == [19_994, 9_005]
    assert "".join(one.verification.quote for one in found) == speech


PIECES = st.sampled_from(
    [
        *(f"“{SAID}”", "said Vladimir Putin", "Xi Jinping said", "— Jane Doe", "a visit", "😀"),
        *("<p>", "</p>", "<blockquote>", "</blockquote>", "<q>", "&ldquo;", "<footer>", "<b>"),
        *("\n", "\n\n", "> ", "**", "“", "”", '"', ", ", ". ", " ", "\0", "שלום"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(DraftFormat))
def test_every_place_lies_in_the_document(
    index: Index, document: str, written: DraftFormat
) -> None:
    try:
        found = check_draft(
            index.snapshot(), read_draft(document, written), extractor=Extractor.RULES
        ).quotations
    except UnreadableSource:
        return
    for one in found:
        excerpts = [one.attribution.mention, one.attribution.cue]
        spans = [*one.spans, *(excerpt.span for excerpt in excerpts if excerpt)]
        assert all(span.end <= len(document) for span in spans)
        if written is DraftFormat.TEXT:
            assert " ".join(span.of(document) for span in one.spans) == one.text
