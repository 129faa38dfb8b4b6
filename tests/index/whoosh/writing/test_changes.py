"""What one call of ``add`` counts if it gets a source several times."""

from dataclasses import replace

import pytest

from service.domain import Changes
from service.index.whoosh import open_index
from service.index.whoosh.writing.changes import BATCH_BYTES
from tests.index.articles import article

FIRST = article("a", ("Putin", "One"), ("Putin", "Two"))
SECOND = article("a", ("Putin", "Three"), version=2)
OTHER = article("b", ("Xi", "Four"))


def filling(identifier):
    """A source after which everything so far is committed."""
    one = article(identifier)
    return replace(one, source=replace(one.source, metadata={"field": "x" * BATCH_BYTES}))


@pytest.mark.parametrize("first", ["pending", "committed"])
@pytest.mark.parametrize(
    "versions, expected",
    [
        ([FIRST, SECOND], Changes(added=1, statements=1)),
        ([SECOND, FIRST], Changes(added=1, statements=2)),
        ([FIRST, SECOND, FIRST], Changes(added=1, statements=2)),
        ([FIRST, OTHER, FIRST, SECOND], Changes(added=2, statements=2)),
        ([OTHER, OTHER], Changes(added=1, statements=1)),
    ],
)
def test_last_version_of_a_source_counts(tmp_path, versions, expected, first):
    index = open_index(tmp_path, create=True)
    head, *rest = versions
    between = [filling("large"), filling("larger")] if first == "committed" else []
    changes = index.add([head, *between, *rest])
    assert changes == replace(expected, added=expected.added + len(between))
    assert index.snapshot().statistics().statements == expected.statements
    assert index.fingerprint(versions[-1].source.id) == versions[-1].fingerprint


def test_last_version_may_be_the_one_in_the_index(tmp_path):
    index = open_index(tmp_path, create=True)
    index.add([FIRST])
    generation = index.snapshot().generation
    assert index.add([SECOND, FIRST]) == Changes(unchanged=1)
    assert index.snapshot().generation == generation


def test_a_source_that_moves_to_another_file_stays(tmp_path):
    index = open_index(tmp_path, create=True)
    index.add([article(i, ("Putin", i), origin="old.jsonl") for i in "abc"])
    moved = article("b", ("Putin", "b"), origin="new.jsonl", version=2)
    changes = index.add([article("a", ("Putin", "a"), origin="old.jsonl"), moved])
    assert changes == Changes(unchanged=1, replaced=1, removed=1, statements=1)
    assert sorted(index.origins().items()) == [("new.jsonl", ["b"]), ("old.jsonl", ["a"])]
