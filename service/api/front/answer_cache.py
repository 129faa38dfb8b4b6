"""Answer cache: repeats an answer as long as the index's generation lasts.

Runs before the application, which is then not called: a cached page is answered three times as fast
(python -m bench.http). The application marks cacheable answers by tagging them (answered/etags.py);
conditional requests and streams always reach it.

An answer that is not cached is worked on until the deadline, which loops check (deadline.py); a
stream is not bound by the request's deadline.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from service.api.answered.etags import UNKEPT
from service.api.context.parts import ReopeningIndex
from service.deadline import deadline_of
from service.errors import IndexUnavailable
from service.index.port import Snapshot

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

KEPT_BYTES = 4_000_000
"""Bytes of bodies per process: about 160 pages of 20 statements."""

LARGEST = KEPT_BYTES // 16

REMEMBERED = 500
"""Queries remembered as answered once: three times as many as the cache has room for."""

_FORMS = ("PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING")
_ADDRESSES = ("wsgi.url_scheme", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME")
"""What an answer depends on besides the generation: the address of the service, which JSON-LD
contains, and never the Host header."""

_NAMES = (*_FORMS, *_ADDRESSES)

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    headers: Headers
    body: bytes


Shortcut: TypeAlias = Callable[["WSGIEnvironment", Snapshot], Answer | None]
"""Answers a simple query from the request's snapshot, or returns None to leave it to the
application."""


class KeptAnswers:
    """The most recently used answers of one generation. Thread-safe.

    An answer is stored the second time it is given: most are asked for only once, and storing and
    evicting all of them took a tenth of the time of a page (python -m bench.http).
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._generation = ""
        self._answers: OrderedDict[object, Answer] = OrderedDict()
        self._questions: OrderedDict[int, None] = OrderedDict()
        self._bytes = 0

    def get(self, generation: str, question: object) -> Answer | None:
        with self._lock:
            if generation != self._generation:
                return None
            answer = self._answers.get(question)
            if answer is not None:
                self._answers.move_to_end(question)
            return answer

    def keep(self, generation: str, question: object, answer: Answer) -> None:
        with self._lock:
            if generation != self._generation:
                self._generation, self._bytes = generation, 0
                self._answers.clear()
                self._questions.clear()
            if question in self._answers or not self._was_asked(hash(question)):
                return
            self._answers[question] = answer
            self._bytes += len(answer.body)
            while self._bytes > KEPT_BYTES:
                _, oldest = self._answers.popitem(last=False)
                self._bytes -= len(oldest.body)

    def _was_asked(self, question: int) -> bool:
        """Whether it is among the last questions; it is from now on."""
        known = question in self._questions
        self._questions[question] = None
        if len(self._questions) > REMEMBERED:
            self._questions.popitem(last=False)
        return known


def reusing(
    application: "WSGIApplication", index: ReopeningIndex, shortcut: Shortcut, seconds: float
) -> "WSGIApplication":
    """``application`` with cached answers, valid while the generation of ``index`` lasts.

    ``shortcut`` is tried before the application. ``seconds`` limits both together.
    """
    kept = KeptAnswers()

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        snapshot = _snapshot(index, environ) if _is_cacheable(environ) else None
        if snapshot is None:
            with deadline_of(seconds):
                return application(environ, start_response)
        generation, question = snapshot.generation, tuple(map(environ.get, _NAMES))
        known = kept.get(generation, question)
        if known is None:
            with deadline_of(seconds):
                known = shortcut(environ, snapshot)
                if known is None:
                    answer_read, body = _listen(application, environ, start_response)
                    if answer_read is not None and UNKEPT not in environ:
                        kept.keep(generation, question, answer_read)
                    return body
            if len(known.body) <= LARGEST:
                kept.keep(generation, question, known)
        start_response(known.status, known.headers)  # a caller that adds headers copies them
        return [known.body]

    return answer


def _is_cacheable(environ: "WSGIEnvironment") -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and "HTTP_IF_NONE_MATCH" not in environ
        and "HTTP_RANGE" not in environ
    )


def _snapshot(index: ReopeningIndex, environ: "WSGIEnvironment") -> Snapshot | None:
    """The request's snapshot, which the application will use too; None if the index is
    unavailable."""
    try:
        return index.snapshot_for(environ)
    except IndexUnavailable:
        return None


def _listen(
    application: "WSGIApplication", environ: "WSGIEnvironment", start_response: "StartResponse"
) -> tuple[Answer | None, Iterable[bytes]]:
    """The application's answer if it may be cached, and its body to send."""
    started: list[tuple[str, Headers]] = []

    def listen(status: str, headers: Headers, *more: object) -> Callable[[bytes], object]:
        started.append((status, headers))
        return start_response(status, headers, *more)  # type: ignore[arg-type]

    body = application(environ, listen)
    if len(started) != 1 or not _may_be_kept(*started[0]):
        return None, body
    try:
        whole = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    return Answer(*started[0], whole), [whole]


def _may_be_kept(status: str, headers: Headers) -> bool:
    """Tagged, hence of this generation, and with a known length, hence not a stream."""
    named = dict(headers)
    length = named.get("Content-Length")
    return (
        status == "200 OK"
        and "ETag" in named
        and named.get("Cache-Control") == "no-cache"
        and length is not None
        and int(length) <= LARGEST
    )
