"""An odd file stops nothing: it is named on one line, the others are indexed, the exit code is
1."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from service.index.whoosh import open_index
from service.paths import path_of
from tests.conftest import ONRECORD, WITHOUT_PRIVILEGE

Run = Callable[..., subprocess.CompletedProcess[str]]

ARTICLE = "MOSCOW, May 3. /TASS/. “We will stay here {},” President Jane Doe said on Friday.\n"
LIMIT = 60
"""Seconds after which a hanging command fails the test."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good articles whose names sort before and after all others."""
    made = tmp_path / "news"
    made.mkdir()
    for name in ("!first.txt", "~last.txt"):
        (made / name).write_text(ARTICLE.format(name), encoding="utf-8")
    return made


def counts(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in done.stdout.splitlines())


def index(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs it in a separate process, so that a hanging one can be ended."""
    return subprocess.run(
        [ONRECORD, "index", "--extractor", "rules", *(arguments or (folder,))],
        cwd=folder.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=LIMIT,
    )


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path.name)  # a complete path may be too long for the system


def make_large(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"A text")
        file.truncate(3_000_000_000)


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a.txt": (lambda path: path.symlink_to("/dev/zero"), "this is a device; expected a file"),
    "b.txt": (lambda path: path.symlink_to("/dev/null"), "this is a device; expected a file"),
    "c.txt": (os.mkfifo, "this is a FIFO; expected a file"),
    "d.jsonl": (os.mkfifo, "this is a FIFO; expected a file"),
    "e.txt": (make_socket, "this is a socket; expected a file"),
    "f.txt": (lambda path: path.symlink_to("/proc/kmsg"), "empty file; expected text"),
    "g.jsonl": (
        lambda path: path.symlink_to("/proc/self/status"),
        "empty file; expected one JSON object per line",
    ),
    "h.txt": (lambda path: path.symlink_to("nowhere"), "broken link"),
    "i.jsonl": (lambda path: path.symlink_to("nowhere"), "broken link"),
    "j.txt": (
        lambda path: path.symlink_to(path.name),
        "cannot be read (Too many levels of symbolic links)",
    ),
    # named, or matched by a pattern, it would be followed
    "k.txt": (lambda path: path.symlink_to("."), "this is a folder; expected a file"),
    "l.txt": (
        make_large,
        "over 20 MB, too much for one text; split it into its articles",
    ),
}


@pytest.mark.parametrize("style", ["folder", "pattern", "deep pattern", "files, then the folder"])
def test_file_without_text_is_named_and_the_rest_indexed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    monkeypatch.chdir(folder)
    odd = {name: odd for name, odd in ODD.items() if style == "folder" or name != "k.txt"}
    for name, (make, _) in odd.items():
        make(folder / name)
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "inner.txt").write_text(ARTICLE.format("in it"), encoding="utf-8")
    arguments = {
        "folder": [folder],
        "pattern": [f"{folder}/*"],
        "deep pattern": [f"{folder}/**/*.[tj]*"],
        "files, then the folder": [*(folder / name for name in odd), folder],
    }
    done = index(folder, *arguments[style])
    assert sorted(done.stderr.splitlines()) == [
        f"onrecord: {folder / name}: {complaint}" for name, (_, complaint) in odd.items()
    ]
    assert (counts(done)["added"], counts(done)["unreadable"]) == ("3", str(len(odd)))
    assert done.returncode == 1


NAMES = {
    b"caf\xe9.txt": r"caf\xe9.txt",
    b"line\nonrecord: all is well.txt": r"line\nonrecord: all is well.txt",
    b"\x1b[31mred\x07\r.txt": r"\x1b[31mred\x07\r.txt",
    "gn\u202etxt.exe\u2028.txt".encode(): r"gn\u202etxt.exe\u2028.txt",
    b"back\\slash.txt": r"back\\slash.txt",
    b"x" * 251 + b".txt": "x" * 251 + ".txt",
    "søren 习近平.txt".encode(): "søren 习近平.txt",
}


@pytest.fixture
def odd_names(tmp_path: Path) -> Path:
    made = tmp_path / "names"
    made.mkdir()
    for number, name in enumerate(NAMES):
        text = ARTICLE.format(f"for {number} years")
        Path(os.fsdecode(os.fsencode(made) + b"/" + name)).write_text(text, encoding="utf-8")
    return made


def test_files_of_any_name_are_indexed_and_their_origins_lead_back(
    run: Run, odd_names: Path
) -> None:
    done = run("index", "--extractor", "rules", odd_names)
    assert (done.returncode, done.stderr, counts(done)["added"]) == (0, "", str(len(NAMES)))
    with closing(open_index(odd_names.parent / "index")) as opened:
        origins = sorted(opened.origins())
    assert origins == sorted(f"{odd_names}/{shown}" for shown in NAMES.values())
    assert {os.fsencode(path_of(Path(origin).name)) for origin in origins} == set(NAMES)
    again = run("index", "--extractor", "rules", odd_names)
    assert counts(again)["unchanged"] == str(len(NAMES))


def test_names_are_written_alike_in_what_commands_print(run: Run, odd_names: Path) -> None:
    extracted = run("extract", "--extractor", "rules", odd_names).stdout
    paths = [json.loads(line)["source"]["path"] for line in extracted.splitlines()]
    assert sorted(paths) == sorted(f"{odd_names}/{shown}" for shown in NAMES.values())
    run("index", "--extractor", "rules", odd_names)
    for output in ("text", "json", "html", "junit"):
        done = run("check", "--extractor", "rules", "--format", output, odd_names)
        assert done.stdout.replace("\n", "").isprintable()
        assert ("caf\\\\xe9.txt" if output == "json" else "caf\\xe9.txt") in done.stdout
        assert "\nonrecord: all is well" not in done.stdout
    page = run("extract", "--extractor", "rules", "--format", "html", odd_names).stdout
    assert r"caf\xe9.txt" in page
    assert "\u202e" not in page


@pytest.mark.parametrize("command", [("index",), ("extract",), ("check",)])
def test_no_name_breaks_or_forges_a_message(
    run: Run, seeds: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    run("index", "--extractor", "rules", seeds)
    for number, name in enumerate(NAMES):
        odd = os.fsencode(tmp_path) + b"/" + name
        Path(os.fsdecode(odd)).symlink_to(f"nowhere{number}")
    paths = [Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)) for name in NAMES]
    done = run(*command, *paths)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"onrecord: {tmp_path}/{shown}: broken link" for shown in NAMES.values()
    ]
    for arguments in ([*command, "a\nb\x1b[31m"], ["stats", "a\nb\x1b[31m"], [*command, "--\n"]):
        assert r"\n" in run(*arguments).stderr.splitlines()[-1]
        assert "\x1b" not in run(*arguments).stderr


@pytest.fixture
def deep(folder: Path) -> Iterator[Path]:
    """Nested folders, deeper than the system's path limit and Python's recursion limit."""
    with contextlib.chdir(folder):
        for _ in range(1500):
            Path("ddd").mkdir()
            os.chdir("ddd")
        Path("too far.txt").write_text(ARTICLE.format("too far"), encoding="utf-8")
    yield folder
    subprocess.run(
        ["rm", "-r", folder / "ddd"], check=True
    )  # pytest gives up at a depth of a thousand


def test_way_that_is_too_long_is_named(run: Run, deep: Path) -> None:
    done = run("index", "--extractor", "rules", deep)
    [line] = done.stderr.splitlines()
    assert line.startswith(f"onrecord: {deep}/ddd/ddd/")
    assert line.endswith("/ddd: cannot be read (File name too long)")
    assert (counts(done)["added"], counts(done)["unreadable"]) == ("2", "1")


@pytest.mark.parametrize("path", ["a/" * 3000 + "b.txt", "n" * 300 + ".txt", "n" * 300 + "*/a.txt"])
def test_name_that_is_too_long_is_named(run: Run, folder: Path, path: str) -> None:
    done = run("index", "--extractor", "rules", path, folder)
    assert done.stderr.startswith(f"onrecord: {path}: ")
    assert done.stderr.count("\n") == 1
    assert (counts(done)["added"], counts(done)["unreadable"]) == ("2", "1")
    assert done.returncode == 1


@pytest.mark.parametrize("style", ["", "/**/*.txt", "/*/*.txt"])
def test_folder_or_file_that_may_not_be_read_is_named(folder: Path, style: str) -> None:
    closed, secret = folder / "closed", folder / "secret.txt"
    closed.mkdir()
    (closed / "a.txt").write_text(ARTICLE.format("in closed"), encoding="utf-8")
    secret.write_text(ARTICLE.format("in secret"), encoding="utf-8")
    closed.chmod(0)
    secret.chmod(0)
    command = [ONRECORD, "index", "--extractor", "rules", f"{folder}{style}", folder / "!first.txt"]
    done = subprocess.run(
        [*(WITHOUT_PRIVILEGE if os.geteuid() == 0 else ()), *command],
        cwd=folder.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT,
    )
    closed.chmod(0o700)
    unread = [closed, secret] if style != "/*/*.txt" else [closed]
    assert sorted(done.stderr.splitlines()) == [
        f"onrecord: {path}: cannot be read (Permission denied)" for path in unread
    ]
    assert counts(done)["added"] == ("2" if style != "/*/*.txt" else "1")
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda path: path.symlink_to("nowhere"), "broken link"),
        (lambda path: path.symlink_to(path.name), "(Too many levels of symbolic links)"),
        (lambda path: path.symlink_to("/dev/zero"), "this is a device; expected a file"),
        (os.mkfifo, "this is a FIFO; expected a file"),
        (Path.mkdir, "this is a folder; expected a file"),
        (Path.touch, "empty file; expected text"),
    ],
)
@pytest.mark.parametrize("name", ["odd.txt.meta.json", "odd.meta.json"])
def test_odd_sidecar_is_named_and_its_article_left_out(
    run: Run, folder: Path, name: str, make: Callable[[Path], object], complaint: str
) -> None:
    (folder / "odd.txt").write_text(ARTICLE.format("with a sidecar"), encoding="utf-8")
    make(folder / name)
    done = run("index", "--extractor", "rules", folder)
    [line] = done.stderr.splitlines()
    assert line.startswith(f"onrecord: {folder / name}: ")
    assert line.endswith(complaint)
    assert (counts(done)["added"], counts(done)["unreadable"]) == ("2", "1")
    assert done.returncode == 1


def test_links_in_a_circle_end_a_pattern_too(folder: Path) -> None:
    for name in ("back", "again"):
        (folder / name).symlink_to(".")
    done = index(folder, f"{folder}/**/*.txt", folder)
    assert (done.stderr, counts(done)["added"]) == ("", "2")


@pytest.mark.parametrize("style", ["", "/*"])
def test_link_to_a_folder_elsewhere_is_named_and_not_followed(
    run: Run, folder: Path, style: str
) -> None:
    elsewhere, hidden = folder.parent / "elsewhere", folder / "in" / ".hidden"
    for number, one in enumerate((elsewhere, hidden)):
        one.mkdir(parents=True)
        (one / "a.txt").write_text(ARTICLE.format(f"there {number}"), encoding="utf-8")
    for name, target in {"out": elsewhere, "hid": hidden, "up": folder, "inner": "."}.items():
        (folder / "in" / name).symlink_to(target)
    done = run("index", "--extractor", "rules", f"{folder}{style}")
    named = "links to folders are not followed; name it as a PATH instead"
    assert done.stderr.splitlines() == [
        f"onrecord: {folder}/in/{name}: {named}" for name in ("hid", "out", *(["up"] * bool(style)))
    ]
    assert (done.returncode, counts(done)["added"]) == (1, "2")
    done = run("index", "--extractor", "rules", folder / "in" / "out")
    assert (done.returncode, counts(done)["added"]) == (0, "1")


@pytest.mark.parametrize("command", ["index", "extract", "check"])
def test_empty_path_is_an_error_and_not_this_folder(
    run: Run, seeds: Path, tmp_path: Path, command: str
) -> None:
    run("index", "--extractor", "rules", seeds, "--index", "index")
    shutil.copy(next(iter(seeds.iterdir())), tmp_path)
    done = run(command, "")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == ("onrecord: PATH is empty; expected a file, a folder, a pattern or -\n")
    for arguments in (("stats", "--index", ""), ("openapi", "--check", "")):
        done = run(*arguments)
        assert done.returncode == 2
        assert "empty; expected a path" in done.stderr


@pytest.mark.parametrize("command", [("index", "news"), ("search", "x"), ("stats",), ("serve",)])
@pytest.mark.parametrize("kind", ["FIFO", "device", "link", "loop", "file"])
def test_index_and_speakers_at_an_odd_place_are_one_line(
    run: Run, folder: Path, tmp_path: Path, command: tuple[str, ...], kind: str
) -> None:
    odd = tmp_path / "odd"
    {
        "FIFO": lambda: os.mkfifo(odd),
        "device": lambda: odd.symlink_to("/dev/zero"),
        "link": lambda: odd.symlink_to("nowhere"),
        "loop": lambda: odd.symlink_to("odd"),
        "file": lambda: odd.write_text("[", encoding="utf-8"),
    }[kind]()
    for settings in ({"ONRECORD_INDEX": str(odd)}, {"ONRECORD_SPEAKERS": str(odd)}):
        done = run(*command, **settings)
        assert done.returncode == 1
        assert done.stderr.startswith("onrecord: ")
        assert str(odd) in done.stderr or command[0] == "serve"
        assert done.stderr.count("\n") == 1
        assert "File exists" not in done.stderr


def test_file_that_vanishes_is_named(folder: Path) -> None:
    process = subprocess.Popen(
        [ONRECORD, "index", "--extractor", "rules", "--jobs", "1", "-", folder],
        cwd=folder.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (folder.parent / "index" / "lock").exists():  # the files are found, "-" is waited for
        assert process.poll() is None
    (folder / "!first.txt").unlink()
    output, complaint = process.communicate(ARTICLE.format("in a pipe"), timeout=LIMIT)
    assert complaint == (
        f"onrecord: {folder}/!first.txt: cannot be read (No such file or directory)\n"
    )
    assert "added       2" in output
    assert process.returncode == 1


def test_line_that_cannot_be_read_loses_no_other(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    lines = [
        json.dumps({"id": f"a{n}", "text": ARTICLE.format(f"for {n} years")}) for n in range(3)
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert counts(run("index", file))["added"] == "3"
    long = json.dumps({"id": "a1", "text": "word " * 4_000_001})
    file.write_text("\n".join([lines[0], long, lines[2]]), encoding="utf-8")
    done = run("index", file)
    assert done.stderr == (
        f"onrecord: {file}:2: over 20 MB, too much for one text; split it into its articles\n"
    )
    assert (counts(done)["unchanged"], counts(done)["removed"]) == ("2", "0")
    assert counts(run("stats"))["sources"] == "3"
    file.write_text("\n".join([lines[0], lines[2]]), encoding="utf-8")
    assert counts(run("index", file))["removed"] == "1"


@pytest.mark.parametrize("written", [False, True])
def test_files_of_any_name_are_withdrawn_by_it_and_as_it_is_written(
    run: Run, odd_names: Path, written: bool
) -> None:
    run("index", "--extractor", "rules", odd_names)
    folder = os.fsencode(odd_names) + b"/"
    origins = [f"{odd_names}/{shown}" for shown in NAMES.values()]
    if not written:
        origins = [os.fsdecode(folder + name) for name in NAMES]
    done = run("remove", *origins[:-1])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.replace("\n", "").isprintable()
    assert f"removed  {len(NAMES) - 1}" in done.stdout
    assert counts(run("stats"))["sources"] == "1"


def test_files_of_any_name_are_pruned_when_they_are_gone(run: Run, odd_names: Path) -> None:
    run("index", "--extractor", "rules", odd_names)
    for name in list(NAMES)[:-1]:
        Path(os.fsdecode(os.fsencode(odd_names) + b"/" + name)).unlink()
    done = run("index", "--extractor", "rules", "--prune", odd_names)
    assert sorted(done.stderr.splitlines()) == sorted(
        f"onrecord: {odd_names}/{shown} is gone; 1 source withdrawn"
        for shown in list(NAMES.values())[:-1]
    )
    assert counts(done)["removed"] == str(len(NAMES) - 1)
