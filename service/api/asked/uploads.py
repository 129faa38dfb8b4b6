"""Uploads: a file chosen in a page's form, as a draft.

The file's name decides its format, as the media type does for a body sent by a program.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePath
from typing import Any

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from service.api.asked.values import PostedFile
from service.domain import DraftFormat, FileFormat
from service.errors import InvalidParameter, UnreadableSource

UPLOAD = "multipart/form-data"

FIELDS_MAXIMUM = 100

AROUND = 65_536
"""Bytes of a form besides its file: the other fields and all headings."""

FILE = "file"

TEXTS: Mapping[str, DraftFormat] = {
    ".txt": DraftFormat.TEXT,
    ".html": DraftFormat.HTML,
    ".htm": DraftFormat.HTML,
    ".md": DraftFormat.MARKDOWN,
    ".markdown": DraftFormat.MARKDOWN,
}
FILES: Mapping[str, FileFormat] = {f".{written}": written for written in FileFormat}


def draft_of(req: Request, body: bytes, maximum: int) -> dict[str, Any]:
    """The fields of a form that contains one file.

    Raises InvalidParameter, UnreadableSource and RequestEntityTooLarge.
    """
    form, files = _parsed(req, body)
    chosen = [one for one in files.getlist(FILE) if one.filename]
    others = [str(name) for name in files if name != FILE]
    if others or len(chosen) != 1:
        raise InvalidParameter(others[0] if others else FILE, f"choose one file, as `{FILE}`")
    content = chosen[0].read()
    if len(content) > maximum:
        req.max_content_length = maximum + 1
        raise RequestEntityTooLarge
    return {**_fields(form), **_draft(chosen[0], content)}


def _parsed(
    req: Request, body: bytes
) -> tuple["MultiDict[str, str]", "MultiDict[str, FileStorage]"]:
    """Parses in memory, where the body is already."""
    parser = FormDataParser(
        stream_factory=lambda *_, **__: BytesIO(),
        max_form_memory_size=AROUND,
        max_form_parts=FIELDS_MAXIMUM,
        silent=False,
    )
    try:
        _, form, files = parser.parse(BytesIO(body), req.mimetype, len(body), req.mimetype_params)
    except ValueError as error:
        raise UnreadableSource(f"the body is not a form: {error}") from error
    return form, files


def _fields(form: "MultiDict[str, str]") -> dict[str, str]:
    """The fields that are filled in."""
    for name, values in form.lists():
        if len(values) > 1:
            raise InvalidParameter(str(name), "given more than once; give it once")
    return {str(name): value for name, value in form.items() if value.strip()}


def _draft(chosen: FileStorage, content: bytes) -> dict[str, Any]:
    name = chosen.filename or ""
    suffix = PurePath(name).suffix.lower()
    if suffix in FILES:
        return {"text": PostedFile(content, FILES[suffix])}
    if suffix not in TEXTS:
        known = ", ".join([*FILES, *TEXTS])
        raise InvalidParameter(FILE, f"cannot read {name[:100]!r}; expected a name in {known}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"byte {error.start} of {name[:100]!r} is not valid utf-8; save it as UTF-8"
        ) from error
    return {"text": text, "format": TEXTS[suffix]}
