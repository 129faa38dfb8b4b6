"""onrecord confirm: what is confirmed, what is new since, and which sources have changed."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

SAID = "The harbour will not be sold to strangers before 2030, and we mean it"
ARTICLE = f"“{SAID},” Mayor Jane Doe said. “Ferries come next,” she said.\n"
REPORTED = "Nobody in this town has ever counted the swallows under the old bridge"
DRAFT = f"“{SAID},” Jane Doe said.\n\n“{REPORTED},” Ada Lund told us by telephone.\n"


@pytest.fixture
def town(run: Run, tmp_path: Path) -> Run:
    """An index of one article, and a draft with one true quotation and one found nowhere."""
    (tmp_path / "article.txt").write_text(ARTICLE)
    (tmp_path / "draft.txt").write_text(DRAFT)
    assert run("index", "article.txt", ONRECORD_EXTRACTOR="rules").returncode == 0

    def ask(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return run(*arguments, ONRECORD_EXTRACTOR="rules")

    return ask


def test_what_was_confirmed_is_in_order_and_what_is_new_is_not(town: Run, tmp_path: Path) -> None:
    assert town("check", "draft.txt").returncode == 1
    done = town("confirm", "draft.txt")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].split() == ["confirmed", "2"]
    checked = town("check", "draft.txt", "--confirmed", "confirmed.jsonl")
    assert checked.returncode == 0
    assert checked.stdout.startswith("1 draft, 2 quotations: 0 to correct or confirm, 0 to look at")
    assert "draft.txt:3:2: CONFIRMED" in checked.stdout
    (tmp_path / "draft.txt").write_text(DRAFT + f"\n“{REPORTED} again,” Ada Lund said.\n")
    checked = town("check", "draft.txt", "--confirmed", "confirmed.jsonl")
    assert checked.returncode == 1
    assert "1 to correct or confirm" in checked.stdout
    assert "draft.txt:5:2: NOT FOUND" in checked.stdout


def test_another_speaker_or_another_word_is_another_quotation(town: Run, tmp_path: Path) -> None:
    town("confirm", "draft.txt")
    for change in (("Ada Lund", "Jane Doe"), ("swallows", "sparrows")):
        (tmp_path / "draft.txt").write_text(DRAFT.replace(*change))
        assert town("check", "draft.txt", "--confirmed", "confirmed.jsonl").returncode == 1


def test_only_the_named_lines_are_confirmed(town: Run, tmp_path: Path) -> None:
    assert town("confirm", "draft.txt", "--line", "3", "--confirmed", "kept.jsonl").returncode == 0
    (kept,) = map(json.loads, (tmp_path / "kept.jsonl").read_text().splitlines())
    assert (kept["quotation"], kept["speaker"], kept["source"]) == (REPORTED, "Ada Lund", None)
    assert town("confirm", "draft.txt", "--line", "1", "--confirmed", "kept.jsonl").returncode == 0
    both = list(map(json.loads, (tmp_path / "kept.jsonl").read_text().splitlines()))
    assert len(both) == 2
    assert {len(one["sha256"]) for one in both if one["source"]} == {64}


@pytest.mark.parametrize("gone", [False, True])
def test_source_that_has_changed_since_is_reported(town: Run, tmp_path: Path, gone: bool) -> None:
    town("confirm", "draft.txt")
    if gone:
        assert town("remove", "article.txt").returncode == 0
    else:
        (tmp_path / "article.txt").write_text(ARTICLE + "Correction: the mayor is 54.\n")
        assert town("index", "article.txt").returncode == 0
    checked = town("check", "draft.txt", "--confirmed", "confirmed.jsonl")
    assert "Confirmed earlier, but its source has changed since." in checked.stdout
    assert checked.returncode == int(gone)
    junit = town("check", "draft.txt", "--confirmed", "confirmed.jsonl", "--format", "junit").stdout
    assert f'failures="{int(gone)}"' in junit
    report = town("check", "draft.txt", "--confirmed", "confirmed.jsonl", "--format", "json").stdout
    states = [one["confirmation"] for one in json.loads(report)["quotations"]]
    assert states == ["source_changed", "confirmed"]


def test_titles_cannot_be_confirmed(town: Run, tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(
        "She wrote a piece titled “The swallows of our old bridge”.\n"
    )
    done = town("confirm", "draft.txt")
    assert done.stdout.splitlines()[-1].split() == ["confirmed", "0"]


def test_file_that_is_not_such_a_file_is_named_with_its_line(town: Run, tmp_path: Path) -> None:
    missing = town("check", "draft.txt", "--confirmed", "kept.jsonl")
    assert missing.returncode == 2
    assert "kept.jsonl: no such file; onrecord confirm makes one" in missing.stderr
    (tmp_path / "kept.jsonl").write_text('{"quotation": "a"}\n')
    for command in ("check", "confirm"):
        broken = town(command, "draft.txt", "--confirmed", "kept.jsonl")
        assert broken.returncode == 2
        assert "kept.jsonl:1: " in broken.stderr
        assert "expected lines written by onrecord confirm" in broken.stderr


def test_confirmed_quotations_are_broken_on_purpose(town: Run) -> None:
    town("confirm", "draft.txt")
    done = town("check", "draft.txt", "--confirmed", "confirmed.jsonl", "--mutate")
    assert done.returncode == 0
    confirmed = {
        line.rsplit(maxsplit=3)[0].strip(): line.split()[-3:] for line in done.stdout.splitlines()
    }
    assert confirmed["seen"] == ["5", "of", "5"]
    assert {"a negation taken out", "another number", "an invented end"} <= set(confirmed)


def test_nothing_is_broken_without_what_is_confirmed(town: Run) -> None:
    done = town("check", "draft.txt", "--mutate")
    assert done.returncode == 2
    assert "name their file with --confirmed FILE" in done.stderr
