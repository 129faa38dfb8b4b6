"""Permalinks: stored answers, readable by anyone who has the link.

All are in one SQLite file, so that any number of workers may write at once and a crash loses
nothing stored. What an answer contains and how it looks is up to the API.
"""

import logging
import secrets
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path

from service.errors import MisconfiguredService, NotFound, PermalinksUnavailable

logger = logging.getLogger(__name__)

FILE = "checks.sqlite"
FORMAT = 1
PAGE_BYTES = 4096
PATIENCE = 5.0
"""Seconds to wait for another worker's transaction: storing a check takes milliseconds."""
SECRET_BYTES = 16
"""Bytes of an id and of a key: 128 bits, which cannot be guessed."""
ID = r"c-[0-9a-f]{32}"

_TABLE = """CREATE TABLE IF NOT EXISTS checks (
    id TEXT PRIMARY KEY, key BLOB NOT NULL, made INTEGER NOT NULL, expires INTEGER NOT NULL,
    digest BLOB NOT NULL, content BLOB NOT NULL) WITHOUT ROWID"""
_EXPIRY = "CREATE INDEX IF NOT EXISTS expiry ON checks (expires)"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Returned for a stored answer: ``id`` lets anybody read it, ``key`` withdraw it."""

    id: str
    key: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored answer as it is read back."""

    id: str
    made: datetime
    expires: datetime
    content: bytes


class Permalinks:
    """Stores answers in ``folder``, for at most ``days`` days and ``megabytes`` megabytes in all.

    When the file is full nothing more is stored until something expires, so that no link breaks
    before its day. Raises MisconfiguredService if the folder cannot be used.
    """

    def __init__(self, folder: Path, days: int, megabytes: int) -> None:
        self._path = folder / FILE
        self._time = timedelta(days=days)
        self._pages = megabytes * 1_000_000 // PAGE_BYTES
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise MisconfiguredService(
                f"ONRECORD_CHECKS: {folder} cannot be used: {error}; "
                "name a folder that the service may write to"
            ) from error

    def keep(self, content: bytes) -> Ticket | None:
        """Stores ``content``. None, with a warning in the log, if there is no room or writing
        fails."""
        now = datetime.now(UTC).replace(microsecond=0)
        ticket = Ticket(f"c-{secrets.token_hex(SECRET_BYTES)}", _key(), now + self._time)
        row = (ticket.id, int(now.timestamp()), int(ticket.expires.timestamp()))
        packed = zlib.compress(content)
        try:
            with self._open() as database:
                _forget_expired(database, now)
                database.execute(
                    "INSERT INTO checks (id, made, expires, key, digest, content)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (*row, _hashed(ticket.key), _digest(*row, packed), packed),
                )
        except sqlite3.Error as error:
            logger.warning("check not stored: %s", error)
            return None
        return ticket

    def find(self, id: str) -> Kept:
        """The stored answer. Raises NotFound, also once it has expired, and
        PermalinksUnavailable."""
        with self._asked("BEGIN") as database:
            row = database.execute(
                "SELECT made, expires, digest, content FROM checks WHERE id = ? AND expires > ?",
                (id, int(datetime.now(UTC).timestamp())),
            ).fetchone()
        if row is None:
            raise _unknown(id)
        made, expires, digest, packed = row
        if _digest(id, made, expires, packed) != digest:
            raise PermalinksUnavailable(f"{self._path}: {id} is damaged")
        first, last = (datetime.fromtimestamp(one, UTC) for one in (made, expires))
        return Kept(id, first, last, zlib.decompress(packed))

    def withdraw(self, id: str, key: str) -> None:
        """Deletes the answer and overwrites its bytes in the file.

        Raises NotFound, also for a wrong key, and PermalinksUnavailable.
        """
        with self._asked("BEGIN IMMEDIATE") as database:
            row = database.execute("SELECT key FROM checks WHERE id = ?", (id,)).fetchone()
            if row is None or not compare_digest(row[0], _hashed(key)):
                raise _unknown(id, " with this key")
            database.execute("DELETE FROM checks WHERE id = ?", (id,))

    def _prepare(self) -> None:
        with self._open() as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version not in (0, FORMAT):
                raise sqlite3.DatabaseError(f"{FILE} is of another version")
            database.execute(_TABLE)
            database.execute(_EXPIRY)
            database.execute(f"PRAGMA user_version = {FORMAT}")
            _forget_expired(database, datetime.now(UTC))

    @contextmanager
    def _open(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """One transaction on a connection of its own: SQLite connections must not cross a fork.

        Deleted content is overwritten. The page limit bounds the size of the file.
        """
        uri = f"{self._path.absolute().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, timeout=PATIENCE, isolation_level=None, uri=True)
        with closing(connection) as database:
            database.execute(f"PRAGMA page_size = {PAGE_BYTES}")
            database.execute("PRAGMA secure_delete = ON")
            database.execute(f"PRAGMA max_page_count = {self._pages}")
            database.execute(begin)
            with database:
                yield database

    @contextmanager
    def _asked(self, begin: str) -> Iterator[sqlite3.Connection]:
        """``_open`` for a caller who waits for the answer: raises PermalinksUnavailable."""
        try:
            with self._open(begin) as database:
                yield database
        except sqlite3.Error as error:
            raise PermalinksUnavailable(f"{self._path}: {error}") from error


def _forget_expired(database: sqlite3.Connection, now: datetime) -> None:
    database.execute("DELETE FROM checks WHERE expires <= ?", (int(now.timestamp()),))


def _key() -> str:
    return secrets.token_hex(SECRET_BYTES)


def _hashed(key: str) -> bytes:
    """The key is stored as a digest only, so reading the file does not allow withdrawing."""
    return sha256(key.encode()).digest()


def _digest(id: str, made: int, expires: int, packed: bytes) -> bytes:
    return sha256(f"{id} {made} {expires} ".encode() + packed).digest()


def _unknown(id: str, how: str = "") -> NotFound:
    return NotFound(f"there is no check {id}{how}; it may have expired or been withdrawn")
