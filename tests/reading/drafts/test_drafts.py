"""Drafts: their visible text, and that every visible character leads back to its position."""

import html
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.domain import DraftFormat, Span
from service.errors import UnreadableSource
from service.reading.drafts import Draft, read_draft
from service.reading.drafts.html_draft import read_html
from service.reading.drafts.markdown_draft import read_markdown

# Pieces of markup in any order reach cases that free text would not.
HTML = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<blockquote>", "</blockquote>", "<footer>", "</footer>", "<cite>"),
            *(
                "</cite>",
                "<q>",
                "</q>",
                "<br>",
                "<b class='x>'>",
                "</b>",
                "<pre>",
                "</pre>",
                "<li>",
            ),
            *("&amp;", "&ldquo;", "&#8217", "&nosuch;", "&", "<", "< ", "\n", "  ", "\r\n", "\t"),
            *(
                "<!-- x -->",
                "<!x>",
                "</>",
                "<script>a<b</script>",
                "<svg>a</svg>",
                "\N{EMOJI MODIFIER FITZPATRICK TYPE-3}",
            ),
            *("We stay", "“no”", '"', "— Jane Doe", "Putin said", "習近平", "\u2028", "\xa0", "\0"),
        ]
    ),
    max_size=30,
).map("".join)
MARKDOWN = st.lists(
    st.sampled_from(
        [
            *(
                "\n",
                "\n\n",
                "\r\n",
                "\r",
                "> ",
                ">",
                "- ",
                "1. ",
                "# ",
                "## ",
                " #",
                "    ",
                "\t",
                "```\n",
            ),
            *(
                "*",
                "**",
                "_",
                "`",
                "``",
                "[",
                "](http://a.b 'c')",
                "![",
                "]: /x\n",
                "<b>",
                "</b>",
                "<q>",
            ),
            *(
                "\\",
                "\\*",
                "&amp;",
                "&#39;",
                "<http://a.b>",
                "<!-- c -->",
                "<div>\n",
                "</div>\n",
                "---\n",
            ),
            *(
                "===\n",
                "We stay",
                "“no”",
                '"',
                "— Jane Doe",
                "习近平",
                "\u2028",
                "\xa0",
                "\0",
                "  \n",
                "~",
                ":",
            ),
        ]
    ),
    max_size=30,
).map("".join)
ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")


def readable(document: str, written: DraftFormat) -> Draft | None:
    try:
        return read_draft(document, written)
    except UnreadableSource:
        return None


def means_place(shown: str, place: str) -> bool:
    """Whether the document's characters are a way to write the visible ones."""
    if place == "":
        return shown in "“”«»— \n"
    if shown == " ":
        return not place.strip(" \t\r\n\f>")
    return (
        place == shown
        or shown in html.unescape(place)
        or (ESCAPED.fullmatch(place) is not None and place[1] == shown)
        or place.lower() in ("<q>", "</q>", "\0", "&nosuch;")
    )


def check_places(draft: Draft) -> None:
    before = 0
    for number, shown in enumerate(draft.text):
        place = draft.place(Span(number, number + 1))
        assert before <= place.start <= place.end <= len(draft.document)
        assert means_place(shown, place.of(draft.document)), (shown, place.of(draft.document))
        before = place.start


@settings(max_examples=200)
@given(HTML | st.text())
def test_every_character_of_html_leads_back_to_its_place(document: str) -> None:
    draft = readable(document, DraftFormat.HTML)
    if draft is not None:
        check_places(draft)


@settings(max_examples=200)
@given(MARKDOWN | st.text())
@example("> a\r\n> `b\r\n> c` *d*\n\n# e # f ##\n")
def test_every_character_of_markdown_leads_back_to_its_place(document: str) -> None:
    draft = readable(document, DraftFormat.MARKDOWN)
    if draft is not None:
        check_places(draft)


WORDS = st.lists(st.sampled_from(["we", "Stay", "naïve", "“No”", "here.", "习近平"]), min_size=1)


@st.composite
def html_of(draw: st.DrawFn, words: list[str]) -> str:
    """Words in an HTML document, with tags, entities and comments between and around them."""
    pieces = []
    for word in words:
        written = draw(
            st.sampled_from([word, html.escape(word), f"&#x{ord(word[0]):x};{word[1:]}"])
        )
        tag = draw(
            st.sampled_from(["b", "a href='>\"'", "p", "blockquote", "li", "SPAN\n", "i title=a"])
        )
        around = draw(
            st.sampled_from(["{}", "<{t}>{}</{n}>", "<!-- 'x' -->{}", "<script>'<p>'</script> {}"])
        )
        pieces.append(around.format(written, t=tag, n=tag.split()[0]))
    return draw(st.sampled_from([" ", "\n", "\r\n   ", "<br>", "<p>"])).join(pieces)


@st.composite
def markdown_of(draw: st.DrawFn, words: list[str]) -> str:
    pieces = []
    for word in words:
        around = [
            "{}",
            "*{}*",
            "**{}**",
            "[{}](http://a.b/x_y 'no')",
            "<b>{}</b>",
            "`{}`",
            "{}<!-- x -->",
        ]
        pieces.append(draw(st.sampled_from(around)).format(word))
        pieces.append(
            draw(st.sampled_from([" ", "\n", "\n\n", "\n\n> ", "\n\n- ", "\n\n## ", "  \r\n"]))
        )
    return "".join(pieces)


def check_words(draft: Draft, words: list[str]) -> None:
    """All words in order, each at its position."""
    offset = 0
    for word in words:
        start = draft.text.index(word, offset)
        offset = start + len(word)
        assert html.unescape(draft.place(Span(start, offset)).of(draft.document)) == word


@given(WORDS.flatmap(lambda words: st.tuples(st.just(words), html_of(words))))
def test_every_word_of_html_is_found_in_its_place(written: tuple[list[str], str]) -> None:
    words, document = written
    check_words(read_html(document), words)


@given(WORDS.flatmap(lambda words: st.tuples(st.just(words), markdown_of(words))))
def test_every_word_of_markdown_is_found_in_its_place(written: tuple[list[str], str]) -> None:
    words, document = written
    check_words(read_markdown(document), words)


def test_plain_text_is_its_own_draft() -> None:
    document = "“No”,\r\n\r\n  he said.\t"
    draft = read_draft(document, DraftFormat.TEXT)
    assert draft.text == document
    assert draft.place(Span(2, 9)) == Span(2, 9)


@pytest.mark.parametrize(
    ("document", "shown"),
    [
        ("<p>We  stay\n here.</p><p>Now", "We stay here.\n\nNow"),
        ("a<br>b<br/><br />c", "a\nb\n\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<title>x</title><style>y</style><p>a<del>b</del>c", "ac"),
        ("3 < 4 &lt; 5 & <q>six</q>", "3 < 4 < 5 & “six”"),
        ("<ul><li>a<li>b</ul>c", "a\n\nb\n\nc"),
        ("<svg><text>no</text></svg>a<TEXTAREA><p></TextArea>", "a"),
    ],
)
def test_html_shows_what_a_browser_shows(document: str, shown: str) -> None:
    assert read_html(document).text == shown


@pytest.mark.parametrize(
    ("document", "shown"),
    [
        ("# A *head*\n\nand\nbody", "A head\n\nand body"),
        ("a\\*b &amp; c\\\nd", "a*b & c\nd"),
        ("[words](http://a.b 'no'), ![no](x.png) <http://c.d>", "words, http://c.d"),
        ("1. one\n2. two\n", "one\n\ntwo"),
        ("```\n“no”\n```\n\n    “no”\n\n`yes`", "yes"),
        ("---\ntitle: “No”\n---\nyes", "yes"),
        ("a\n===\n\n<div><b>b</b></div>\n\nc <q>d</q>", "a\n\nb\n\nc “d”"),
        ("> *We*\r\n> stay", "“We stay”"),
    ],
)
def test_markdown_shows_its_words(document: str, shown: str) -> None:
    assert read_markdown(document).text == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["We stay."], "“We stay.”"),
        (["We stay.", "We do."], "“We stay.\n\n“We do.”"),
        (["We “stay”."], "«We “stay”.»"),
        (["“We stay,” he said."], "“We stay,” he said."),
        (["We stay.", "— Jane Doe, mayor"], "“We stay.” — Jane Doe, mayor"),
        (["“We stay.”", "— Jane Doe"], "“We stay.” — Jane Doe"),
        (["— We stay."], "“— We stay.”"),
    ],
)
def test_block_quotation_is_read_as_one(words: list[str], shown: str) -> None:
    paragraphs = "".join(f"<p>{word}</p>" for word in words)
    assert read_html(f"<blockquote>{paragraphs}</blockquote>").text == shown
    assert read_markdown("\n".join(f"> {word}\n>" for word in words)).text == shown


@pytest.mark.parametrize(
    "signature",
    [
        "<footer>Jane Doe</footer>",
        "<cite>Jane <b>Doe</b></cite>",
        "<p><cite>Jane Doe</cite></p>",
        "<br>— Jane Doe",
        "<figcaption>— <cite>Jane Doe</cite></figcaption>",
    ],
)
def test_signature_of_a_block_quotation_is_outside_its_marks(signature: str) -> None:
    draft = read_html(f"<p>So:<blockquote>We stay.{signature}</blockquote>Then")
    assert draft.text == "So:\n\n“We stay.” — Jane Doe\n\nThen"


def test_signed_line_of_a_quotation_in_markdown_is_not_part_of_it() -> None:
    assert read_markdown("> We\n> stay.\n> — Jane Doe").text == "“We stay.” — Jane Doe"


def test_work_named_in_a_quotation_is_part_of_it() -> None:
    assert read_html("<blockquote>I like <cite>War</cite>.").text == "“I like War.”"


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("<p>a\n<b c", "line 2: the tag starting with <b c is never closed"),
        ("a <!-- b", "line 1: the tag starting with <!-- b is never closed"),
        ("\n\n<script>a</scrip>", "line 3: <script> is never closed"),
        ("a<svg><b>c</b>", "line 1: <svg> is never closed"),
        ("<p> <br>\n", "no visible words"),
    ],
)
def test_html_that_would_hide_words_is_an_error(document: str, named: str) -> None:
    with pytest.raises(UnreadableSource, match=re.escape(named)):
        read_draft(document, DraftFormat.HTML)


def test_position_counts_lines_of_every_kind() -> None:
    draft = read_draft("a\r\nb\rc\n\nd", DraftFormat.TEXT)
    found = [draft.position(draft.text.index(letter)) for letter in "abcd"]
    assert found == [(1, 1), (2, 1), (3, 1), (5, 1)]


@pytest.mark.parametrize(
    ("document", "words", "name"),
    [
        ("<blockquote>We <b>stay</b>.<cite>Jane Doe</cite></blockquote>", ["We stay."], "Jane Doe"),
        ("<blockquote>“Stay.”<footer>— Doe, mayor</footer></blockquote>", ["Stay."], "Doe"),
        ("<blockquote><p>We stay.<p>We do.<p>— Jane Doe", ["We stay.", "We do."], "Jane Doe"),
    ],
)
def test_signed_quotation_is_recognised_by_its_markup(
    document: str, words: list[str], name: str
) -> None:
    draft = read_html(f"So it was:{document}")
    (signed,) = draft.signed_quotations()
    assert [span.of(draft.text) for span in signed.paragraphs] == words
    assert signed.signature.of(draft.text) == name


def test_signature_ends_with_its_quotation() -> None:
    draft = read_html("<blockquote>We stay.<footer>Jane Doe</blockquote>Then it rained.</footer>")
    assert draft.text == "“We stay.” — Jane Doe\n\nThen it rained."
    assert draft.signed_quotations()[0].signature.of(draft.text) == "Jane Doe"


def test_quotation_with_words_beside_its_marks_is_left_to_reading() -> None:
    draft = read_html("<blockquote>“We stay,” he said. “We do.”<cite>Jane Doe</cite></blockquote>")
    assert draft.signed_quotations() == []
