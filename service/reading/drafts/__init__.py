"""Drafts: what a document shows its readers, and where in it each character is.

A draft is checked before it is published, so whatever is found in its words must lead back to
the place in the document as it was given: text, HTML or Markdown, or the text of a PDF or Word file
or a mail. Nothing is kept of it.
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
