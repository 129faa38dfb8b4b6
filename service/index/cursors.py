"""Cursors: opaque tokens for the position at which a page of a list ended.

A cursor holds the sort key of the last item, not a count, so that changes between two pages neither
repeat nor skip an item. It is valid for one query only.
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
    """A token for ``key``; ``question`` is everything that defines the list.

    >>> read_cursor(("Putin",), write_cursor(("Putin",), [20220203, "a"]), tuple[int, str])
    (20220203, 'a')
    """
    token = orjson.dumps([VERSION, _digest(question, list(key)), list(key)])
    return base64.urlsafe_b64encode(token).rstrip(b"=").decode()


def read_cursor(question: Sequence[object], cursor: str, kind: type[T]) -> T:
    """The key that was written for this question, decoded as ``kind``.

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
    """A digest of question and key, which detects an edited key."""
    both = repr((question, key)).encode(errors="backslashreplace")
    return hashlib.sha256(both).hexdigest()[:12]
