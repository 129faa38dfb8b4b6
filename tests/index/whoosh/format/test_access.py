"""Who may read and write an index: its owner, its group if requested, nobody else."""

import os
import stat
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from service.errors import IndexUnavailable
from service.index.whoosh import check_index, open_index
from tests.index.articles import article

INDEXER, SERVER, OTHER = 4001, 4002, 4003
TOGETHER, ALONE = 4100, 4200
ROOT = Path(__file__).parents[4]

ASKING = textwrap.dedent("""
    import os, sys, tempfile
    from pathlib import Path
    from service.errors import IndexUnavailable
    from service.index.whoosh import check_index, open_index
    from tests.index.articles import article

    path, what = Path(sys.argv[1]), sys.argv[2]
    user, group = int(sys.argv[3]), int(sys.argv[4])
    with tempfile.TemporaryDirectory() as folder:
        # all that is loaded late is loaded now: this user may not get to where Python is
        made = open_index(Path(folder, "index"), create=True)
        made.add([article("a", ("Putin", "peace"))])
        made.add([article("b", ("Putin", "talks"))])
        made.prepare(), made.snapshot().suggest("p"), check_index(Path(folder, "index"))
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)
    os.umask(0o022)
    try:
        if what == "make":
            index = open_index(path, create=True, shared=True)
            index.add([article("a", ("Putin", "peace"))])
        elif what == "add":
            index = open_index(path, create=True)
            index.add([article(f"{user}", ("Xi", "talks"))])
        elif what == "check":
            print(check_index(path).damages)
        print(open_index(path).snapshot().statistics().sources)
    except IndexUnavailable as error:
        print(error)
""")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(open_index(tmp_path / "index", create=True)) as index:
        index.add([article("a", ("Putin", "peace"))])
    return tmp_path / "index"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_index_is_its_owners_whatever_the_umask(tmp_path: Path) -> None:
    former = os.umask(0)
    try:
        with closing(open_index(tmp_path / "index", create=True)) as index:
            index.add([article("a", ("Putin", "peace"))])
    finally:
        os.umask(former)
    assert mode(tmp_path / "index") == 0o700
    assert not [one for one in (tmp_path / "index").iterdir() if mode(one) & 0o022]


@pytest.mark.parametrize(
    ("permissions", "mended"), [(0o777, "go-w"), (0o703, "go-w"), (0o2772, "o-w"), (0o770, "g-w")]
)
def test_index_that_others_may_write_to_is_refused(
    path: Path, permissions: int, mended: str
) -> None:
    path.chmod(permissions)
    for use in (open_index, check_index, lambda path: open_index(path, create=True)):
        with pytest.raises(IndexUnavailable, match=f"can write to .*chmod {mended} {path}"):
            use(path)
    subprocess.run(["chmod", mended, path], check=True)
    assert open_index(path).snapshot().statistics().sources == 1


def test_index_is_shared_with_its_group(path: Path) -> None:
    with closing(open_index(path, create=True, shared=True)) as index:
        index.add([article("b", ("Xi", "talks"))])
    assert mode(path) == 0o2770
    assert {mode(one) & 0o062 for one in path.iterdir()} == {0o060}
    with closing(open_index(path)) as index:
        index.add([article("c", ("Xi", "talks"))])
    assert {mode(one) & 0o062 for one in path.iterdir()} == {0o060}


def ask_as(user: int, group: int, what: str, path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ASKING, path, what, str(user), str(group)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def everybodys(tmp_path: Path) -> Path:
    """A folder open to everybody, with a subfolder in which the indexer may make an index."""
    if os.geteuid() != 0:
        pytest.skip("only root can be several users; CI is root")
    for folder in (tmp_path, *tmp_path.parents):
        if not mode(folder) & 0o001:
            folder.chmod(mode(folder) | 0o011)
    (tmp_path / "work").mkdir(mode=0o755)
    os.chown(tmp_path / "work", INDEXER, TOGETHER)
    return tmp_path / "work" / "index"


def test_two_users_share_an_index_and_nobody_else_reads_it(everybodys: Path) -> None:
    assert ask_as(INDEXER, TOGETHER, "make", everybodys) == "1"
    assert ask_as(SERVER, TOGETHER, "ask", everybodys) == "1"
    assert ask_as(SERVER, TOGETHER, "add", everybodys) == "2"
    assert ask_as(INDEXER, TOGETHER, "add", everybodys) == "3"
    assert ask_as(SERVER, TOGETHER, "check", everybodys) == "()\n3"
    for what in ("ask", "add", "check"):
        refused = ask_as(OTHER, ALONE, what, everybodys)
        assert "Permission denied" in refused and "--group" in refused
        assert "remove" not in refused and "again" not in refused


def test_what_may_not_be_read_is_not_said_to_be_damaged(everybodys: Path) -> None:
    assert ask_as(INDEXER, TOGETHER, "make", everybodys) == "1"
    [table] = everybodys.glob("*.toc")
    [file] = everybodys.glob("*.pst")
    for one in (file, table, everybodys / "onrecord-index"):
        one.chmod(0o600)
        for what in ("ask", "check"):
            refused = ask_as(SERVER, TOGETHER, what, everybodys)
            assert "Permission denied" in refused and "again" not in refused
