"""Blueprint: flask-smorest's, with questions taken strictly and errors as problems.

A parameter that is unknown, repeated or given where none is taken is an error that names it;
a route that answers from the index is conditional on the index's generation (caching.py).
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar, NoReturn, cast

import flask_smorest
from flask import Request, Response, current_app, request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import HTTPException

from service.api import caching
from service.api.problems import MEDIA_TYPE, answer_http_error, did_you_mean
from service.api.schemas import ProblemSchema
from service.errors import InvalidParameter, InvalidParameters

TAKES_PARAMETERS = "takes_parameters"


class StrictParser(FlaskParser):
    """Loads parameters; whatever is wrong is raised as InvalidParameters, all of it at once."""

    DEFAULT_UNKNOWN_BY_LOCATION: ClassVar[dict[str, str | None]] = {"query": RAISE, "json": RAISE}

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        repeated = [name for name, values in req.args.lists() if len(values) > 1]
        if repeated:
            raise ValidationError(
                {name: ["is given more than once; give it once"] for name in repeated}
            )
        return req.args.to_dict()

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

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, description: str, indexed: bool = True) -> None:
        super().__init__(name, __name__, description=description)
        self.indexed = indexed
        self._prepare_doc_cbks.append(self._prepare_refusals_doc)
        self.before_request(_refuse_parameters)
        if indexed:
            self.before_request(caching.answer_unmodified)
            self.after_request(caching.tag)

    def arguments(self, schema: type[Schema], **options: Any) -> Any:
        decorate = super().arguments(schema, **options)

        def note(view: Any) -> Any:
            decorated = decorate(view)
            setattr(decorated, TAKES_PARAMETERS, options.get("location") == "query")
            return decorated

        return note

    def _prepare_refusals_doc(self, doc: Any, doc_info: Any, *, method: str, **_: Any) -> Any:
        """Every call can be refused; what the index answers can be unchanged or unavailable."""
        statuses = [HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.INTERNAL_SERVER_ERROR]
        if self.indexed:
            statuses += [HTTPStatus.NOT_MODIFIED, HTTPStatus.SERVICE_UNAVAILABLE]
        for status in statuses:
            doc["responses"].setdefault(status, status.name)
        return doc


def _refuse_parameters() -> None:
    view = current_app.view_functions[request.endpoint or ""]
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
        """Each status as a response of the specification, taken up where it is referred to."""
        for status in HTTPStatus:
            content = {} if status < 400 else {"content": {MEDIA_TYPE: {"schema": ProblemSchema}}}
            response = {"description": status.description or status.phrase, **content}
            self.spec.components.response(status.name, response, lazy=True)
