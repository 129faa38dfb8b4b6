"""Cursors: where a page of a list ended, as an opaque token.

A cursor holds the sort key of the last item, not a number of items, so that what is added or
removed between two pages neither repeats an item nor loses one. It belongs to one question.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import TypeVar

import msgspec
import orjson

from service.errors import InvalidParameter

T = TypeVar("T")

VERSION = 1


def write_cursor(question: Sequence[object], key: Sequence[object]) -> str:
    """``question`` is all that makes the list what it is; ``key`` comes back from read_cursor.

    >>> read_cursor(("Putin",), write_cursor(("Putin",), [20220203, "a"]), tuple[int, str])
    (20220203, 'a')
    """
    token = orjson.dumps([VERSION, _digest(question, list(key)), list(key)])
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode()


def read_cursor(question: Sequence[object], cursor: str, kind: type[T]) -> T:
    """The key that was written for this question, as ``kind`` has it.

    Raises InvalidParameter ("cursor") for anything else.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        version, digest, key = orjson.loads(base64.b64decode(padded, b"-_", validate=True))
        if version == VERSION and digest == _digest(question, key):
            return msgspec.convert(key, kind)
    except (binascii.Error, ValueError, TypeError) as error:
        raise InvalidParameter(
            "cursor", "not a cursor from this service; omit it to get the first page"
        ) from error
    raise InvalidParameter("cursor", "a cursor of another query; omit it to get the first page")


def _digest(question: Sequence[object], key: Sequence[object]) -> str:
    """Of question and key, so that an edited key is recognised as not issued here."""
    both = repr((question, key)).encode(errors="backslashreplace")
    return hashlib.sha256(both).hexdigest()[:12]
