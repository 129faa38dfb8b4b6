"""Pages in the markup of many publishers, each with the expected metadata beside it."""

from contextlib import closing
from pathlib import Path

import pytest

from bench.pages import expected, f1_of, read_by_service
from service.domain import AnnotatedSource, Source
from service.index.whoosh import open_index
from service.reading import read

PAGES = sorted((Path(__file__).parent / "publishers").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_page_is_read_as_a_reader_would(path: Path) -> None:
    found, wanted = read_by_service(path), expected(path)
    assert found.title == wanted.title
    assert found.authors == wanted.authors
    assert found.published == wanted.published
    assert f1_of(found.text, wanted.text) > 0.94
    for paragraph in (one for one in wanted.text.split("\n\n") if len(one) > 20):
        assert " ".join(paragraph.split()) in " ".join(found.text.split())


def test_whatever_is_read_of_a_page_can_be_stored(tmp_path: Path) -> None:
    """lxml has its own string type, which an index must not contain."""
    annotated = [
        AnnotatedSource(source, (), "")
        for path in PAGES
        for source in read(path)
        if isinstance(source, Source)
    ]
    with closing(open_index(tmp_path, create=True)) as index:
        assert index.add(annotated).added == len(PAGES)
