"""Parsing: reads query strings and bodies strictly.

An unknown or repeated parameter, a body that is too long or not text is an error that names it.
Types of single values are in values.py.
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

# Charsets of text; the others Python knows are escapes or fail in ways of their own.
_CHARSETS = re.compile(r"utf-(8|16|32)|ascii|iso8859|cp125|koi8|gb|big5|euc_|shift_jis")


FORM = "application/x-www-form-urlencoded"
FORMS = (FORM, UPLOAD)
"""The media types of a browser's form; accepted from a client that asks for a page."""


class Body(Schema):
    """What a body may contain.

    ``text_types`` maps media types whose body is only the ``text`` to the fields they imply;
    ``files`` maps media types whose body is a file to its format; ``maximum`` is the limit in
    bytes.
    """

    text_types: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    files: ClassVar[Mapping[str, FileFormat]] = {}
    maximum: ClassVar[int] = BODY_MAXIMUM


class StrictParser(FlaskParser):
    """Loads parameters; raises InvalidParameters with everything that is wrong at once."""

    def parse_query(self, schema: Schema) -> Any:
        """The result of ``parse`` for the present query string, in a third of its time."""
        try:
            return schema.load(self.load_querystring(request, schema))
        except ValidationError as error:
            self.handle_error(ValidationError({"query": error.messages}), request, schema)

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        return _once_each(req.args)

    def load_form(self, req: Request, schema: Schema) -> Any:
        """The fields of a form. Raises UnsupportedFormat for any other body."""
        _refuse_encoded(req)
        if req.mimetype not in FORMS:
            kind, read = f"type {req.mimetype}" if req.mimetype else "no type", " or ".join(FORMS)
            raise UnsupportedFormat(f"a body of {kind}; expected {read}")
        return _once_each(req.form)

    def load_json(self, req: Request, schema: Schema) -> Any:
        """A JSON object; a body of ``Body.text_types`` or ``Body.files`` becomes one with ``text``.

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
    """The body as sent, in bytes.

    Raises UnsupportedFormat if it is compressed, RequestEntityTooLarge, and BadRequest if it is
    incomplete.
    """
    # one more: a body of unknown length is silently cut at the limit
    req.max_content_length = maximum + 1
    _refuse_encoded(req)
    return _body_of(req)


def take_text(req: Request, maximum: int = BODY_MAXIMUM) -> str:
    """The body decoded from its charset. Also raises UnreadableSource."""
    return _decode(req, take_body(req, maximum))


def _once_each(parameters: "MultiDict[str, str]") -> dict[str, str]:
    """Raises ValidationError."""
    repeated = [name for name, values in parameters.lists() if len(values) > 1]
    if repeated:
        raise ValidationError({name: ["given more than once; give it once"] for name in repeated})
    return parameters.to_dict()


def _filled_in(req: Request, body: Body) -> dict[str, Any]:
    """The fields of a page's form; empty ones count as missing."""
    if req.mimetype != UPLOAD:
        return _fields_of(take_body(req, body.maximum))
    content = take_body(req, body.maximum + AROUND if body.files else body.maximum)
    return draft_of(req, content, body.maximum)


def _fields_of(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode(), errors="strict", max_num_fields=FIELDS_MAXIMUM)
    except ValueError as error:  # includes UnicodeDecodeError
        raise UnreadableSource(f"the body is not a form: {error}") from error
    return {name: value.replace("\r\n", "\n") for name, value in pairs if value.strip()}


def _refuse_encoded(req: Request) -> None:
    encoding = req.headers.get("Content-Encoding", "identity")
    if encoding.lower() != "identity":
        raise UnsupportedFormat(f"a body with Content-Encoding {encoding}; send it without one")


def _body_of(req: Request) -> bytes:
    """Raises RequestEntityTooLarge, and BadRequest if the server passed on an incomplete body."""
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
