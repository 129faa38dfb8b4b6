"""Unchanged files and records of archives are not read again."""

import json
import os
import random
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

import pytest

from bench import archive
from service.cli.already_read import AlreadyRead
from service.cli.intake import Intake
from service.cli.read_files import FILE
from service.cli.reading_ahead import ReadAhead
from service.cli.reading_archives import ArchiveReader, Read, read_records
from service.domain import AnnotatedSource, Source
from service.errors import InvalidInput
from service.index.whoosh import WhooshIndex, open_index
from service.reading import read
from service.reading.documents.archives import Archive
from service.reading.documents.records import Record

LONG_AGO = 1_700_000_000


class Indexing:
    """Indexes as the command does, recording which files and how many records it reads."""

    def __init__(self, index: WhooshIndex, folder: Path, way: str = "") -> None:
        self.index, self.folder, self.way = index, folder, way
        self.files: list[str] = []
        self.records = 0
        self.intake = Intake()

    def run(self, *files: Path, most: int = 1_000) -> int:
        """How many sources the index says have changed; stops after ``most``, as if killed."""
        with AlreadyRead(self.folder, self.index.fingerprint, self.way) as already:
            archives = ArchiveReader(already, self._submit, 1)
            self.intake = Intake()
            self.intake.read = lambda file: self._read(file, archives)
            sources = (
                source for file in files for source in already.sources(self.intake, str(file))
            )
            changes = self.index.add(
                self._annotated(sources, already, most), self.intake.incomplete
            )
        return changes.added + changes.replaced

    def _annotated(
        self, sources: Iterator[Source], already: AlreadyRead, most: int
    ) -> Iterator[AnnotatedSource]:
        for _ in range(most):
            source = next(sources, None)
            if source is None:
                return
            present = getattr(source, "fingerprint", f"{hash(source.text)}{self.way}")
            already.note(source, present)
            yield AnnotatedSource(source, (), present)

    def _read(self, file: str, archives: ArchiveReader) -> Iterator[Source | InvalidInput]:
        self.files.append(Path(file).name)
        return archives.read(file) if ".warc" in file else read(Path(file))

    def _submit(self, one: Archive, records: list[Record]) -> Future[list[Read]]:
        self.records += len(records)
        done: Future[list[Read]] = Future()
        done.set_result(read_records(one, records))
        return done


@pytest.fixture
def index(tmp_path: Path) -> Iterator[WhooshIndex]:
    with closing(open_index(tmp_path / "index", create=True)) as opened:
        yield opened


@pytest.fixture
def indexing(index: WhooshIndex, tmp_path: Path) -> Indexing:
    return Indexing(index, tmp_path / "index")


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def pages(path: Path, *numbers: int) -> Path:
    """An archive of pages; page 0 has no article."""
    with path.open("wb") as stream:
        for number in numbers:
            page = archive.page(number, random.Random(number)) if number else "<nav>Menu</nav>"
            stream.write(archive.record(number, "text/html", page.encode()))
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_file_that_is_as_it_was_is_not_read(indexing: Indexing, tmp_path: Path) -> None:
    one = written(tmp_path / "one.txt", "“We will stay,” Mayor Jane Doe said.")
    two = written(tmp_path / "two.jsonl", json.dumps({"text": "“Go,” he said.", "id": "two"}))
    assert indexing.run(one, two) == 2
    assert indexing.run(one, two) == 0
    written(one, "“We will go,” Mayor Jane Doe said.")
    assert indexing.run(one, two) == 1
    assert indexing.files == ["one.txt", "two.jsonl", "one.txt"]


def test_file_that_changed_just_now_is_read(indexing: Indexing, tmp_path: Path) -> None:
    one = tmp_path / "one.txt"
    one.write_text("“We will stay,” Mayor Jane Doe said.")
    assert [indexing.run(one), indexing.run(one)] == [1, 0]
    assert indexing.files == ["one.txt", "one.txt"]


def test_sidecar_is_part_of_how_a_file_looks(indexing: Indexing, tmp_path: Path) -> None:
    one = written(tmp_path / "one.txt", "“We will stay,” Mayor Jane Doe said.")
    indexing.run(one)
    written(tmp_path / "one.txt.meta.json", '{"title": "The port"}')
    indexing.run(one)
    assert indexing.files == ["one.txt", "one.txt"]


def test_source_that_was_withdrawn_is_read_again(
    indexing: Indexing, index: WhooshIndex, tmp_path: Path
) -> None:
    one = written(tmp_path / "one.txt", "“We will stay,” Mayor Jane Doe said.")
    indexing.run(one)
    index.remove(index.origins()[str(one)])
    assert indexing.run(one) == 1


def test_another_way_of_finding_statements_reads_again(
    indexing: Indexing, index: WhooshIndex, tmp_path: Path
) -> None:
    one = written(tmp_path / "one.txt", "“We will stay,” Mayor Jane Doe said.")
    indexing.run(one)
    other = Indexing(index, tmp_path / "index", way="model")
    assert other.run(one) == 1
    assert other.files == ["one.txt"]


def test_file_with_an_error_is_named_again_and_not_read(
    indexing: Indexing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = written(tmp_path / "a.jsonl", json.dumps({"text": "“Go,” he said."}) + "\n{")
    damaged = written(tmp_path / "b.pdf", "no PDF")
    elsewhere = tmp_path / "other" / ".." / "b.pdf"
    elsewhere.parent.parent.mkdir()
    for files in ((lines, damaged), (lines, elsewhere)):
        indexing.run(*files)
        assert indexing.intake.unreadable == 2
        lines_said = capsys.readouterr().err.splitlines()
        assert [str(file) in said for file, said in zip(files, lines_said, strict=True)] == [
            True
        ] * 2
        assert indexing.intake.incomplete == {str(lines), str(damaged)}
    assert indexing.files == ["a.jsonl", "b.pdf"]
    written(lines, json.dumps({"text": "“Stay,” he said."}))
    assert indexing.run(lines, damaged) == 1
    assert (indexing.intake.unreadable, indexing.files[2:]) == (1, ["a.jsonl"])


def test_file_that_may_be_readable_the_next_time_is_read(
    indexing: Indexing, tmp_path: Path
) -> None:
    text = written(tmp_path / "here.txt", "“We will stay,” Mayor Jane Doe said.")
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "gone.txt")
    for _ in range(2):
        indexing.run(link, text)
        assert indexing.intake.unreadable == 1
    assert indexing.files == ["link.txt", "here.txt", "link.txt"]


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + bytes(200), b"no database"])
def test_lost_or_damaged_notes_cost_only_time(
    indexing: Indexing, tmp_path: Path, content: bytes
) -> None:
    one = written(tmp_path / "one.txt", "“We will stay,” Mayor Jane Doe said.")
    indexing.run(one)
    (tmp_path / "index" / FILE).write_bytes(content)
    assert [indexing.run(one), indexing.run(one)] == [0, 0]
    assert indexing.files == ["one.txt", "one.txt"]


def test_notes_hold_no_words_of_an_article(indexing: Indexing, tmp_path: Path) -> None:
    indexing.run(written(tmp_path / "one.txt", "“We will stay,” Mayor Jane Doe said."))
    assert b"Jane" not in (tmp_path / "index" / FILE).read_bytes()


def test_archive_that_is_as_it_was_is_not_read(indexing: Indexing, tmp_path: Path) -> None:
    path = pages(tmp_path / "a.warc", 1, 0, 2, 3)
    assert indexing.run(path) == 3
    failures = indexing.intake.unreadable
    assert indexing.run(path) == 0
    assert (indexing.files, indexing.records) == (["a.warc"], 4)
    assert indexing.intake.unreadable == failures == 1  # that the page has no article


def test_record_that_is_as_it_was_is_not_read(indexing: Indexing, tmp_path: Path) -> None:
    indexing.run(pages(tmp_path / "a.warc", 1, 2, 0))
    assert indexing.run(pages(tmp_path / "a.warc", 3, 1, 2, 0)) == 1
    assert indexing.records == 3 + 1


def test_archive_is_taken_up_where_it_was_left(indexing: Indexing, tmp_path: Path) -> None:
    path = pages(tmp_path / "a.warc", *range(1, 41))
    assert indexing.run(path, most=21) == 21
    read_before = indexing.records
    assert indexing.run(path) == 19
    assert indexing.records <= read_before + 20
    assert indexing.run(path) == 0
    assert indexing.files == ["a.warc"] * 2


def test_cut_off_archive_tells_so_each_time(indexing: Indexing, tmp_path: Path) -> None:
    path = pages(tmp_path / "a.warc", 1, 2)
    path.write_bytes(path.read_bytes()[:-500])
    os.utime(path, (LONG_AGO, LONG_AGO))
    for _ in range(2):
        indexing.run(path)
        assert indexing.intake.unreadable == 1
    assert indexing.records == 1


def test_archive_read_by_all_cores_is_as_by_one(tmp_path: Path) -> None:
    path = pages(tmp_path / "a.warc", *range(30))
    with AlreadyRead(tmp_path, {}.get, "") as already, ReadAhead([str(path)], 2, already) as ahead:
        together = []
        for outcome in ahead.read(str(path)):
            together.append(str(outcome))
            if isinstance(outcome, Source):
                already.note(outcome, "f")
    assert together == list(map(str, read(path)))
