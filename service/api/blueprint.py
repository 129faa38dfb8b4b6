"""Blueprint: flask-smorest's, with questions taken strictly and errors as problems.

A parameter that is unknown, repeated or given where none is taken is an error that names it;
a route that answers from the index is conditional on the index's generation (caching.py).
"""

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, cast

import flask_smorest
from flask import Request, Response, current_app, request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from service.api import caching
from service.api.limits import BODY_MAXIMUM
from service.api.problems import MEDIA_TYPE, answer_http_error, did_you_mean
from service.api.schemas import ProblemSchema
from service.errors import (
    InvalidParameter,
    InvalidParameters,
    UnreadableSource,
    UnsupportedFormat,
)

TAKES_PARAMETERS = "takes_parameters"


REFUSALS = {
    "Unchanged": "The caller has the present answer already",
    "NotFound": "There is none with this id",
    "TooLong": "The body is too long",
    "NotRead": "A body of this kind is not read here",
    "WrongInput": "A parameter or the body is wrong; `errors` names each",
    "Failure": "Something went wrong here",
    "Unavailable": "The index is missing, broken or of another version",
}
"""What a call may answer instead, by its name in the specification."""


TAG = {
    "description": "Names this answer; changes with the index",
    "required": True,
    "schema": {"type": "string"},
}

LINK = {
    "Link": {
        "description": 'The next page, as rel="next", where there is one',
        "schema": {"type": "string"},
    }
}


class StrictParser(FlaskParser):
    """Loads parameters; whatever is wrong is raised as InvalidParameters, all of it at once."""

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        repeated = [name for name, values in req.args.lists() if len(values) > 1]
        if repeated:
            raise ValidationError(
                {name: ["is given more than once; give it once"] for name in repeated}
            )
        return req.args.to_dict()

    def load_json(self, req: Request, schema: Schema) -> Any:
        """An object; a plain text is one with nothing but ``text``. Raises InvalidInput."""
        if req.mimetype == "text/plain":
            return {"text": _decode(req)}
        if not req.is_json:
            kind = req.mimetype or "no type"
            raise UnsupportedFormat(f"a body of {kind}; application/json or text/plain is read")
        try:
            body = current_app.json.loads(_body_of(req))
        except ValueError as error:
            raise UnreadableSource(f"the body is no JSON: {error}") from error
        if not isinstance(body, dict):
            raise UnreadableSource('the body is JSON, but no object; {"text": ...} is wanted')
        return body

    def handle_error(
        self, error: ValidationError, req: Request, schema: Schema, **_: Any
    ) -> NoReturn:
        """Raises InvalidParameters."""
        messages = cast(Mapping[str, Mapping[str, list[str]]], error.messages)
        known = [field.data_key or name for name, field in schema.load_fields.items()]
        raise InvalidParameters(
            InvalidParameter(name, _detail(name, details, known))
            for located in messages.values()
            for name, details in located.items()
        )


def _body_of(req: Request) -> bytes:
    """Raises RequestEntityTooLarge."""
    body = req.get_data()
    if len(body) > BODY_MAXIMUM:
        raise RequestEntityTooLarge
    return body


def _decode(req: Request) -> str:
    charset = req.mimetype_params.get("charset", "utf-8")
    try:
        return _body_of(req).decode(charset)
    except LookupError as error:
        raise UnsupportedFormat(f"charset {charset} is not known here; utf-8 is") from error
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"byte {error.start} of the body is not {charset}") from error


def _detail(name: str, details: list[str], known: list[str]) -> str:
    if name in known:
        return " and ".join(details)
    return unknown_parameter(name, known)


def unknown_parameter(name: str, known: Iterable[str]) -> str:
    """
    >>> unknown_parameter("speker", ["speaker"])
    'is no parameter here; did you mean speaker?'
    """
    names = list(known)
    near = did_you_mean(name, names)
    return "is no parameter here" + (near or f"; there are {', '.join(names)}")


class Blueprint(flask_smorest.Blueprint):
    """Routes that take only the parameters they declare.

    ``indexed`` ones answer from the index: they are conditional, and may be unavailable.
    """

    ARGUMENTS_PARSER = StrictParser(unknown=RAISE)

    def __init__(self, name: str, description: str, indexed: bool = True) -> None:
        super().__init__(name, __name__, description=description)
        self.indexed = indexed
        self._prepare_doc_cbks.append(self._prepare_refusals_doc)
        self.before_request(_refuse_parameters)
        if indexed:
            self.before_request(caching.answer_unmodified)
            self.after_request(caching.tag)

    def route(self, rule: str, **options: Any) -> Any:
        def register(view: Any) -> Any:
            named = self.doc(operationId=view.__name__)(view)
            return super(Blueprint, self).route(rule, **options)(named)

        return register

    def arguments(self, schema: type[Schema], **options: Any) -> Any:
        decorate = super().arguments(schema, **options)

        def note(view: Any) -> Any:
            decorated = decorate(view)
            setattr(decorated, TAKES_PARAMETERS, options.get("location") == "query")
            return decorated

        return note

    def _prepare_refusals_doc(self, doc: Any, doc_info: Any, *, method: str, **_: Any) -> Any:
        """Every call can be refused; what the index answers can be unchanged or unavailable."""
        standing = {422: "WrongInput", 500: "Failure"}
        if self.indexed:
            standing |= {304: "Unchanged", 503: "Unavailable"}
            doc["responses"][200].setdefault("headers", {})["ETag"] = TAG
        doc["responses"] = dict(sorted({**doc["responses"], **standing}.items()))
        return doc


def _refuse_parameters() -> None:
    view = current_app.view_functions[request.endpoint or ""]
    if request.method == "OPTIONS":
        return
    if request.args and not getattr(view, TAKES_PARAMETERS, False):
        raise InvalidParameters(
            InvalidParameter(name, f"is no parameter here; {request.path} takes none")
            for name in request.args
        )


class Api(flask_smorest.Api):
    """flask-smorest's, with problems for errors."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def handle_http_exception(self, error: HTTPException) -> Response:
        return answer_http_error(error)

    def _register_responses(self) -> None:
        """The refusals as parts of the specification, taken up where they are referred to."""
        for name, description in REFUSALS.items():
            content = {} if name == "Unchanged" else {MEDIA_TYPE: {"schema": ProblemSchema}}
            response = {"description": description, **({"content": content} if content else {})}
            self.spec.components.response(name, response, lazy=True)
