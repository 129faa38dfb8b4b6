"""Tables: each row of a Parquet file is a source; columns have the names of a JSON line's keys.

A separate process reads the file (table_process.py) and passes it on as lines of JSON: a damaged
file can crash the library's process rather than raise.
"""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from service.domain import Source
from service.errors import MissingLibrary, UnreadableNow, UnreadableSource
from service.paths import shown
from service.reading.json_lines import lines_of, read_json_lines
from service.reading.opening import open_file
from service.reading.text_file import origin_of

MAGIC_BYTES = 4  # length of MAGIC, with which a Parquet file starts
MAGIC = b"PAR1"

ENCRYPTED, DAMAGED = 3, 4  # exit codes; Python itself uses 1 and 2
_REASONS = {ENCRYPTED: "the file is encrypted; save it without a key"}


def read_table_file(path: Path) -> Iterator[Source | UnreadableSource]:
    """Each row's source, or what is wrong with it, in file order."""
    where = shown(path)
    try:
        _check(path, where)
        yield from _read(path, where)
    except UnreadableSource as error:
        yield error


def _check(path: Path, where: str) -> None:
    if not _is_installed():
        raise MissingLibrary(
            f"{where}: this format needs pyarrow, which is not installed; run pip install "
            "'onrecord[parquet]'"
        )
    with open_file(path) as stream:
        if stream.read(MAGIC_BYTES) not in (MAGIC, b"PARE"):
            raise UnreadableSource(f"{where}: not a Parquet file")


def _is_installed() -> bool:
    try:
        return find_spec("pyarrow") is not None
    except ModuleNotFoundError:  # raised by some importers
        return False


def _read(path: Path, where: str) -> Iterator[Source | UnreadableSource]:
    command = [sys.executable, "-m", "service.reading.documents.table_process", str(path)]
    found = False
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            lines = lines_of(process.stdout, where)
            for outcome in read_json_lines(lines, origin=origin_of(path), where=where):
                found = True
                yield outcome
        finally:
            process.stdout.close()  # the process ends when nobody reads further
        ended = process.wait()
    if ended:
        reason = _REASONS.get(
            ended, "the file is damaged or needs too much memory; export it again"
        )
        raise (UnreadableSource if ended in (ENCRYPTED, DAMAGED) else UnreadableNow)(
            f"{where}: {reason}"
        )
    if not found:
        raise UnreadableSource(f"{where}: no rows; expected one article per row")
