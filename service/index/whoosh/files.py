"""The index folder: files mapped for reading, commits that last, one writer, a format version.

Whoosh's FileStorage with the parts exchanged that do not hold: it copies what it maps, and it
never calls fsync, so that a power cut may leave a table of contents whose segments are empty.
"""

import fcntl
import mmap
import os
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import finalize

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from service.errors import IndexBusy, IndexCorrupt, IndexMissing, IndexOutdated, IndexUnavailable
from service.index.records import FORMAT_VERSION

NAME = "statements"
"""Whoosh's name for the index; all its files begin with it."""

_FORMAT_FILE = "onrecord-index"
_LOCK_FILE = "lock"
_UNFINISHED = f"{NAME}.unfinished-"
_CONTENTS = re.compile(rf"_{NAME}_(\d+)\.toc")


class MappedFile(StructFile):
    """A file read by position, by any thread and forked process at once.

    ``map`` is the file without a copy in memory; ``read_at`` leaves no trace in it either, where
    what is read is anywhere and large: a map would keep all that was ever looked at.
    """

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        finalize(self, os.close, self._descriptor)
        self.map = mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_READ)
        super().__init__(self.map, name=path.name)  # type: ignore[arg-type]

    def get(self, position: int, length: int) -> bytes:
        return self.map[position : position + length]

    def read_at(self, position: int, length: int) -> bytes:
        """Raises ValueError where there is not as much."""
        found = os.pread(self._descriptor, length, position)
        if len(found) != length:
            raise ValueError(f"there are {len(found)} of {length} bytes")
        return found


class _Unfinished(FileStorage):
    """A folder whose files are noted in ``written``."""

    def __init__(self, path: str, written: list[StructFile]) -> None:
        super().__init__(path)
        self._written = written

    def create_file(self, name: str, **options: object) -> StructFile:  # type: ignore[override]
        file: StructFile = super().create_file(name, **options)
        self._written.append(file)
        return file


class IndexFolder(FileStorage):
    """The files of one index. Everything Whoosh reads or writes goes through here."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path
        self._unsynced: set[str] = set()
        self._written: list[StructFile] = []

    def open_file(self, name: str, **_: object) -> MappedFile:
        return MappedFile(self.path / name)

    def create_file(
        self, name: str, excl: bool = False, mode: str = "wb", **options: object
    ) -> StructFile:
        self._unsynced.add(name)
        file: StructFile = super().create_file(name, excl, mode, **options)
        self._written.append(file)
        return file

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Whoosh's last step of a commit: what it names is on the disk before the name is."""
        for name in self._unsynced:
            if (self.path / name).exists():
                _sync(self.path / name)
        self._unsynced.clear()
        self._written.clear()
        (self.path / oldname).replace(self.path / newname)
        _sync(self.path)

    def temp_storage(self, name: str | None = None) -> FileStorage:
        """A folder for one segment's unfinished parts; gone with the next commit."""
        return _Unfinished(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self.path), self._written)

    def abandon(self, kept: Iterable[str]) -> None:
        """What a commit that failed has written is gone, so that a full disk is less full.

        ``kept`` are the files of the present generation.
        """
        for file in self._written:
            with suppress(OSError):  # what is still to be written cannot be
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
        """Files that no table of contents names yet are gone."""
        for name in names:
            self._unsynced.discard(name)
            (self.path / name).unlink()

    def sweep(self) -> None:
        """What a killed writer left behind is gone. Only for who holds the lock."""
        for path in self.path.iterdir():
            if path.name.startswith(_UNFINISHED):
                for part in path.iterdir():
                    part.unlink()
                path.rmdir()
            elif path.name.startswith(f"_{NAME}_") and not path.name.endswith(".toc"):
                path.unlink()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Nobody else writes meanwhile. The lock is the kernel's: it dies with its process.

        Raises IndexBusy at once if somebody does, IndexUnavailable where nobody can.
        """
        try:
            lock = (self.path / _LOCK_FILE).open("w")
        except OSError as error:
            raise self.unwritable(error) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise IndexBusy(
                    f"somebody else is writing to the index at {self.path}; try again later"
                ) from error
            yield

    def contents(self) -> tuple[int, int, int]:
        """The number of the latest generation and what tells its file from any other.

        Raises IndexMissing where the folder is gone, IndexCorrupt where only the table is.
        """
        for _ in range(100):  # a commit may remove the file between the two looks
            try:
                names = [path.name for path in self.path.iterdir()]
            except FileNotFoundError as error:
                raise self.missing() from error
            numbers = [int(match[1]) for name in names if (match := _CONTENTS.fullmatch(name))]
            if numbers and (found := self.contents_of(max(numbers))):
                return found
        raise self.corrupt("its table of contents is missing")

    def contents_of(self, number: int) -> tuple[int, int, int] | None:
        try:
            # asked before every call, and half of a Path's time is the Path
            status = os.stat(f"{self.folder}/_{NAME}_{number}.toc")  # noqa: PTH116
        except FileNotFoundError:
            return None
        return number, status.st_ino, status.st_mtime_ns

    def is_latest(self, contents: tuple[int, int, int]) -> bool:
        """Whether no commit came after the one that ``contents`` is of. Two looks, no list."""
        number = contents[0]
        return self.contents_of(number) == contents and self.contents_of(number + 1) is None

    def has_contents(self) -> bool:
        return any(_CONTENTS.fullmatch(path.name) for path in self.path.iterdir())

    def check_format(self) -> None:
        """Raises IndexMissing, IndexOutdated, IndexCorrupt."""
        try:
            version = (self.path / _FORMAT_FILE).read_text("ascii").strip()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise self.missing() from error
        except (OSError, UnicodeDecodeError) as error:
            raise self.corrupt(str(error)) from error
        if version != str(FORMAT_VERSION):
            raise self._outdated(version)

    def _outdated(self, version: str) -> IndexOutdated:
        told = f"the index at {self.path} has format {version or 'unknown'} and this is"
        if version.isdecimal() and int(version) > FORMAT_VERSION:
            return IndexOutdated(f"{told} {FORMAT_VERSION}: take a newer version of On Record")
        return IndexOutdated(
            f"{told} {FORMAT_VERSION}: export it with the version of On Record that wrote it"
            " (onrecord export --output FILE) and make a new one with this"
            " (onrecord index --index FOLDER --from-export FILE); or index the articles again"
        )

    def missing(self) -> IndexMissing:
        return IndexMissing(f"there is no index at {self.path}; make one: onrecord index PATH...")

    def corrupt(self, reason: str) -> IndexCorrupt:
        return IndexCorrupt(
            f"the index at {self.path} cannot be read ({reason}):"
            " remove the folder and run onrecord index again"
        )

    def unwritable(self, error: OSError) -> IndexUnavailable:
        exists = isinstance(error, FileExistsError)
        reason = "it is no folder" if exists else error.strerror or error
        return IndexUnavailable(f"the index at {self.path} cannot be written to: {reason}")

    def make(self) -> bool:
        """The folder exists, for its owner only, since the tables in it are trusted.

        Whether the index in it is still to be made: its format is written last of all. Raises
        IndexUnavailable where no folder can be.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            return not (self.path / _FORMAT_FILE).exists()
        except OSError as error:
            raise self.unwritable(error) from error

    def write_format(self) -> None:
        part = self.path / f"{_FORMAT_FILE}.part"
        part.write_text(f"{FORMAT_VERSION}\n", "ascii")
        _sync(part)
        part.replace(self.path / _FORMAT_FILE)
        _sync(self.path)


BLOCK = 1 << 20


def checksum(path: Path) -> int:
    """CRC-32 of the whole file."""
    value = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            value = zlib.crc32(block, value)
    return value


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
