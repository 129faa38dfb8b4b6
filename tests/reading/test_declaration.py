"""Declared metadata: lines of .jsonl files, sidecars and standard input."""

import io
import json
from pathlib import Path

import pytest

from service.domain import Attested, PartialDate, Provenance, Source
from service.errors import UnreadableSource
from service.reading import declaration_of, read, read_standard_input, source_from_text

TEXT = "Leaders meet\n\nMOSCOW, February 3. /TASS/. The president spoke at some length of peace."
FULL = {
    "id": "Talks_2022.02~3-a",
    "title": "The talks",
    "publisher": "The Herald",
    "url": "https://herald.example/talks",
    "published": "2022-02-04T10:00:00+03:00",
    "authors": ["Jane Doe", "John Roe"],
    "language": "EN-GB",
}


def declared(value: str, field: str) -> Attested[str]:
    return Attested(value, Provenance.DECLARED, field=field)


def lines_file(folder: Path, *lines: object) -> Path:
    path = folder / "articles.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n")
    return path


@pytest.mark.parametrize("key", ["text", "body"])
def test_line_declares_every_key_and_keeps_the_unknown(tmp_path: Path, key: str) -> None:
    path = lines_file(tmp_path, {key: TEXT, **FULL, "section": {"name": "World"}})
    [source] = read(path)
    assert isinstance(source, Source)
    assert source.id == "Talks_2022.02~3-a"
    assert source.text == TEXT
    assert source.origin == path.resolve().as_posix()
    assert source.title == declared("The talks", "title")
    assert source.publisher == declared("The Herald", "publisher")
    assert source.url == declared("https://herald.example/talks", "url")
    assert source.published == Attested(
        PartialDate(2022, 2, 4), Provenance.DECLARED, field="published"
    )
    assert source.authors == (declared("Jane Doe", "authors"), declared("John Roe", "authors"))
    assert source.language == declared("en-GB", "language")
    assert source.metadata == {"section": {"name": "World"}}


def test_what_is_not_declared_is_read_from_the_text(tmp_path: Path) -> None:
    [source] = read(lines_file(tmp_path, {"text": TEXT, "title": None, "authors": " "}))
    assert isinstance(source, Source)
    assert source.title is not None
    assert (source.title.value, source.title.provenance) == ("Leaders meet", Provenance.INFERRED)
    assert source.published is not None
    assert str(source.published.value) == "--02-03"
    assert source.authors == ()


def test_id_follows_the_url_and_else_the_text() -> None:
    here = source_from_text(TEXT, origin="/here/a.txt")
    there = source_from_text(TEXT, origin="/there/b.txt")
    addressed = declaration_of({"url": "https://herald.example/talks"}, "x")
    first = source_from_text(TEXT, origin="-", declared=addressed)
    second = source_from_text("Corrected: " + TEXT, origin="-", declared=addressed)
    assert here.id == there.id == "a-f24b606c2702"
    assert first.id == second.id != here.id


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON ("),
        ("[1]", "not a JSON object"),
        ({"title": "No text"}, 'no text; expected either "text" or "body"'),
        ({"text": "a", "body": "b"}, "both text and body are set"),
        ({"text": 5}, "text is not a string"),
        ({"text": " \n"}, "the text is empty"),
        ({"text": "a b", "title": 5}, "title is 5; expected a string"),
        ({"text": "a b", "authors": 5}, "authors is 5; expected a string or a list of strings"),
        ({"text": "a b", "authors": ["x", 5]}, "authors is ['x', 5]; expected a string or a list"),
        (
            {"text": "a b", "published": "May 15"},
            "published is 'May 15'; expected a date such as 2022",
        ),
        ({"text": "a b", "published": "2022-02-30"}, "published is '2022-02-30'; expected a date"),
        ({"text": "a b", "published": "2022-02-03T25:00"}, "published is '2022-02-03T25:00';"),
        ({"text": "a b", "published": 2022}, "published is 2022; expected a string"),
        (
            {"text": "a b", "url": "javascript:alert(1)"},
            "url is 'javascript:alert(1)'; expected a full",
        ),
        ({"text": "a b", "url": "http://[bad"}, "url is 'http://[bad'; expected a full URL"),
        (
            {"text": "a b", "language": "English!"},
            "language is 'English!'; expected a language tag",
        ),
        ({"text": "a b", "id": "../etc"}, "id is '../etc'; expected up to 100 letters"),
        ({"text": "a b", "id": "x" * 101}, "id is 'xxx"),
        ({"text": "a b", "title": "x" * 2001}, "title has 2,001 characters; the limit is 2,000"),
        ({"text": "a b", "publisher": "x" * 2001}, "publisher has 2,001 characters; the limit is"),
        (
            {"text": "a b", "url": "http://a.b/" + "x" * 2000},
            "url has 2,011 characters; the limit is",
        ),
        ({"text": "a b", "authors": "x" * 2001}, "authors has 2,001 characters; the limit is"),
        (
            {"text": "a b", "authors": ["x", "x" * 2001]},
            "authors has 2,001 characters; the limit is",
        ),
        ({"text": "a b", "authors": ["x"] * 1001}, "authors has 1,001 entries; the limit is 1,000"),
        (
            {"text": "a b", "authors": ["x" * 500] * 81},
            "authors has 40,500 characters in all; the limit is",
        ),
        ({"text": "a b", "language": "en" + "-aaaa" * 5}, "language is 'en-aaaa-"),
        (
            {"text": "a b", "a": "x" * 500_000, "b": ["x" * 500_000]},
            "the other keys (a, b) take 1,000,0",
        ),
        ('{"text": "\\ud800"}', "not JSON ("),
        ('{"text": NaN}', "not JSON ("),
        ('{"text": "a b", "deep": ' + "[" * 300 + "]" * 300 + "}", "deep is [[["),
    ],
)
def test_bad_line_is_named_and_loses_no_other(tmp_path: Path, line: object, problem: str) -> None:
    path = lines_file(tmp_path, {"text": "First one."}, "", line, {"text": "Last one."})
    first, error, last = read(path)
    assert isinstance(first, Source)
    assert isinstance(last, Source)
    assert (first.text, last.text) == ("First one.", "Last one.")
    assert isinstance(error, UnreadableSource)
    assert str(error).startswith(f"{path}:3: {problem}")
    assert "\n" not in str(error)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_lines_are_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "articles.jsonl"
    text = '{"text": "“Non,” said the président."}\r\n{"text": "It’s naïve."}\r\n'
    path.write_bytes(text.encode(encoding))
    outcomes = [outcome for outcome in read(path) if isinstance(outcome, Source)]
    assert [source.text for source in outcomes] == ["“Non,” said the président.", "It’s naïve."]


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_file_without_a_line_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(content)
    [error] = read(path)
    assert str(error) == f"{path}: empty file; expected one JSON object per line"


@pytest.mark.parametrize("name", ["a.txt.meta.json", "a.meta.json"])
def test_sidecar_wins_over_the_text(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / name).write_text(json.dumps({**FULL, "section": "World"}))
    [source] = read(tmp_path / "a.txt")
    assert isinstance(source, Source)
    assert source.id == FULL["id"]
    assert source.title == declared("The talks", "title")
    assert source.published == Attested(
        PartialDate(2022, 2, 4), Provenance.DECLARED, field="published"
    )
    assert source.place is not None
    assert source.place.value == "MOSCOW"
    assert source.metadata == {"section": "World"}


def test_sidecar_with_the_whole_name_comes_first(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt.meta.json").write_text('{"title": "Whole"}')
    (tmp_path / "a.meta.json").write_text('{"title": "Stem"}')
    [source] = read(tmp_path / "a.txt")
    assert isinstance(source, Source)
    assert source.title == declared("Whole", "title")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "empty file"),
        ("{", "not JSON ("),
        ("[]", "not a JSON object"),
        (
            '{"text": "Other words."}',
            "text does not belong here; the text comes from the file itself",
        ),
        ('{"title": 5}', "title is 5; expected a string"),
    ],
)
def test_bad_sidecar_is_named(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.meta.json").write_text(content)
    [error] = read(tmp_path / "a.txt")
    assert isinstance(error, UnreadableSource)
    assert str(error).startswith(f"{tmp_path / 'a.meta.json'}: {problem}")


def test_standard_input_is_a_text() -> None:
    [source] = read_standard_input(io.BytesIO(TEXT.encode()))
    assert isinstance(source, Source)
    assert (source.text, source.origin) == (TEXT, "-")


def test_standard_input_is_lines_where_the_first_is_an_object() -> None:
    lines = '\n{"text": "First one."}\n{"text": \n{"text": "Last one."}\n'
    first, error, last = read_standard_input(io.BytesIO(lines.encode()))
    assert isinstance(first, Source)
    assert isinstance(last, Source)
    assert (first.text, first.origin, last.text) == ("First one.", "-", "Last one.")
    assert str(error).startswith("standard input:3: not JSON (")


def test_empty_standard_input_is_an_error() -> None:
    [error] = read_standard_input(io.BytesIO(b""))
    assert str(error) == "standard input: empty file; expected text"


def test_text_with_half_a_surrogate_pair_is_an_error() -> None:
    with pytest.raises(UnreadableSource, match="the body: lone surrogate at character 3"):
        source_from_text("No \ud800", origin="-", where="the body")
