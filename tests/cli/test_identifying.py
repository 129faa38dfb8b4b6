"""onrecord speakers merge and split."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

FULL = "WASHINGTON, May 3. /AP/. “We will build a bridge,” Harry Reid said on Friday.\n"
BARE = "Ships\n\nMOSCOW, June 9. /TASS/. “We will build a harbour,” Reid said on Friday.\n"


@pytest.fixture
def indexed(run: Run, tmp_path: Path) -> Path:
    """Two articles of different weeks and publishers; returns the path for speakers.toml."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "full.txt").write_text(FULL, encoding="utf-8")
    (news / "bare.txt").write_text(BARE, encoding="utf-8")
    done = run("index", news, ONRECORD_EXTRACTOR="rules")
    assert done.returncode == 0, done.stderr
    return tmp_path / "speakers.toml"


def said_by(run: Run, name: str, file: Path) -> set[str]:
    known = {"ONRECORD_SPEAKERS": str(file)} if file.exists() else {}
    done = run("quotes", name, "--format", "jsonl", **known)
    return {json.loads(line)["speaker"]["id"] for line in done.stdout.splitlines()}


def test_merged_speakers_are_one_until_they_are_split(run: Run, indexed: Path) -> None:
    assert said_by(run, "Reid", indexed) == {"harry-reid", "reid"}
    environment = {"ONRECORD_SPEAKERS": str(indexed)}
    merged = run("speakers", "merge", "harry-reid", "reid", **environment)
    assert merged.returncode == 0, merged.stderr
    assert merged.stdout.startswith("Reid (reid) is Harry Reid (harry-reid): written to ")
    assert said_by(run, "reid", indexed) == {"harry-reid"}
    run("index", indexed.parent / "news", ONRECORD_EXTRACTOR="rules", **environment)
    assert said_by(run, "Reid", indexed) == {"harry-reid"}
    split = run("speakers", "split", "harry-reid", "Reid", **environment)
    assert split.stdout.startswith("Reid is not Harry Reid (harry-reid): written to ")
    run("index", indexed.parent / "news", ONRECORD_EXTRACTOR="rules", **environment)
    assert said_by(run, "Reid", indexed) == {"harry-reid", "reid"}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("merge", "Reid", "Nobody"), "no speaker in the index is called 'Nobody'"),
        (("merge", "harry-reid", "Harry Reid"), "is both SPEAKER and OTHER; name two"),
        (("split", "harry-reid", "Tom"), "is not called 'Tom' in the index"),
        (("split", "harry-reid", "Harry Reid"), "is the main name of harry-reid"),
    ],
)
def test_what_means_nobody_is_named(
    run: Run, indexed: Path, arguments: tuple[str, ...], error: str
) -> None:
    done = run("speakers", *arguments, ONRECORD_SPEAKERS=str(indexed))
    assert done.returncode == 1
    assert error in done.stderr
    assert not indexed.exists()


def test_without_a_file_it_is_said_what_to_set(run: Run, indexed: Path) -> None:
    done = run("speakers", "merge", "harry-reid", "reid")
    assert done.returncode == 1
    assert "ONRECORD_SPEAKERS is not set" in done.stderr
