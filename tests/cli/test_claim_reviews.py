"""The commands that store and show others' checks."""

import json
from pathlib import Path

from tests.conftest import Run
from tests.reviews.test_reviews import REVIEW

CLAIM = "a new era of cooperation between our countries"
ARTICLE = "“We begin a new era of cooperation between our countries,” Jane Doe said.\n"


def indexed(run: Run, folder: Path) -> None:
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert run("index", "a.txt", "--extractor", "rules").returncode == 0


def test_reviews_are_added_listed_shown_and_removed(run: Run, tmp_path: Path) -> None:
    indexed(run, tmp_path)
    file = tmp_path / "reviews.json"
    file.write_text(json.dumps({**REVIEW, "claimReviewed": CLAIM}), encoding="utf-8")
    added = run("claim-reviews", "add", file)
    assert (added.returncode, added.stdout.split()[:2]) == (0, ["added", "1"])
    again = run("claim-reviews", "add", "-", stdin=file.read_bytes())
    assert dict(zip(*[iter(again.stdout.split())] * 2, strict=True))["unchanged"] == "1"
    listed = run("claim-reviews", "list").stdout
    assert f"2022-02-05 | Facts | False | {CLAIM} | {REVIEW['url']}" in listed
    shown = run("verify", CLAIM).stdout
    assert f"checked Facts | 2022-02-05 | False | “{CLAIM}” | {REVIEW['url']}" in (
        " ".join(shown.split())
    )
    found = json.loads(run("verify", CLAIM, "--format", "json").stdout)
    assert [one["url"] for one in found["known_checks"]] == [REVIEW["url"]]
    removed = run("claim-reviews", "remove", REVIEW["url"])
    assert removed.stdout.split() == ["removed", "1"]
    assert "checked" not in run("verify", CLAIM).stdout


def test_what_is_wrong_is_named_and_the_rest_is_kept(run: Run, tmp_path: Path) -> None:
    indexed(run, tmp_path)
    file = tmp_path / "reviews.json"
    file.write_text(json.dumps([REVIEW, {**REVIEW, "url": "nowhere"}]), encoding="utf-8")
    done = run("claim-reviews", "add", file)
    assert done.returncode == 1
    assert "reviews.json: claim review 2 has url 'nowhere'" in done.stderr
    assert len(run("claim-reviews", "list").stdout.splitlines()) == 1


def test_errors_are_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("{}", encoding="utf-8")
    (tmp_path / "good.json").write_text(json.dumps(REVIEW), encoding="utf-8")
    for command, error in (
        (("add", "missing.json"), "missing.json"),
        (("add", "none.json"), "no claim review; expected JSON-LD"),
        (("add", "good.json"), "there is no index"),
        (("remove", "r-1"), "there is no index"),
    ):
        done = run("claim-reviews", *command)
        assert done.returncode in (1, 2)
        assert error in done.stderr
        assert len(done.stderr.splitlines()) == 1
