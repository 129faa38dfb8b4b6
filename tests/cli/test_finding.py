"""onrecord search and quotes."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from service.app import create_app
from service.settings import Settings

Run = Callable[..., subprocess.CompletedProcess[str]]


def lines_of(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_quotes_prints_words_then_who_and_where(ask: Run) -> None:
    words, origin, *_, last = ask("quotes", "Putin").stdout.splitlines()
    assert words
    assert origin.startswith("  Vladimir Putin | ")
    assert last.endswith(" found")


def test_quotes_are_by_the_speaker_and_none_is_a_claim(ask: Run) -> None:
    found = lines_of(ask("quotes", "Putin", "--format", "jsonl"))
    assert found
    assert {one["form"] for one in found} <= {"direct", "mixed"}
    names = {
        member["id"]
        for one in found
        for member in [one["speaker"], *one["speaker"].get("members", [])]
    }
    assert "vladimir-putin" in names


def test_json_is_that_of_the_api(ask: Run, seeds_index: Path) -> None:
    found = lines_of(ask("quotes", "Putin", "--format", "jsonl", "--limit", "200"))
    client = create_app(Settings(index=seeds_index)).test_client()
    assert found == client.get("/quotes?speaker=Putin&limit=200").json["items"]


def test_misspelt_words_are_answered_with_those_that_find_something(ask: Run) -> None:
    done = ask("search", "Rusia")
    assert (done.returncode, done.stdout) == (0, "0 found\n")
    assert done.stderr == "did you mean: russia\n"
    assert ask("search", "russia").stderr == ""


def test_limit_cuts_and_says_so(ask: Run) -> None:
    whole = ask("search", "Russia", "--limit", "1000").stdout.splitlines()
    done = ask("search", "Russia", "--limit", "2").stdout.splitlines()
    assert done == [*whole[:4], f"2 of {whole[-1]}"]


@pytest.mark.parametrize("command", ["extract", "search", "quotes"])
def test_no_cell_of_a_csv_starts_a_formula(run: Run, tmp_path: Path, command: str) -> None:
    article = {
        "text": "“=cmd|' /C calc'!A0 will open,” President Jane Doe said on Friday.",
        "title": '=HYPERLINK("https://example.org","more")',
        "publisher": "@SUM(1+1)",
        "published": "--02-03",
    }
    file = tmp_path / "article.jsonl"
    file.write_text(json.dumps(article), encoding="utf-8")
    run("index", file)
    asked = {"extract": file, "search": "open", "quotes": "Doe"}[command]
    [row] = csv.DictReader(io.StringIO(run(command, asked, "--format", "csv").stdout))
    assert row["text"].startswith("'=cmd|")
    assert row["title"] == "'" + article["title"]
    assert (row["publisher"], row["published"]) == ("'@SUM(1+1)", "'--02-03")
    assert (row["speaker"], row["start"]) == ("Jane Doe", "1")
    assert not [cell for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_csv_has_a_line_a_statement(ask: Run) -> None:
    found = lines_of(ask("search", "Russia", "--format", "jsonl"))
    rows = list(csv.DictReader(io.StringIO(ask("search", "Russia", "--format", "csv").stdout)))
    assert [row["text"] for row in rows] == [one["text"] for one in found]
    assert [row["id"] for row in rows] == [one["id"] for one in found]


def test_options_narrow(ask: Run) -> None:
    found = lines_of(
        ask("search", "Russia", "--speaker", "Putin", "--form", "direct", "--format", "jsonl")
    )
    assert {one["form"] for one in found} <= {"direct"}
    assert len(found) < len(lines_of(ask("search", "Russia", "--format", "jsonl")))
    later = ("--from", "2024-05-01", "--to", "2024-05-31", "--sort", "newest", "--format", "jsonl")
    dated = lines_of(ask("search", "China", *later))
    assert dated
    assert all(str(one["source"]["published"]).startswith("2024-05") for one in dated)


def test_unknown_speaker_is_said(ask: Run) -> None:
    done = ask("quotes", "Nobody Atall")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "onrecord: no speaker in the index is called 'Nobody Atall'\n"


def test_words_that_do_not_occur_are_not_an_error(ask: Run) -> None:
    done = ask("search", "xylophone")
    assert (done.returncode, done.stdout) == (0, "0 found\n")


def test_wrong_date_is_wrong_usage(ask: Run) -> None:
    done = ask("search", "Russia", "--from", "yesterday")
    assert done.returncode == 2
    assert "--from" in done.stderr


def test_query_that_means_nothing_is_one_line(ask: Run) -> None:
    done = ask("search", '""')
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: ")
    assert done.stderr.count("\n") == 1


def test_known_speakers_are_found_under_their_aliases(run: Run, tmp_path: Path) -> None:
    (tmp_path / "speakers.toml").write_text('[[speaker]]\nname = "Jane Doe"\naliases = ["Jade"]\n')
    (tmp_path / "a.txt").write_text("“We will stay,” Jade said.\n")
    settings = {"ONRECORD_SPEAKERS": "speakers.toml"}
    assert run("index", "a.txt", **settings).returncode == 0
    assert "Jane Doe | direct" in run("quotes", "Jade", **settings).stdout
