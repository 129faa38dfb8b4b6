"""HTML drafts: the visible text of a page, from its tags.

Decides which elements are paragraphs and block quotations, and leaves out hidden ones.
"""

import html
import re
from functools import cache

from service.deadline import in_time
from service.domain import Span
from service.reading.drafts.draft import Draft
from service.reading.drafts.tags import RAW, Tag, never_closed, tag_at, text_and_tags
from service.reading.drafts.transcript import Transcript

PARAGRAPHS = frozenset(
    {
        *("address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog"),
        *("div", "dl", "dt", "fieldset", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("head", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol"),
        *("option", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul"),
    }
)
SIGNATURES = frozenset({"figcaption", "footer"})
"""Within a block quotation these name its speaker (HTML standard, 4.4.4)."""

HIDDEN = RAW | {
    *("audio", "canvas", "datalist", "del", "math", "noscript", "object", "select", "svg"),
    *("template", "video"),
}
"""Their content is not part of the article's text; all of them must be closed."""

# A <cite> followed only by tags up to the end of the quotation; bounded, so that no document takes
# long.
_IS_LAST = re.compile(
    r"[^<]{0,200}(?:<(?!/?(?:cite|blockquote)\b)[^<>]{0,200}>[^<]{0,200}){0,5}</cite\s*>\s{0,20}"
    r"(?:<(?!/?blockquote\b)[^<>]{0,200}>\s{0,20}){0,5}</blockquote",
    re.IGNORECASE,
)
_VALUE = r"""\s*=\s*(?:(?P<mark>["'])(?P<quoted>.*?)(?P=mark)|(?P<bare>[^\s"'>]+))"""
_ENTITY = re.compile(r"&(?:\#[xX]?[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?")


@cache
def _attributes_named(name: str) -> re.Pattern[str]:
    return re.compile(rf"[\s\"']{name}{_VALUE}", re.IGNORECASE | re.DOTALL)


def read_html(document: str) -> Draft:
    """Raises UnreadableSource for an unclosed element that would hide the rest."""
    transcript = Transcript(document)
    page = HtmlPage(document, transcript)
    page.read(Span(0, len(document)))
    page.close()
    return transcript.finish()


class HtmlPage:
    """Reads parts of an HTML document one by one into a transcript."""

    def __init__(self, document: str, transcript: Transcript) -> None:
        self._document = document
        self._transcript = transcript
        self._hidden: list[Tag] = []  # open elements in which nothing is visible
        self._preformatted = 0
        self._citing = False
        self._link: tuple[int, str] | None = None  # the open link: its start and its target

    def read(self, part: Span) -> None:
        for found in in_time(text_and_tags(self._document, part)):
            if isinstance(found, Tag):
                self._tag(found)
            elif not self._hidden:
                self._text(found)

    def read_tag(self, place: Span) -> None:
        """Reads a single tag; ignores comments."""
        tag = tag_at(self._document, place)
        if tag is not None:
            self._tag(tag)

    def close(self) -> None:
        """Raises UnreadableSource if an unclosed element hides everything after it."""
        for tag in self._hidden[:1]:
            raise never_closed(self._document, tag.place.start, f"<{tag.name}>")

    def _text(self, part: Span) -> None:
        offset = part.start
        for entity in _ENTITY.finditer(self._document, part.start, part.end):
            self._words(offset, entity.start())
            self._transcript.write(html.unescape(entity.group()), *entity.span())
            offset = entity.end()
        self._words(offset, part.end)

    def _words(self, start: int, end: int) -> None:
        if self._preformatted:
            self._transcript.show(start, end)
        else:
            self._transcript.prose(start, end)

    def _tag(self, tag: Tag) -> None:
        if tag.name in HIDDEN:
            self._hide(tag)
        if tag.name in HIDDEN or self._hidden:
            return
        self._note_place(tag)
        if tag.name == "blockquote":
            self._quotation(tag)
        elif tag.name in SIGNATURES:
            self._signature(tag)
        elif tag.name == "cite":
            self._cite(tag)
        elif tag.name == "q":
            self._transcript.write("”" if tag.closing else "“", tag.place.start, tag.place.end)
        elif tag.name == "br":
            self._transcript.end_line()
        elif tag.name in PARAGRAPHS:
            self._paragraph(tag)

    def _note_place(self, tag: Tag) -> None:
        """Records the link's target, and the names that links may refer to."""
        if tag.name == "a":
            if self._link is not None:
                begin, url = self._link
                self._transcript.link(Span(begin, tag.place.start), url)
            address = None if tag.closing else self._attribute(tag, "href")
            self._link = None if address is None else (tag.place.end, address)
        bare = len(tag.place) == len(tag.name) + len("<>")  # the usual case
        if not tag.closing and not bare and (name := self._attribute(tag, "id")):
            self._transcript.anchor(name, tag.place.end)

    def _attribute(self, tag: Tag, name: str) -> str | None:
        found = _attributes_named(name).search(tag.place.of(self._document))
        return found and html.unescape(found["quoted"] or found["bare"] or "").strip()

    def _hide(self, tag: Tag) -> None:
        if not tag.closing:
            self._hidden.append(tag)
        elif tag.name in {hidden.name for hidden in self._hidden}:
            while self._hidden.pop().name != tag.name:
                pass

    def _quotation(self, tag: Tag) -> None:
        if tag.closing:
            self._transcript.end_quotation()
        else:
            self._transcript.begin_quotation()

    def _signature(self, tag: Tag) -> None:
        self._transcript.end_paragraph()
        if tag.closing:
            self._transcript.end_signature()
        else:
            self._transcript.begin_signature()

    def _cite(self, tag: Tag) -> None:
        """On its own line or last in a quotation it names the speaker; otherwise a work."""
        if tag.closing and self._citing:
            self._citing = False
            self._transcript.end_signature()
        elif not tag.closing and not self._transcript.is_signing and self._is_set_apart(tag):
            self._citing = True
            self._transcript.begin_signature()

    def _is_set_apart(self, tag: Tag) -> bool:
        last = _IS_LAST.match(self._document, tag.place.end)
        return self._transcript.at_line_start or last is not None

    def _paragraph(self, tag: Tag) -> None:
        self._transcript.end_paragraph()
        if tag.name == "pre":
            self._preformatted = max(0, self._preformatted + (-1 if tag.closing else 1))
