"""Repairs: characters that a program wrote wrongly, corrected and named.

JSON's escapes ("\\u2019") and UTF-8 read as Windows-1252 ("â€™" for "’").
"""

import re

ESCAPES, ENCODING = "character escapes", "broken encoding"

ESCAPE = r"\\(?:u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|x[2-9a-fA-F][0-9a-fA-F]|[nrt\"'/])"
"""Excludes surrogates, which mean nothing by themselves."""

_NAMED = {"n": "\n", "r": "\r", "t": "\t"}
_FOLLOWING = "".join(
    bytes([byte]).decode("cp1252" if byte not in b"\x81\x8d\x8f\x90\x9d" else "latin-1")
    for byte in range(0x80, 0xC0)
)
"""What the second and later bytes of a character look like."""
_NEXT = f"[{re.escape(_FOLLOWING)}]"
MISREAD = (
    rf"[\u00c2-\u00c5\u00d0\u00d1]{_NEXT}|\u00e2{_NEXT}{{2}}|\u00f0{_NEXT}{{3}}"
    r"|\u00e2\u20ac(?:\ufffd|(?=[\s.,;:!?]|$))"
)
"""By the first bytes of Latin letters, of Cyrillic ones, of typographic marks and of emoji; others
begin words of their own ("É«"). The last byte of a closing mark is not in Windows-1252, and is
lost most often.
"""


def unescaped(escape: str) -> str:
    r"""
    >>> unescaped(r"\u2019"), unescaped(r"\x41"), unescaped('\\"')
    ('’', 'A', '"')
    """
    name, digits = escape[1], escape[2:]
    return chr(int(digits, 16)) if name in "ux" else _NAMED.get(name, name)


def read_again(misread: str) -> str:
    """The characters whose UTF-8 bytes were misread, or ``misread`` if it is not such.

    >>> read_again("â€™"), read_again("Ã©"), read_again("â€")
    ('’', 'é', '”')
    """
    if len(misread.rstrip("\ufffd")) == 2 and misread[0] == "\u00e2":
        return "”"
    try:
        return b"".join(map(_byte, misread)).decode()
    except UnicodeDecodeError:
        return misread


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
