"""Paths as text: in messages, in reports, in the index.

A file name may contain any byte but / and NUL. Printed raw, a line end in it could forge a message,
an escape sequence could steer a terminal, and bytes that are not UTF-8 could not be stored. So
unprintable characters are escaped, and so is the backslash that starts an escape: each name has
exactly one written form, on one line, which can be read back.
"""

import re
from collections.abc import Collection
from pathlib import PurePath

_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_WRITTEN = {written: character for character, written in _NAMED.items()} | {"\\\\": "\\"}
_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U00(?:0[0-9a-f]|10)[0-9a-f]{4}|.)")
_BYTE = 0xDC00
"""Added to a byte that was not UTF-8 to give Python's character for it (surrogateescape)."""


def shown(path: str | PurePath) -> str:
    r"""The path in printable characters: \xNN is a byte, \uNNNN a character, \\ a backslash.

    >>> print(shown("caf\udce9.txt"), shown("a\nb.txt"), shown("gn\u202etxt.exe"), shown("a\\b"))
    caf\xe9.txt a\nb.txt gn\u202etxt.exe a\\b
    """
    return escaped(str(path).replace("\\", "\\\\"))


def path_of(written: str) -> str:
    r"""The path that ``shown`` wrote as ``written``.

    >>> path_of(shown("caf\udce9\n.txt")) == "caf\udce9\n.txt"
    True
    """
    return _ESCAPE.sub(lambda escape: _read(escape[0]), written)


def escaped(text: str) -> str:
    """``text`` on one line, unprintable characters escaped; backslashes stay as they are."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else _escape(one) for one in text)


def _escape(character: str) -> str:
    number = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if number < 0x80:
        return f"\\x{number:02x}"
    if _BYTE + 0x80 <= number <= _BYTE + 0xFF:
        return f"\\x{number - _BYTE:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _read(escape: str) -> str:
    if escape in _WRITTEN:
        return _WRITTEN[escape]
    if len(escape) < 4:
        return escape
    number = int(escape[2:], 16)
    return chr(_BYTE + number if escape[1] == "x" and number >= 0x80 else number)


def suffix_in(name: str, suffixes: Collection[str]) -> str | None:
    """The longest of ``suffixes`` that ends the name, ignoring case; None if none does.

    >>> suffix_in("a.WARC.gz", (".gz", ".warc.gz")), suffix_in("a.b.txt", (".txt", ".html"))
    ('.warc.gz', '.txt')
    >>> suffix_in(".txt", (".txt",)) is None
    True
    """
    parts = PurePath(name).suffixes
    for first in range(len(parts)):
        suffix = "".join(parts[first:]).lower()
        if suffix in suffixes:
            return suffix
    return None
