"""Word files: the text that Word shows, and the metadata in the properties."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from service.domain import Source
from service.errors import UnreadableSource
from service.reading import read
from tests.reading.documents.contract import AdapterContract, Article


class TestWordFiles(AdapterContract):
    declares = frozenset({"title", "authors"})

    def written(self, article: Article, folder: Path) -> Path:
        word = docx.Document()
        word.core_properties.author = " and ".join(article.authors)
        word.add_heading(article.title, 0)
        for paragraph in article.paragraphs:
            word.add_paragraph(paragraph)
        word.sections[0].header.paragraphs[0].text = "The Chronicle"
        path = folder / "article.docx"
        word.save(str(path))
        return path


def text_of(word: object, folder: Path) -> str:
    path = folder / "a.docx"
    word.save(str(path))  # type: ignore[attr-defined]
    (source,) = read(path)
    assert isinstance(source, Source), source
    return source.text


def test_changes_are_read_as_accepted_and_hidden_words_are_not(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("She said ")
    for written in (
        "<w:ins {0} w:id='1' w:author='e'><w:r><w:t>“yes”</w:t></w:r></w:ins>",
        "<w:del {0} w:id='2' w:author='e'><w:r><w:delText>“no”</w:delText></w:r></w:del>",
        "<w:r {0}><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>",
        "<w:r {0}><w:br/><w:t>twice.</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(written.format(nsdecls("w"))))
    assert text_of(word, tmp_path) == "She said “yes”\ntwice."


def test_tables_stay_in_their_place(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Before.")
    word.add_table(1, 2).rows[0].cells[1].text = "Inside."
    word.add_paragraph("Behind.")
    assert text_of(word, tmp_path) == "Before.\n\nInside.\n\nBehind."


def test_paragraphs_in_a_style_for_quotations_get_marks(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("She wrote:")
    word.add_paragraph("It was a great day.", style="Intense Quote")
    word.add_paragraph("We shall do it again.", style="Quote")
    word.add_paragraph("Then she left.")
    assert text_of(word, tmp_path) == (
        "She wrote:\n\n“It was a great day.\n\n“We shall do it again.”\n\nThen she left."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted or in Word's old format"),
        (b"PK\x03\x04 and no more", "damaged, or not a .docx file"),
        (b"just words", "damaged, or not a .docx file"),
    ],
)
def test_file_that_word_cannot_open_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    (error,) = read(path)
    assert isinstance(error, UnreadableSource)
    assert str(error).startswith(f"{path}: {message}")


def test_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/media/{number}.bin", b"\0" * 80_000_000)
    (error,) = read(path)
    assert "unpacks to" in str(error)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    word = docx.Document()
    word.add_paragraph("PLACE")
    word.save(str(path))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    document = parts["word/document.xml"].replace(b"PLACE", b"&x; and &y;")
    bomb = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret}"><!ENTITY y "bomb">]>'.encode()
    head, _, rest = document.partition(b"?>")
    parts["word/document.xml"] = head + b"?>" + bomb + rest
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    for outcome in read(path):
        assert "secret" not in getattr(outcome, "text", "")
