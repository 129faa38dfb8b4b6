"""Which files an argument refers to."""

from pathlib import Path

import pytest

from service.errors import UnreadableSource, UnsupportedFormat
from service.reading import find_files, read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = (
        *("b.txt", "a.TXT", "b.txt.meta.json", "photo.png", ".hidden.txt"),
        *("deep/er/c.jsonl", "deep/d.txt", ".git/e.txt", "pictures/f.png"),
    )
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    return tmp_path


def names(folder: Path, *arguments: str) -> list[str]:
    found = find_files(str(folder / argument) for argument in arguments)
    paths = [one for one in found if isinstance(one, Path)]
    return [path.relative_to(folder).as_posix() for path in paths]


def test_folder_is_walked_down_in_sorted_order(folder: Path) -> None:
    assert names(folder, "") == ["a.TXT", "b.txt", "deep/d.txt", "deep/er/c.jsonl"]


def test_file_named_twice_is_found_once(folder: Path) -> None:
    assert names(folder, "deep/d.txt", "b.txt", "deep", "b.txt") == [
        *("deep/d.txt", "b.txt", "deep/er/c.jsonl"),
    ]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*", ["a.TXT", "b.txt", "deep/d.txt", "deep/er/c.jsonl"]),
        ("*.txt", ["b.txt"]),
        ("**/*.txt", ["b.txt", "deep/d.txt"]),
        ("[ab].*", ["a.TXT", "b.txt"]),
    ],
)
def test_glob_matches_what_is_read(folder: Path, pattern: str, found: list[str]) -> None:
    assert names(folder, pattern) == found


def test_file_with_brackets_in_its_name_is_a_file_first(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("No.")
    assert names(tmp_path, "a[1].txt") == ["a[1].txt"]


def test_named_hidden_file_is_read_and_named_sidecar_is_not(folder: Path) -> None:
    assert names(folder, ".hidden.txt", "b.txt", "b.txt.meta.json") == [".hidden.txt", "b.txt"]


@pytest.mark.parametrize("argument", ["missing.txt", "missing", "*.tiff", "pictures"])
def test_argument_that_means_no_file_is_named(folder: Path, argument: str) -> None:
    path, error = find_files([str(folder / "b.txt"), str(folder / argument)])
    assert path == folder / "b.txt"
    assert isinstance(error, UnreadableSource)
    assert str(error).startswith(f"{folder / argument}: no ")


@pytest.mark.parametrize("name", ["photo.png", "Makefile", "lonely.meta.json"])
def test_named_file_of_another_format_is_an_error(folder: Path, name: str) -> None:
    path = folder / name
    path.write_text("{}")
    [error] = find_files([str(path)])
    assert isinstance(error, UnsupportedFormat)
    assert str(error).startswith(f"{path}: ")
    suffixes = (
        ".atom, .docx, .eml, .htm, .html, .json, .jsonl, .markdown, .md, .parquet, .pdf, .rss,"
        " .srt, .txt, .vtt, .warc, .warc.gz, .xml"
    )
    assert str(error).endswith(f"is not supported; supported formats: {suffixes}")
    with pytest.raises(UnsupportedFormat):
        read(path)


@pytest.mark.parametrize("name", ["gone.txt", "gone.jsonl"])
def test_file_that_is_gone_is_an_error_in_its_place(tmp_path: Path, name: str) -> None:
    [error] = read(tmp_path / name)
    assert isinstance(error, UnreadableSource)
    assert str(error) == f"{tmp_path / name}: cannot be read (No such file or directory)"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.html", b"%PDF-1.4 and so on", "this is a PDF file; name it .pdf"),
        ("a.docx", b"%PDF-1.4 and so on", "this is a PDF file; name it .pdf"),
        ("a.txt", b"PK\x03\x04 word/document.xml", "this is a Word file; name it .docx"),
        ("a.pdf", b"PK\x03\x04 word/document.xml", "this is a Word file; name it .docx"),
        ("a.eml", b"PK\x03\x04 else", "this is a ZIP archive; unpack it"),
        ("a.md", b"\x1f\x8b\x08", "this is compressed by gzip; unpack it"),
        ("a.txt", b"{\\rtf1 Words}", "this is an RTF file; save it as .docx"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "this is a picture; run OCR on it"),
        (
            "a.html",
            b"\xd0\xcf\x11\xe0",
            "this is a file of an old Word or Office; save it as .docx",
        ),
    ],
)
def test_file_of_another_format_says_which(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (error,) = read(path)
    assert str(error) == f"{path}: {reason}"
