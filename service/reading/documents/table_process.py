"""Table process: reads one Parquet file and writes its rows as lines of JSON.

A separate program, started by tables.py: python -m service.reading.documents.table_process FILE
"""

import resource
import sys
from collections.abc import Iterator

import orjson
import pyarrow
from pyarrow.parquet import ParquetFile

from service.reading.documents.tables import DAMAGED, ENCRYPTED

MEMORY = 8_000_000_000
"""Bytes of address space; the library alone takes a third."""

ROWS = 64
"""Rows per batch: at most this many articles are in memory at once."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        for line in _lines(sys.argv[1]):
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        return 0
    except (pyarrow.ArrowException, OSError, ValueError, TypeError, MemoryError) as error:
        return ENCRYPTED if "decrypt" in str(error) or "encrypt" in str(error) else DAMAGED
    return 0


def _lines(path: str) -> Iterator[bytes]:
    with ParquetFile(path) as table:
        for batch in table.iter_batches(batch_size=ROWS, use_threads=False):
            for row in batch.to_pylist():
                values = {key: value for key, value in row.items() if value is not None}
                yield orjson.dumps(values, default=_other, option=_OPTIONS)


_OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS


def _other(value: object) -> str | None:
    """Writes long numbers as strings; bytes, which are pictures, as null."""
    return None if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    sys.exit(main())
