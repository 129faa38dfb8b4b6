"""Drafts: what a document shows its readers, and where each character of it stands there.

A draft is checked before it is published, so whatever is found in its words must lead back to
the place in the document as it was given: text, HTML or Markdown, or the text of a PDF or Word file
or a mail. Nothing is kept of it.
"""

from service.reading.drafts.draft import Draft
from service.reading.drafts.formats import (
    document_from,
    document_in,
    draft_files,
    draft_format_of,
    has_own_format,
    read_draft,
)

__all__ = [
    "Draft",
    "document_from",
    "document_in",
    "draft_files",
    "draft_format_of",
    "has_own_format",
    "read_draft",
]
