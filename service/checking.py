"""Checking: a draft in, each of its quotations verified, with its place in the draft.

Joins reading, extraction and verification for the API and the command alike. Nothing is kept.
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
    """Every quotation of a draft beside the index."""
    source = source_from_text(draft.text, origin="-", where="the draft")
    marked_up = [
        Proposal(quotation.paragraphs, None, quotation.signature, confidence=1)
        for quotation in draft.signed_quotations()
    ]
    annotated = with_unattributed(annotate(source, known, extractor, marked_up))
    leading = [Leading(one.span, one.url, one.note) for one in draft.links()]
    return put_back(verify_document(index, annotated, leading), draft)
