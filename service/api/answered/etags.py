"""ETags: answers from the index stay valid as long as its generation does.

The tags are weak, so that they name an answer whether or not it is compressed. A request whose tag
is still current is answered before anything is looked up.
"""

import hashlib
from collections.abc import Callable

from flask import Response, g, request

from service.api.answered.negotiation import JSON, PAGE, form
from service.api.context.parts import full_address, snapshot
from service.api.context.version import VERSION
from service.rendering.prefix import prefix

REVALIDATED = ("Cache-Control", "no-cache")

UNKEPT = "onrecord.unkept"
"""Key in a request's environment: set if the answer depends on more than the index."""

_READING = frozenset({"GET", "HEAD"})


def answer_unmodified(beside: Callable[[], str] | None = None) -> Response | None:
    """A 304 response if the client's copy is current; None otherwise. Raises IndexUnavailable.

    For an answer that depends on more than the index, ``beside`` returns the version of the rest;
    such an answer is not cached for other clients.
    """
    if request.method not in _READING:
        return None
    root = prefix() if form() in (JSON, PAGE) else full_address()
    state = snapshot().generation
    if beside is not None:
        state = f"{state} {beside()}"
        request.environ[UNKEPT] = True
    g.tag = name_answer(state, root + request.full_path, form())
    if not _is_conditional():
        return None
    known = request.if_none_match
    return Response(status=304) if g.tag in known.as_set(include_weak=True) else None


def tag(response: Response) -> Response:
    """Lets clients cache a successful answer, provided they revalidate it each time."""
    if response.status_code in (200, 304) and "tag" in g:
        if response.get_etag() == (None, None):
            response.set_etag(g.tag, weak=True)
        response.headers.set(*REVALIDATED)
        if _is_conditional():
            response.make_conditional(request)
    return response


def _is_conditional() -> bool:
    return "HTTP_IF_NONE_MATCH" in request.environ


def name_answer(generation: str, asked: str, form: str) -> str:
    """The tag of the answer to a path and query string in one form (a media type).

    The answer's links include the path prefix, so ``asked`` does too.
    """
    named = "\n".join((VERSION, generation, asked, form))
    return hashlib.sha256(named.encode()).hexdigest()[:20]
