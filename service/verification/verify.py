"""Verify: finds what is known about a claimed quotation.

The index gives statements that share its words, and each is compared word by word. The best match,
its speaker, and all other occurrences and wordings are combined here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from service.errors import InvalidParameter
from service.index.port import Snapshot
from service.verification.comparing.chance import by_chance, has_sentence, is_found
from service.verification.comparing.claim_parts import Part, weigh
from service.verification.comparing.claimants import claimant_of, is_speakers_name
from service.verification.comparing.comparison import Comparison, compare_with, without_overhang
from service.verification.comparing.hyphens import rejoined
from service.verification.comparing.matches import Claim, match_of
from service.verification.findings import (
    AttributionFinding,
    Circulation,
    Lookup,
    Match,
    Searched,
    Verdict,
    Verification,
    Wording,
)
from service.verification.judging.pasted import marked_alone, says_unmarked
from service.verification.judging.verdict import (
    attribution_of,
    did_you_mean,
    heaviest,
    is_pieced,
    normalizations_of,
    pieces_of,
    verdict_of,
    wording_of,
)
from service.verification.searching.candidates import Search, best_first, is_as_claimed
from service.verification.searching.circulation import circulation_of
from service.verification.searching.in_text import in_text
from service.verification.searching.pieces import (
    around,
    lacks_words,
    parts_of,
    runs_over,
    weightiest,
)
from service.verification.texts.markup import strip_markup
from service.verification.texts.words import Folded, fold_words

MAX_LENGTH = 20_000
"""Characters: some 3,000 words; anything longer is a draft, whose quotations are checked one
by one.
"""
MOST_OTHERS = 10
SAME_QUOTATION = 0.8
"""Similarity at which another statement has the quotation, in another wording."""
LEAST_GAIN = 0.05
"""Least gain of similarity: a word in twenty."""
OTHER_SPEAKER = AttributionFinding.OTHER_SPEAKER
LEAST_NEAR, MOST_NEAR = 0.2, 3
LEAST_PART, LEAST_WEIGHT = 0.6, 4.0
MOST_REJOINED = 6
"""Statements whose hyphens a claim is read again by: as many as are compared word by word."""


def verify(index: Snapshot, quote: str, speaker: str | None = None) -> Verification:
    """Returns what is known about ``quote``, which ``speaker`` (an id, a name or a part of one) is
    said to have said.

    ``quote`` may come with markup, with its quotation marks, with "..." and with "[...]". Raises
    InvalidParameter ("quote", "speaker") if one has no words or ``quote`` is too long.
    """
    return verify_claim(index, quote, read_claim(index, quote, speaker))


def verify_claim(index: Snapshot, quote: str, claim: Claim, counting: bool = True) -> Verification:
    """Verifies ``claim``, which is ``quote`` as read by ``read_claim``. Without ``counting`` its
    mentions are only those among the statements that share most of its words.
    """
    found = _verified(index, quote, claim, counting)
    marked = None if found.verdict is Verdict.VERBATIM else marked_alone(claim)
    if marked is None or says_unmarked(claim, found):
        return found
    return _verified(index, quote, marked, counting)


def _verified(index: Snapshot, quote: str, claim: Claim, counting: bool) -> Verification:
    if claim.is_too_short:
        return unlooked(index, quote, claim, Verdict.TOO_SHORT)
    search = Search(index, counting)
    found, parts, compared = _finds(search, claim)
    again = None if found and not found[0].changes else _reread(claim, compared)
    if again is not None:
        claim = replace(claim, folded=again)
        found, parts, compared = _finds(search, claim)
    pieces = pieces_of(parts)
    likely = found or _nearest(claim, compared)
    is_name = partial(is_speakers_name, index)
    shown = [match_of(claim, one, is_name) for one in likely[:1]]
    shown += [match_of(claim, one) for one in likely[1 : MOST_OTHERS + 1]]
    best = heaviest(parts, pieces) if pieces else shown[0] if found else None
    denial = _denial(claim, search.denied, best)
    if denial is not None:
        best, pieces, shown = denial, (), shown if found else []
    elsewhere = in_text(search, claim, compared) if best is None else None
    wording = wording_of(claim, best, pieces, elsewhere)
    attribution = attribution_of(claim, best, pieces)
    rested_on = pieces or ((best,) if best else ())
    shown_ids = {one.statement.id for one in rested_on}
    return Verification(
        quote=quote,
        speaker=claim.speaker,
        speakers=claim.speakers,
        verdict=verdict_of(wording, attribution, rested_on),
        wording=wording,
        attribution=attribution,
        did_you_mean=did_you_mean(claim, attribution, best),
        best=best,
        others=tuple(one for one in shown if one.statement.id not in shown_ids),
        pieces=pieces,
        circulation=_circulation(index, [part.comparison for part in parts] or found),
        normalizations=normalizations_of(claim, rested_on),
        searched=searched_in(index, search.lookups),
        in_text=elsewhere,
    )


def _reread(claim: Claim, compared: Sequence[Comparison]) -> Folded | None:
    return rejoined(claim.folded, best_first(claim, compared)[:MOST_REJOINED])


def _denial(claim: Claim, denied: Sequence[Comparison], best: Match | None) -> Match | None:
    """The match with a source that says that the claimed speaker did not say it, if no other match
    is clearly closer.
    """
    matches = (match_of(claim, one) for one in denied)
    first = next((m for m in matches if m.attribution is not OTHER_SPEAKER), None)
    if first is None or (best is not None and first.similarity < best.similarity - LEAST_GAIN):
        return None
    return first


def unlooked(index: Snapshot, quote: str, claim: Claim, verdict: Verdict) -> Verification:
    """A verification of what is not searched for."""
    return Verification(
        quote=quote,
        speaker=claim.speaker,
        speakers=claim.speakers,
        verdict=verdict,
        wording=Wording(verdict.value),
        attribution=attribution_of(claim, None, ()),
        did_you_mean=(),
        best=None,
        others=(),
        pieces=(),
        circulation=Circulation(),
        normalizations=claim.repairs,
        searched=searched_in(index),
    )


def _nearest(claim: Claim, compared: Sequence[Comparison]) -> list[Comparison]:
    """The nearest statements, to be shown if nothing was found."""
    near = (one for one in compared if one.coverage >= LEAST_NEAR)
    return best_first(claim, near)[:MOST_NEAR]


def _circulation(index: Snapshot, found: Iterable[Comparison]) -> Circulation:
    """Circulation of the best statement and of others that have the quotation."""
    return circulation_of(
        index,
        (
            (one.passage.statement, one.wording, one.found)
            for place, one in enumerate(found)
            if place == 0 or one.similarity >= SAME_QUOTATION
        ),
    )


class _Finds(NamedTuple):
    """Comparisons that have the claim, best first; its parts, if it is only in several statements
    together; and all comparisons.
    """

    found: list[Comparison]
    parts: list[Part]
    compared: list[Comparison]


def _finds(search: Search, claim: Claim) -> _Finds:
    found, compared = search.candidates(claim)
    if found and not (lacks_words(found[0]) or runs_over(found[0])):
        return _Finds(found, [], compared)
    parts = parts_of(search, claim, compared) if not found or lacks_words(found[0]) else []
    start = found[0] if found else weightiest(parts)
    wider = _read_on(search.index, claim, start, compared) if start else None
    if wider is not None and wider.speaker_share == 1:
        return _Finds([wider, *found[1:]], [], compared)
    if is_pieced(claim, parts):
        return _Finds(found, parts, compared)
    if wider is not None:
        return _Finds([wider, *found[1:]], [], compared)
    found = found or _with_part(claim, parts) or _with_sentence(search, claim, compared)
    return _Finds(found, [], compared)


def _read_on(
    index: Snapshot, claim: Claim, start: Comparison, compared: Iterable[Comparison]
) -> Comparison | None:
    """The claim compared with its statement and the words around it, if these contain more of
    it.
    """
    wider = around(index, claim, start)
    if not wider.steps or lacks_words(wider):
        return None
    source = start.passage.statement.source.id
    elsewhere = [one for one in compared if one.passage.statement.source.id != source]
    if not is_found(wider, by_chance(wider, elsewhere), is_as_claimed(claim, wider)):
        return None
    alone = compare_with(claim.folded, start.passage.statement)
    return wider if wider.similarity - alone.similarity >= LEAST_GAIN else None


def _with_part(claim: Claim, parts: Sequence[Part]) -> list[Comparison]:
    """The statement of a part that is most of the claim, with the rest as an addition."""
    if not parts:
        return []
    part = max(parts, key=lambda one: weigh(claim, one.first, one.last))
    whole = weigh(claim, 0, len(claim.folded.words))
    if weigh(claim, part.first, part.last) < max(LEAST_PART * whole, LEAST_WEIGHT):
        return []
    entire = compare_with(claim.folded, part.comparison.passage.statement)
    return [without_overhang(entire)] if entire.steps else []


def _with_sentence(
    search: Search, claim: Claim, compared: Sequence[Comparison]
) -> list[Comparison]:
    """A statement with a whole sentence of the claim, with the rest as an addition."""
    return _first_true(claim, compared) or _first_true(claim, search.with_an_end(claim))


def _first_true(claim: Claim, compared: Iterable[Comparison]) -> list[Comparison]:
    found = (one for one in best_first(claim, compared) if has_sentence(one))
    return [without_overhang(one) for one in found][:1]


def read_claim(index: Snapshot, quote: str, speaker: str | None) -> Claim:
    """Reads a claimed quotation. Raises InvalidParameter as ``verify`` does."""
    if len(quote) > MAX_LENGTH:
        raise InvalidParameter(
            "quote",
            (
                f"{len(quote)} characters; the limit is {MAX_LENGTH}. Check anything longer as "
                "a document"
            ),
        )
    bare = strip_markup(quote)
    folded = fold_words(bare.text)
    if not any(map(str.isalnum, bare.text)):
        shown = f"{quote.strip()[:40]!r} has no words in it" if quote.strip() else "empty"
        raise InvalidParameter("quote", f"{shown}; expected the words that were allegedly said")
    if speaker is not None and not fold_words(speaker).words:
        raise InvalidParameter("speaker", "contains no name; give an id or a name, or omit it")
    return Claim(
        folded,
        bare.origins,
        None if speaker is None else claimant_of(index, speaker),
        bare.repairs,
    )


def searched_in(index: Snapshot, lookups: Iterable[Lookup] = ()) -> Searched:
    """What a finding of these queries is based on."""
    held = index.statistics()
    return Searched(
        generation=held.generation,
        sources=held.sources,
        statements=held.statements,
        earliest=held.earliest,
        latest=held.latest,
        languages=held.languages,
        queries=tuple(lookups),
    )
