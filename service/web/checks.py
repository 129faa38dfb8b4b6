"""Checks: shows a stored check as it was answered, and from nothing else.

The index may have a different answer by now; the page shows the one that was given.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.reports.facts import CAUTION, ELSEWHERE, FLAGS, LABELS, WORDINGS, Stretch, in_marks
from service.verification.findings import (
    CitedFinding,
    Colour,
    DiffOp,
    DiffPart,
    Flag,
    Verdict,
    Wording,
)
from service.web.brief import in_brief

Written = Mapping[str, Any]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a quotation was found; ``compared`` is empty if the words are the same."""

    compared: list[Stretch]
    statement: Written


@dataclass(frozen=True, slots=True)
class Finding:
    """The findings on one quotation; ``line`` is its line in a draft."""

    label: str
    colour: Colour
    quote: str
    speaker: str | None
    sentences: tuple[str, ...]
    places: tuple[Place, ...]
    line: int | None
    known_checks: tuple[Written, ...]


def findings(check: Written) -> list[Finding]:
    """The findings in a check's JSON: one, or those of a draft in reading order."""
    one = check["verification"]
    if one is not None:
        return [_finding(one, one["quote"], one["speaker"])]
    return [_drafted(quotation) for quotation in check["document"]["quotations"]]


def _drafted(quotation: Written) -> Finding:
    speaker, cited = quotation["speaker"], quotation["cited"]
    elsewhere = cited is not None and cited["finding"] == CitedFinding.FOUND_ELSEWHERE
    finding = _finding(
        quotation["verification"],
        quotation["text"],
        speaker and speaker["name"],
        line=quotation["line"],
    )
    if not (elsewhere and finding.colour is Colour.GREEN):
        return finding
    where = f"Not found in {cited['name']}, which the draft cites."
    sentences = (*finding.sentences, where)
    return replace(finding, label=ELSEWHERE, colour=Colour.AMBER, sentences=sentences)


def _finding(answer: Written, quote: str, speaker: str | None, line: int | None = None) -> Finding:
    verdict, matches = Verdict(answer["verdict"]), _matches(answer)
    cautious = any(match["flags"] for match in matches) or _is_unsettled(answer, speaker)
    colour = Colour.AMBER if cautious else Colour.GREEN
    return Finding(
        label=CAUTION if verdict is Verdict.VERBATIM and cautious else LABELS[verdict],
        colour=colour if verdict.passes else Colour.RED,
        quote=in_marks(quote),
        speaker=speaker,
        sentences=tuple(_sentences(answer, speaker, matches)),
        places=tuple(_place(match) for match in matches or answer["others"][:1]),
        line=line,
        known_checks=tuple(answer.get("known_checks", ())),  # none in checks of older versions
    )


def _matches(answer: Written) -> list[Written]:
    best = answer["best"]
    return list(answer["pieces"]) or ([best] if best else [])


def _is_unsettled(answer: Written, speaker: str | None) -> bool:
    return bool(speaker and answer["best"] and answer["attribution"] != "as_claimed")


def _sentences(answer: Written, speaker: str | None, matches: list[Written]) -> Iterator[str]:
    verdict, wording = Verdict(answer["verdict"]), Wording(answer["wording"])
    if verdict is Verdict.DENIED:
        yield "The source says it was not said."
    typography = f" ({', '.join(answer['normalizations'])})." if answer["normalizations"] else "."
    yield WORDINGS[wording] + (typography if wording is Wording.TYPOGRAPHIC else "")
    theirs = " and ".join(dict.fromkeys(_speaker(match["statement"]) for match in matches))
    if theirs and verdict is not Verdict.DENIED:
        yield f"Attributed there to {theirs}{_beside(answer['attribution'], speaker)}."
    flags = {flag for match in matches for flag in match["flags"]}
    if flags:
        yield f"Check: {'; '.join(FLAGS[flag] for flag in Flag if flag in flags)}."


def _beside(attribution: str, speaker: str | None) -> str:
    """How the attribution relates to the claimed speaker."""
    return {
        "as_claimed": ", too",
        "other_speaker": f", not to {speaker}",
        "unresolved": f"; this may or may not be {speaker}",
    }.get(attribution, "")


def _speaker(statement: Written) -> str:
    speaker = statement["speaker"]
    return str(speaker["name"]) if speaker else "nobody who was identified"


def _place(match: Written) -> Place:
    parts = list(map(_part, match["diff"]))
    differs = any(part.op is not DiffOp.EQUAL for part in parts)
    return Place(in_brief(parts) if differs else [], match["statement"])


def _part(part: Written) -> DiffPart:
    same = part.get("text", "")
    claimed, found = part.get("claimed", same), part.get("found", same)
    return DiffPart(DiffOp(part["op"]), claimed, found, part.get("elided", False))
