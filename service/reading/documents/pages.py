"""Pages: an HTML file becomes its article's text and what the page declares about it.

trafilatura says which part of the page is the article; what it is told beforehand and what is left
out afterwards stands in page_tree.py and page_quotations.py, the values in page_values.py.
"""

from collections.abc import Iterator

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from service.errors import UnreadableSource
from service.reading.documents.blocks import paragraphs_in
from service.reading.documents.document import PARAGRAPH, Document
from service.reading.documents.fragments import LONGEST_FURNITURE
from service.reading.documents.page_quotations import mark_quotations
from service.reading.documents.page_tree import drop_furniture, split_paragraphs, tree_of
from service.reading.documents.page_values import PageValues
from service.reading.lexicon import is_furniture, is_navigation


class NoArticle(UnreadableSource):
    """The page is a front page, a list, a form."""


def read_document(content: bytes, where: str) -> Document:
    """Raises NoArticle where none is found in the page, UnreadableSource for what is no page."""
    tree = tree_of(content, where)
    values = PageValues(tree)
    declared = values.declaration()
    inferred = values.worked_out() if declared.published is None else Document("").inferred
    mark_quotations(tree)
    drop_furniture(tree)
    split_paragraphs(tree)
    text = PARAGRAPH.join(_without_furniture(_article(tree), declared.title))
    if not text:
        raise NoArticle(
            f"{where}: no article is found in this page; the page of an article is wanted"
        )
    return Document(text, declared, inferred)


def _article(tree: HtmlElement) -> Iterator[str]:
    """The paragraphs of what trafilatura takes for the article."""
    found = bare_extraction(tree, include_comments=False)
    if found is not None and not isinstance(found, dict):
        yield from paragraphs_in(found.body)


def _without_furniture(paragraphs: Iterator[str], title: str | None) -> Iterator[str]:
    """Without the headline, which is a value of the page, and without calls to read or buy more."""
    seen_text = False
    for paragraph in paragraphs:
        is_headline = not seen_text and title is not None and paragraph == title
        if is_headline or is_navigation(paragraph):
            continue
        if len(paragraph) <= LONGEST_FURNITURE and is_furniture(paragraph):
            continue
        seen_text = seen_text or len(paragraph) > LONGEST_FURNITURE
        yield paragraph
