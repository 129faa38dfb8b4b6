"""Blueprint: flask-smorest's, with strict parameters and errors as problems.

A parameter on a route that takes none is an error that names it; a route that answers from the
index is conditional on the index's generation (answered/etags.py).
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, cast

import flask_smorest
from flask import Response, current_app, request
from marshmallow import RAISE, Schema
from werkzeug.exceptions import HTTPException

from service.api.answered import etags
from service.api.answered.negotiation import FORMS, PAGE, form, vary
from service.api.answered.problems import MEDIA_TYPE, answer_http_error
from service.api.answered.schemas import ProblemSchema
from service.api.asked.parsing import StrictParser
from service.api.calls.pages.question import see_other, tidied
from service.api.context.parts import check_writing
from service.errors import InvalidParameters, UnknownParameter
from service.rendering.prefix import prefix

TAKES_PARAMETERS = "takes_parameters"
PAGE_TAKES_PARAMETERS = "page_takes_parameters"
BARE = "bare"
"""Attributes of a view."""

REFUSALS = {
    "Unchanged": "The caller already has the current answer",
    "NoToken": "The token is missing or unknown: `WWW-Authenticate` says which",
    "NotFound": "Nothing has this id",
    "TooLong": "The body is too long",
    "NotRead": "The body has an unsupported type",
    "TooOften": "Over the rate limit; `Retry-After` says when to ask again",
    "OtherSite": "Sent by a page of another site; those may only read",
    "MayNotWrite": "Writing is switched off, the token is for reading, or it was sent by a page of "
    "another site",
    "OtherHost": "`Host` is not a name of this service",
    "WrongInput": "A parameter or the body is invalid; `errors` names each",
    "Failure": "Something went wrong on the server",
    "Unavailable": "The index is missing, broken, of another version or being written to; or it "
    "takes too long",
}
"""Responses a call may give instead of its answer, by their name in the specification."""

ALWAYS = {
    401: "NoToken",
    421: "OtherHost",
    422: "WrongInput",
    429: "TooOften",
    500: "Failure",
    503: "Unavailable",
}
"""The responses that every call may give."""

TEXT = {"type": "string"}

TAG = {
    "description": "Identifies this answer; changes with the index",
    "required": True,
    "schema": {"type": "string"},
}

BEARER = "bearer"
"""Name of the bearer-token scheme in the specification."""

LINK = {
    "Link": {
        "description": 'The next page, as rel="next", if there is one',
        "schema": {"type": "string"},
    }
}


class Blueprint(flask_smorest.Blueprint):
    """Routes that accept only the parameters they declare.

    ``indexed`` routes answer from the index: they are conditional and may be unavailable;
    ``beside`` names the version of anything else they answer from. ``guarded`` routes require a
    token for writing.
    """

    ARGUMENTS_PARSER = StrictParser(unknown=RAISE)

    def __init__(
        self,
        name: str,
        description: str,
        indexed: bool = True,
        guarded: bool = False,
        beside: Callable[[], str] | None = None,
    ) -> None:
        super().__init__(name, __name__, description=description)
        self.indexed = indexed
        self.guarded = guarded
        self._prepare_doc_cbks.append(self._prepare_refusals_doc)
        if guarded:
            self.before_request(_refuse_writing)
        self.before_request(_tidy)
        self.before_request(_refuse_parameters)
        self.after_request(vary)
        if indexed:
            self.before_request(partial(etags.answer_unmodified, beside))
            self.after_request(etags.tag)

    def route(self, rule: str, **options: Any) -> Any:
        def register(view: Any) -> Any:
            named = self.doc(operationId=view.__name__)(view)
            return super(Blueprint, self).route(rule, **options)(named)

        return register

    def arguments(self, schema: type[Schema], **options: Any) -> Any:
        # an instance: for a class, webargs creates a new one per request
        made = schema()
        decorate = super().arguments(made, **options)

        def note(view: Any) -> Any:
            decorated = decorate(view)
            if options.get("location") != "query":
                return decorated

            @wraps(decorated)
            def ask(**path: str) -> Any:
                return view(self.ARGUMENTS_PARSER.parse_query(made), **path)

            setattr(ask, TAKES_PARAMETERS, True)
            return ask

        return note

    def also(self, media: str, view: Any, schema: Any = TEXT) -> Any:
        """Decorator: ``view``, called like the decorated view, answers clients that prefer
        ``media``.

        It returns a finished response.
        """
        document = self.alt_response(200, schema=schema, content_type=media)

        def decorate(default_view: Any) -> Any:
            @wraps(default_view)
            def answer(*values: Any, **path: str) -> Any:
                return (view if form() == media else default_view)(*values, **path)

            setattr(answer, FORMS, (*getattr(default_view, FORMS, ()), media))
            documented = document(answer)
            # otherwise it would replace the schema of the JSON answer
            del documented._apidoc["response"]["responses"][200][-1]["description"]
            return documented

        return decorate

    def page(self, view: Any, needs: str = "", bare: Any = None, takes: bool = False) -> Any:
        """Decorator: ``view`` answers browsers. If the parameter ``needs`` is missing, ``bare`` may
        answer.

        With ``takes`` the page reads additional parameters itself.
        """
        shown = self.also(PAGE, view)

        def decorate(content_view: Any) -> Any:
            answer = shown(content_view)
            setattr(answer, BARE, (needs, bare))
            setattr(answer, PAGE_TAKES_PARAMETERS, takes)
            return answer

        return decorate

    def response(self, status_code: int, schema: Any = None, **options: Any) -> Any:
        """Documents the answer through flask-smorest but serialises it here, in a third of the
        time.

        A view returns what the schema dumps, that and headers, or a finished response.
        """
        made = schema() if isinstance(schema, type) else schema
        document = super().response(status_code, made, **options)

        def decorate(view: Any) -> Any:
            @wraps(document(view))
            def answer(*values: Any, **path: str) -> Response:
                content = view(*values, **path)
                if isinstance(content, Response):
                    return content
                content, headers = content if isinstance(content, tuple) else (content, None)
                written = cast(Response, current_app.json.response(made.dump(content)))
                written.status_code = status_code
                if headers:
                    written.headers.update(headers)
                return written

            return answer

        return decorate

    def _prepare_refusals_doc(self, doc: Any, doc_info: Any, *, method: str, **_: Any) -> Any:
        """Documents the refusals that apply: to every call, and to calls of the index."""
        refusals = {
            401: "NoToken",
            429: "TooOften",
            421: "OtherHost",
            422: "WrongInput",
            500: "Failure",
            503: "Unavailable",
        }
        if method != "get":
            refusals[403] = "OtherSite"
        if self.guarded:
            refusals[403] = "MayNotWrite"
            doc["security"] = [{BEARER: []}]
        if self.indexed and method == "get":
            refusals[304] = "Unchanged"
            doc["responses"][200].setdefault("headers", {})["ETag"] = TAG
        doc["responses"] = dict(sorted({**doc["responses"], **refusals}.items()))
        return doc


def _refuse_writing() -> None:
    if request.method != "OPTIONS":
        check_writing()


def _tidy() -> Response | None:
    """A redirect from a form's address to its shortest equivalent; None if it already is that."""
    if form() != PAGE or request.method not in ("GET", "HEAD"):
        return None
    wanted = tidied(list(request.args.items(multi=True)))
    if wanted is not None:
        return see_other(request.path, wanted)
    needs, bare = getattr(_view(), BARE, ("", None))
    return None if bare is None or needs in request.args else bare()


def _view() -> Any:
    return current_app.view_functions[request.endpoint or ""]


def _refuse_parameters() -> None:
    if request.method == "OPTIONS":
        return
    takes = PAGE_TAKES_PARAMETERS if form() == PAGE else TAKES_PARAMETERS
    if request.args and not (
        getattr(_view(), TAKES_PARAMETERS, False) or getattr(_view(), takes, False)
    ):
        refused = (
            UnknownParameter(name, f"{prefix()}{request.path} takes none") for name in request.args
        )
        raise InvalidParameters(refused, len(request.args))


class Api(flask_smorest.Api):
    """flask-smorest's Api, with problems for errors."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def handle_http_exception(self, error: HTTPException) -> Response:
        return answer_http_error(error)

    def _register_responses(self) -> None:
        """Adds the refusals and the bearer-token scheme to the specification as components."""
        shown = {
            "type": "http",
            "scheme": "bearer",
            "description": "A token issued by the operator of the service",
        }
        self.spec.components.security_scheme(BEARER, shown)
        for name, description in REFUSALS.items():
            content = {} if name == "Unchanged" else {MEDIA_TYPE: {"schema": ProblemSchema}}
            response = {"description": description, **({"content": content} if content else {})}
            self.spec.components.response(name, response, lazy=True)
