"""Bytes become the text they encode, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import Source
from service.errors import UnreadableSource
from service.reading import read
from service.reading.decoding import decode

WESTERN = "“Non,” said the président: it’s naïve.\r\nHe left – at last.\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_text_and_line_ends_come_back_whatever_the_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(WESTERN.encode(encoding))
    [source] = read(path)
    assert isinstance(source, Source)
    assert source.text == WESTERN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("café", "latin-1"),
        ("«Garçon», dit-il à l’hôtel.".replace("’", "'"), "latin-1"),
        ("“No.” he said", "cp1252"),
        ("Er sagte: „Nein, das können wir nicht tun.“", "cp1252"),
        ("Президент сказал, что Россия и Китай будут сотрудничать.", "cp1251"),
        ("习近平主席说,两国将加强合作。中俄关系持续发展", "gb18030"),
        ("قال الرئيس إن البلدين سيتعاونان في جميع المجالات", "cp1256"),
    ],
)
def test_legacy_encoding_is_detected(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "article.txt") == text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty file"),
        (b"\xef\xbb\xbf", "empty file"),
        (b" \r\n\t\n", "empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01", "this is a picture"),
        (b"text\x00with NUL", "binary file"),
        (
            "It’s “fine”".encode() + b" and \x93broken",
            "byte 22 is not valid UTF-8, although the rest is",
        ),
        (b"\xff\xfeN\x00o\x00!", "byte 4 is not valid UTF-16-LE, although the rest is"),
    ],
)
def test_file_without_text_is_named_and_described(
    content: bytes, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    [error] = read(path)
    assert isinstance(error, UnreadableSource)
    assert str(error).startswith(f"{path}: {problem}")


@settings(deadline=None)
@given(st.text().filter(lambda text: bool(text.strip()) and "\0" not in text))
def test_utf8_round_trip_is_exact(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode(), "x") == text


@settings(deadline=None)
@given(st.binary())
def test_no_bytes_at_all_give_another_error(content: bytes) -> None:
    try:
        text = decode(content, "x")
    except UnreadableSource as error:
        assert str(error).startswith("x: ")
    else:
        assert text.strip()
