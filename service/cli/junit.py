"""JUnit: checked drafts as a test report that any CI displays.

A draft is a suite and a quotation a case; one that was not said as printed fails, one that is too
short to judge or not a quotation is skipped. Only elements and attributes of Jenkins' schema are
used.
"""

import re
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from service.cli.reporting import attribution_of
from service.errors import InvalidInput
from service.paths import escaped
from service.reports.facts import (
    comparison,
    differs,
    findings_of,
    label_of,
    matches_of,
    nearest,
    origin,
    searched,
)
from service.reports.lines import on_one_line
from service.verification.findings import Verdict
from service.verification.placing import CheckedDraft, PlacedQuotation

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SKIPPED = (Verdict.TOO_SHORT, Verdict.NOT_A_QUOTATION)
_SHOWN = 80
"""Characters of a quotation in the name of its case."""


def junit(drafts: Iterable[tuple[str, CheckedDraft | InvalidInput]]) -> str:
    """The report as XML; each draft comes with its path, or with the error that made it
    unreadable."""
    root = Element("testsuites", name="onrecord")
    for path, outcome in drafts:
        root.append(_suite(path, outcome))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode")


def _suite(path: str, outcome: CheckedDraft | InvalidInput) -> Element:
    unread = isinstance(outcome, InvalidInput)
    quotations = () if isinstance(outcome, InvalidInput) else outcome.quotations
    verdicts = [one.verification.verdict for one in quotations]
    failures = sum(not one.passes for one in quotations)
    suite = Element(
        "testsuite",
        name=_xml(path),
        tests=str(len(quotations) + unread),
        failures=str(failures),
        errors=str(int(unread)),
        skipped=str(sum(map(verdicts.count, _SKIPPED))),
    )
    if isinstance(outcome, InvalidInput):
        case = SubElement(suite, "testcase", classname=_xml(path), name="reading")
        SubElement(case, "error", type="unreadable", message=escaped(str(outcome)))
    for quotation in quotations:
        suite.append(_case(path, quotation))
    return suite


def _case(path: str, quotation: PlacedQuotation) -> Element:
    verification = quotation.verification
    shown = on_one_line(quotation.text)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    name = f"{quotation.line}:{quotation.column} “{shown}”"
    case = Element("testcase", classname=_xml(path), name=_xml(name))
    text = _xml("\n".join(_lines(quotation)))
    message = _xml(f"{label_of(quotation)}: {' '.join(findings_of(quotation))}")
    if verification.verdict in _SKIPPED:
        SubElement(case, "skipped", message=message)
    if quotation.passes:
        SubElement(case, "system-out").text = text
    else:
        failure = SubElement(case, "failure", type=verification.verdict, message=message)
        failure.text = text
    return case


def _lines(quotation: PlacedQuotation) -> list[str]:
    verification = quotation.verification
    matches = matches_of(verification)
    near = nearest(verification)
    return [
        on_one_line(f"“{quotation.text}”"),
        f"speaker: {attribution_of(quotation)}",
        *findings_of(quotation),
        *(f"compared: {comparison(match.diff)}" for match in matches if differs(match)),
        *(f"found: {origin(match.statement)}" for match in matches),
        *([f"nearest: {comparison(near.diff)} | {origin(near.statement)}"] if near else []),
        f"searched: {searched(verification.searched)}",
    ]


def _xml(text: str) -> str:
    """Replaces characters that XML does not allow."""
    return _NO_XML.sub("\ufffd", text)
