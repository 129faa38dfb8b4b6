"""A small real index, its two sources annotated by hand, and clients of the whole application."""

from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.domain import (
    AnnotatedSource,
    Attested,
    Excerpt,
    Form,
    PartialDate,
    Provenance,
    Source,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)
from service.extraction import annotate
from service.index.whoosh import open_index
from service.reading import read
from service.settings import Settings
from tests.statements import named, stated

SEEDS = Path(__file__).parents[2] / "seeds"

PUTIN = Speaker("vladimir-putin", "Vladimir Putin", SpeakerKind.PERSON)
XI = Speaker("xi-jinping", "Xi Jinping", SpeakerKind.PERSON)
BOTH = Speaker("vladimir-putin+xi-jinping", "Putin and Xi", SpeakerKind.GROUP, (PUTIN, XI))

MEETING = (
    "MOSCOW, February 3. /TASS/. “Our relations are at a high level,” Putin said. "
    "Xi said that trade has grown. “No more war,” the two leaders wrote."
)
VISIT = "Putin said on Friday that the visit was “very useful” to both sides."


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def excerpt_of(text: str, words: str) -> Excerpt:
    return Excerpt(words, span_of(text, words))


def inferred(text: str, words: str) -> Attested[str]:
    return Attested(words, Provenance.INFERRED, span_of(text, words))


def meeting() -> AnnotatedSource:
    source = Source(
        id="a-meeting",
        text=MEETING,
        origin="meeting.txt",
        title=Attested("Leaders meet", Provenance.DECLARED),
        publisher=inferred(MEETING, "TASS"),
        published=Attested(PartialDate(2022, 2, 3), Provenance.DECLARED),
        place=inferred(MEETING, "MOSCOW"),
        url=Attested("https://example.org/meeting", Provenance.DECLARED),
        language=Attested("en", Provenance.DECLARED),
        metadata={"section": "World"},
    )
    return AnnotatedSource(
        source,
        (
            said(source, Form.DIRECT, "Our relations are at a high level,", PUTIN, "Putin"),
            said(source, Form.INDIRECT, "trade has grown", XI, "Xi"),
            said(source, Form.DIRECT, "No more war,", BOTH, "the two leaders"),
        ),
        "1",
    )


def visit() -> AnnotatedSource:
    source = Source(
        id="b-visit",
        text=VISIT,
        origin="visit.txt",
        publisher=Attested("Xinhua", Provenance.DECLARED),
        published=Attested(PartialDate(2024, 5, 15), Provenance.DECLARED),
    )
    content = said(source, Form.MIXED, "the visit was “very useful” to both sides", None, "Putin")
    return AnnotatedSource(source, (content,), "1")


def said(
    source: Source, form: Form, words: str, speaker: Speaker | None, mention: str
) -> Statement:
    span = span_of(source.text, words)
    quoted = {
        Form.DIRECT: (span,),
        Form.MIXED: (span_of(source.text, "very useful"),) if "very useful" in words else (),
        Form.INDIRECT: (),
    }
    attribution = named(excerpt_of(source.text, mention), excerpt_of(source.text, "said"))
    return stated(source, form, [span], speaker, attribution, quoted=quoted[form])


@pytest.fixture
def quotation() -> Statement:
    return meeting().statements[0]


@pytest.fixture
def index_path(tmp_path: Path) -> Path:
    """An index of the meeting and the visit that a test may change."""
    return _indexed(tmp_path / "index")


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of an application on an index of the meeting and the visit, which must not
    change."""
    path = _indexed(tmp_path_factory.mktemp("meeting") / "index")
    return create_app(Settings(index=path)).test_client()


@pytest.fixture(scope="session")
def without_index(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = tmp_path_factory.mktemp("nothing") / "index"
    return create_app(Settings(index=path)).test_client()


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of seeds/."""
    path = tmp_path_factory.mktemp("seeds") / "index"
    with closing(open_index(path, create=True)) as index:
        index.add(
            [annotate(source) for file in sorted(SEEDS.glob("*.txt")) for source in read(file)]
        )
    return path


def _indexed(path: Path) -> Path:
    with closing(open_index(path, create=True)) as index:
        index.add([meeting(), visit()])
    return path
