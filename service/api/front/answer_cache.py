"""Reuse: an answer that was given is given again, as long as the index's generation lasts.

Runs before the application, which is not asked then: a page that is asked for again is answered
three times as fast (python -m bench.http). What may be kept the application says itself by tagging
it (answered/etags.py); conditional questions and streams always go to it.

What is not kept is worked on for as long as the deadline, and given up where a loop next asks
(deadline.py); a streamed answer is not the work of one request.
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
"""Of bodies, in each process: some 160 pages of 20 statements."""

LARGEST = KEPT_BYTES // 16

REMEMBERED = 500
"""Questions of which it is known that they were answered: three times those that fit."""

_FORMS = ("PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING")
_ADDRESSES = ("wsgi.url_scheme", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME")
"""What an answer depends on, beside the generation: the form that is asked for, and the address
of the service, which JSON-LD names; that is never the host that was asked."""

_NAMES = (*_FORMS, *_ADDRESSES)

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    headers: Headers
    body: bytes


Shortcut: TypeAlias = Callable[["WSGIEnvironment", Snapshot], Answer | None]
"""Answers a plain question from the request's snapshot, or leaves it to the application."""


class KeptAnswers:
    """The answers of one generation, those last asked for; any thread may ask.

    An answer is kept when it is given for the second time: most never are, and to take in and
    throw out all of them took a tenth of the time of a page (python -m bench.http).
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
        """Whether it is among the last ones, where it is from now on."""
        known = question in self._questions
        self._questions[question] = None
        if len(self._questions) > REMEMBERED:
            self._questions.popitem(last=False)
        return known


def reusing(
    application: "WSGIApplication", index: ReopeningIndex, shortcut: Shortcut, seconds: float
) -> "WSGIApplication":
    """``application``, whose answers are given again while the generation of ``index`` lasts.

    What ``shortcut`` answers, the application is not asked. ``seconds`` limits both together.
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
        start_response(known.status, known.headers)  # who adds to them makes others
        return [known.body]

    return answer


def _is_cacheable(environ: "WSGIEnvironment") -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and "HTTP_IF_NONE_MATCH" not in environ
        and "HTTP_RANGE" not in environ
    )


def _snapshot(index: ReopeningIndex, environ: "WSGIEnvironment") -> Snapshot | None:
    """Kept for the application, which answers from the same."""
    try:
        return index.snapshot_for(environ)
    except IndexUnavailable:
        return None


def _listen(
    application: "WSGIApplication", environ: "WSGIEnvironment", start_response: "StartResponse"
) -> tuple[Answer | None, Iterable[bytes]]:
    """The application's answer, if it may be kept, and its body to be sent."""
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
    """Tagged, so that it is the generation's, and whole: a stream does not know its length."""
    named = dict(headers)
    length = named.get("Content-Length")
    return (
        status == "200 OK"
        and "ETag" in named
        and named.get("Cache-Control") == "no-cache"
        and length is not None
        and int(length) <= LARGEST
    )
