"""Parsing: query strings and bodies, taken strictly.

A parameter that is unknown or repeated, a body that is too long or no text is an error that
names it. What a value may be is in values.py.
"""

import codecs
import re
from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn, cast
from urllib.parse import parse_qsl

from flask import Request, current_app, request
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from service.api.answered.negotiation import PAGE, form
from service.api.answered.problems import did_you_mean
from service.api.asked.uploads import AROUND, FIELDS_MAXIMUM, UPLOAD, draft_of
from service.api.asked.values import PostedFile
from service.api.context.limits import BODY_MAXIMUM
from service.domain import FileFormat
from service.errors import (
    InvalidParameter,
    InvalidParameters,
    UnknownParameter,
    UnreadableSource,
    UnsupportedFormat,
)

# Charsets of text; Python knows others, which are escapes or fail in ways of their own.
_CHARSETS = re.compile(r"utf-(8|16|32)|ascii|iso8859|cp125|koi8|gb|big5|euc_|shift_jis")


FORM = "application/x-www-form-urlencoded"
FORMS = (FORM, UPLOAD)
"""How a browser sends what was filled in; read where it asks for a page."""


class Body(Schema):
    """What a body may say.

    ``text_types`` are the media types whose body is the ``text`` alone, each with the fields it
    implies; ``files`` those whose body is a file, with its format; ``maximum`` is the limit in
    bytes.
    """

    text_types: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    files: ClassVar[Mapping[str, FileFormat]] = {}
    maximum: ClassVar[int] = BODY_MAXIMUM


class StrictParser(FlaskParser):
    """Loads parameters; whatever is wrong is raised as InvalidParameters, all of it at once."""

    def parse_query(self, schema: Schema) -> Any:
        """What ``parse`` makes of the present query string, in a third of its time."""
        try:
            return schema.load(self.load_querystring(request, schema))
        except ValidationError as error:
            self.handle_error(ValidationError({"query": error.messages}), request, schema)

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        return _once_each(req.args)

    def load_form(self, req: Request, schema: Schema) -> Any:
        """What a form says. Raises UnsupportedFormat for any other body."""
        _refuse_encoded(req)
        if req.mimetype not in FORMS:
            kind, read = f"type {req.mimetype}" if req.mimetype else "no type", " or ".join(FORMS)
            raise UnsupportedFormat(f"a body of {kind}; expected {read}")
        return _once_each(req.form)

    def load_json(self, req: Request, schema: Schema) -> Any:
        """An object; what ``Body.plain`` and ``Body.files`` name is one with ``text``.

        Raises InvalidInput.
        """
        body = cast(Body, schema)
        if req.mimetype in body.text_types:
            return {"text": take_text(req, body.maximum), **body.text_types[req.mimetype]}
        if req.mimetype in FORMS and form() == PAGE:
            return _filled_in(req, body)
        _refuse_encoded(req)
        if req.mimetype in body.files:
            content = take_body(req, body.maximum)
            return {"text": PostedFile(content, body.files[req.mimetype])}
        if not req.is_json:
            known = ["application/json", *body.text_types, *body.files]
            kind, read = f"type {req.mimetype}" if req.mimetype else "no type", " or ".join(known)
            raise UnsupportedFormat(f"a body of {kind}; expected {read}")
        try:
            parsed = current_app.json.loads(take_body(req, body.maximum))
        except ValueError as error:
            raise UnreadableSource(f"the body is not JSON: {error}") from error
        if not isinstance(parsed, dict):
            key = next(iter(schema.load_fields))
            raise UnreadableSource(f'the body is JSON but not an object; expected {{"{key}": ...}}')
        return parsed

    def handle_error(
        self, error: ValidationError, req: Request, schema: Schema, **_: Any
    ) -> NoReturn:
        """Raises InvalidParameters."""
        messages = cast(Mapping[str, Mapping[str, list[str]]], error.messages)
        known = [field.data_key or name for name, field in schema.load_fields.items()]
        wrong = (
            _wrong(name, details, known)
            for located in messages.values()
            for name, details in located.items()
        )
        raise InvalidParameters(wrong, sum(map(len, messages.values())))


def take_body(req: Request, maximum: int = BODY_MAXIMUM) -> bytes:
    """The body as it was sent. Raises UnsupportedFormat for one that is compressed,
    RequestEntityTooLarge, and BadRequest for half a body."""
    # one more, because a body of unknown length is cut there in silence
    req.max_content_length = maximum + 1
    _refuse_encoded(req)
    return _body_of(req)


def take_text(req: Request, maximum: int = BODY_MAXIMUM) -> str:
    """The same in its charset. Raises UnreadableSource, too."""
    return _decode(req, take_body(req, maximum))


def _once_each(parameters: "MultiDict[str, str]") -> dict[str, str]:
    """Raises ValidationError."""
    repeated = [name for name, values in parameters.lists() if len(values) > 1]
    if repeated:
        raise ValidationError({name: ["given more than once; give it once"] for name in repeated})
    return parameters.to_dict()


def _filled_in(req: Request, body: Body) -> dict[str, Any]:
    """The fields of a page's form; those left empty are not given."""
    if req.mimetype != UPLOAD:
        return _fields_of(take_body(req, body.maximum))
    content = take_body(req, body.maximum + AROUND if body.files else body.maximum)
    return draft_of(req, content, body.maximum)


def _fields_of(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode(), errors="strict", max_num_fields=FIELDS_MAXIMUM)
    except ValueError as error:  # one that is not UTF-8 is one, too
        raise UnreadableSource(f"the body is not a form: {error}") from error
    return {name: value.replace("\r\n", "\n") for name, value in pairs if value.strip()}


def _refuse_encoded(req: Request) -> None:
    encoding = req.headers.get("Content-Encoding", "identity")
    if encoding.lower() != "identity":
        raise UnsupportedFormat(f"a body with Content-Encoding {encoding}; send it without one")


def _body_of(req: Request) -> bytes:
    """Raises RequestEntityTooLarge, and BadRequest where a server passed on half a body."""
    body = req.get_data()
    if len(body) < (req.content_length or 0):
        raise BadRequest(f"the body ends after {len(body)} of {req.content_length} bytes")
    if len(body) >= cast(int, req.max_content_length):
        raise RequestEntityTooLarge
    return body


def _decode(req: Request, body: bytes) -> str:
    charset = req.mimetype_params.get("charset", "utf-8")
    try:
        known = _CHARSETS.match(codecs.lookup(charset).name)
    except LookupError:
        known = None
    if known is None:
        raise UnsupportedFormat(f"unknown charset {charset}; expected utf-8")
    try:
        return body.decode(charset)
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"byte {error.start} of the body is not valid {charset}") from error


def _wrong(name: str, details: list[str], known: list[str]) -> InvalidParameter:
    if name in known:
        return InvalidParameter(name, " and ".join(details))
    near = did_you_mean(name, known).removeprefix("; ")
    return UnknownParameter(name, near or f"the parameters are {', '.join(known)}")
