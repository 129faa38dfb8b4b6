"""Drafts: every quotation of a text that is about to be printed, verified.

What the draft quotes and whom it gives it to is read by the extractor; here each quotation is
looked for in the index as if somebody had asked for it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial

from service.deadline import in_time
from service.domain import AnnotatedSource, Form, Span, Speaker, Statement, listed
from service.errors import InvalidInput
from service.index.port import Snapshot
from service.verification.findings import (
    CheckedQuotation,
    DocumentVerification,
    Verdict,
    Verification,
)
from service.verification.markup import strip_markup
from service.verification.speakers import claimant_in_draft
from service.verification.verify import MAX_LENGTH, read_claim, searched_in, verify_claim
from service.verification.words import fold_words

MOST_QUOTATIONS = 1000
"""Of a draft: a book of interviews has as many, and what has more is checked in parts."""


def verify_document(index: Snapshot, annotated: AnnotatedSource) -> DocumentVerification:
    """Each quotation of the draft beside the index, in reading order; equal ones are verified once.

    A direct quotation is looked for whole, with the reporter's interruptions taken out; of
    reported speech each quoted stretch by itself, because only these are said to be somebody's
    words. A whole speech, longer than ``verify`` takes, is looked for paragraph by paragraph.
    Stretches between quotation marks without a word are passed over, and what the draft itself says
    was never uttered. Raises InvalidInput for
    more than MOST_QUOTATIONS.
    """
    text = annotated.source.text
    found = [
        (statement, spans)
        for statement in listed(annotated).statements
        for spans in _quotations(text, statement)
        if fold_words(strip_markup(_words(text, spans)).text).words
    ]
    if len(found) > MOST_QUOTATIONS:
        raise InvalidInput(
            f"{len(found)} quotations; at most {MOST_QUOTATIONS} of a draft are checked at once. "
            "Check it in parts"
        )
    desk = _Desk(index)
    checked = tuple(
        CheckedQuotation(spans, statement, desk.verify(_words(text, spans), statement.speaker))
        for statement, spans in in_time(found)
    )
    counts = Counter(one.verification.verdict for one in checked)
    return DocumentVerification(
        annotated.source,
        checked,
        {verdict: counts[verdict] for verdict in Verdict},
        searched_in(index),
    )


def _quotations(text: str, statement: Statement) -> Iterator[tuple[Span, ...]]:
    if statement.form is Form.DIRECT and len(_words(text, statement.spans)) <= MAX_LENGTH:
        yield statement.spans
    elif statement.form is not Form.INDIRECT:
        for span in statement.quoted:
            for part in _in_parts(text, span):
                yield (part,)


def _in_parts(text: str, span: Span) -> Iterator[Span]:
    """One after the other no longer than ``verify`` takes, cut between words where there are any.

    >>> [len(part) for part in _in_parts("word " * 5000, Span(0, 25_000))]
    [19999, 5001]
    """
    start = span.start
    while span.end - start > MAX_LENGTH:
        cut = text.rfind(" ", start + 1, start + MAX_LENGTH)
        end = start + MAX_LENGTH if cut < 0 else cut
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(span.of(text) for span in spans)


class _Desk:
    """Verifies quotations, equal ones of the same speaker once."""

    def __init__(self, index: Snapshot) -> None:
        self._index = index
        self.verify = cache(self._verify)
        self._claimant = cache(partial(claimant_in_draft, index))

    def _verify(self, quote: str, speaker: Speaker | None) -> Verification:
        claim = read_claim(self._index, quote, None)
        if speaker is not None:
            claim = replace(claim, claimant=self._claimant(speaker))
        # a thousand reprints of each of a thousand quotations take minutes
        return verify_claim(self._index, quote, claim, counting=False)
