"""The store: claim reviews in a file of the index folder, which each write replaces as a whole.

A reader sees the file before or after a write, never half of it; concurrent writers wait for each
other. A review replaces an earlier one of the same claim on the same page. Each is followed by its
CRC-32, so that no answer contains a byte that a disk or copy has changed.
"""

import fcntl
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from zlib import crc32

import msgspec

from service.errors import IndexCorrupt, IndexMissing, IndexUnavailable, InvalidInput, NotFound
from service.reviews.known import KnownReviews
from service.reviews.review import ClaimReview

FILE, LOCK = "claim-reviews.jsonl", "claim-reviews.lock"

REVIEWS_MAXIMUM = 20_000
"""As many as one large checker publishes in twenty years. After a change the next search loads all
of them: 1 s of CPU, of the two that a request may take (python -m bench.costs)."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ClaimReview).decode

_SEAL = b"\t%08x"

_Version = tuple[int, int, int]
_NOTHING: _Version = (0, 0, 0)  # no file has this time and size


@dataclass(frozen=True, slots=True)
class ReviewChanges:
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0


class ReviewStore:
    """The reviews beside the index in ``folder``, which must exist. Safe for threads and
    processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._read: tuple[_Version, KnownReviews] | None = None

    def present(self) -> KnownReviews:
        """The reviews as they are now. Raises IndexUnavailable."""
        with self._lock:
            version = self._version()
            if self._read is None or self._read[0] != version:
                reviews = self._reviews() if version != _NOTHING else ()
                self._read = version, KnownReviews("-".join(map(str, version)), tuple(reviews))
            return self._read[1]

    def add(self, reviews: Iterable[ClaimReview]) -> ReviewChanges:
        """Adds all reviews in one write. Raises IndexUnavailable, InvalidInput."""
        added = {review.id: review for review in reviews}
        with self._writing():
            known = {review.id: review for review in self._reviews()}
            new = added.keys() - known.keys()
            same = sum(known.get(name) == review for name, review in added.items())
            known.update(added)
            if len(known) > REVIEWS_MAXIMUM:
                raise InvalidInput(
                    f"{len(known):,} claim reviews in all; the limit is {REVIEWS_MAXIMUM:,}"
                )
            if same < len(added):
                self._write(known.values())
        return ReviewChanges(len(new), len(added) - len(new) - same, same)

    def remove(self, names: Iterable[str]) -> ReviewChanges:
        """Removes reviews by id, or all of a page by its address.

        Raises NotFound, and then removes nothing; raises IndexUnavailable.
        """
        wanted = set(names)
        with self._writing():
            known = list(self._reviews())
            unknown = wanted - {name for one in known for name in (one.id, one.url)}
            if unknown:
                raise NotFound(f"no claim review has the id {sorted(unknown)[0]!r}")
            left = [one for one in known if not wanted & {one.id, one.url}]
            self._write(left)
        return ReviewChanges(removed=len(known) - len(left))

    def _version(self) -> _Version:
        try:
            status = (self._folder / FILE).stat()
        except FileNotFoundError:
            return _NOTHING
        except OSError as error:
            raise self._unusable(error) from error
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _reviews(self) -> Iterator[ClaimReview]:
        path = self._folder / FILE
        try:
            lines = path.read_bytes().splitlines()
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._unusable(error) from error
        for number, line in enumerate(lines, start=1):
            try:
                yield _decode(_unsealed(line))
            except (msgspec.DecodeError, ValueError) as error:
                raise IndexCorrupt(
                    f"{path}:{number}: not a claim review of this service ({error}); remove the "
                    "file and import the reviews again"
                ) from error

    def _write(self, reviews: Iterable[ClaimReview]) -> None:
        try:
            with NamedTemporaryFile(dir=self._folder, prefix=f".{FILE}-", delete=False) as file:
                try:
                    self._fill(file.fileno(), Path(file.name), reviews)
                except BaseException:
                    Path(file.name).unlink()
                    raise
        except OSError as error:
            raise self._unusable(error) from error

    def _fill(self, descriptor: int, part: Path, reviews: Iterable[ClaimReview]) -> None:
        with open(descriptor, "wb", closefd=False) as file:
            for review in reviews:
                file.write(_sealed(_encode(review)) + b"\n")
        os.fchmod(descriptor, self._mode())
        os.fsync(descriptor)
        part.replace(self._folder / FILE)
        _sync(self._folder)

    def _mode(self) -> int:
        """The file's permissions: the group has the same as for the folder."""
        shared = self._folder.stat().st_mode & stat.S_IWGRP
        return 0o660 if shared else 0o600

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if not self._folder.is_dir():
            raise IndexMissing(
                f"there is no index at {self._folder}; make one: onrecord index PATH..."
            )
        try:
            descriptor = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            if os.fstat(descriptor).st_uid == os.geteuid():
                os.fchmod(descriptor, self._mode())
        except OSError as error:
            raise self._unusable(error) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _unusable(self, error: OSError) -> IndexUnavailable:
        return IndexUnavailable(
            f"the claim reviews in {self._folder} cannot be used: {error.strerror or error}"
        )


def _sealed(line: bytes) -> bytes:
    """The line with its checksum after a tab, which JSON cannot contain.

    >>> _unsealed(_sealed(b"{}"))
    b'{}'
    """
    return line + _SEAL % crc32(line)


def _unsealed(line: bytes) -> bytes:
    """The line without its checksum; older lines have none. Raises ValueError if it was changed."""
    written, mark, _ = line.rpartition(b"\t")
    if mark and line != _sealed(written):
        raise ValueError("its checksum differs: it was changed after it was written")
    return written if mark else line


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
