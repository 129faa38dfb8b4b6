"""Stored answers: complete, bounded, and kept until their day."""

import random
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from service.errors import MisconfiguredService, NotFound, PermalinksUnavailable
from service.permalinks import FILE, Permalinks

WRITER = """
import sys
from pathlib import Path
from service.permalinks import Permalinks
keeper = Permalinks(Path(sys.argv[1]), 30, 10)
for number in range(20):
    print(keeper.keep(f"{sys.argv[2]} {number}".encode()).id)
"""


def change(folder: Path, what: str) -> None:
    database = sqlite3.connect(folder / FILE)
    with database:
        database.execute(what)
    database.close()


def test_what_is_kept_is_found_by_its_id_alone(tmp_path: Path) -> None:
    keeper = Permalinks(tmp_path / "checks", 30, 10)
    first, second = keeper.keep(b"one"), keeper.keep(b"two")
    assert first and second and first.id != second.id
    found = Permalinks(tmp_path / "checks", 30, 10).find(second.id)
    assert (found.content, found.expires) == (b"two", second.expires)
    assert (found.expires - found.made).days == 30
    with pytest.raises(NotFound, match="there is no check c-00"):
        keeper.find("c-" + "0" * 32)


def test_several_processes_keep_at_once(tmp_path: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path, name], stdout=subprocess.PIPE, text=True
        )
        for name in "abc"
    ]
    by_name = {name: one.communicate()[0].split() for name, one in zip("abc", writers, strict=True)}
    keeper = Permalinks(tmp_path, 30, 10)
    for name, ids in by_name.items():
        assert [keeper.find(id).content for id in ids] == [
            f"{name} {number}".encode() for number in range(20)
        ]


def test_expired_one_is_gone_and_its_words_leave_the_file(tmp_path: Path) -> None:
    keeper = Permalinks(tmp_path, 30, 10)
    ticket = keeper.keep(b"x" * 9)
    assert ticket
    change(tmp_path, f"UPDATE checks SET expires = 7, content = 'gloomy words', id = '{ticket.id}'")
    with pytest.raises(NotFound, match="may have expired"):
        keeper.find(ticket.id)
    assert b"gloomy words" in (tmp_path / FILE).read_bytes()
    keeper.keep(b"another")
    assert b"gloomy words" not in (tmp_path / FILE).read_bytes()


def test_full_file_keeps_what_it_has_and_takes_no_more(tmp_path: Path) -> None:
    keeper = Permalinks(tmp_path, 30, 1)
    content = [random.randbytes(90_000) for _ in range(12)]
    tickets = [keeper.keep(one) for one in content]
    kept = [(one, ticket) for one, ticket in zip(content, tickets, strict=True) if ticket]
    assert 8 <= len(kept) < 12
    assert all(keeper.find(ticket.id).content == one for one, ticket in kept)
    assert (tmp_path / FILE).stat().st_size <= 1_000_000
    keeper.withdraw(kept[0][1].id, kept[0][1].key)
    assert keeper.keep(content[0])


def test_it_is_withdrawn_by_its_key_alone(tmp_path: Path) -> None:
    keeper = Permalinks(tmp_path, 30, 10)
    ticket, other = keeper.keep(b"one"), keeper.keep(b"two")
    assert ticket and other
    for wrong in (other.key, ticket.id, ""):
        with pytest.raises(NotFound, match="with this key"):
            keeper.withdraw(ticket.id, wrong)
    keeper.withdraw(ticket.id, ticket.key)
    with pytest.raises(NotFound):
        keeper.find(ticket.id)
    assert keeper.find(other.id).content == b"two"


def test_file_is_its_owners_alone(tmp_path: Path) -> None:
    Permalinks(tmp_path / "deep" / "checks", 30, 10)
    assert stat.S_IMODE((tmp_path / "deep" / "checks").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "deep" / "checks" / FILE).stat().st_mode) == 0o600


def test_changed_byte_is_reported_and_never_served(tmp_path: Path) -> None:
    keeper = Permalinks(tmp_path, 30, 10)
    ticket = keeper.keep(b"one")
    assert ticket
    change(tmp_path, "UPDATE checks SET made = made + 1")
    with pytest.raises(PermalinksUnavailable, match="is damaged"):
        keeper.find(ticket.id)


def test_lost_file_is_reported_and_stops_no_check(tmp_path: Path) -> None:
    keeper = Permalinks(tmp_path, 30, 10)
    (tmp_path / FILE).unlink()
    assert keeper.keep(b"one") is None
    with pytest.raises(PermalinksUnavailable, match="unable to open"):
        keeper.find("c-" + "0" * 32)


@pytest.mark.parametrize("trouble", ["a file", "no database", "another version"])
def test_unusable_folder_is_reported_at_the_start(tmp_path: Path, trouble: str) -> None:
    folder = tmp_path / "checks"
    if trouble == "a file":
        folder.write_text("")
    else:
        folder.mkdir()
        if trouble == "no database":
            (folder / FILE).write_bytes(b"no database" * 1000)
        else:
            change(folder, "PRAGMA user_version = 2")
    with pytest.raises(MisconfiguredService, match=r"ONRECORD_CHECKS: .* cannot be used"):
        Permalinks(folder, 30, 10)
