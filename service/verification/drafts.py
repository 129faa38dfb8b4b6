"""Drafts: verifies every quotation of a text before publication.

The extractor reads the draft's quotations and attributions; here each quotation is verified against
the index as if it had been asked for by itself.
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
"""Most quotations in a draft: a book of interviews has as many; anything longer is checked in
parts.
"""

_QUESTION = re.compile(r"(?:^|\n)\W*(?:Q|QUESTION|Question)(?: ?\d{1,3})?\W*$")
QUESTION_REACH = 24
"""Characters before a question that its label "Q12: " may fill."""

Spans = tuple[Span, ...]


def verify_document(
    index: Snapshot, annotated: AnnotatedSource, leading: Iterable[Leading] = ()
) -> DocumentVerification:
    """Verifies each quotation of the draft against the index, in reading order; equal ones once.

    A direct quotation is searched for in full, without the reporter's interruptions, and by
    sentences if these were never said together; of reported speech only each quoted stretch, as
    only these are claimed to be somebody's words. A speech longer than ``verify`` accepts is
    searched for paragraph by paragraph. Titles, scare quotes and words as words are listed but not
    judged. Quotation marks without a word between them are skipped, and so is what the draft itself
    denies and what its interviewer asks ("Q: ..."). Each quotation says whether it was found in the
    source that the draft cites for it, by name or by a link on its words (``leading``). Raises
    InvalidInput for more than MOST_QUOTATIONS.
    """
    text = annotated.source.text
    found = [
        (statement, spans)
        for statement in listed(annotated).statements
        if not _is_asked(text, statement)
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


def _is_asked(text: str, statement: Statement) -> bool:
    """Whether it is the question of an unnamed interviewer."""
    start = statement.spans[0].start
    label = _QUESTION.search(text[max(0, start - QUESTION_REACH) : start])
    return label is not None and statement.speaker is None


def _beside(checked: CheckedQuotation, citations: Citations) -> Iterator[Citation]:
    """Citations beside a quotation, read only on demand: most quotations need none."""
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
    """Ranges no longer than ``verify`` accepts, cut between words if possible.

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
    """The pieces grouped by the draft's sentences: “...,” he said. “...”"""
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
        """The verification, or None for what is not a quotation; a short one in the headline counts
        only if it is found.
        """
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
        """Whether it is the title of an indexed source; what somebody "said" is not a title."""
        if found.verdict.passes or is_said(statement):
            return False
        return _titles.has(self._index, found.quote)

    def _unjudged(self, words: str) -> Verification:
        claim = read_claim(self._index, words, None)
        return unlooked(self._index, words, claim, Verdict.NOT_A_QUOTATION)

    def _apart(self, statement: Statement, spans: Spans) -> list[CheckedQuotation]:
        """The quotation by the draft's sentences, if these are in several statements of the index
        or some of them in none. The speaker is less sure after the first sentence.
        """
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
        # counting a thousand reprints of each of a thousand quotations takes minutes
        return verify_claim(self._index, quote, claim, counting=False)


def _are_apart(checked: Sequence[CheckedQuotation]) -> bool:
    found = [one.verification.best for one in checked if one.verification.verdict.passes]
    return len({one.statement.id for one in found if one}) > 1
