"""The table of terms is written as Whoosh writes it."""

import tracemalloc

import pytest
from whoosh.filedb.filetables import OrderedHashWriter
from whoosh.filedb.structfile import StructFile

from service.index.whoosh.format.term_table import TermTable


def written(folder, kind, entries):
    name = kind.__name__
    table = kind(StructFile((folder / name).open("wb"), name))
    for key, value in entries:
        table.add(key, value)
    table.close()
    return (folder / name).read_bytes()


@pytest.mark.parametrize("number", [0, 1, 2, 300, 9000])
def test_same_bytes_as_whoosh(tmp_path, number):
    """300: some of its tables are empty; 9000: positions that need more than two bytes."""
    entries = [(f"term {one:06}".encode(), b"value" * (one % 5)) for one in range(number)]
    ours, theirs = (written(tmp_path, kind, entries) for kind in (TermTable, OrderedHashWriter))
    assert ours == theirs


@pytest.mark.parametrize("second", [b"a", b"b"])
def test_keys_must_increase(tmp_path, second):
    with StructFile((tmp_path / "terms").open("wb"), "terms") as file:
        table = TermTable(file)
        table.add(b"b", b"")
        with pytest.raises(ValueError, match="expected keys in order"):
            table.add(second, b"")


def test_a_term_takes_few_bytes_of_memory(tmp_path):
    """Whoosh takes some 150, and large indexes have millions of terms."""
    table = TermTable(StructFile((tmp_path / "terms").open("wb"), "terms"))
    tracemalloc.start()
    try:
        for number in range(20_000):
            table.add(f"term {number:06}".encode(), b"value")
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        table.close()
    assert taken < 20_000 * 30
