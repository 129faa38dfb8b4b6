"""onrecord extract: JSON lines, CSV and a page."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from service.app import create_app
from service.settings import Settings

Run = Callable[..., subprocess.CompletedProcess[str]]

FIRST = "seeds/000_d93889a5df172843.txt"


class Page(HTMLParser):
    """Collects the text of the page's articles and every address in it."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.marks: dict[str, str] = {}
        self.article = ""
        self._classes: list[str] = []
        self._inside = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        by_name = dict(attributes)
        self.addresses += [str(by_name[name]) for name in ("src", "href") if name in by_name]
        if self._inside or (tag == "div" and by_name.get("class") == "text"):
            self._inside += 1
            self._classes.append("number" if tag == "sup" else by_name.get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            self._inside -= 1
            self._classes.pop()

    def handle_data(self, text: str) -> None:
        if self._inside and "number" not in self._classes:
            self.article += text
            for kind in self._classes[-1].split():
                self.marks[kind] = self.marks.get(kind, "") + text


def test_writes_one_line_per_source_with_the_path_unchanged(run: Run, seeds: Path) -> None:
    done = run("extract", seeds)
    assert done.returncode == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["source"]["path"] for line in lines] == [
        str(path) for path in sorted(seeds.iterdir())
    ]
    assert all(line["statements"] for line in lines)
    for line, path in zip(lines, sorted(seeds.iterdir()), strict=True):
        text = path.read_bytes().decode()
        for statement in line["statements"]:
            pieces = [text[span["start"] : span["end"]] for span in statement["spans"]]
            assert statement["text"] == " […] ".join(pieces)


def test_json_is_that_of_the_api(run: Run, seeds: Path, seeds_index: Path) -> None:
    path = sorted(seeds.iterdir())[0]
    (line,) = run("extract", "-", stdin=path.read_bytes()).stdout.splitlines()
    extracted = json.loads(line)
    assert extracted["source"].pop("path") == "-"
    client = create_app(Settings(index=seeds_index)).test_client()
    text = path.read_bytes().decode()
    assert client.post("/extract", json={"text": text}).json == extracted


def test_csv_has_a_line_a_statement(run: Run, seeds: Path) -> None:
    path = sorted(seeds.iterdir())[1]
    rows = list(csv.DictReader(io.StringIO(run("extract", path, "--format", "csv").stdout)))
    statements = json.loads(run("extract", path).stdout)["statements"]
    assert [row["text"] for row in rows] == [one["text"] for one in statements]
    assert {row["publisher"] for row in rows} == {"TASS"}


def test_page_shows_the_whole_text_and_its_marks(run: Run, seeds: Path) -> None:
    path = sorted(seeds.iterdir())[1]
    page = Page()
    page.feed(run("extract", path, "--format", "html").stdout)
    assert page.article == path.read_bytes().decode()
    assert {"direct", "mixed", "indirect", "mention", "cue"} <= set(page.marks)
    assert all(address.startswith("#") for address in page.addresses)


def test_page_escapes_what_the_article_says(run: Run) -> None:
    article = b'A tag\n\n"We saw <script>alert(1)</script> there," President Jane Doe said.\n'
    page = run("extract", "-", "--format", "html", stdin=article).stdout
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_bad_file_is_named_and_the_others_are_printed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(
        "“We will stay here,” President Jane Doe said.\n", encoding="utf-8"
    )
    done = run("extract", "a.txt", "b.txt")
    assert done.returncode == 1
    assert "a.txt" in done.stderr
    assert [json.loads(line)["source"]["path"] for line in done.stdout.splitlines()] == ["b.txt"]


def test_keeps_nothing(run: Run, tmp_path: Path, seeds: Path) -> None:
    run("extract", seeds)
    assert list(tmp_path.iterdir()) == []


def test_rules_alone_are_an_option_and_a_setting(run: Run, seeds: Path) -> None:
    path = seeds / "003_50899f19e1fbd510.txt"

    def cues(done: subprocess.CompletedProcess[str]) -> list[str]:
        (line,) = map(json.loads, done.stdout.splitlines())
        return [statement["attribution"]["cue"]["text"] for statement in line["statements"]]

    by_model = cues(run("extract", path))
    by_rules = cues(run("extract", path, "--extractor", "rules"))
    assert "seeks" in by_model
    assert "seeks" not in by_rules
    assert cues(run("extract", path, ONRECORD_EXTRACTOR="rules")) == by_rules


def test_unknown_extractor_is_one_line_and_code_1(run: Run, seeds: Path) -> None:
    done = run("extract", seeds, ONRECORD_EXTRACTOR="magic")
    assert done.returncode == 1
    assert done.stderr == (
        "onrecord: ONRECORD_EXTRACTOR: 'magic' is not an extractor; expected model and rules\n"
    )
