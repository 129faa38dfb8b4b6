"""PDF: reading order, hyphens, running heads, pages."""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from service.domain import Source
from service.errors import UnreadableSource
from service.reading import read
from tests.reading.documents.contract import ARTICLE, AdapterContract, Article

WIDTH, HEIGHT = A4
SIZE, PITCH = 10, 12


def wrapped(canvas: Canvas, text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if canvas.stringWidth(longer, "Times-Roman", SIZE) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Printer:
    """Sets paragraphs in columns, page by page, with a running head and page numbers."""

    def __init__(self, path: Path, columns: int, lines: int = 50) -> None:
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.width = (WIDTH - 100 - (columns - 1) * 20) / columns
        self.lefts = [50 + column * (self.width + 20) for column in range(columns)]
        self.lines = lines
        self.column = self.row = 0
        self.page = 1
        self.top = HEIGHT - 120

    def headline(self, text: str) -> None:
        self.canvas.setFont("Times-Bold", 20)
        self.canvas.drawString(50, self.top, text)
        self.top -= 40

    def paragraph(self, text: str) -> None:
        for line in wrapped(self.canvas, text, self.width):
            self.line(line)
        self.row += 1

    def line(self, text: str, size: float = SIZE) -> None:
        if self.row >= self.lines:
            self._next_column()
        self.canvas.setFont("Times-Roman", size)
        self.canvas.drawString(self.lefts[self.column], self.top - self.row * PITCH, text)
        self.row += 1

    def _next_column(self) -> None:
        self.row = 0
        self.column += 1
        if self.column == len(self.lefts):
            self._finish_page()
            self.column, self.page, self.top = 0, self.page + 1, HEIGHT - 120

    def _finish_page(self) -> None:
        self.canvas.setFont("Times-Roman", 8)
        self.canvas.drawString(50, HEIGHT - 40, f"The Chronicle, No. {self.page + 100}")
        self.canvas.drawString(50, 30, f"Page {self.page}")
        self.canvas.showPage()

    def save(self) -> None:
        self._finish_page()
        self.canvas.save()


class TestPdf(AdapterContract):
    declares = frozenset({"title", "authors"})
    mutations = 6  # each is read in a separate process

    def written(self, article: Article, folder: Path) -> Path:
        path = folder / "article.pdf"
        printer = Printer(path, columns=2, lines=14)
        printer.canvas.setAuthor(" and ".join(article.authors))
        printer.headline(article.title)
        for paragraph in article.paragraphs:
            printer.paragraph(paragraph)
        printer.save()
        return path


def only(path: Path) -> Source:
    (source,) = read(path)
    assert isinstance(source, Source), source
    return source


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_are_read_one_after_the_other(tmp_path: Path, columns: int) -> None:
    paragraphs = [f"{n}. {text}" for n, text in enumerate(ARTICLE.paragraphs * 4)]
    path = tmp_path / "a.pdf"
    printer = Printer(path, columns, lines=11)
    for paragraph in paragraphs:
        printer.paragraph(paragraph)
    printer.save()
    text = only(path).text
    assert text.replace("\n\n", " ") == " ".join(paragraphs)


def test_words_divided_at_a_line_end_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printer = Printer(path, 1)
    for line in (
        "“The decision was un-",
        "acceptable,” said the prime minister, a self-",
        "made man of well-known views, and the Anglo-",
        "American guests agreed that it was so.",
    ):
        printer.line(line)
    printer.save()
    assert only(path).text == (
        "“The decision was unacceptable,” said the prime minister, a self-made man of well-known"
        " views, and the Anglo-American guests agreed that it was so."
    )


def test_pull_quote_that_the_text_has_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printer = Printer(path, 1)
    printer.line("“Nobody asked the dockers,” said Peter Minor, who speaks for them")
    printer.line("“Nobody asked the dockers”", 16)
    printer.line("in the talks that began on Monday in the town hall of Dover.")
    printer.save()
    assert only(path).text == (
        "“Nobody asked the dockers,” said Peter Minor, who speaks for them in the talks that began"
        " on Monday in the town hall of Dover."
    )


def test_every_page_has_the_places_of_its_words(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    printer = Printer(path, 1, lines=6)
    for paragraph in ARTICLE.paragraphs:
        printer.paragraph(paragraph)
    printer.save()
    source = only(path)
    places: Sequence[dict[str, Any]] = source.metadata["places"]  # type: ignore[assignment]
    assert [place["page"] for place in places] == sorted({place["page"] for place in places})
    assert places[0]["start"] == 0 and places[-1]["end"] == len(source.text)
    last = places[-1]
    assert ARTICLE.paragraphs[-1] in source.text[last["start"] : last["end"]]
    assert "Chronicle" not in source.text and "Page" not in source.text


def test_encrypted_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", strength=128))
    canvas.drawString(50, 700, "She said no.")
    canvas.save()
    (error,) = read(path)
    assert str(error) == f"{path}: the file is encrypted; save it without a password"


def test_pictures_alone_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.rect(50, 50, 100, 100)
    canvas.save()
    (error,) = read(path)
    assert "the file has no text and may be a scan" in str(error)


def test_bomb_costs_one_line(tmp_path: Path) -> None:
    packed = _bomb()
    path = tmp_path / "a.pdf"
    path.write_bytes(
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n" % (len(packed), packed)
    )
    (error,) = read(path)
    assert isinstance(error, UnreadableSource)


def _bomb() -> bytes:
    """More than a gigabyte of blanks."""
    packer = zlib.compressobj(1)
    blanks = b" " * 10_000_000
    return b"".join(packer.compress(blanks) for _ in range(110)) + packer.flush()
