"""Checking: verifies every quotation of a draft and gives its position in the draft.

Joins reading, extraction and verification for both the API and the command. Nothing is stored.
"""

from collections.abc import Iterable

from service.domain import Extractor, KnownSpeaker
from service.extraction import Proposal, annotate, with_unattributed
from service.index.port import Snapshot
from service.reading import source_from_text
from service.reading.drafts import Draft
from service.verification import verify_document
from service.verification.placing import CheckedDraft, put_back
from service.verification.texts.citations import Leading


def check_draft(
    index: Snapshot,
    draft: Draft,
    known: Iterable[KnownSpeaker] = (),
    extractor: Extractor = Extractor.MODEL,
) -> CheckedDraft:
    """Every quotation of ``draft`` verified against the index, with spans of the draft as
    written."""
    source = source_from_text(draft.text, origin="-", where="the draft")
    marked_up = [
        Proposal(quotation.paragraphs, None, quotation.signature, confidence=1)
        for quotation in draft.signed_quotations()
    ]
    annotated = with_unattributed(annotate(source, known, extractor, marked_up))
    leading = [Leading(one.span, one.url, one.note) for one in draft.links()]
    return put_back(verify_document(index, annotated, leading), draft)
