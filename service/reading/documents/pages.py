"""Pages: turns an HTML file into its article's text and metadata.

trafilatura decides which part of the page is the article; page_tree.py and page_quotations.py
prepare the page and remove what is left over; page_values.py reads the metadata.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from service.errors import UnreadableSource
from service.reading.declaration import Declaration
from service.reading.documents.blocks import paragraphs_in
from service.reading.documents.credits import authors_of
from service.reading.documents.days import day_of
from service.reading.documents.document import PARAGRAPH, Document, one_space
from service.reading.documents.fragments import LONGEST_FURNITURE, text_of_fragment
from service.reading.documents.page_prose import Prose, prose_in, with_prose
from service.reading.documents.page_quotations import mark_quotations
from service.reading.documents.page_state import markup_in
from service.reading.documents.page_tree import (
    drop_boxes,
    drop_cards,
    drop_furniture,
    drop_link_paragraphs,
    split_paragraphs,
    tree_of,
)
from service.reading.documents.page_values import PageValues
from service.reading.lexicon import is_furniture, is_navigation

LAST_PARAGRAPHS = 6
"""Paragraphs at the end among which the one about the author is looked for."""

LONGEST_CREDIT = 150
LONGEST_DAY = 40
LONGEST_WHEN = 80
"""Characters of a line with authors, of the words besides them, and of one with the date."""

MOST_BESIDE_DAY = 6
"""Words: "10 aprile 2024 (modifica il 10 aprile 2024 | 09:40)" has four."""

MOST_OF_A_KICKER = 2
"""Words: "US Politics"; three may be a short line of the article."""

SHORT = 300
"""Characters of the text found in a page whose article a script has yet to render."""

ALL_BUT_BOXES = 0.9
MOST_IN_PARAGRAPHS = 0.5
"""The fast result is enough if it has at least this fraction of the page's paragraphs, and these at
least this fraction of it. On 167 pages the words are the same, and 139 need no comparison."""

_AT_ONCE = Extractor(output_format="python", comments=False, fast=True)
_COMPARING = Extractor(output_format="python", comments=False)

SAMPLE = 40
"""Letters enough to be unique."""

MUCH_MORE = 2
"""If a script's data has this many times the visible text, it is the article; the rest is behind a
paywall."""

_ABOUT = re.compile(
    r"[’']?s?,?\s+(?:is|was|has|covers|covered|writes|wrote|reports|reported|joined|works"
    r"|worked|can be|leads|edits|hosts|lives|studies|teaches|does not work)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:first |originally )?"
    r"(?:published|posted|issued|updated|last (?:modified|updated)|modified)\b"
    r"[^.!?]{0,80}\d{4}|(?:published|updated|posted)\s*:?\s.{0,60}\bago$",
    re.IGNORECASE,
)

_FULL_DAY = re.compile(
    r"(?:[^\W\d_]+,? )?\d{1,2}[. ]+(?:de )?[^\W\d_]+\.? (?:de )?\d{4}\b", re.IGNORECASE
)


class NoArticle(UnreadableSource):
    """The page is a home page, a list or a form."""


def read_document(content: bytes, where: str) -> Document:
    """Raises NoArticle if the page has none, UnreadableSource if it is not a page."""
    tree = tree_of(content, where)
    values = PageValues(tree)
    declared = values.declaration()
    inferred = values.worked_out() if declared.published is None else Document("").inferred
    scripts = values.scripts()
    mark_quotations(tree)
    drop_boxes(tree)
    drop_cards(tree)
    drop_furniture(tree)
    drop_link_paragraphs(tree)
    split_paragraphs(tree)
    prose = prose_in(tree)
    paragraphs = list(_without_furniture(_article(tree, prose), declared))
    shown = sum(len(one.text) for one in prose)
    drawn = values.article_body() or (markup_in(scripts) if shown < SHORT else "")
    if drawn:
        written = list(_without_furniture(_paragraphs_of(drawn, where), declared))
        paragraphs = written if _is_better(written, paragraphs) else paragraphs
    if not paragraphs:
        raise NoArticle(
            f"{where}: no article found on this page; expected the web page of an article"
        )
    return Document(PARAGRAPH.join(paragraphs), declared, inferred)


def _article(tree: HtmlElement, prose: Sequence[Prose]) -> list[str]:
    """The paragraphs that trafilatura takes for the article, and those between them.

    trafilatura consults other extractors only if its fast result does not fit the page.
    """
    paragraphs = _found(tree, _AT_ONCE)
    shown, found = sum(len(one.text) for one in prose), sum(map(len, paragraphs))
    if found < ALL_BUT_BOXES * shown or shown < MOST_IN_PARAGRAPHS * found or not found:
        paragraphs = _found(tree, _COMPARING)
    return with_prose(paragraphs, prose)


def _found(tree: HtmlElement, options: Extractor) -> list[str]:
    found = bare_extraction(tree, options=options)
    return [] if found is None or isinstance(found, dict) else list(paragraphs_in(found.body))


def _is_better(written: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether the script's article is much longer than the visible text, or different from it."""
    text = "".join(re.findall(r"\w+", "".join(written)))
    other = "".join(re.findall(r"\w+", "".join(shown)))
    if len(text) < SHORT or len(text) > MUCH_MORE * len(other):
        return len(text) > len(other)
    samples = (text[at : at + SAMPLE] for at in range(0, len(text) - SAMPLE, len(text) // 6))
    return not any(sample in other for sample in samples)


def _paragraphs_of(drawn: str, where: str) -> list[str]:
    """The blocks of markup, or the lines of plain text."""
    if re.search(r"<(?:p|div|br)\b", drawn):
        return text_of_fragment(drawn, where).split(PARAGRAPH)
    return [line for line in map(one_space, unescape(drawn).splitlines()) if line]


def _without_furniture(paragraphs: Sequence[str], declared: Declaration) -> Iterator[str]:
    """Removes headline and byline, which are metadata, text about the authors after the article,
    and prompts to read or buy more."""
    authors = [author.casefold() for author in declared.authors]
    seen_text = False
    for number, paragraph in enumerate(paragraphs):
        folded = paragraph.casefold()
        is_short = len(paragraph) <= LONGEST_FURNITURE
        if is_navigation(paragraph) or (is_short and is_furniture(paragraph)):
            continue
        if not seen_text and (
            _is_headline(folded, declared.title)
            or _is_kicker(paragraph)
            or _is_credit(paragraph, declared.authors)
        ):
            continue
        if len(paragraphs) - number <= LAST_PARAGRAPHS and is_short and _is_when(paragraph):
            continue
        if len(paragraphs) - number <= LAST_PARAGRAPHS and any(
            folded.startswith(author) and _ABOUT.match(paragraph, len(author)) for author in authors
        ):
            continue
        seen_text = seen_text or not is_short
        yield paragraph


def _is_headline(folded: str, title: str | None) -> bool:
    """Whether it is the title, or a kicker followed by the title."""
    known = (title or "").casefold()
    return bool(known) and folded.endswith(known) and len(folded) <= len(known) + LONGEST_DAY


def _is_kicker(paragraph: str) -> bool:
    """Whether it is a section's name above the article; a dateline has a mark after it."""
    return len(paragraph.split()) <= MOST_OF_A_KICKER and paragraph.replace(" ", "").isalpha()


def _is_credit(paragraph: str, authors: Sequence[str]) -> bool:
    """Whether it only says who wrote it, or when it was published."""
    if len(paragraph) > LONGEST_CREDIT:
        return False
    if _is_when(paragraph):
        return True
    known = {author.casefold() for author in authors}
    if not any(author in paragraph.casefold() for author in known):
        return False
    named = {name.casefold() for name in authors_of([paragraph])}
    length = sum(map(len, named))
    return bool(named) and named <= known and len(paragraph) < 2 * length + LONGEST_DAY


def _is_when(paragraph: str) -> bool:
    """Whether it only gives the date of publication, in any language: a date and a few words."""
    if _WHEN.match(paragraph):
        return True
    if len(paragraph) > LONGEST_WHEN or re.search("[.!?]$", paragraph):
        return False
    few = len(re.findall(r"[^\W\d_]+", paragraph)) <= MOST_BESIDE_DAY
    return few and (_FULL_DAY.match(paragraph) is not None or day_of(paragraph) is not None)
