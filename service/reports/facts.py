"""Facts: findings about a quotation, in sentences for people.

They say what was found, where it differs and what was searched; never that something is false. The
layout is up to the reports.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.domain import Act, Statement
from service.reports.lines import on_one_line
from service.reviews import ClaimReview
from service.verification.findings import (
    AttributionFinding,
    CitedFinding,
    Colour,
    DiffOp,
    DiffPart,
    Flag,
    Match,
    Searched,
    Verdict,
    Verification,
    Wording,
)
from service.verification.placing import Confirmation, PlacedQuotation
from service.verification.searching.candidates import MANY
from service.verification.texts.folding import QUOTATION_MARKS

LABELS: Mapping[Verdict, str] = {
    Verdict.VERBATIM: "found",
    Verdict.ALTERED: "words differ",
    Verdict.PIECED: "pieced together",
    Verdict.MISATTRIBUTED: "another speaker",
    Verdict.DENIED: "denied",
    Verdict.NOT_FOUND: "not found",
    Verdict.TOO_SHORT: "too short to tell",
    Verdict.NOT_A_QUOTATION: "not a quotation",
}

WORDINGS: Mapping[Wording, str] = {
    Wording.VERBATIM: "In the source, word for word.",
    Wording.TYPOGRAPHIC: "In the source; only the typography differs",
    Wording.ELIDED: "In the source, with words omitted where the ellipsis says so.",
    Wording.ALTERED: "The source words it differently.",
    Wording.PIECED: "Pieced together from separate statements.",
    Wording.PARAPHRASE: "Found only as reported speech: the words are the reporter's.",
    Wording.IN_TEXT: "In an article, but not as anybody's words.",
    Wording.ABSENT: "Not found in what was searched.",
    Wording.TOO_SHORT: "Fewer than two meaningful words: not looked up.",
    Wording.NOT_A_QUOTATION: "A title, a scare quote or a word as a word: not judged.",
}

FLAGS: Mapping[Flag, str] = {
    Flag.NEGATION: "a negation differs or is missing",
    Flag.OPPOSITE: "a word is replaced by its opposite",
    Flag.CONDITION: "a condition differs or is missing",
    Flag.NUMBER: "a number differs",
    Flag.MODAL: "the degree of certainty differs (will, may, must)",
    Flag.TENSE: "a tense differs",
    Flag.NAME: "a name differs",
    Flag.WORD: "another word is used",
    Flag.REPORTED: "some of the words are the reporter's",
    Flag.PIECED: "pieced together from several statements",
    Flag.TRUNCATION: "cut from a sentence whose rest bears on the meaning",
    Flag.ORDER: "the order differs",
    Flag.OMISSION: "words are omitted",
    Flag.ADDITION: "words are added",
}

CONFIRMED = "confirmed"
CAUTION = "found, with a caution"
ELSEWHERE = "found elsewhere"
UNKNOWN = "nobody named"


class Side(StrEnum):
    """Which side has the words of a stretch in a comparison."""

    BOTH = "both"
    CLAIMED = "claimed"
    SOURCE = "source"
    ELIDED = "elided"  # in the source; the quotation omits them openly


@dataclass(frozen=True, slots=True)
class Stretch:
    side: Side
    text: str


_BRACKETS: Mapping[Side, tuple[str, str]] = {
    Side.BOTH: ("", ""),
    Side.CLAIMED: ("[-", "-]"),
    Side.SOURCE: ("{+", "+}"),
    Side.ELIDED: ("{… ", " …}"),
}


def compared(diff: Iterable[DiffPart]) -> list[Stretch]:
    """The stretches of a diff, claimed words before the source's; spaces belong to both."""
    return [stretch for part in diff for stretch in _stretches(part)]


def bracketed(stretch: Stretch) -> str:
    """The stretch with brackets instead of colours.

    >>> bracketed(Stretch(Side.CLAIMED, "will"))
    '[-will-]'
    """
    before, after = _BRACKETS[stretch.side]
    return f"{before}{stretch.text}{after}"


def comparison(diff: Iterable[DiffPart]) -> str:
    """
    >>> comparison([DiffPart(DiffOp.EQUAL, "We ", "We "),
    ...     DiffPart(DiffOp.REPLACE, "will", "will not")])
    'We [-will-] {+will not+}'
    """
    return "".join(map(bracketed, compared(diff)))


def _stretches(part: DiffPart) -> Iterator[Stretch]:
    claimed, found = on_one_line(part.claimed), on_one_line(part.found)
    if part.op is DiffOp.EQUAL:
        yield Stretch(Side.BOTH, claimed)
        return
    sides = [(Side.CLAIMED, claimed), (Side.ELIDED if part.elided else Side.SOURCE, found)]
    worded = [Stretch(side, words.strip()) for side, words in sides if words.strip()]
    for number, stretch in enumerate(worded):
        yield from [Stretch(Side.BOTH, " "), stretch] if number else [stretch]
    if (claimed or found)[-1:].isspace():
        yield Stretch(Side.BOTH, " ")


def label(verification: Verification) -> str:
    """The verdict in words."""
    cautious = verification.verdict is Verdict.VERBATIM and verification.colour is Colour.AMBER
    return CAUTION if cautious else LABELS[verification.verdict]


def label_of(quotation: PlacedQuotation) -> str:
    """The verdict on a draft's quotation, or that somebody has confirmed it."""
    confirmed = quotation.confirmation is Confirmation.CONFIRMED
    if confirmed:
        return CONFIRMED
    elsewhere = quotation.is_elsewhere and quotation.verification.colour is Colour.GREEN
    return ELSEWHERE if elsewhere else label(quotation.verification)


def findings_of(quotation: PlacedQuotation) -> list[str]:
    """What was found, and whether it was confirmed earlier; one sentence each."""
    changed = quotation.confirmation is Confirmation.SOURCE_CHANGED
    cautions = ["Confirmed earlier, but its source has changed since."] if changed else []
    return [*cautions, *findings(quotation.verification), *_cited(quotation)]


def _cited(quotation: PlacedQuotation) -> Iterator[str]:
    """Where it was found besides the source that the draft cites; not an accusation."""
    cited, best = quotation.cited, quotation.verification.best
    if cited is None or best is None:
        return
    name, source = on_one_line(cited.name), best.statement.source
    if cited.finding is CitedFinding.FOUND_ELSEWHERE:
        where = on_one_line(source.publisher or source.url or "")
        yield f"Found in {where}; not found in {name}, which the draft cites."
    elif cited.finding is CitedFinding.NOT_INDEXED:
        yield f"{name}, which the draft cites, is not in the index."


def findings(verification: Verification) -> list[str]:
    """What was found: the words, the speaker, the cautions; one sentence each."""
    wording = WORDINGS[verification.wording]
    if verification.wording is Wording.TYPOGRAPHIC:
        wording += f" ({', '.join(verification.normalizations)})."
    if verification.verdict is Verdict.DENIED:
        return [*_denial(verification), wording, *_cautions(verification)]
    return [
        wording,
        *_in_text(verification),
        *_attribution(verification),
        *_may_be_meant(verification),
        *_cautions(verification),
    ]


def known_check(check: ClaimReview) -> str:
    """Another checker's finding, in the checker's words."""
    day = None if check.reviewed is None else str(check.reviewed)
    parts = (check.publisher, day, check.rating, in_marks(check.claim), check.url)
    return on_one_line(" | ".join(part for part in parts if part))


def matches_of(verification: Verification) -> list[Match]:
    """The matches that account for the quotation: the best one, or one per piece."""
    if verification.pieces:
        return list(verification.pieces)
    return [verification.best] if verification.best else []


def nearest(verification: Verification) -> Match | None:
    """The nearest match of a quotation that was not found."""
    return verification.others[0] if verification.best is None and verification.others else None


def differs(match: Match) -> bool:
    return any(part.op is not DiffOp.EQUAL for part in match.diff)


def origin(statement: Statement) -> str:
    """The speaker, and the source."""
    source = statement.source
    parts = [
        speaker_of(statement),
        source.publisher,
        source.published and str(source.published),
        source.title,
        source.url,
        statement.id,
    ]
    return on_one_line(" | ".join(part for part in parts if part))


def speaker_of(statement: Statement) -> str:
    if statement.speaker is not None:
        return statement.speaker.name
    mention = statement.attribution.mention
    if mention is not None and statement.on_behalf_of is not None:
        return f"{mention.text} (for {statement.on_behalf_of.name})"
    return f"{mention.text} (speaker not identified)" if mention else UNKNOWN


def in_marks(quote: str) -> str:
    """The quotation on one line in quotation marks, its own if it has them.

    >>> in_marks("no limits"), in_marks('"no limits"')
    ('“no limits”', '"no limits"')
    """
    line = on_one_line(quote).strip()
    marked = len(line) > 1 and {line[0], line[-1]} <= set(QUOTATION_MARKS)
    return line if marked else f"“{line}”"


def circulation(verification: Verification) -> str:
    """How often it occurs; empty if only once, or only in pieces."""
    if verification.mentions < 2 or verification.pieces or verification.first_seen is None:
        return ""
    origins = verification.independent_origins
    # more may exist
    least = "at least " if verification.mentions >= MANY else ""
    return (
        f"{least}{verification.mentions} statements, {origins} independent "
        f"{'origin' if origins == 1 else 'origins'}; the first: {origin(verification.first_seen)}"
    )


def searched(scope: Searched) -> str:
    """
    >>> searched(Searched("1-ab", 5, 73, None, None, ("en",), ()))
    '73 statements from 5 sources (no date known; en); index generation 1-ab'
    """
    dates = f"{scope.earliest} to {scope.latest}" if scope.earliest else "no date known"
    languages = ", ".join(scope.languages) or "no language known"
    return (
        f"{scope.statements} statements from {scope.sources} sources ({dates}; "
        f"{languages}); index generation {scope.generation}"
    )


def _in_text(verification: Verification) -> Iterator[str]:
    if verification.in_text is not None:
        found = verification.in_text
        where = (found.source.publisher, found.source.title, found.source.url, found.source.id)
        yield on_one_line(f"In: {' | '.join(part for part in where if part)}")


def _denial(verification: Verification) -> Iterator[str]:
    yield "The source says it was not said."
    for match in matches_of(verification):
        yield on_one_line(f"The denial concerns {speaker_of(match.statement)}.")


def _attribution(verification: Verification) -> Iterator[str]:
    claimed = on_one_line(verification.speaker or "")
    theirs = [match.statement for match in matches_of(verification)]
    if not theirs:
        return
    speakers = on_one_line(" and ".join(dict.fromkeys(map(speaker_of, theirs))))
    match verification.attribution:
        case AttributionFinding.AS_CLAIMED:
            yield f"Attributed there to {speakers}, too."
        case AttributionFinding.OTHER_SPEAKER:
            yield f"Attributed there to {speakers}, not to {claimed}."
        case AttributionFinding.UNRESOLVED:
            yield f"Attributed there to {speakers}; this may or may not be {claimed}."
        case AttributionFinding.NOT_CLAIMED:
            yield f"Attributed there to {speakers}."


def _may_be_meant(verification: Verification) -> Iterator[str]:
    if verification.did_you_mean:
        names = " or ".join(one.name for one in verification.did_you_mean)
        yield f"“{on_one_line(verification.speaker or '')}” may mean {on_one_line(names)}."


def _cautions(verification: Verification) -> Iterator[str]:
    if any(match.statement.act is Act.ATTITUDE for match in matches_of(verification)):
        yield "There it is what somebody thinks, wants or does, not what somebody said."
    flags = {flag for match in matches_of(verification) for flag in match.flags}
    if flags:
        named = "; ".join(FLAGS[flag] for flag in Flag if flag in flags)
        yield f"Check: {named}."
    put_in = [
        f"[{words}]"
        for match in matches_of(verification)
        for part in match.diff
        if part.elided
        and f"[{(words := on_one_line(part.claimed).strip(' ]['))}" in verification.quote
    ]
    if put_in and any(map(str.isalpha, "".join(put_in))):
        yield f"Words in brackets are the writer's, not the speaker's: {' '.join(put_in)}"
    for match in matches_of(verification):
        for words in match.truncated:
            yield f"The rest of the sentence reads: “{on_one_line(words)}”"
