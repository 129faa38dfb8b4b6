"""check_index finds anything damaged, and says which file or document it is."""

import pytest
from whoosh.index import TOC

from service.errors import IndexCorrupt, IndexMissing
from service.index.whoosh import check_index, open_index
from service.index.whoosh.format.folder import NAME, IndexFolder, checksum
from service.index.whoosh.format.segment_writer import SCHEMA
from service.index.whoosh.format.stored import SEAL_BYTES, seal
from tests.index.articles import article

PATTERNS = ["*.trm", "*.pst", "*.row.col", "*.record.col"]


@pytest.fixture
def path(tmp_path):
    with_changes = open_index(tmp_path / "index", create=True)
    with_changes.add(
        article(f"a{n}", ("Putin", f"peace number {n}"), ("Xi", "talks")) for n in range(60)
    )
    with_changes.add([article("late", (None, "war"), date=None)])
    with_changes.add([article("a3", ("Putin", "peace again"), ("Xi", "talks"), version=2)])
    with_changes.close()
    return tmp_path / "index"


def test_whole_index_has_no_damages(path):
    found = check_index(path)
    assert (found.segments, found.sources, found.statements) == (2, 62, 123)
    assert (found.damages, found.strays) == ((), ())


def test_no_index_is_missing(tmp_path):
    with pytest.raises(IndexMissing):
        check_index(tmp_path)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_one_wrong_byte_is_found_wherever_it_is(path, pattern):
    file = max(path.glob(pattern), key=lambda one: one.stat().st_size)
    content = file.read_bytes()
    for place in {0, len(content) // 3, len(content) - 1}:
        file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        [damage] = check_index(path).damages
        assert f"{file.name} has changed since it was written" in damage
    file.write_bytes(content)
    assert check_index(path).damages == ()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_cut_and_lost_files_are_found(path, pattern):
    file = max(path.glob(pattern), key=lambda one: one.stat().st_size)
    size = file.stat().st_size
    file.write_bytes(file.read_bytes()[:-7])
    [damage] = check_index(path).damages
    assert f"{file.name} has {size - 7} bytes, but {size} were written" in damage
    file.unlink()
    [damage] = check_index(path).damages
    assert f"{file.name} is missing" in damage


def test_foreign_table_of_contents_is_corrupt(path):
    for table in path.glob("*.toc"):
        table.write_bytes(b"this is no index")
    with pytest.raises(IndexCorrupt, match=f"{path}.*index again"):
        check_index(path)


def test_leftovers_of_a_killed_writer_are_not_damage(path):
    (path / f"{NAME}_gone.pst").write_bytes(b"half")
    found = check_index(path)
    assert (found.damages, found.strays) == ((), (f"{NAME}_gone.pst",))


def rewritten(path, pattern, change):
    """Changes a file together with its checksums, as a faulty writer would."""
    folder = IndexFolder(path)
    number = folder.contents()[0]
    table = TOC.read(folder, NAME, number, SCHEMA).segments
    file = max(path.glob(pattern), key=lambda one: one.stat().st_size)
    content = bytearray(file.read_bytes())
    change(content)
    file.write_bytes(content)
    for segment in table:
        if file.name in segment.checksums:
            segment.checksums = {**segment.checksums, file.name: checksum(file)}
    TOC(SCHEMA, table, number).write(folder, NAME)


def first_number_becomes(value):
    def change(content):
        content[:4] = value.to_bytes(4, "little")
        content[:] = seal(bytes(content[:-SEAL_BYTES]))

    return change


def test_row_that_is_not_its_records_is_found(path):
    rewritten(path, "*.row.col", first_number_becomes(1))  # a source's row says it is direct
    damages = check_index(path).damages
    assert any("document 0 " in damage for damage in damages)


def test_number_without_meaning_is_found(path):
    rewritten(path, "*.row.col", first_number_becomes(77))
    assert any("document 0 has kind 77 of 13" in one for one in check_index(path).damages)


def test_postings_of_documents_that_are_not_there_are_found(path):
    def change(content):
        start = content.index((1).to_bytes(4, "little") + (0).to_bytes(4, "little"))
        wrong = content[start : start + 8] + (9999).to_bytes(4, "little")
        content[start : start + 12 + SEAL_BYTES] = seal(bytes(wrong))

    rewritten(path, "*.pst", change)
    assert any("name documents that do not exist" in one for one in check_index(path).damages)


def test_broken_record_is_found(path):
    def change(content):
        content[:3] = b"\xff\xff\xff"

    rewritten(path, "*.record.col", change)
    assert any("document 0 cannot be read" in one for one in check_index(path).damages)
