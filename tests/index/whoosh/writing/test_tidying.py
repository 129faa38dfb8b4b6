"""Tidying: finishes later what a light change leaves undone, while others read and write."""

from shutil import copytree

import pytest

from service.domain import Query
from service.errors import IndexBusy
from service.index.whoosh import check_index, open_index
from service.index.whoosh.writing.commits import SMALL
from tests.index.articles import article
from tests.index.contract import Packed

SECRET = b"unspeakable"
MANY = [article(f"many-{n}", *[("Xi", f"Thing {n} {k}") for k in range(600)]) for n in range(7)]
"""More entries than a waiting request may rewrite."""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    assert sum(len(one.statements) for one in MANY) > SMALL
    folder = tmp_path_factory.mktemp("made") / "index"
    index = open_index(folder, create=True, rendering=Packed("1"))
    index.add([*MANY, article("secret", ("Putin", SECRET.decode()))])
    index.close()
    return folder


@pytest.fixture
def index(path, made):
    opened = open_index(copytree(made, path), rendering=Packed("1"))
    yield opened
    opened.close()


def is_on_disk(path):
    files = (file for file in path.rglob("*") if file.is_file())
    return any(SECRET in file.read_bytes() for file in files)


def sizes(path):
    return sorted(file.stat().st_size for file in path.glob("*.trm"))


def test_withdrawn_source_is_gone_at_once_and_later_from_the_disk(index, path):
    index.remove(["secret"], later=True)
    assert index.snapshot().find(Query(SECRET.decode())).total == 0
    assert is_on_disk(path) and index.is_untidy()
    before = sizes(path)
    open_index(path).tidy()
    assert not is_on_disk(path) and not index.is_untidy()
    assert len(sizes(path)) == len(before) == 1
    assert list(index.snapshot().everything()) == sorted(MANY, key=lambda one: one.source.id)
    found = check_index(path)
    assert (found.damages, found.strays, found.sources) == ((), (), 7)


def test_little_is_not_left_for_later(path):
    index = open_index(path, create=True)
    index.add([article("a", ("Xi", "Peace")), article("secret", ("Putin", SECRET.decode()))])
    index.remove(["secret"], later=True)
    assert not is_on_disk(path) and not index.is_untidy()


def test_any_other_change_does_it_too(index, path):
    index.remove(["secret"], later=True)
    open_index(path).add([article("other", ("Xi", "Peace"))])
    assert not is_on_disk(path) and not index.is_untidy()


def test_withdrawal_by_hand_leaves_nothing_for_later(index, path):
    index.remove(["secret"], later=True)
    open_index(path).remove(["many-0"])
    assert not is_on_disk(path) and not index.is_untidy()


def test_request_writes_little_and_tidying_the_rest(index, path):
    [large] = sizes(path)
    for part in range(5):
        more = [
            article(f"new-{part}-{n}", *[("Xi", f"New {n} {k}") for k in range(300)])
            for n in range(3)
        ]
        index.add(more, at_once=True)
        assert large in sizes(path)
    few = len(sizes(path))
    assert index.is_untidy()
    index.tidy()
    assert not index.is_untidy() and len(sizes(path)) < few
    assert index.snapshot().statistics().sources == 7 + 1 + 15
    assert not check_index(path).damages


class Meanwhile(Packed):
    """Changes the index while a segment is being made."""

    def __init__(self, change):
        super().__init__("2")
        self.change = change

    def __call__(self, hit):
        change, self.change = self.change, lambda: None
        change()
        return super().__call__(hit)


def test_source_that_is_withdrawn_meanwhile_does_not_come_back(index, path):
    index.remove(["secret"], later=True)
    other = open_index(path)
    rendering = Meanwhile(lambda: other.remove(["many-3"], later=True))
    open_index(path, rendering=rendering).tidy()
    assert not index.is_untidy() and not is_on_disk(path)
    assert [one.source.id for one in index.snapshot().sources().items] == [
        f"many-{n}" for n in range(7) if n != 3
    ]
    assert not any(b"Thing 3 599" in file.read_bytes() for file in path.glob("statements*"))
    assert not check_index(path).damages


def test_segment_that_is_gone_meanwhile_is_not_replaced(index, path):
    index.remove(["secret"], later=True)
    other = open_index(path)
    rendering = Meanwhile(lambda: other.remove(["many-3"]))
    open_index(path, rendering=rendering).tidy()
    assert not index.is_untidy()
    assert index.snapshot().statistics().sources == 6
    assert check_index(path).strays == () and not list(path.glob("tidying-*"))


def test_only_one_tidies(index, path):
    index.remove(["secret"], later=True)
    refusals = []

    def second():
        with pytest.raises(IndexBusy, match="tidying"):
            open_index(path).tidy()
        refusals.append("refused")

    open_index(path, rendering=Meanwhile(second)).tidy()
    assert refusals == ["refused"] and not is_on_disk(path)


def test_what_a_killed_one_left_is_gone(index, path):
    index.remove(["secret"], later=True)
    room = path / "tidying-left"
    room.mkdir()
    (room / "statements_x.ready").write_bytes(SECRET)
    index.tidy()
    assert not is_on_disk(path) and not room.exists()
