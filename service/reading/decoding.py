"""Decoding: converts bytes to text without changing it.

Line ends stay as they are; only a byte order mark is removed, because it belongs to the encoding
and not to the text. UTF-8 and UTF-16 are recognised by their form. For other bytes
charset-normalizer lists plausible encodings, of which Windows-1252, a superset of Latin-1, is
preferred.
"""

import codecs
import re
import unicodedata

from charset_normalizer import CharsetMatches, from_bytes

from service.errors import UnreadableSource

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark starts with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# By default charset-normalizer mistakes short Western texts for Windows-1250, Mac Icelandic or
# UTF-16; these are the encodings in which old news files actually occur.
_LEGACY = [
    *("cp1252", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
]

_SAMPLE = 65_536
"""Bytes examined to detect an encoding."""

_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


def decode(content: bytes, where: str) -> str:
    """The text of ``content``; ``where`` names it in errors.

    Raises UnreadableSource if it is empty, binary or in no known encoding.

        >>> decode("“No”".encode("cp1252") + b" he said.\\r\\n", "a.txt")
        '“No” he said.\\r\\n'
    """
    text = _decoded(content, where)
    if not text.strip():
        raise UnreadableSource(f"{where}: empty file; expected text")
    if "\0" in text:
        raise UnreadableSource(f"{where}: binary file; expected text")
    return text


def is_wide(beginning: bytes) -> bool:
    """Whether the text is UTF-16 or UTF-32, whose bytes cannot be split into lines."""
    return b"\0" in beginning or beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _decoded(content: bytes, where: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content.removeprefix(mark), encoding, where)
    if b"\0" in content:
        return _unmarked_utf16(content, where)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(content):
            raise _damaged(error, where) from error
    return _legacy(content, where)


def _strictly(content: bytes, encoding: str, where: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(error, where) from error


def _damaged(error: UnicodeDecodeError, where: str) -> UnreadableSource:
    return UnreadableSource(
        f"{where}: byte {error.start} is not valid {error.encoding.upper()}, although "
        "the rest is; save the file as UTF-8"
    )


def _unmarked_utf16(content: bytes, where: str) -> str:
    """UTF-16 without a mark: in one byte order it is printable text, in the other it is not."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(_is_printable(character) for character in set(text)):
            return text
    raise UnreadableSource(f"{where}: binary file; expected text")


def _is_printable(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in {"Cc", "Cn", "Co", "Cs"}


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether it is UTF-8 with a few bad bytes; Windows-1252 would garble every other character."""
    broken = content.decode("utf-8", errors="replace").count("\N{REPLACEMENT CHARACTER}")
    return len(_SEQUENCE.findall(content)) > 2 * broken


def _legacy(content: bytes, where: str) -> str:
    matches = from_bytes(content[:_SAMPLE], cp_isolation=_LEGACY)
    encoding = _likeliest(matches)
    if encoding is None:
        raise UnreadableSource(f"{where}: cannot detect the encoding; save the file as UTF-8")
    return _strictly(content, encoding, where)


def _likeliest(matches: CharsetMatches) -> str | None:
    plausible = {name for match in matches for name in match.could_be_from_charset}
    if "cp1252" in plausible:
        return "cp1252"
    best = matches.best()
    return None if best is None else best.encoding
