"""Drafts: every quotation of a text that is about to be printed, verified.

What the draft quotes and whom it gives it to is read by the extractor; here each quotation is
looked for in the index as if somebody had asked for it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise

from service.deadline import in_time
from service.domain import AnnotatedSource, Form, Span, Speaker, Statement, listed
from service.errors import InvalidInput
from service.index.port import Snapshot
from service.verification.comparing.claimants import claimant_in_draft, is_surely_meant
from service.verification.comparing.matches import Claim
from service.verification.findings import (
    CheckedQuotation,
    DocumentVerification,
    Verdict,
    Verification,
)
from service.verification.judging.unjudged import (
    Titles,
    is_in_headline,
    is_named,
    is_said,
    is_scare_quote,
    is_unlikely,
)
from service.verification.searching.elsewhere import Elsewhere
from service.verification.texts.citations import Citation, Citations, Leading
from service.verification.texts.markup import strip_markup
from service.verification.texts.words import fold_words
from service.verification.verify import (
    MAX_LENGTH,
    read_claim,
    searched_in,
    unlooked,
    verify_claim,
)

MOST_QUOTATIONS = 1000
"""Of a draft: a book of interviews has as many, and what has more is checked in parts."""

Spans = tuple[Span, ...]


def verify_document(
    index: Snapshot, annotated: AnnotatedSource, leading: Iterable[Leading] = ()
) -> DocumentVerification:
    """Each quotation of the draft beside the index, in reading order; equal ones are verified once.

    A direct quotation is looked for whole, with the reporter's interruptions taken out, and by
    sentences where these were never said together; of reported speech each quoted stretch by
    itself, because only these are said to be somebody's words. A whole speech, longer than
    ``verify`` takes, is looked for paragraph by paragraph. Titles, scare quotes and words as words
    are listed and not judged. Stretches between quotation marks without a word are passed over, and
    what the draft itself says was never uttered. Each says whether it was found in the source that
    the draft cites for it, by name or by where its words are ``leading``. Raises InvalidInput for
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
            f"{len(found)} quotations; the limit is {MOST_QUOTATIONS} per draft. Check it in parts"
        )
    desk, elsewhere = _Desk(index, text), Elsewhere(index)
    citations = Citations(text, leading, elsewhere.is_medium)
    checked = tuple(
        replace(one, cited=elsewhere.cited(one.verification, _beside(one, citations)))
        for statement, spans in in_time(found)
        for one in desk.check(statement, spans)
    )
    counts = Counter(one.verification.verdict for one in checked)
    return DocumentVerification(
        annotated.source,
        checked,
        {verdict: counts[verdict] for verdict in Verdict},
        searched_in(index),
    )


def _beside(checked: CheckedQuotation, citations: Citations) -> Iterator[Citation]:
    """Read only where they are asked for: most quotations of a draft need none."""
    attribution = checked.statement.attribution
    announcing = (one.span for one in (attribution.mention, attribution.cue) if one is not None)
    yield from citations.beside(checked.spans, announcing)


def _quotations(text: str, statement: Statement) -> Iterator[Spans]:
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


def _words(text: str, spans: Spans) -> str:
    return " ".join(span.of(text) for span in spans)


_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s|\n")


def _sentences(text: str, spans: Spans) -> list[Spans]:
    """The pieces that the draft's own sentences part: “...,” he said. “...”"""
    groups = [[spans[0]]]
    for left, right in pairwise(spans):
        if _SENTENCE_END.search(text, left.end, right.start):
            groups.append([])
        groups[-1].append(right)
    return [tuple(group) for group in groups]


_titles = Titles()


class _Desk:
    """Verifies quotations, equal ones of the same speaker once."""

    def __init__(self, index: Snapshot, text: str) -> None:
        self._index = index
        self._text = text
        self._verify = cache(self._verified)
        self._claimant = cache(partial(claimant_in_draft, index))

    def check(self, statement: Statement, spans: Spans) -> Iterable[CheckedQuotation]:
        words = _words(self._text, spans)
        found = self._judged(statement, spans, words) or self._unjudged(words)
        if not found.verdict.passes and len(spans) > 1:
            apart = self._apart(statement, spans)
            if apart:
                return apart
        return (CheckedQuotation(spans, statement, found),)

    def _judged(self, statement: Statement, spans: Spans, words: str) -> Verification | None:
        """None for what is not a quotation; a short one of the headline is one where it is
        found."""
        unlikely = is_unlikely(statement)
        if unlikely and not is_in_headline(self._text, spans[0]):
            return None
        if is_named(self._text, spans[0]):
            return None
        found = self._verify(words, statement.speaker, is_surely_meant(statement))
        if is_scare_quote(statement, found) or self._is_title(statement, found):
            return None
        return None if unlikely and found.best is None else found

    def _is_title(self, statement: Statement, found: Verification) -> bool:
        """Of an indexed source; what somebody "said" is not a title."""
        if found.verdict.passes or is_said(statement):
            return False
        return _titles.has(self._index, found.quote)

    def _unjudged(self, words: str) -> Verification:
        claim = read_claim(self._index, words, None)
        return unlooked(self._index, words, claim, Verdict.NOT_A_QUOTATION)

    def _apart(self, statement: Statement, spans: Spans) -> list[CheckedQuotation]:
        """By the draft's sentences, if these are in several statements of the index or some of them
        in none; whose those after the first are is less sure."""
        groups = _sentences(self._text, spans)
        wordless = any(not any(map(str.isalnum, _words(self._text, one))) for one in groups)
        if len(groups) < 2 or wordless:
            return []
        checked = []
        for number, group in enumerate(groups):
            sure = number == 0 and is_surely_meant(statement)
            found = self._verify(_words(self._text, group), statement.speaker, sure)
            checked.append(CheckedQuotation(group, statement, found))
        return checked if _are_apart(checked) else []

    def _verified(self, quote: str, speaker: Speaker | None, sure: bool) -> Verification:
        claim: Claim = read_claim(self._index, quote, None)
        if speaker is not None:
            claim = replace(claim, claimant=self._claimant(speaker, sure))
        # a thousand reprints of each of a thousand quotations take minutes
        return verify_claim(self._index, quote, claim, counting=False)


def _are_apart(checked: Sequence[CheckedQuotation]) -> bool:
    found = [one.verification.best for one in checked if one.verification.verdict.passes]
    return len({one.statement.id for one in found if one}) > 1
