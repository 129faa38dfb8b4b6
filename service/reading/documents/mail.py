"""Mail: a press release as an e-mail message: its text and the metadata in its headers.

The plain-text part is used if there is one; otherwise the text of the HTML part. Attachments are
separate files and are not read.
"""

import binascii
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from service.bounds import VALUE_MAXIMUM
from service.domain import PartialDate
from service.errors import UnreadableSource
from service.reading.declaration import Declaration
from service.reading.decoding import decode
from service.reading.documents.credits import authors_of
from service.reading.documents.document import Document, one_space
from service.reading.drafts.html_draft import read_html

_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_LINE_END = re.compile(r"\r\n?")
BRACKETS_MAXIMUM = 100
"""Opening brackets in a From header. They may be nested, and versions of Python differ in how many
they read.
"""


def read_document(content: bytes, where: str) -> Document:
    """Raises UnreadableSource if it is not a message or has no text."""
    if not content.strip():
        raise UnreadableSource(f"{where}: empty file; expected a mail message")
    try:
        message = message_from_bytes(content)
        if not any(name in message for name in ("From", "Subject", "Date")):
            raise UnreadableSource(
                f"{where}: no From, Subject or Date header; expected a mail message (RFC 5322)"
            )
        text = _text_of(message, where)
    except (RecursionError, MessageError, ValueError) as error:
        raise UnreadableSource(f"{where}: the message is damaged; save it again as .eml") from error
    return Document(text, _declaration(message, where))


def _text_of(message: Message, where: str) -> str:
    shown = {part.get_content_type(): part for part in reversed(list(_shown(message)))}
    for kind in ("text/plain", "text/html"):
        if kind in shown:
            text = _decoded(shown[kind], where)
            if kind == "text/html":
                text = read_html(text).text
            text = _LINE_END.sub("\n", _SIGNATURE.split(text, maxsplit=1)[0]).strip()
            if text:
                return text
    raise UnreadableSource(
        f"{where}: the message has no text; save its attachments as files and index those"
    )


def _shown(message: Message) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_disposition() != "attachment" and not part.is_multipart():
            yield part


def _decoded(part: Message, where: str) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    if not content.strip():
        return ""
    try:
        return content.decode(charset) if charset else decode(content, where)
    except (LookupError, UnicodeDecodeError):
        return decode(content, where)


def _declaration(message: Message, where: str) -> Declaration:
    title = one_space(_REPLY.sub("", _header(message, "Subject"), count=1))
    sender = _header(message, "From")
    brackets = sender.count("(")
    if brackets > BRACKETS_MAXIMUM:
        raise UnreadableSource(
            f"{where}: the From header has {brackets:,} opening brackets; the limit is "
            f"{BRACKETS_MAXIMUM}"
        )
    names = [name for name, _ in getaddresses([sender])]
    return Declaration(
        title=title[:VALUE_MAXIMUM] or None,
        authors=authors_of(names),
        published=_day(message),
        field_names={"title": "Subject", "authors": "From", "published": "Date"},
    )


def _header(message: Message, name: str) -> str:
    value = str(message.get(name, ""))
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, UnicodeError, MessageError, ValueError, binascii.Error):
        return value


def _day(message: Message) -> PartialDate | None:
    try:
        sent = parsedate_to_datetime(str(message.get("Date", "")))
        return PartialDate(sent.year, sent.month, sent.day)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
