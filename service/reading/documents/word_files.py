"""Word files: the paragraphs of a .docx file, and the metadata in its properties.

The text is what Word shows with all changes accepted: deleted and hidden text, text boxes, headers
and notes are left out. Paragraphs in a quotation style get quotation marks.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from service.errors import UnreadableSource
from service.reading.declaration import Declaration
from service.reading.documents.credits import authors_of
from service.reading.documents.document import PARAGRAPH, Document, title_in_properties
from service.reading.documents.marks import in_marks

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OLE = b"\xd0\xcf\x11\xe0"
"""The first bytes of old Word files, and of new ones with a password."""

UNPACKED_MAXIMUM = 200_000_000
"""Bytes of all parts. A book of 1,000 pages has 20 MB, and pictures are compressed already."""

_LEFT_OUT = frozenset(
    _W + name for name in ("del", "moveFrom", "txbxContent", "instrText", "pict", "pPr", "sdtPr")
)
_QUOTATION = re.compile(r"(?:intense ?)?quot(?:e|ation)s?|block ?(?:quot\w+|text)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_BLANKS = re.compile(r"[ \t]+")


def read_document(content: bytes, where: str) -> Document:
    """Raises UnreadableSource if it is not a .docx file, is encrypted, or unpacks to too much."""
    word = _opened(content, where)
    text = PARAGRAPH.join(_paragraphs(word))
    if not text:
        raise UnreadableSource(f"{where}: no text; expected a document that contains an article")
    return Document(text, _declaration(word))


def _opened(content: bytes, where: str) -> WordDocument:
    if content.startswith(_OLE):
        raise UnreadableSource(
            f"{where}: encrypted or in Word's old format; save it as .docx without a password"
        )
    try:
        with ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > UNPACKED_MAXIMUM:
            raise UnreadableSource(
                f"{where}: unpacks to {unpacked:,} bytes; the limit is {UNPACKED_MAXIMUM:,}"
            )
        word: WordDocument = docx.Document(BytesIO(content))
        # parsed now, so that damage is detected here
        word.core_properties.title  # noqa: B018
    except (
        *(BadZipFile, PackageNotFoundError, etree.LxmlError, EOFError, KeyError, ValueError),
        *(AttributeError, TypeError, NotImplementedError, RuntimeError, IndexError, OSError),
    ) as error:
        raise UnreadableSource(
            f"{where}: damaged, or not a .docx file; save it again with Word or LibreOffice"
        ) from error
    return word


def _declaration(word: WordDocument) -> Declaration:
    properties = word.core_properties
    titled = next((one for one in word.paragraphs if _style(one._p, word) == "title"), None)
    heading = _text_of(titled._p) if titled is not None else ""
    title = heading or title_in_properties(properties.title)
    language = properties.language.strip()
    return Declaration(
        title=title or None,
        authors=authors_of([properties.author]),
        language=language if _LANGUAGE.fullmatch(language) else None,
        field_names={
            "title": "style Title" if heading else "dc:title",
            "authors": "dc:creator",
            "language": "dc:language",
        },
    )


def _paragraphs(word: WordDocument) -> Iterator[str]:
    """The paragraphs of the body, tables included, in order; quotations in quotation marks."""
    shown = [
        (_is_quotation(one, word), words)
        for one in _blocks(word.element.body)
        if (words := _text_of(one))
    ]
    for quoted, block in groupby(shown, key=lambda one: one[0]):
        paragraphs = [words for _, words in block]
        yield from in_marks(paragraphs) if quoted else paragraphs


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    for one in body.iter(_W + "p"):
        if all(above.tag not in _LEFT_OUT for above in one.iterancestors()):
            yield one


def _text_of(paragraph: etree._Element) -> str:
    words: list[str] = []
    waiting = [iter(paragraph)]
    while waiting:
        one = next(waiting[-1], None)
        if one is None:
            waiting.pop()
        elif one.tag == _W + "t":
            words.append(one.text or "")
        elif one.tag in {_W + "tab", _W + "ptab"}:
            words.append(" ")
        elif one.tag in {_W + "br", _W + "cr"}:
            words.append("\n")
        elif one.tag == _W + "noBreakHyphen":
            words.append("-")
        elif one.tag not in _LEFT_OUT and not _is_hidden(one):
            waiting.append(iter(one))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in "".join(words).splitlines()).strip()


def _is_hidden(run: etree._Element) -> bool:
    return run.tag == _W + "r" and run.find(f"{_W}rPr/{_W}vanish") is not None


def _is_quotation(paragraph: etree._Element, word: WordDocument) -> bool:
    return _QUOTATION.fullmatch(_style(paragraph, word)) is not None


def _style(paragraph: etree._Element, word: WordDocument) -> str:
    """The name of its style in lower case; "" for the default style."""
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = found.get(_W + "val") if found is not None else None
    if name is None:
        return ""
    for style in word.styles.element.iterchildren(_W + "style"):
        if style.get(_W + "styleId") == name:
            named = style.find(_W + "name")
            return str(named.get(_W + "val") if named is not None else name).casefold()
    return str(name).casefold()
