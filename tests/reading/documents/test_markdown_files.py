"""Markdown with front matter."""

from pathlib import Path

import pytest

from service.domain import Source
from service.errors import UnreadableSource
from service.reading import read
from tests.reading.documents.contract import AdapterContract, Article


class TestMarkdownFiles(AdapterContract):
    def written(self, article: Article, folder: Path) -> Path:
        authors = "".join(f"\n  - {name}" for name in article.authors)
        path = folder / "article.md"
        path.write_text(
            f'---\ntitle: "{article.title}"\nauthors:{authors}\ndate: {article.published}\n---\n\n'
            + "\n\n".join(article.paragraphs).replace("council", "**council**")
            + "\n",
            "utf-8",
        )
        return path


def read_one(folder: Path, written: str) -> Source | UnreadableSource:
    path = folder / "a.markdown"
    path.write_text(written, "utf-8")
    (outcome,) = read(path)
    return outcome


def test_toml_and_single_values_are_read(tmp_path: Path) -> None:
    source = read_one(
        tmp_path,
        '+++\ntitle = "Mill opens"\nauthor = "By Jane Doe"\ndate = 2024-01-03T08:00:00Z\n'
        'lang = "en_GB"\nurl = "https://dover.example/mill"\n+++\nIt opens, *she* said.\n',
    )
    assert isinstance(source, Source)
    assert source.text == "It opens, she said."
    assert source.title is not None and source.title.field == "title"
    assert [author.value for author in source.authors] == ["Jane Doe"]
    assert str(source.published and source.published.value) == "2024-01-03"
    assert source.language is not None and source.language.value == "en-GB"
    assert source.url is not None and source.url.value == "https://dover.example/mill"


def test_values_that_cannot_be_used_are_left_out(tmp_path: Path) -> None:
    source = read_one(tmp_path, "---\ntitle: [1]\ndate: soon\nurl: ../x\n---\nShe said no.\n")
    assert isinstance(source, Source)
    assert (source.title, source.published, source.url) == (None, None, None)


@pytest.mark.parametrize(
    "front_matter",
    [
        "title: 'open",
        "date: 2024-13-45",
        "a: " + "[" * 5_000,
        "a: &a [x, x]\n" + "b: &b [*a, *a]\n" * 3 + "c: *nowhere",
        "x: " + "y" * 200_000,
    ],
)
def test_broken_front_matter_is_named(tmp_path: Path, front_matter: str) -> None:
    error = read_one(tmp_path, f"---\n{front_matter}\n---\nShe said no.\n")
    assert isinstance(error, UnreadableSource)
    assert "the front matter" in str(error)
    assert "\n" not in str(error)
