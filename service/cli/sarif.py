"""SARIF: checked drafts as analysis results, which code hosts show next to the lines.

Version 2.1.0 (OASIS). A quotation not said as printed is an error, one with a caution a warning;
one in order or not judged gives no result. An unreadable draft is a notification and makes the run
unsuccessful.
"""

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from service.errors import InvalidInput
from service.paths import escaped
from service.reports.facts import (
    CAUTION,
    ELSEWHERE,
    LABELS,
    comparison,
    differs,
    findings_of,
    in_marks,
    matches_of,
    origin,
)
from service.verification.findings import CitedFinding, Colour, Verdict
from service.verification.placing import CheckedDraft, PlacedQuotation

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Colour.RED: "error", Colour.AMBER: "warning"}
CAUTIOUS = "caution"
"""The rule for quotations found unchanged that still need a look."""


def sarif(drafts: Iterable[tuple[str, CheckedDraft | InvalidInput]]) -> str:
    """The log of one run over the drafts, each with its path."""
    results: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    for path, outcome in drafts:
        if isinstance(outcome, InvalidInput):
            problems.append({"level": "error", "message": {"text": escaped(str(outcome))}})
        else:
            results += _results(path, outcome)
    invocation = {"executionSuccessful": not problems, "toolExecutionNotifications": problems}
    run = {
        "tool": {"driver": _driver()},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _driver() -> dict[str, Any]:
    labels = {verdict.value: LABELS[verdict] for verdict in Verdict if not verdict.passes}
    cautions = {CAUTIOUS: CAUTION, CitedFinding.FOUND_ELSEWHERE.value: ELSEWHERE}
    rules = [
        {"id": rule, "shortDescription": {"text": f"The quotation: {text}"}}
        for rule, text in (labels | cautions).items()
    ]
    return {"name": "On Record", "version": version("onrecord"), "rules": rules}


def _results(path: str, checked: CheckedDraft) -> Iterator[dict[str, Any]]:
    for quotation in checked.quotations:
        level = _LEVELS.get(quotation.colour)
        if level is not None:
            yield {
                "ruleId": _rule(quotation),
                "level": level,
                "message": {"text": _message(quotation)},
                "locations": [{"physicalLocation": _location(path, quotation)}],
            }


def _rule(quotation: PlacedQuotation) -> str:
    verification = quotation.verification
    if not verification.verdict.passes:
        return verification.verdict.value
    green = verification.colour is Colour.GREEN
    return CitedFinding.FOUND_ELSEWHERE.value if quotation.is_elsewhere and green else CAUTIOUS


def _message(quotation: PlacedQuotation) -> str:
    matches = matches_of(quotation.verification)
    lines = [
        in_marks(quotation.printed),
        *findings_of(quotation),
        *(f"Compared: {comparison(match.diff)}" for match in matches if differs(match)),
        *(f"Found: {origin(match.statement)}" for match in matches),
    ]
    return "\n".join(lines)


def _location(path: str, quotation: PlacedQuotation) -> dict[str, Any]:
    region = {"startLine": quotation.line, "startColumn": quotation.column}
    return {"artifactLocation": {"uri": quote(path)}, "region": region}
