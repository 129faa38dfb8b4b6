"""Pasted: a quotation copied from an article with the words that announce it.

Of “We will stay,” he said, “in Europe” only the words between the marks are claimed, unless those
outside are the speaker's own too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.domain import Span
from service.verification.comparing.matches import Claim
from service.verification.findings import DiffOp, Flag, Verification
from service.verification.texts import lexicon
from service.verification.texts.words import fold_words

UNMARKED = "words outside the quotation marks"
MOST_WORDS = 15
"""Most words of an announcement: "Mr. Putin told reporters after the meeting in Beijing on Friday"
has 11.
"""

_MARKED = re.compile(r"“([^“”]*)(?:”|$)|\"([^\"]*)(?:\"|$)|«([^«»]*)(?:»|$)")


def marked_alone(claim: Claim) -> Claim | None:
    """The claim of only the words between marks; None if those outside do not announce a
    speaker.
    """
    text = claim.folded.text
    spans = [Span(*found.span(found.lastindex or 0)) for found in _MARKED.finditer(text)]
    spans = [span for span in spans if fold_words(span.of(text)).words]
    if not spans or not _announces([span.of(text) for span in _outside(text, spans)]):
        return None
    words = " ".join(span.of(text) for span in spans)
    places = [place for span in spans for place in (*range(span.start, span.end), span.end)]
    origins = [claim.origins[place] for place in places]
    return replace(
        claim, folded=fold_words(words), origins=origins, repairs=(*claim.repairs, UNMARKED)
    )


def _outside(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    start = 0
    for span in spans:
        yield Span(start, span.start)
        start = span.end
    yield Span(start, len(text))


def _announces(stretches: Sequence[str]) -> bool:
    words = [fold_words(stretch).words for stretch in stretches]
    short = all(len(several) <= MOST_WORDS for several in words)
    return short and any(not lexicon.SAYING.isdisjoint(several) for several in words)


def says_unmarked(claim: Claim, found: Verification) -> bool:
    """Whether the words outside the marks were found as the speaker's own."""
    best = found.best
    if best is None or found.pieces or Flag.REPORTED in best.flags:
        return False
    text = claim.folded.text
    spans = [Span(*one.span()) for one in _MARKED.finditer(text)]
    unmarked = there = place = 0
    for part in best.diff:
        outside = _words_outside(text, Span(place, place + len(part.claimed)), spans)
        unmarked += outside
        there += outside * (part.op is DiffOp.EQUAL)
        place += len(part.claimed)
    return 2 * there > unmarked


def _words_outside(text: str, part: Span, spans: Sequence[Span]) -> int:
    words = re.finditer(r"\w+", part.of(text))
    places = (part.start + word.start() for word in words)
    return sum(not any(span.start <= place < span.end for span in spans) for place in places)
