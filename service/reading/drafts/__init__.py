"""Drafts: the visible text of a document, with the position of each character in it.

A draft is checked before publication, so findings must lead back to positions in the document as
sent: text, HTML or Markdown, or the extracted text of a PDF, Word file or mail. Nothing is stored.
"""

from service.reading.drafts.draft import Draft
from service.reading.drafts.formats import (
    draft_files,
    draft_from,
    draft_in,
    read_draft,
    read_file,
)

__all__ = ["Draft", "draft_files", "draft_from", "draft_in", "read_draft", "read_file"]
