"""Parts: what the API needs from the rest of the service, injected by app.py."""

import mmap
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic, time_ns
from typing import TYPE_CHECKING, Any, Protocol, cast

from flask import Flask, current_app, request

from service.access import Access
from service.api.context.counting import Counting
from service.domain import AnnotatedSource, Changes, DraftFormat, FileFormat, Source
from service.errors import IndexUnavailable
from service.index.port import Index, Snapshot
from service.permalinks import Permalinks
from service.reach import Reach
from service.rendering.prefix import prefix
from service.reviews import KnownReviews, ReviewStore
from service.verification.placing import CheckedDraft

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

EXTENSION = "onrecord"

_PORTS = {"http": "80", "https": "443"}
_COUNTING = "onrecord.counting"

_SNAPSHOT = "onrecord.snapshot"
"""Key of the request's snapshot in its environment, which code in front of the application uses
too."""


_REVIEWS = "onrecord.reviews"
"""Key of the request's state of others' checks in its environment."""

REOPEN_SECONDS = 5
"""Seconds between two attempts to open the index; sent to clients as Retry-After."""


class Extract(Protocol):
    def __call__(self, text: str, **declared: str) -> AnnotatedSource:
        """The statements of a text that is not stored.

        ``declared`` may have title, publisher, published, url and language. Raises InvalidInput for
        an unusable value.
        """
        ...


class Check(Protocol):
    def __call__(
        self, snapshot: Snapshot, document: str | bytes, written: DraftFormat | FileFormat
    ) -> CheckedDraft:
        """Every quotation of a draft verified against the index; nothing is stored.

        Raises InvalidInput for an unreadable draft, MissingLibrary if the library that reads the
        format is not installed.
        """
        ...


class Desk(Protocol):
    """Where sources are submitted and withdrawn."""

    def read(self, body: bytes, lines: bool, declared: Mapping[str, object]) -> list[Source]:
        """The sources of a JSON body: one object, or with ``lines`` one per line. Raises
        InvalidInput.

        Values ``declared`` for all of them take precedence.
        """
        ...

    def read_text(self, text: str, declared: Mapping[str, object]) -> Source:
        """The source of a plain-text body. Raises InvalidInput."""
        ...

    def add(self, sources: Iterable[Source]) -> Changes:
        """Adds all sources with their statements, or none. Raises IndexBusy."""
        ...

    def remove(self, source_id: str) -> None:
        """Removes a source from all answers at once, and its words from the disk at once or, if
        that takes long, soon after. Raises NotFound and IndexBusy."""
        ...

    def tidy(self) -> None:
        """Schedules clean-up left over from changes; returns at once."""
        ...


class News:
    """Announces commits to all processes forked from this one, without a lock.

    The news is the time of the commit, so it differs each time.
    """

    def __init__(self) -> None:
        self._cell = memoryview(mmap.mmap(-1, mmap.PAGESIZE)).cast("Q")

    def tell(self) -> None:
        self._cell[0] = time_ns()

    @property
    def latest(self) -> int:
        return self._cell[0]


class ReopeningIndex:
    """The index, opened when it becomes available: the next call retries a failed opening.

    A writer announces its commit here, and every later request to this server is answered from that
    commit or a newer one.
    """

    def __init__(self, open_index: Callable[[], Index]) -> None:
        self._open_index = open_index
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._opened = 0.0
        self._watched = False
        self._news = News()
        self._seen_news = self._news.latest

    def __call__(self) -> Index:
        """The open index. Raises IndexUnavailable."""
        present = self._index
        if present is not None:
            return present
        with self._lock:
            if self._index is None:
                self._index = self._open_index()
                self._opened = monotonic()
                if self._watched:
                    self._index.watch()
            return self._index

    def snapshot_for(self, environ: "WSGIEnvironment") -> Snapshot:
        """The request's one snapshot, taken on first use. Raises IndexUnavailable."""
        taken: Snapshot | None = environ.get(_SNAPSHOT)
        if taken is None:
            index = self()
            if self._news.latest != self._seen_news:
                self._catch_up(index)
            taken = environ[_SNAPSHOT] = index.snapshot()
        return taken

    def tell_of_commit(self) -> None:
        """Makes every process of this server answer from the latest commit or a newer one."""
        self._news.tell()

    def _catch_up(self, index: Index) -> None:
        """Marks the news as seen only after refreshing, because other threads ask meanwhile."""
        news = self._news.latest
        with suppress(IndexUnavailable):  # the watching thread reports it
            index.catch_up()
        self._seen_news = news

    def prepare(self) -> None:
        """Opens the index if possible and loads what the first call needs."""
        with suppress(IndexUnavailable):
            self().prepare()

    def watch(self) -> None:
        """Starts watching for commits, once the index is open."""
        self._watched = True
        with suppress(IndexUnavailable):
            self().watch()

    def forget(self) -> None:
        """Makes the next call reopen the index, unless it was opened just now.

        With a damaged index every call may fail, and opening takes longer than answering.
        """
        with self._lock:
            if monotonic() - self._opened >= REOPEN_SECONDS:
                self._index = None


@dataclass(frozen=True, slots=True)
class Parts:
    index: ReopeningIndex
    extract: Extract
    check: Check
    desk: Desk
    reviews: ReviewStore
    reach: Reach = field(default_factory=Reach)
    permalinks: Permalinks | None = None
    access: Access = field(default_factory=Access)
    rate: str = ""


def inject(app: Flask, parts: Parts) -> None:
    app.extensions[EXTENSION] = parts


def snapshot() -> Snapshot:
    """The snapshot that the present request is answered from. Raises IndexUnavailable."""
    return _parts().index.snapshot_for(request.environ)


def reviews() -> KnownReviews:
    """The others' checks that the present request sees, all of one state.

    Raises IndexUnavailable.
    """
    taken: KnownReviews | None = request.environ.get(_REVIEWS)
    if taken is None:
        taken = request.environ[_REVIEWS] = _parts().reviews.present()
    return taken


def review_store() -> ReviewStore:
    return _parts().reviews


def generation_of(environ: Mapping[str, Any]) -> str | None:
    """The generation a request was answered from; None if it did not need the index."""
    taken: Snapshot | None = environ.get(_SNAPSHOT)
    return None if taken is None else taken.generation


def check_index() -> None:
    """Raises IndexUnavailable unless the index could be opened now."""
    _parts().index().check()


def inject_counting(app: Flask, counting: Counting) -> None:
    app.extensions[_COUNTING] = counting


def counting() -> Counting:
    return cast(Counting, current_app.extensions[_COUNTING])


def prepare_index() -> None:
    _parts().index.prepare()


def watch_index() -> None:
    _parts().index.watch()


def tidy_index() -> None:
    """Finishes what a stopped server left undone, if this one may write."""
    if _parts().access.writing:
        _parts().desk.tidy()


def forget_index() -> None:
    _parts().index.forget()


def extract() -> Extract:
    return _parts().extract


def desk() -> Desk:
    return _parts().desk


def check_writing() -> None:
    """Raises Refused unless the present request may write."""
    _parts().access.check_writing(request.environ)


def address() -> str:
    """What links to this service start with: its configured address, or only the path prefix.

    Never taken from the Host header.
    """
    return _parts().reach.url or prefix()


def origins() -> frozenset[str]:
    """Origins of the sites whose pages may read from here."""
    return _parts().reach.origins


def full_address() -> str:
    """The full address of the service; if not configured, that of the connection."""
    return _parts().reach.url or _socket_address(request.environ) + prefix()


def _socket_address(environ: "WSGIEnvironment") -> str:
    name, port = environ["SERVER_NAME"], environ["SERVER_PORT"]
    shown = f"[{name}]" if ":" in name else name
    scheme = environ["wsgi.url_scheme"]
    return f"{scheme}://{shown}" + ("" if port == _PORTS.get(scheme) else f":{port}")


def check() -> Check:
    return _parts().check


def permalinks() -> Permalinks | None:
    """The store of checks; None if checks are not stored."""
    return _parts().permalinks


def _parts() -> Parts:
    return cast(Parts, current_app.extensions[EXTENSION])
