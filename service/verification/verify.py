"""Verify: a claimed quotation in, what is known about it out.

The index gives statements that share its words; each is compared word by word; what is best, who
said it, where else it stands and in which wordings is put together here.
"""

from service.errors import InvalidParameter
from service.index.port import Index
from service.verification.candidates import Search
from service.verification.circulation import circulation_of
from service.verification.findings import (
    AttributionFinding,
    Match,
    Searched,
    Verdict,
    Verification,
    Wording,
)
from service.verification.markup import strip_markup
from service.verification.matches import Claim, match_of
from service.verification.speakers import speakers_meant
from service.verification.words import fold_words

MAX_LENGTH = 20_000
"""Characters: some 3,000 words; what is longer is a draft, whose quotations are checked one by
one."""
MOST_OTHERS = 10
SAME_QUOTATION = 0.8
"""Similarity from which on another statement has the quotation, in another wording."""


def verify(index: Index, quote: str, speaker: str | None = None) -> Verification:
    """What is known about ``quote``, which ``speaker`` (an id, a name or a part of one) is said
    to have said.

    ``quote`` may come with markup, with its quotation marks, with "..." and with "[...]".
    Raises InvalidParameter ("quote", "speaker") for one without words and one too long.
    """
    return verify_claim(index, quote, read_claim(index, quote, speaker))


def verify_claim(index: Index, quote: str, claim: Claim) -> Verification:
    """``claim`` is ``quote`` as ``read_claim`` reads it."""
    search = Search(index)
    found = search.candidates(claim)
    matches = [match_of(claim, one) for one in found[: MOST_OTHERS + 1]]
    best = matches[0] if matches else None
    wording = best.wording if best else Wording.ABSENT
    attribution = _attribution(best, claim)
    return Verification(
        quote=quote,
        speaker=claim.speaker,
        speakers=claim.speakers,
        verdict=_verdict(wording, attribution, best),
        wording=wording,
        attribution=attribution,
        best=best,
        others=tuple(matches[1:]),
        pieces=(),
        circulation=circulation_of(
            (one.passage.statement, one.wording, one.found)
            for one in found
            if one.similarity >= SAME_QUOTATION
        ),
        normalizations=best.normalizations if best else (),
        searched=_searched(index, search),
    )


def read_claim(index: Index, quote: str, speaker: str | None) -> Claim:
    """Raises InvalidParameter as ``verify`` does."""
    if len(quote) > MAX_LENGTH:
        raise InvalidParameter(
            "quote",
            f"{len(quote)} characters; at most {MAX_LENGTH}. Check what is longer as a document",
        )
    plain = strip_markup(quote)
    folded = fold_words(plain.text)
    if not folded.words:
        shown = f"{quote.strip()[:40]!r} has no word in it" if quote.strip() else "it is empty"
        raise InvalidParameter("quote", f"{shown}; give the words that are said to have been said")
    if speaker is not None and not fold_words(speaker).words:
        raise InvalidParameter(
            "speaker", "there is no name in it; leave it out or give an id or a name"
        )
    return Claim(folded, plain.origins, speaker, speakers_meant(index, speaker))


def _attribution(best: Match | None, claim: Claim) -> AttributionFinding:
    if best is not None:
        return best.attribution
    nobody = claim.speaker is None
    return AttributionFinding.NOT_CLAIMED if nobody else AttributionFinding.UNRESOLVED


def _verdict(wording: Wording, attribution: AttributionFinding, best: Match | None) -> Verdict:
    if best is None:
        return Verdict.NOT_FOUND
    if attribution is AttributionFinding.OTHER_SPEAKER:
        return Verdict.MISATTRIBUTED
    if wording in (Wording.ALTERED, Wording.PARAPHRASE):
        return Verdict.ALTERED
    return Verdict.VERBATIM


def _searched(index: Index, search: Search) -> Searched:
    held = index.statistics()
    return Searched(
        generation=held.generation,
        sources=held.sources,
        statements=held.quotes + held.claims,
        earliest=held.earliest,
        latest=held.latest,
        languages=held.languages,
        queries=tuple(search.lookups),
    )
