"""Fragments: the text of an article given as HTML without a surrounding page.

Feeds, site generators and publishers' APIs deliver articles this way.
"""

from service.errors import UnreadableSource
from service.reading.documents.blocks import paragraphs_in
from service.reading.documents.document import PARAGRAPH
from service.reading.documents.page_quotations import mark_quotations
from service.reading.documents.page_tree import (
    drop_boxes,
    drop_cards,
    drop_furniture,
    drop_link_paragraphs,
    split_paragraphs,
    tree_of,
)
from service.reading.lexicon import is_furniture, is_navigation

LONGEST_FURNITURE = 250
"""Characters; a longer paragraph is prose, whatever its first words."""


def text_of_fragment(fragment: str, where: str) -> str:
    """Its paragraphs, with block quotations but without pictures, prompts and related links.

    "" if it has no text. Raises UnreadableSource if it is not HTML.
    """
    if not fragment.strip():
        return ""
    try:
        tree = tree_of(f"<html><body>{fragment}</body></html>".encode(), where)
    except UnicodeEncodeError as error:
        raise UnreadableSource(
            f"{where}: lone surrogate in the text; expected valid Unicode"
        ) from error
    mark_quotations(tree)
    drop_boxes(tree)
    drop_cards(tree)
    drop_furniture(tree)
    drop_link_paragraphs(tree)
    split_paragraphs(tree)
    return PARAGRAPH.join(
        paragraph
        for paragraph in paragraphs_in(tree)
        if not is_navigation(paragraph)
        and not (len(paragraph) <= LONGEST_FURNITURE and is_furniture(paragraph))
    )
