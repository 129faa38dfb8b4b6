"""Parts: what the API needs of the rest of the service, injected by app.py."""

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
"""Where a request keeps its snapshot: in its environment, because what runs before the application
answers from it too."""


_REVIEWS = "onrecord.reviews"
"""Where it keeps what it knows of others' checks."""

REOPEN_SECONDS = 5
"""Between two openings; callers get this as Retry-After."""


class Extract(Protocol):
    def __call__(self, text: str, **declared: str) -> AnnotatedSource:
        """The statements of a text that is not kept.

        ``declared`` has title, publisher, published, url, language, those that were given.
        Raises InvalidInput for a value that cannot be used.
        """
        ...


class Check(Protocol):
    def __call__(
        self, snapshot: Snapshot, document: str | bytes, written: DraftFormat | FileFormat
    ) -> CheckedDraft:
        """Every quotation of a draft beside the index; nothing is kept.

        Raises InvalidInput for a draft that cannot be read, MissingLibrary for a file whose format
        needs what is not installed.
        """
        ...


class Desk(Protocol):
    """Where sources are handed in and withdrawn."""

    def read(self, body: bytes, lines: bool, declared: Mapping[str, object]) -> list[Source]:
        """The sources of a body in JSON: one object, or one a line. Raises InvalidInput.

        What is ``declared`` of all of them comes first.
        """
        ...

    def read_text(self, text: str, declared: Mapping[str, object]) -> Source:
        """Raises InvalidInput."""
        ...

    def add(self, sources: Iterable[Source]) -> Changes:
        """All of them are in the index with their statements, or none. Raises IndexBusy."""
        ...

    def remove(self, source_id: str) -> None:
        """It is gone from all answers; its words leave the disk at once, or soon where that takes
        long. Raises NotFound and IndexBusy."""
        ...

    def tidy(self) -> None:
        """What changes left undone in the index will be done; nobody waits for it."""
        ...


class News:
    """The news, for all processes that were forked from this one, that somebody has committed. It
    is the time of it, so that it is another each time; nobody needs a lock.
    """

    def __init__(self) -> None:
        self._cell = memoryview(mmap.mmap(-1, mmap.PAGESIZE)).cast("Q")

    def tell(self) -> None:
        self._cell[0] = time_ns()

    @property
    def latest(self) -> int:
        return self._cell[0]


class ReopeningIndex:
    """The index, opened once it can be: a failed opening is tried again by the next call.

    Whoever commits here says so, and whoever asks this server afterwards is answered from that
    commit or a later one.
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
        """Raises IndexUnavailable."""
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
        """The one snapshot of a request, taken when it is first asked for.

        Raises IndexUnavailable.
        """
        taken: Snapshot | None = environ.get(_SNAPSHOT)
        if taken is None:
            index = self()
            if self._news.latest != self._seen_news:
                self._catch_up(index)
            taken = environ[_SNAPSHOT] = index.snapshot()
        return taken

    def tell_of_commit(self) -> None:
        """Every process of this server answers from it, or from a later one."""
        self._news.tell()

    def _catch_up(self, index: Index) -> None:
        """Heard only when it is done, for others ask meanwhile."""
        news = self._news.latest
        with suppress(IndexUnavailable):  # whoever watches says so
            index.catch_up()
        self._seen_news = news

    def prepare(self) -> None:
        """It is opened, if it can be, and ready for the first call."""
        with suppress(IndexUnavailable):
            self().prepare()

    def watch(self) -> None:
        """It looks for commits by itself, once it is open."""
        self._watched = True
        with suppress(IndexUnavailable):
            self().watch()

    def forget(self) -> None:
        """The next call opens it again, unless it was opened just now: of a damaged index every
        call may fail, and opening takes longer than answering."""
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
    """What the present request is answered from, all of it. Raises IndexUnavailable."""
    return _parts().index.snapshot_for(request.environ)


def reviews() -> KnownReviews:
    """What the present request knows of others' checks, all of it of one state.

    Raises IndexUnavailable.
    """
    taken: KnownReviews | None = request.environ.get(_REVIEWS)
    if taken is None:
        taken = request.environ[_REVIEWS] = _parts().reviews.present()
    return taken


def review_store() -> ReviewStore:
    return _parts().reviews


def generation_of(environ: Mapping[str, Any]) -> str | None:
    """Which generation a request was answered from; None where it needed none."""
    taken: Snapshot | None = environ.get(_SNAPSHOT)
    return None if taken is None else taken.generation


def check_index() -> None:
    """The index could be opened now. Raises IndexUnavailable."""
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
    """What a server that was stopped left undone, if this one may write."""
    if _parts().access.writing:
        _parts().desk.tidy()


def forget_index() -> None:
    _parts().index.forget()


def extract() -> Extract:
    return _parts().extract


def desk() -> Desk:
    return _parts().desk


def check_writing() -> None:
    """Whoever sent the present request may write. Raises Refused."""
    _parts().access.check_writing(request.environ)


def address() -> str:
    """What is in front of a path that leads here: the service's address as it is set up, or else
    its prefix alone; never what somebody asked for in a Host header."""
    return _parts().reach.url or prefix()


def origins() -> frozenset[str]:
    """Whose pages may read from here."""
    return _parts().reach.origins


def full_address() -> str:
    """The same for who needs a whole address; not knowing it, that which was connected to."""
    return _parts().reach.url or _socket_address(request.environ) + prefix()


def _socket_address(environ: "WSGIEnvironment") -> str:
    name, port = environ["SERVER_NAME"], environ["SERVER_PORT"]
    shown = f"[{name}]" if ":" in name else name
    scheme = environ["wsgi.url_scheme"]
    return f"{scheme}://{shown}" + ("" if port == _PORTS.get(scheme) else f":{port}")


def check() -> Check:
    return _parts().check


def permalinks() -> Permalinks | None:
    """Where checks are kept; None where they are not."""
    return _parts().permalinks


def _parts() -> Parts:
    return cast(Parts, current_app.extensions[EXTENSION])
