"""Caching: answers from the index stay valid as long as its generation does.

The tag is weak, so that it names the answer whether it is compressed or not. A request whose
tag is still right is answered before anything is looked up.
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
"""In the environment of a request whose answer is not only the index's."""

_READING = frozenset({"GET", "HEAD"})


def answer_unmodified(beside: Callable[[], str] | None = None) -> Response | None:
    """304 where the caller has the present answer already. Raises IndexUnavailable.

    Of what does not change with the index alone, ``beside`` names the rest that it is made of; such
    an answer is not given again to others.
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
    """Let clients keep a good answer, and ask each time whether it is still the present one."""
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
    """A name for the answer to a path and query string, in a form (a media type).

    Where links lead is part of the answer, so the path has its prefix.
    """
    named = "\n".join((VERSION, generation, asked, form))
    return hashlib.sha256(named.encode()).hexdigest()[:20]
