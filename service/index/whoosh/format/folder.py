"""The index folder: reads files, makes durable commits, locks writers, checks the format version.

Whoosh's FileStorage with its unsafe parts replaced: it copies what it maps, checks no checksums and
never calls fsync, so that after a power cut a table of contents may name empty segments. stored.py
defines the files' layout, access.py their permissions.
"""

import fcntl
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from time import monotonic, sleep
from typing import IO

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from zlib_ng.zlib_ng import crc32

from service.errors import IndexBusy, IndexCorrupt, IndexMissing, IndexOutdated, IndexUnavailable
from service.index.records import FORMAT_VERSION
from service.index.whoosh.format import access
from service.index.whoosh.format.stored import BlockedFile, StoredFile, seal, unseal

NAME = "statements"
"""Whoosh's name for the index, and the prefix of all its files."""

_FORMAT_FILE = "onrecord-index"
_LOCK_FILE = "lock"
_TIDYING_LOCK_FILE = "lock-tidying"
_TIDYING = "tidying-"
_WITHDRAWAL_FILE = "withdrawal"
_UNFINISHED = f"{NAME}.unfinished-"
_CONTENTS = re.compile(rf"_{NAME}_(\d+)\.toc")


PATIENCE_SECONDS = 2.0
"""Wait for another writer: adding one source takes some tens of milliseconds; indexing an archive
takes minutes, for which nobody should wait."""

_AGAIN_SECONDS = 0.02
"""Between two attempts: as long as another writer takes for one source."""


class _Unfinished(FileStorage):
    """A folder that records its files in ``written``."""

    def __init__(self, path: str, written: list[StructFile]) -> None:
        super().__init__(path)
        self._written = written

    def create_file(self, name: str, **options: object) -> StructFile:  # type: ignore[override]
        file: StructFile = super().create_file(name, **options)
        self._written.append(file)
        return file


class IndexFolder(FileStorage):
    """The files of one index; everything Whoosh reads or writes goes through here."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path
        self._unsynced: set[str] = set()
        self._written: list[StructFile] = []

    def open_file(self, name: str, **_: object) -> StructFile:
        """Reads and checks a complete table of contents. Raises ValueError if it is damaged."""
        return StructFile(BytesIO(unseal((self.path / name).read_bytes())), name)

    def open_stored(self, name: str) -> StoredFile:
        return StoredFile(self.path / name)

    def open_blocked(self, name: str) -> BlockedFile:
        return BlockedFile(self.path / name)

    def create_file(
        self, name: str, excl: bool = False, mode: str = "wb", **options: object
    ) -> StructFile:
        self._unsynced.add(name)
        file: StructFile = super().create_file(name, excl, mode, **options)
        access.settle(self.path / name, access.is_shared(self.path))
        self._written.append(file)
        return file

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """The last step of Whoosh's commit; syncs the named files to disk first."""
        table = self.path / oldname
        table.write_bytes(seal(table.read_bytes()))
        for name in self._unsynced:
            if (self.path / name).exists():
                _sync(self.path / name)
        self._unsynced.clear()
        self._written.clear()
        table.replace(self.path / newname)
        _sync(self.path)

    def temp_storage(self, name: str | None = None) -> FileStorage:
        """A folder for a segment's temporary parts, deleted by the next commit."""
        folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.path))
        if access.is_shared(self.path):
            folder.chmod(access.SHARED)  # so that another user of the group may delete it
        return _Unfinished(str(folder), self._written)

    def abandon(self, kept: Iterable[str]) -> None:
        """Deletes what a failed commit has written, to free space on a full disk.

        ``kept`` are the files of the present generation.
        """
        for file in self._written:
            with suppress(OSError):  # buffered data cannot be written any more
                if not file.is_closed:
                    file.close()
        self._written.clear()
        self._unsynced.clear()
        named = set(kept)
        for path in self.path.glob(f"{NAME}_*"):
            if path.name not in named:
                path.unlink()
        self.sweep()

    def discard(self, names: Iterable[str]) -> None:
        """Deletes files that no table of contents names yet."""
        for name in names:
            self._unsynced.discard(name)
            (self.path / name).unlink()

    def sweep(self) -> None:
        """Deletes what a killed writer left. Requires the lock."""
        for path in self.path.iterdir():
            if path.name.startswith(_UNFINISHED):
                with suppress(PermissionError):  # left by another user's killed process; harmless
                    for part in path.iterdir():
                        part.unlink()
                    path.rmdir()
            elif path.name.startswith(f"_{NAME}_") and not path.name.endswith(".toc"):
                path.unlink()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the write lock, which is the kernel's and ends with the process.

        Waits briefly for another writer. Raises IndexBusy, and IndexUnavailable if writing is
        impossible.
        """
        with self._lock(_LOCK_FILE) as lock:
            try:
                _wait_for(lock)
            except BlockingIOError as error:
                raise IndexBusy(
                    f"another process is writing to the index at {self.path}; try again later"
                ) from error
            yield

    @contextmanager
    def tidying(self) -> Iterator["IndexFolder"]:
        """A temporary subfolder for new segments; only one process tidies at a time.

        Raises IndexBusy, and IndexUnavailable if writing is impossible.
        """
        with self._lock(_TIDYING_LOCK_FILE) as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise IndexBusy(f"another process is tidying the index at {self.path}") from error
            try:
                self._sweep_rooms()
                room = Path(tempfile.mkdtemp(prefix=_TIDYING, dir=self.path))
                if access.is_shared(self.path):
                    room.chmod(access.SHARED)
                yield IndexFolder(room)
            except OSError as error:
                raise self.unwritable(error) from error
            finally:
                self._sweep_rooms()

    def _sweep_rooms(self) -> None:
        for room in self.path.glob(f"{_TIDYING}*"):
            rmtree(room)

    def adopt(self, room: "IndexFolder", names: Iterable[str]) -> None:
        """Moves files made in ``room`` here, for the next table of contents to name."""
        for name in names:
            self._unsynced.add(name)
            (room.path / name).replace(self.path / name)

    def _lock(self, name: str) -> IO[str]:
        """Opens a lock file. Raises IndexUnavailable."""
        path = self.path / name
        try:
            lock = path.open("a")
            if os.fstat(lock.fileno()).st_uid == os.geteuid():
                access.settle(path, access.is_shared(self.path))
        except OSError as error:
            raise self.unwritable(error) from error
        return lock

    def withdrawal(self) -> str | None:
        """Identifies the last withdrawal if withdrawn words may still be in the files; None
        otherwise."""
        try:
            return (self.path / _WITHDRAWAL_FILE).read_text("ascii")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self.unreadable(error) from error

    def note_withdrawal(self) -> None:
        """Records a withdrawal before its commit. Requires the lock."""
        self._write_text(_WITHDRAWAL_FILE, token_hex())

    def forget_withdrawal(self) -> None:
        (self.path / _WITHDRAWAL_FILE).unlink(missing_ok=True)

    def contents(self) -> tuple[int, int, int]:
        """The number of the latest generation, and its file's identity.

        Raises IndexMissing if the folder is gone, IndexCorrupt if only the table is.
        """
        for _ in range(100):  # a commit may remove the file between listing and stat
            try:
                names = [path.name for path in self.path.iterdir()]
            except (FileNotFoundError, NotADirectoryError) as error:
                raise self.missing() from error
            except OSError as error:
                raise self.unreadable(error) from error
            numbers = [int(match[1]) for name in names if (match := _CONTENTS.fullmatch(name))]
            if numbers and (found := self.contents_of(max(numbers))):
                return found
        raise self.corrupt("its table of contents is missing")

    def contents_of(self, number: int) -> tuple[int, int, int] | None:
        try:
            # called for every request, where building a Path would take half the time
            status = os.stat(f"{self.folder}/_{NAME}_{number}.toc")  # noqa: PTH116
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self.unreadable(error) from error
        return number, status.st_ino, status.st_mtime_ns

    def is_latest(self, contents: tuple[int, int, int]) -> bool:
        """Whether no commit has followed ``contents``. Two system calls, no listing."""
        number = contents[0]
        following = f"{self.folder}/_{NAME}_{number + 1}.toc"
        return self.contents_of(number) == contents and not os.access(following, os.F_OK)

    def has_contents(self) -> bool:
        return any(_CONTENTS.fullmatch(path.name) for path in self.path.iterdir())

    def check_format(self) -> None:
        """Raises unless this is an index of this version that is safe to read.

        Raises IndexMissing, IndexOutdated, IndexCorrupt, and IndexUnavailable if it may not be read
        or others may write to it.
        """
        try:
            access.check_access(self.path)
            version = (self.path / _FORMAT_FILE).read_text("ascii").strip()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise self.missing() from error
        except OSError as error:
            raise self.unreadable(error) from error
        except UnicodeDecodeError as error:
            raise self.corrupt(f"{_FORMAT_FILE}: {error}") from error
        if version != str(FORMAT_VERSION):
            raise self._outdated(version)

    def _outdated(self, version: str) -> IndexOutdated:
        versions = (
            f"the index at {self.path} has format {version or 'unknown'}, but this version "
            "of On Record reads"
        )
        if version.isdecimal() and int(version) > FORMAT_VERSION:
            return IndexOutdated(f"{versions} {FORMAT_VERSION}: upgrade On Record")
        return IndexOutdated(
            f"{versions} {FORMAT_VERSION}: export it with the version that wrote it (onrecord "
            "export --output FILE) and import that with this one (onrecord index --index "
            "FOLDER --from-export FILE), or index the articles again"
        )

    def missing(self) -> IndexMissing:
        return IndexMissing(
            f"there is no index at {self.path}; make one with: onrecord index PATH..."
        )

    def corrupt(self, reason: str) -> IndexCorrupt:
        return IndexCorrupt(
            f"the index at {self.path} is damaged ({reason}): onrecord check-index lists "
            "all damage; then index again into a new folder"
        )

    def unreadable(self, error: OSError) -> IndexUnavailable:
        return IndexUnavailable(f"the index at {self.path} cannot be read: {_reason(error)}")

    def unwritable(self, error: OSError) -> IndexUnavailable:
        return IndexUnavailable(f"the index at {self.path} cannot be written to: {_reason(error)}")

    def make(self, shared: bool = False) -> bool:
        """Creates the folder for its owner only or, if ``shared``, also for its group.

        Returns whether the index in it has yet to be created; its format file is written last.
        Raises IndexUnavailable if the folder cannot be created.
        """
        try:
            self.path.mkdir(mode=access.OWNER_ONLY, parents=True, exist_ok=True)
            if shared:
                access.share(self.path)
            access.check_access(self.path)
            return not (self.path / _FORMAT_FILE).exists()
        except OSError as error:
            raise self.unwritable(error) from error

    def write_format(self) -> None:
        self._write_text(_FORMAT_FILE, f"{FORMAT_VERSION}\n")

    def _write_text(self, name: str, text: str) -> None:
        part = self.path / f"{name}.part"
        part.write_text(text, "ascii")
        access.settle(part, access.is_shared(self.path))
        _sync(part)
        part.replace(self.path / name)
        _sync(self.path)


def _wait_for(lock: IO[str]) -> None:
    """Waits for the lock. Raises BlockingIOError if another process keeps it."""
    until = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > until:
                raise
            sleep(_AGAIN_SECONDS)
        else:
            return


def _reason(error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return "not a folder"
    if isinstance(error, PermissionError):
        return f"{error.strerror}; its owner can share it with a group: onrecord index --group"
    return error.strerror or str(error)


BLOCK = 1 << 20
"""Bytes per read for a checksum, so that memory does not grow with the file."""


def checksum(path: Path) -> int:
    """CRC-32 of the whole file."""
    value = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            value = crc32(block, value)
    return value


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
