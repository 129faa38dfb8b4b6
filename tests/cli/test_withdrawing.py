"""onrecord remove and index --prune: sources leave the index, and their words leave the disk."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from service.reading import read
from tests.conftest import ONRECORD, WITHOUT_PRIVILEGE

Run = Callable[..., subprocess.CompletedProcess[str]]

ARTICLE = "{}\n\nMOSCOW, May 3. /TASS/. “We will build {},” President {} said on Friday.\n"

ABOUT = {
    "bridge.txt": ("Leaders meet", "another bridge", "Jane Doe"),
    "railway.txt": ("Trains again", "a railway to Zanzibar", "Ignatius Quackenbush"),
    "harbour.txt": ("Ships", "a harbour", "Jane Doe"),
}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder of three articles, one of them in a subfolder."""
    folder = tmp_path / "news"
    (folder / "old").mkdir(parents=True)
    for name, about in ABOUT.items():
        write(folder / name, *about)
    (folder / "harbour.txt").rename(folder / "old" / "harbour.txt")
    return folder


def write(path: Path, *about: str) -> None:
    path.write_text(ARTICLE.format(*about), encoding="utf-8")


def index(run: Run, *arguments: object) -> subprocess.CompletedProcess[str]:
    return run("index", *arguments, ONRECORD_EXTRACTOR="rules")


def id_of(path: Path) -> str:
    [source] = read(path)
    return source.id  # type: ignore[union-attr]


def sources(run: Run) -> int:
    return int(run("stats").stdout.split()[1])


def removed(done: subprocess.CompletedProcess[str]) -> str:
    return dict(line.split(maxsplit=1) for line in done.stdout.splitlines())["removed"]


def words_on_disk(folder: Path, *words: str) -> list[str]:
    """Those of ``words`` that occur in any file of the index, in lower case too."""
    content = b"\n".join(path.read_bytes() for path in folder.iterdir())
    return [one for one in words if one.encode() in content or one.lower().encode() in content]


RAILWAY = ("Trains again", "Zanzibar", "Quackenbush", "quackenbush", "railway")


def test_words_of_a_withdrawn_source_are_not_on_the_disk(
    run: Run, tmp_path: Path, news: Path
) -> None:
    index(run, news)
    assert words_on_disk(tmp_path / "index", *RAILWAY) == list(RAILWAY)
    done = run("remove", id_of(news / "railway.txt"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{id_of(news / 'railway.txt')}  {news}/railway.txt\nremoved  1\n"
    assert words_on_disk(tmp_path / "index", *RAILWAY) == []
    assert sources(run) == 2
    assert run("quotes", "Quackenbush").returncode == 1
    assert "0 found" in run("search", "Zanzibar").stdout
    assert run("check-index").returncode == 0
    assert "2 found" in run("quotes", "Jane Doe").stdout


def test_words_of_an_earlier_version_leave_the_disk_too(
    run: Run, tmp_path: Path, news: Path
) -> None:
    index(run, news)
    write(news / "railway.txt", "Corrected", "nothing", "Jane Doe")
    index(run, news)
    assert words_on_disk(tmp_path / "index", "Zanzibar")  # in a segment, marked as removed
    run("remove", news / "railway.txt")
    assert words_on_disk(tmp_path / "index", *RAILWAY, "Corrected") == []
    assert sources(run) == 2


@pytest.mark.parametrize(
    ("argument", "left"),
    [
        ("news/railway.txt", 2),
        ("news/old", 2),
        ("news/old/", 2),
        ("news", 0),
        (".", 0),
        ("news/../news/bridge.txt", 2),
    ],
)
def test_file_or_folder_is_removed_by_its_path(
    run: Run, news: Path, argument: str, left: int
) -> None:
    index(run, news)
    assert run("remove", argument).returncode == 0
    assert sources(run) == left


def test_file_need_not_exist_any_more(run: Run, news: Path) -> None:
    index(run, news)
    (news / "old" / "harbour.txt").unlink()
    (news / "old").rmdir()
    assert removed(run("remove", "news/old")) == "1"


def test_several_at_once_and_what_is_not_there_is_named(run: Run, news: Path) -> None:
    index(run, news)
    done = run("remove", "nowhere.txt", id_of(news / "bridge.txt"), "news/old", "a-000000000000")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "onrecord: 'nowhere.txt' is neither the id nor the path of a source in the index",
        "onrecord: 'a-000000000000' is neither the id nor the path of a source in the index",
    ]
    assert done.stdout.splitlines()[-1] == "removed  2"
    assert sources(run) == 1


def test_name_that_begins_alike_is_not_meant(run: Run, news: Path) -> None:
    write(news.parent / "newsroom.txt", "Room", "a room", "Jane Doe")
    index(run, news, "newsroom.txt")
    run("remove", "news")
    assert sources(run) == 1


def test_empty_name_means_nothing(run: Run, news: Path) -> None:
    index(run, news)
    assert run("remove", "").returncode == 1
    assert sources(run) == 3


def test_id_goes_before_a_path_of_the_same_name(run: Run, tmp_path: Path, news: Path) -> None:
    (tmp_path / "one.jsonl").write_text('{"id": "news", "text": "“No,” Ann Lee said."}\n')
    index(run, news, "one.jsonl")
    run("remove", "news")
    assert sources(run) == 3
    run("remove", "./news")
    assert sources(run) == 0


def test_without_an_index_there_is_nothing_to_remove(run: Run, tmp_path: Path) -> None:
    done = run("remove", "a")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "index").exists()


# --prune


def test_source_whose_file_is_gone_is_withdrawn(run: Run, tmp_path: Path, news: Path) -> None:
    index(run, news)
    (news / "railway.txt").unlink()
    kept = index(run, news)
    assert removed(kept) == "0"
    assert sources(run) == 3
    done = index(run, "--prune", news)
    assert done.returncode == 0
    assert done.stderr == f"onrecord: {news}/railway.txt is gone; 1 source withdrawn\n"
    assert removed(done) == "1"
    assert sources(run) == 2
    assert words_on_disk(tmp_path / "index", *RAILWAY) == []
    again = index(run, "--prune", news)
    assert (removed(again), again.stderr) == ("0", "")


def test_folder_that_is_gone_in_it_takes_its_sources_along(run: Run, news: Path) -> None:
    index(run, news)
    (news / "old" / "harbour.txt").unlink()
    (news / "old").rmdir()
    assert removed(index(run, "--prune", news)) == "1"


@pytest.mark.parametrize("left", ["nothing", "an empty folder", "empty folders in it", "a file"])
def test_folder_that_is_lost_with_many_sources_keeps_them(run: Run, news: Path, left: str) -> None:
    """As if a disk were not mounted; the rest is pruned."""
    disk = news / "disk"
    for year in ("2018", "2019"):
        (disk / year).mkdir(parents=True)
        for number in range(6):
            write(disk / year / f"{number}.txt", "Title", f"bridge {year} {number}", "Jane Doe")
    index(run, news)
    for path in (*disk.rglob("*.txt"), news / "railway.txt"):
        path.unlink()
    if left != "empty folders in it":
        (disk / "2018").rmdir()
        (disk / "2019").rmdir()
    if left == "nothing":
        disk.rmdir()
    elif left == "a file":
        (disk / "readme").touch()
    done = index(run, "--prune", news)
    assert done.returncode == (0 if left == "a file" else 1)
    assert sources(run) == 14 if left != "a file" else 2
    assert f"onrecord: {news}/railway.txt is gone; 1 source withdrawn\n" in done.stderr
    if left != "a file":
        assert f"{disk} is empty or gone, and with it the files of 12 sources" in done.stderr
        assert run("remove", disk).returncode == 0
        assert sources(run) == 2


def test_file_that_moved_is_not_withdrawn(run: Run, news: Path) -> None:
    index(run, news)
    (news / "railway.txt").rename(news / "trains.txt")
    assert removed(index(run, "--prune", news)) == "0"
    assert sources(run) == 3
    assert removed(run("remove", "news/trains.txt")) == "1"


def test_nothing_is_withdrawn_that_lies_elsewhere(run: Run, tmp_path: Path, news: Path) -> None:
    write(tmp_path / "elsewhere.txt", "Else", "a tunnel", "Jane Doe")
    index(run, news, "elsewhere.txt")
    run("index", "-", stdin=b"\xe2\x80\x9cNo,\xe2\x80\x9d Ann Lee said.")
    (tmp_path / "elsewhere.txt").unlink()
    assert removed(index(run, "--prune", news)) == "0"
    assert sources(run) == 5


@pytest.mark.parametrize("left", ["nothing", "an empty folder", "an unreadable file"])
def test_folder_that_is_gone_withdraws_nothing(run: Run, news: Path, left: str) -> None:
    index(run, news)
    for path in news.rglob("*.txt"):
        path.unlink()
    (news / "old").rmdir()
    if left == "nothing":
        news.rmdir()
    elif left == "an unreadable file":
        (news / "bridge.txt").write_bytes(b"")
    write(news.parent / "other.txt", "Else", "a tunnel", "Jane Doe")
    done = index(run, "--prune", "other.txt", "news")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert removed(done) == "0"
    assert sources(run) == 4


def test_folder_that_cannot_be_looked_into_withdraws_nothing(run: Run, news: Path) -> None:
    index(run, news)
    command = [ONRECORD, "index", "--extractor", "rules", "--prune", news / "bridge.txt", news]
    (news / "old").chmod(0)
    try:
        done = subprocess.run(
            [*(WITHOUT_PRIVILEGE if os.geteuid() == 0 else ()), *command],
            cwd=news.parent,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        (news / "old").chmod(0o700)
    assert done.returncode == 1
    assert f"{news / 'old'}: cannot be read (Permission denied)" in done.stderr
    assert sources(run) == 3


def test_pattern_is_nothing_to_prune_by(run: Run, news: Path) -> None:
    done = index(run, "--prune", "news/*.txt")
    assert done.returncode == 2
    assert "'news/*.txt' is a pattern" in done.stderr
