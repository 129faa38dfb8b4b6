"""Pages in the markups of many publishers, each with what a reader says of it beside it."""

from pathlib import Path

import pytest

from bench.pages import expected, f1_of, read_by_service

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
