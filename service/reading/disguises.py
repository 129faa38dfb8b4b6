"""Disguises: detects files whose first bytes show another format than their name."""

from collections.abc import Mapping

from service.errors import UnreadableSource

_SIGNS: Mapping[bytes, tuple[str, str]] = {
    b"%PDF-": ("a PDF file", "name it .pdf"),
    b"PK\x03\x04": ("a ZIP archive", "unpack it"),
    b"\x1f\x8b": ("compressed by gzip", "unpack it"),
    b"BZh": ("compressed by bzip2", "unpack it"),
    b"\xfd7zXZ\0": ("compressed by xz", "unpack it"),
    b"\x28\xb5\x2f\xfd": ("compressed by zstd", "unpack it"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it"),
    b"Rar!\x1a": ("a RAR archive", "unpack it"),
    b"\xd0\xcf\x11\xe0": ("a file of an old Word or Office", "save it as .docx"),
    b"{\\rtf": ("an RTF file", "save it as .docx"),
    b"\x89PNG": ("a picture", "run OCR on it"),
    b"\xff\xd8\xff": ("a picture", "run OCR on it"),
}
"""First bytes of formats that are never read under another name."""

_WORD = b"word/document.xml"
WORD_FILE = ("a Word file", "name it .docx")


def require_format(content: bytes, where: str, module: str = "") -> None:
    """Raises UnreadableSource if the content is clearly not in the format that ``module`` reads."""
    for sign, (what, remedy) in _SIGNS.items():
        if not content.startswith(sign):
            continue
        if (module, sign) in _RIGHT:
            return
        if sign.startswith(b"PK") and _WORD in content:
            what, remedy = WORD_FILE
        raise UnreadableSource(f"{where}: this is {what}; {remedy}")


_RIGHT = frozenset(
    {("pdf", b"%PDF-"), ("word_files", b"PK\x03\x04"), ("word_files", b"\xd0\xcf\x11\xe0")}
)
"""Formats that the module reads itself or reports better: an encrypted Word file looks like old
Office."""
