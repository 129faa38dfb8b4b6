"""Read files: a SQLite file beside the index that records what became of each file.

If it is lost or older than the index, only time is lost: its reader checks the index too. It
contains no words of any article except metadata that errors quote, and deleted content is
overwritten.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from service.index.whoosh.format import access

logger = logging.getLogger(__name__)

FILE = "files.sqlite"

FORMAT = 1

COMMITTED_EACH = 2.0
"""Seconds between commits: the work that a killed process repeats."""

PATIENCE = 30.0
"""Seconds to wait for another writer, which only another user of a shared index can be."""

_TABLES = (
    "CREATE TABLE IF NOT EXISTS files (origin TEXT PRIMARY KEY, looks TEXT) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS outcomes (origin TEXT, key TEXT, number INTEGER, source TEXT,"
    " fingerprint TEXT, error TEXT, PRIMARY KEY (origin, key)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS by_number ON outcomes (origin, number)",
    f"PRAGMA user_version = {FORMAT}",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file or a record of an archive became: a source, an error, or neither."""

    source: str | None = None
    fingerprint: str | None = None
    error: str | None = None


class ReadFiles:
    """If the file cannot be used, no file counts as known and the log says why."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._committed = monotonic()
        self._database: sqlite3.Connection | None = None
        try:
            self._database = _open(self._path)
        except (OSError, sqlite3.Error) as error:
            logger.warning("all files are read again: %s: %s", FILE, error)

    def is_kept(self, origin: str, state: str) -> bool:
        """Whether all outcomes of the file in this state are known."""
        return bool(
            self._asked("SELECT 1 FROM files WHERE origin = ? AND looks = ?", origin, state)
        )

    def outcomes(self, origin: str) -> Iterator[Outcome]:
        """The outcomes of the file in order, read a few at a time."""
        last = -1
        asked = (
            "SELECT number, source, fingerprint, error FROM outcomes"
            " WHERE origin = ? AND number > ? ORDER BY number LIMIT 1000"
        )
        while rows := self._asked(asked, origin, last):
            for _, *row in rows:
                yield Outcome(*row)
            last = rows[-1][0]

    def outcome(self, origin: str, key: str) -> Outcome | None:
        asked = "SELECT source, fingerprint, error FROM outcomes WHERE origin = ? AND key = ?"
        return next((Outcome(*row) for row in self._asked(asked, origin, key)), None)

    def next_number(self, origin: str) -> int:
        """One more than the largest number recorded for the file."""
        rows = self._asked("SELECT max(number) FROM outcomes WHERE origin = ?", origin)
        last: int | None = rows[0][0] if rows else None
        return 0 if last is None else last + 1

    def keep(self, origin: str, key: str, number: int, outcome: Outcome) -> None:
        self._asked(
            "INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?, ?, ?)",
            *(origin, key, number, outcome.source, outcome.fingerprint, outcome.error),
        )
        self._commit_now_and_then()

    def finish(self, origin: str, state: str, since: int) -> None:
        """Records that the outcomes from number ``since`` on are complete, and deletes older
        ones."""
        self._asked("DELETE FROM outcomes WHERE origin = ? AND number < ?", origin, since)
        self._asked("INSERT OR REPLACE INTO files VALUES (?, ?)", origin, state)
        self._commit_now_and_then()

    def forget(self, origins: Iterable[str]) -> None:
        for origin in origins:
            for table in ("files", "outcomes"):
                self._asked(f"DELETE FROM {table} WHERE origin = ?", origin)

    def close(self) -> None:
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.commit()
            self._database.close()
            self._database = None

    def _commit_now_and_then(self) -> None:
        if self._database is not None and monotonic() - self._committed > COMMITTED_EACH:
            self._database.commit()
            self._committed = monotonic()

    def _asked(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        if self._database is None:
            return []
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            logger.warning("files are read again: %s: %s", FILE, error)
            self._database.close()
            self._database = None
            return []


def _open(path: Path) -> sqlite3.Connection:
    """Opens the database; a damaged one or one of another version is replaced."""
    try:
        return _connect(path)
    except sqlite3.OperationalError:
        raise  # locked by another process, or read-only
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    if not path.exists():
        path.touch(mode=0o600)
        access.settle(path, access.is_shared(path.parent))
    database = sqlite3.connect(path, timeout=PATIENCE)
    try:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version not in (0, FORMAT):
            raise sqlite3.DatabaseError(f"{FILE} is of another version")
        database.execute("PRAGMA secure_delete = ON")
        for statement in () if version else _TABLES:
            database.execute(statement)
        database.commit()
    except sqlite3.Error:
        database.close()
        raise
    return database
