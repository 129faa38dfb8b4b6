"""A changed byte never changes an answer: it is an error that says what to do."""

import os
import random
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from service.domain import Facet, Form, Query, Sort
from service.errors import IndexUnavailable
from service.index.whoosh import open_index
from service.rendering.statement_json import STATEMENT_JSON
from service.verification import cluster, verify
from tests.index.articles import article, group

WORDS = ["peace", "treaty", "talks", "river", "harvest", "bridge", "winter", "summer", "never"]
NAMES = ["Vladimir Putin", "Putin", "Xi Jinping", "Jane Doe", None]
DATES = ["2022-02-03", "2022-02", "2021", "--02-03", None]
FLIPS = 150


def said(chance, number):
    words = [*chance.choices(WORDS, k=6), f"number{number}"]
    return chance.choice(NAMES), " ".join(words), {"form": chance.choice(list(Form))}


def source(chance, number, version=1):
    statements = [said(chance, f"{number}x{one}x{version}") for one in range(4)]
    return article(
        f"a{number}",
        *statements,
        (group("Putin and Xi", "Vladimir Putin", "Xi Jinping"), f"We are friends {number}"),
        date=chance.choice(DATES),
        publisher=chance.choice(["TASS", "Xinhua"]),
        title=f"Title {number}",
        version=version,
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Sixty sources in several segments, some with removed documents."""
    chance = random.Random(7)
    folder = tmp_path_factory.mktemp("damage") / "index"
    with closing(open_index(folder, create=True, rendering=STATEMENT_JSON)) as index:
        index.add(source(chance, number) for number in range(40))
        index.add(source(chance, number) for number in range(40, 56))
        index.add([source(chance, 3, version=2), source(chance, 50, version=2)])
        index.remove(["a7"])
    return folder


def questions(ids):
    """All queries, each as a function of a snapshot; ``ids`` are those of statements."""
    queries = [
        *(Query("peace", sort=sort, facets=tuple(Facet), limit=50) for sort in Sort),
        Query('"treaty talks" OR "river bridge"', limit=20),
        Query("winter -summer", published_from=date(2022, 1, 1), published_to=date(2022, 3, 1)),
        Query(speaker="Putin", publisher="tass", language="en", sort=Sort.OLDEST),
        Query(source="a9", forms=frozenset({Form.DIRECT})),
        Query("harwest"),
        Query(limit=500),
    ]
    return [
        *(lambda snapshot, query=query: snapshot.find(query) for query in queries),
        lambda snapshot: snapshot.find_rendered(Query(limit=500), STATEMENT_JSON),
        lambda snapshot: snapshot.find_rendered(Query(speaker="Jane Doe"), STATEMENT_JSON),
        lambda snapshot: snapshot.sharing("never talks about the river and the winter", 0.3),
        *(lambda snapshot, one=one: snapshot.statement(one) for one in ids),
        lambda snapshot: snapshot.sources(limit=100),
        lambda snapshot: snapshot.speakers(limit=100),
        *(
            lambda snapshot, start=start: snapshot.suggest(start)
            for start in ("p", "win", "number1")
        ),
        lambda snapshot: replace(snapshot.statistics(), committed=0),  # the time of writing
        lambda snapshot: list(snapshot.everything()),
        lambda snapshot: verify(snapshot, "We are friends 12", "Putin"),
        lambda snapshot: cluster(snapshot, ids[0]),
    ]


def answers(path, asked):
    """The answers of an index opened for it, or an error of an allowed type."""
    try:
        with closing(open_index(path)) as index:
            snapshot = index.snapshot()
            return [answer(snapshot, ask) for ask in asked]
    except IndexUnavailable as error:
        return [error] * len(asked)


def answer(snapshot, ask):
    try:
        return ask(snapshot)
    except IndexUnavailable as error:
        return error


def places(path, count):
    """Positions in every file, equally many in each, including the first and the last."""
    chance = random.Random(11)
    files = sorted(one for one in path.iterdir() if one.stat().st_size)
    for file in files:
        size = file.stat().st_size
        yield from ((file, place) for place in (0, size - 1))
        yield from ((file, chance.randrange(size)) for _ in range(count // len(files) - 1))


def test_flipped_byte_is_reported_and_never_served(path):
    with closing(open_index(path)) as index:
        ids = [hit.statement.id for hit in index.snapshot().find(Query(limit=500)).items][::9]
    asked = questions(ids)
    expected = answers(path, asked)
    assert not any(isinstance(one, IndexUnavailable) for one in expected)
    refusals = 0
    for file, place in places(path, FLIPS):
        content = bytearray(file.read_bytes())
        content[place] ^= 1 << random.Random(place).randrange(8)
        written = file.read_bytes()
        file.write_bytes(content)
        found = answers(path, asked)
        file.write_bytes(written)
        wrong = [one for one, right in zip(found, expected, strict=True) if one != right]
        assert all(isinstance(one, IndexUnavailable) for one in wrong), (file.name, place)
        refusals += bool(wrong)
        for error in wrong:
            assert str(path) in str(error)
    assert refusals > FLIPS // 3
    assert answers(path, asked) == expected


def rewritten(file, content):
    """In place and with the old modification time, as if nobody had written."""
    before = file.stat()
    with file.open("r+b") as written:
        written.truncate(len(content))
        written.write(content)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_byte_that_changes_unseen_under_a_server_is_never_served(path):
    """Every read is checked, not only the first."""
    query = Query(limit=500)
    with closing(open_index(path, rendering=STATEMENT_JSON)) as index:
        index.watch()
        snapshot = index.snapshot()
        right = snapshot.find_rendered(query, STATEMENT_JSON)
        refusals = 0
        for file in path.glob("*.ready"):
            content = file.read_bytes()
            for place in range(0, len(content) // 2, 997):
                damaged = bytearray(content)
                damaged[place] ^= 1
                rewritten(file, damaged)
                found = answer(snapshot, lambda one: one.find_rendered(query, STATEMENT_JSON))
                assert isinstance(found, IndexUnavailable) or found == right
                refusals += found != right
            rewritten(file, content)
        assert refusals > 20
        assert snapshot.find_rendered(query, STATEMENT_JSON) == right


@pytest.mark.parametrize("pattern", ["*.pst", "*.trm", "*.record.col", "*.ready"])
def test_file_that_is_cut_while_it_is_read_ends_no_process(path, pattern):
    """A snapshot in use is not checked again: a missing file is an error when it is read."""
    with closing(open_index(path, rendering=STATEMENT_JSON)) as index:
        ids = [hit.statement.id for hit in index.snapshot().find(Query(limit=500)).items][::9]
        asked = questions(ids)
        right = answers(path, asked)
        for half_asked in (0, len(asked) // 2):
            with closing(open_index(path, rendering=STATEMENT_JSON)) as opened:
                snapshot = opened.snapshot()
                for ask in asked[:half_asked]:
                    ask(snapshot)
                contents = {file: file.read_bytes() for file in path.glob(pattern)}
                for file in contents:
                    rewritten(file, b"")
                found = [answer(snapshot, ask) for ask in asked]
                for file, content in contents.items():
                    rewritten(file, content)
            assert any(isinstance(one, IndexUnavailable) for one in found)
            wrong = [one for one, good in zip(found, right, strict=True) if one != good]
            assert all(isinstance(one, IndexUnavailable) for one in wrong)
