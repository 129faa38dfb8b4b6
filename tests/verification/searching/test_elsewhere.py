"""The source that a draft cites beside a quotation, and where the quotation stands."""

from pathlib import Path

import pytest

from service.checking import check_draft
from service.domain import DraftFormat, Extractor
from service.extraction import annotate
from service.index.port import Snapshot
from service.index.whoosh import open_index
from service.reading import Declaration, source_from_text
from service.reading.drafts import read_draft
from service.verification.findings import Colour
from service.verification.placing import PlacedQuotation

WOLVES = "The wolves came back to the valley before anybody had asked for them"
BRIDGE = "Every plank of that bridge was paid for by people who never crossed it"
SALMON = "A river without salmon is a road without travellers"
FERRY = "We shall run the ferry until the last passenger has gone home"
ORCHARD = "Nobody plants an orchard for himself"


def said(words: str, name: str, *more: str) -> str:
    return "\n\n".join([f"“{words},” {name} said on Monday.", *more])


SOURCES = {
    "guardian": ("The Guardian", "https://www.theguardian.com/wolves", said(WOLVES, "Jane Doe")),
    "reuters": ("Reuters", "https://www.reuters.com/a", said(BRIDGE, "John Roe")),
    "reprint": (
        "The Evening Post",
        "https://eveningpost.example/b",
        said(SALMON, "Mary Major", "She spoke to Reuters in the town hall."),
    ),
    "bbc": ("BBC News", "https://www.bbc.co.uk/news/ferry", said(FERRY, "Jane Doe")),
    "nobody": ("", "", said(ORCHARD, "John Roe")),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    made = open_index(tmp_path_factory.mktemp("elsewhere") / "index", create=True)
    made.add(
        annotate(
            source_from_text(
                text,
                origin=name,
                declared=Declaration(publisher=publisher, url=url) if url else Declaration(),
            ),
            (),
            Extractor.RULES,
        )
        for name, (publisher, url, text) in SOURCES.items()
    )
    return made.snapshot()


def check(index: Snapshot, draft: str, written: str = "text") -> PlacedQuotation:
    checked = check_draft(index, read_draft(draft, DraftFormat(written)), (), Extractor.RULES)
    return next(one for one in checked.quotations if one.verification.best)


def cited_place(index: Snapshot, draft: str, written: str = "text") -> tuple[str, str] | None:
    cited = check(index, draft, written).cited
    return cited and (cited.name, cited.finding.value)


@pytest.mark.parametrize(
    "draft",
    [
        f"“{WOLVES},” Jane Doe told the Guardian.",
        f"“{WOLVES},” Jane Doe told Guardian reporters.",
        f"According to The Guardian, Jane Doe said: “{WOLVES}.”",
        f"In an interview with the Guardian, Jane Doe said: “{WOLVES}.”",
        f"“{WOLVES},” Jane Doe said (The Guardian, 3 February).",
        f"“{WOLVES},” Jane Doe said.[1]\n\nMore of it.\n\n[1] The Guardian, 3 February 2020",
    ],
)
def test_it_is_in_the_cited_source(index: Snapshot, draft: str) -> None:
    cited = check(index, draft).cited
    assert cited and cited.finding == "as_cited"
    assert not check(index, draft).is_elsewhere


@pytest.mark.parametrize(
    ("draft", "name"),
    [
        (f"“{WOLVES},” Jane Doe told Reuters.", "Reuters"),
        (f"“{WOLVES},” Jane Doe told the BBC.", "BBC"),
        (f"Jane Doe said: “{WOLVES},” according to the news agency Reuters.", "Reuters"),
        (f"Speaking to BBC News, Jane Doe said: “{WOLVES}.”", "BBC News"),
        (f"Reuters quoted Jane Doe as saying: “{WOLVES}.”", "Reuters"),
        (f"“{WOLVES},” Jane Doe said (Source: Reuters).", "Reuters"),
        (f"“{WOLVES},” Jane Doe said.¹\n\nMore of it.\n\n¹ Reuters, 3 February 2020", "Reuters"),
        (f"“{BRIDGE},” John Roe told the Evening Post.", "Evening Post"),
    ],
)
def test_it_is_elsewhere(index: Snapshot, draft: str, name: str) -> None:
    found = check(index, draft)
    assert found.cited and found.cited.finding == "found_elsewhere"
    assert found.cited.name.removeprefix("the ") == name
    assert name in found.cited.span.of(draft) or found.cited.span.of(draft) in "¹"
    assert (found.colour, found.passes) == (Colour.AMBER, True)


MARKDOWN = [
    (f"“{WOLVES},” Jane Doe [told Reuters](https://reuters.com/x).", "found_elsewhere"),
    (f"“{WOLVES},” Jane Doe [said](https://www.bbc.co.uk/news/1).", "found_elsewhere"),
    (f"“{WOLVES},” Jane Doe [said](https://theguardian.com/x?y=1).", "as_cited"),
    (f"“{WOLVES},” [Jane Doe](https://bbc.co.uk/people/doe) said.", None),
    (f"“{WOLVES},” Jane Doe said.[^1]\n\n[^1]: Reuters, 3 February", "found_elsewhere"),
    (f"“{WOLVES},” Jane Doe said.[^1]\n\n[^1]: https://reuters.com/x", "found_elsewhere"),
    (f"“{WOLVES},” Jane Doe said.[^1]\n\n[^1]: https://eastern.example/x", "not_indexed"),
    (f"“{WOLVES},” Jane Doe said.[^1]\n\n[^2]: BBC\n[^1]: The Guardian", "as_cited"),
]


@pytest.mark.parametrize(("draft", "finding"), MARKDOWN)
def test_links_and_notes_cite(index: Snapshot, draft: str, finding: str | None) -> None:
    cited = check(index, draft, "markdown").cited
    assert (cited and cited.finding) == finding


@pytest.mark.parametrize(
    ("note", "finding"),
    [
        ("Reuters, 3 February", "found_elsewhere"),
        ('<a href="https://www.bbc.com/news/2">3 February</a>', "found_elsewhere"),
        ("The Guardian, 3 February", "as_cited"),
    ],
)
def test_note_of_a_page_cites(index: Snapshot, note: str, finding: str) -> None:
    page = (
        f'<p>“{WOLVES},” Jane Doe said.<sup><a href="#n1">1</a></sup></p><p>More of it.</p>'
        f'<ol><li id="n1">{note}</li></ol>'
    )
    cited = check(index, page, "html").cited
    assert cited and cited.finding == finding
    assert cited.span.of(page) == "1"


def test_link_on_a_page_cites(index: Snapshot) -> None:
    page = f"<p>“{WOLVES},” Jane Doe <a class=x href='https://reuters.com/?a&amp;b'>said</a>."
    assert cited_place(index, page, "html") == ("reuters.com", "found_elsewhere")


@pytest.mark.parametrize(
    "draft",
    [
        f"“{WOLVES},” Jane Doe told the Straits Times.",
        f"“{WOLVES},” Jane Doe said (Le Monde, 3 February).",
    ],
)
def test_what_has_no_article_in_the_index_accuses_nobody(index: Snapshot, draft: str) -> None:
    found = check(index, draft)
    assert found.cited and found.cited.finding == "not_indexed"
    assert found.colour is Colour.GREEN


@pytest.mark.parametrize(
    "draft",
    [
        f"“{WOLVES},” Jane Doe told reporters.",
        f"“{WOLVES},” Jane Doe told Parliament on Monday.",
        f"“{WOLVES},” Jane Doe said. Reuters is an agency.",
        f"Reuters is an agency. “{WOLVES},” Jane Doe said.",
        f"“{WOLVES},” Jane Doe said. “We told Reuters so,” said John Roe.",
    ],
)
def test_without_a_cited_source_nothing_is_added(index: Snapshot, draft: str) -> None:
    assert cited_place(index, draft) is None


def test_reprint_of_what_is_cited_is_as_cited(index: Snapshot) -> None:
    assert cited_place(index, f"“{SALMON},” Mary Major told Reuters.") == ("Reuters", "as_cited")


def test_one_right_citation_is_enough(index: Snapshot) -> None:
    draft = f"“{WOLVES},” Jane Doe told Reuters, the Guardian reported."
    assert cited_place(index, draft) == ("the Guardian", "as_cited")


def test_who_published_it_must_be_known(index: Snapshot) -> None:
    assert cited_place(index, f"“{ORCHARD},” John Roe told Reuters.") is None


def test_altered_quotation_is_not_elsewhere(index: Snapshot) -> None:
    draft = f"“{WOLVES.replace('wolves', 'foxes')},” Jane Doe told Reuters."
    assert cited_place(index, draft) is None


def test_it_may_be_in_another_article_of_the_cited_publisher(tmp_path: Path) -> None:
    with_both = open_index(tmp_path / "index", create=True)
    for number, publisher in enumerate(("The Guardian", "Reuters")):
        text = said(WOLVES, "Jane Doe", f"Article {number}.")
        source = source_from_text(text, origin=publisher, declared=Declaration(publisher=publisher))
        with_both.add([annotate(source, (), Extractor.RULES)])
    finding = cited_place(with_both.snapshot(), f"“{WOLVES},” Jane Doe told Reuters.")
    assert finding == ("Reuters", "as_cited")
    with_both.close()
