"""An index, whatever was committed to it, and one made from its export have the same content."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from service.index.exported import exported, read_export
from service.index.whoosh import open_index
from tests.index.random_indexes import commits, committed


@settings(max_examples=15)
@given(commits)
def test_export_of_an_index_made_of_an_export_is_the_same(changes):
    with TemporaryDirectory() as folder:
        index, kept = committed(folder, changes)
        lines = list(exported(index.snapshot()))
        again = open_index(Path(folder, "again"), create=True)
        again.add(read_export(lines, "the export"))
        assert list(exported(again.snapshot()))[1:] == lines[1:]
        found = again.snapshot().everything()
        assert {one.source.id: one for one in found} == kept
