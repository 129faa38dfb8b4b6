"""Tables: the rows of Parquet files are articles."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from service.domain import Source
from service.errors import UnreadableSource
from service.reading import read
from tests.reading.documents.contract import ARTICLE, AdapterContract, Article


def table(folder: Path, rows: list[dict[str, Any]], name: str = "articles.parquet") -> Path:
    path = folder / name
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


class TestParquet(AdapterContract):
    mutations = 8  # each takes a process

    def written(self, article: Article, folder: Path) -> Path:
        row = {
            "title": article.title,
            "authors": list(article.authors),
            "published": article.published,
            "text": "\n\n".join(article.paragraphs),
        }
        return table(folder, [row])

    def test_sidecar_wins(self, path: Path) -> None:
        """Rows, like lines of JSON, only have declared metadata."""
        path.with_name(path.name + ".meta.json").write_text('{"title": "Another"}')
        (source,) = read(path)
        assert isinstance(source, Source)
        assert source.title and source.title.value == ARTICLE.title

    def test_file_beyond_the_limit_is_named(self, path: Path) -> None:
        """A file of zeros is not a table; tables have no size limit."""
        path.write_bytes(bytes(20_000_001))
        self.assert_one_error(path)


def test_rows_of_a_data_set_are_known_by_their_columns(tmp_path: Path) -> None:
    rows = [
        {
            "title": f"Port {number}",
            "text": "\n\n".join(ARTICLE.paragraphs),
            "domain": "chronicle.example",
            "date": datetime(2024, 1, 3, 18, 30),
            "url": f"https://chronicle.example/{number}",
            "image": b"\x89PNG",
        }
        for number in range(200)
    ]
    sources = [one for one in read(table(tmp_path, rows)) if isinstance(one, Source)]
    assert len(sources) == 200
    last = sources[-1]
    assert last.published and (str(last.published.value), last.published.field) == (
        "2024-01-03",
        "date",
    )
    assert last.metadata["recognised_as"] == "CC-News"


def test_row_without_a_text_is_named_with_its_number(tmp_path: Path) -> None:
    rows = [{"text": "Words.", "day": date(2024, 1, 3)}, {"text": None, "day": None}]
    source, error = read(path := table(tmp_path, rows))
    assert isinstance(source, Source)
    assert source.metadata == {"day": "2024-01-03"}
    assert str(error) == f'{path}:2: no text; expected either "text" or "body"'


def test_table_without_rows_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    parquet.write_table(pyarrow.table({"text": pyarrow.array([], pyarrow.string())}), path)
    (error,) = read(path)
    assert str(error) == f"{path}: no rows; expected one article per row"


def test_who_stops_reading_leaves_no_process(tmp_path: Path) -> None:
    rows = [{"text": "Words of a long article. " * 4000, "id": f"a{n}"} for n in range(300)]
    reading = read(table(tmp_path, rows))
    assert isinstance(next(reading), Source)
    reading.close()  # type: ignore[attr-defined]


def test_library_that_is_not_installed_is_named(tmp_path: Path) -> None:
    path = table(tmp_path, [{"text": "Words."}])
    code = (
        "import sys\n"
        "class Hidden:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'pyarrow': raise ModuleNotFoundError(name=name)\n"
        "sys.meta_path.insert(0, Hidden())\n"
        "from pathlib import Path; from service.reading import read\n"
        f"print(*read(Path({str(path)!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == (
        f"{path}: this format needs pyarrow, which is not installed;"
        " run pip install 'onrecord[parquet]'\n"
    )


def test_other_bytes_with_its_mark_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + bytes(range(256)) * 40)
    (error,) = read(path)
    assert isinstance(error, UnreadableSource)
    assert str(error) == f"{path}: the file is damaged or needs too much memory; export it again"
