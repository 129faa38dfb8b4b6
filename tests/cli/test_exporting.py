"""onrecord export and index --from-export: an index made from an export gives the same answers."""

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.app import create_app
from service.cli.exporting import open_export
from service.errors import UnreadableSource
from service.settings import Settings

Run = Callable[..., subprocess.CompletedProcess[str]]

CALLS = (
    "/quotes?limit=200&facet=speaker,publisher,form,language,year",
    "/claims?limit=200",
    "/search?q=cooperation",
    '/search?q="new era" OR friendship&sort=date',
    "/speakers?limit=200",
    "/speakers/vladimir-putin",
    "/sources",
    "/sources/a-bc46cc16dca6",
    "/sources/a-bc46cc16dca6/text",
    "/suggest?q=fr",
    "/verify?quote=close neighbors bound by the traditions of friendship",
)


@pytest.fixture
def written(ask: Run, tmp_path: Path) -> Path:
    """The export of an index of seeds/."""
    done = ask("export", "--output", "export.jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "sources      5\nstatements  73\n"
    return tmp_path / "export.jsonl"


def answers(index: Path) -> list[object]:
    client = create_app(Settings(index=index)).test_client()
    found = []
    for call in CALLS:
        response = client.get(call)
        assert response.status_code == 200, call
        body = response.get_json(silent=True) or response.get_data(as_text=True)
        if isinstance(body, dict) and "searched" in body:
            del body["searched"]["generation"]
        found.append(body)
    return found


def test_index_made_of_an_export_answers_alike(
    run: Run, tmp_path: Path, seeds_index: Path, seeds: Path, written: Path
) -> None:
    done = run("index", "--from-export", written)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[:2] == ["added", "5"]
    assert answers(tmp_path / "index") == answers(seeds_index)
    again = run("export").stdout.splitlines()
    assert again[1:] == written.read_text("utf-8").splitlines()[1:]
    unchanged = run("index", seeds).stdout.split()
    assert unchanged[unchanged.index("unchanged") + 1] == "5"


def test_export_is_a_heading_and_one_line_per_source(written: Path) -> None:
    heading, *lines = map(json.loads, written.read_text("utf-8").splitlines())
    assert heading["onrecord_export"] == 1
    assert (heading["sources"], heading["statements"]) == (5, 73)
    assert len(lines) == 5
    for line in lines:
        for statement in line["statements"]:
            [*pieces] = [line["source"]["text"][s["start"] : s["end"]] for s in statement["spans"]]
            assert statement["text"] == " […] ".join(pieces)


def test_file_is_its_owners_and_nothing_is_left_beside_it(written: Path) -> None:
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert [path.name for path in written.parent.iterdir()] == ["export.jsonl"]


def test_former_file_stays_where_the_index_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "export.jsonl").write_text("former")
    assert run("export", "--output", "export.jsonl").returncode == 1
    assert [path.read_text() for path in tmp_path.iterdir()] == ["former"]


def test_export_goes_through_a_pipe(run: Run, tmp_path: Path, seeds_index: Path) -> None:
    onrecord = Path(sys.executable).with_name("onrecord")
    subprocess.run(
        f"'{onrecord}' export --index '{seeds_index}' | '{onrecord}' index --from-export -",
        shell=True,
        check=True,
        cwd=tmp_path,
        capture_output=True,
    )
    assert run("stats").stdout.split()[1] == "5"


def test_export_is_written_into_a_pipe_that_has_a_name(
    run: Run, tmp_path: Path, seeds_index: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    onrecord = Path(sys.executable).with_name("onrecord")
    # in a separate process: ``run`` sets the limit for the whole process
    with subprocess.Popen(
        [onrecord, "export", "--index", seeds_index, "--output", "pipe"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    ) as writing:
        assert run("index", "--from-export", "pipe").returncode == 0
    assert writing.returncode == 0
    assert (tmp_path / "pipe").is_fifo()


def cut(lines: list[str]) -> None:
    del lines[-1]


def cut_in_a_line(lines: list[str]) -> None:
    lines[3] = lines[3][: len(lines[3]) // 2]


def without_heading(lines: list[str]) -> None:
    del lines[0]


def of_a_later_version(lines: list[str]) -> None:
    lines[0] = lines[0].replace('"onrecord_export":1', '"onrecord_export":99')


def twice(lines: list[str]) -> None:
    lines[4] = lines[2]


def other_words(lines: list[str]) -> None:
    line = json.loads(lines[3])
    line["statements"][0]["text"] = "We never said so"
    lines[3] = json.dumps(line)


def beyond_the_text(lines: list[str]) -> None:
    line = json.loads(lines[3])
    line["statements"][1]["quoted"] = [{"start": 0, "end": 10**6}]
    lines[3] = json.dumps(line)


def other_source(lines: list[str]) -> None:
    line = json.loads(lines[3])
    line["statements"][0]["source"]["publisher"] = "Somebody else"
    lines[3] = json.dumps(line)


def statement_twice(lines: list[str]) -> None:
    line = json.loads(lines[3])
    line["statements"].append(line["statements"][0])
    lines[3] = json.dumps(line)


def wrong_shape(lines: list[str]) -> None:
    line = json.loads(lines[3])
    line["statements"][0]["form"] = "shouted"
    lines[3] = json.dumps(line)


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        (cut, ": found 4 sources with "),
        (cut_in_a_line, ":4: "),
        (without_heading, ":1: "),
        (of_a_later_version, ": export version 99, but this version of On Record reads 1"),
        (twice, ":5: its source already appears on an earlier line"),
        (other_words, ":4: statement s-"),
        (beyond_the_text, ":4: statement s-"),
        (other_source, ":4: statement s-"),
        (statement_twice, ":4: it contains a statement twice"),
        (wrong_shape, ":4: Invalid enum value 'shouted'"),
        (list.clear, ":1: "),
    ],
)
def test_nothing_of_a_broken_export_is_indexed(
    run: Run,
    tmp_path: Path,
    written: Path,
    damage: Callable[[list[str]], None],
    complaint: str,
) -> None:
    lines = written.read_text("utf-8").splitlines()
    damage(lines)
    written.write_text("\n".join(lines), "utf-8")
    done = run("index", "--from-export", "export.jsonl")
    assert done.returncode == 1
    assert done.stderr.startswith(f"onrecord: export.jsonl{complaint}")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    "more", [("seeds",), ("--prune",), ("--jobs", "2"), ("--extractor", "rules")]
)
def test_what_reads_articles_is_refused_beside_an_export(
    run: Run, written: Path, more: tuple[str, ...]
) -> None:
    done = run("index", "--from-export", written, *more)
    assert done.returncode == 2
    assert "--from-export reads no articles" in done.stderr


@pytest.mark.parametrize("file", ["nowhere.jsonl", "."])
def test_export_without_a_file_is_one_line(run: Run, file: str) -> None:
    done = run("index", "--from-export", file)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_without_paths_or_export_there_is_nothing_to_index(run: Run) -> None:
    done = run("index")
    assert done.returncode == 2
    assert "PATH..." in done.stderr


@pytest.mark.parametrize("place", ["/dev/stdout", "link"])
def test_export_is_written_to_what_standard_output_is(
    tmp_path: Path, seeds_index: Path, written: Path, place: str
) -> None:
    (tmp_path / "link").symlink_to("/dev/stdout")
    onrecord = Path(sys.executable).with_name("onrecord")
    done = subprocess.run(
        [onrecord, "export", "--index", seeds_index, "--output", place],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert done.stdout.startswith(written.read_bytes())


def test_place_for_an_export_that_there_is_not_is_named(ask: Run, tmp_path: Path) -> None:
    done = ask("export", "--output", "none/export.jsonl")
    assert done.returncode == 1
    assert done.stderr == (
        f"onrecord: {tmp_path}/none/export.jsonl: no such folder: {tmp_path}/none\n"
    )
    for command in (("export", "--output", ""), ("index", "--from-export", "")):
        done = ask(*command)
        assert done.returncode == 2
        assert "empty; expected a path" in done.stderr


@pytest.mark.parametrize("endless", ["/dev/zero", "yes |"])
def test_what_never_ends_and_begins_as_no_export_is_refused(tmp_path: Path, endless: str) -> None:
    onrecord = Path(sys.executable).with_name("onrecord")
    file = "-" if endless.endswith("|") else endless
    before = endless if file == "-" else ""
    done = subprocess.run(
        ["sh", "-c", f"{before} '{onrecord}' index --from-export {file}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 1
    assert "expected the first line written by onrecord export" in done.stderr
    assert not (tmp_path / "index").exists()


def test_origin_that_an_export_forges_is_printed_on_one_line(
    run: Run, tmp_path: Path, written: Path
) -> None:
    heading, *lines = map(json.loads, written.read_text("utf-8").splitlines())
    lines[0]["source"]["origin"] = "a\nremoved  9\x1b[31m"
    written.write_text("\n".join(map(json.dumps, [heading, *lines])), encoding="utf-8")
    assert run("index", "--from-export", written).returncode == 0
    printed = run("remove", lines[0]["source"]["id"]).stdout
    assert printed.splitlines() == [
        lines[0]["source"]["id"] + r"  a\nremoved  9\x1b[31m",
        "removed  1",
    ]


def test_fifo_is_read_where_somebody_writes_to_it(run: Run, tmp_path: Path, written: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    content = written.read_bytes()
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(content,))
    writer.start()
    assert run("index", "--from-export", "pipe").returncode == 0
    writer.join()


def test_fifo_without_a_writer_is_reported(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableSource, match="a FIFO to which nothing was written for"):
        open_export(tmp_path / "pipe", patience=0.1)


FORGED = {
    "pieces": (
        lambda source, one: one["spans"].extend([{"start": 0, "end": 1}] * 40_000),
        "has 40,001 pieces; the limit is 1,000",
    ),
    "quoted stretches": (
        lambda source, one: one.update(quoted=[{"start": 0, "end": 1}] * 3_000),
        "has 3,000 quoted stretches; the limit is 2,000",
    ),
    "steps": (
        lambda source, one: one["attribution"].update(via=["x" * 1_000] * 300),
        "bytes beside its words; the limit is 200,000",
    ),
    "context": (
        lambda source, one: one["context"].update(before="x" * 300_000),
        "bytes beside its words; the limit is 200,000",
    ),
    "title": (
        lambda source, one: source.update(title={"value": "x" * 2_001, "provenance": "declared"}),
        "its source has 2,001 characters of title; the limit is 2,000",
    ),
    "authors": (
        lambda source, one: source.update(
            authors=[{"value": "x", "provenance": "declared"}] * 1001
        ),
        "its source has 1,001 authors; the limit is 1,000",
    ),
    "links": (
        lambda source, one: source.update(
            urls=[{"value": "x" * 2_000, "provenance": "declared"}] * 51
        ),
        "its source has 102,000 characters of links; the limit is 100,000",
    ),
    "metadata": (
        lambda source, one: source.update(metadata={"a": "x" * 1_100_000}),
        "bytes of metadata; the limit is 1,002,000",
    ),
    "id": (
        lambda source, one: source.update(id="x" * 201),
        "its source has 201 characters of id; the limit is 200",
    ),
}


@pytest.mark.parametrize(("forge", "message"), FORGED.values(), ids=FORGED)
def test_more_than_an_index_takes_is_an_error(
    run: Run,
    tmp_path: Path,
    written: Path,
    forge: Callable[[dict[str, Any], dict[str, Any]], None],
    message: str,
) -> None:
    heading, *lines = map(json.loads, written.read_text("utf-8").splitlines())
    forge(lines[1]["source"], lines[1]["statements"][0])
    written.write_text("\n".join(map(json.dumps, [heading, *lines])), encoding="utf-8")
    done = run("index", "--from-export", written)
    assert done.returncode == 1
    assert done.stderr.startswith(f"onrecord: {written}:3: ")
    assert message in done.stderr
    assert not (tmp_path / "index").exists()
