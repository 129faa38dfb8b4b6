"""Reporting: what is known about quotations, as lines for people.

In a terminal differences are coloured; with colours or without, "[-...-]" are words of the draft
alone and "{+...+}" words of the source alone.
"""

from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console
from rich.text import Text

from service.cli.facts import (
    LABELS,
    UNKNOWN,
    Side,
    bracketed,
    circulation,
    compared,
    differs,
    findings,
    in_marks,
    matches_of,
    nearest,
    origin,
    searched,
)
from service.cli.printing import on_one_line
from service.verification.findings import Match, Verdict, Verification
from service.verification.placing import CheckedDraft, PlacedQuotation

_LABEL_WIDTH = 12

_COLOURS: Mapping[Verdict, str] = {
    Verdict.VERBATIM: "bold green",
    Verdict.ALTERED: "bold yellow",
    Verdict.PIECED: "bold yellow",
    Verdict.MISATTRIBUTED: "bold magenta",
    Verdict.DENIED: "bold red",
    Verdict.NOT_FOUND: "bold red",
    Verdict.TOO_SHORT: "bold dim",
    Verdict.NOT_A_QUOTATION: "bold dim",
}
_SIDES: Mapping[Side, str] = {
    Side.BOTH: "",
    Side.CLAIMED: "red",
    Side.SOURCE: "green",
    Side.ELIDED: "dim",
}


class Report:
    """Prints finding after finding; what was searched stands once, at the end."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, markup=False, emoji=False)

    def drafts(self, drafts: Iterable[tuple[str, CheckedDraft]]) -> None:
        """Draft after draft, by their paths."""
        last: PlacedQuotation | None = None
        for path, checked in drafts:
            self._draft(on_one_line(path), checked)
            last = checked.quotations[-1] if checked.quotations else last
        if last is not None:
            self._searched(last.verification)

    def _draft(self, path: str, checked: CheckedDraft) -> None:
        """Each quotation with its place, then how many there are of which kind."""
        for quotation in checked.quotations:
            place = f"{path}:{quotation.line}:{quotation.column}: "
            self._finding(place, quotation.verification, given_to(quotation))
            self._print(Text())
        self._print(Text.assemble((f"{path}: ", "bold"), summary(checked)))

    def quotation(self, verification: Verification) -> None:
        """One that stands in no draft."""
        self._finding("", verification, on_one_line(verification.speaker or UNKNOWN))
        self._searched(verification)

    def _searched(self, verification: Verification) -> None:
        self._row("searched", Text(searched(verification.searched)))

    def _finding(self, place: str, verification: Verification, speaker: str) -> None:
        verdict = verification.verdict
        label = (LABELS[verdict].upper(), _COLOURS[verdict])
        self._print(Text.assemble(place, label, f"  {in_marks(verification.quote)}"))
        self._row("given to", Text(speaker))
        for name, line in _rows(verification):
            self._row(name, line)

    def _row(self, label: str, line: Text) -> None:
        """In a terminal what does not fit goes on below itself, not below its label."""
        rest = max(1, self._console.width - _LABEL_WIDTH)
        for piece in line.wrap(self._console, rest) if self._console.is_terminal else [line]:
            self._print(Text.assemble((f"  {label}".ljust(_LABEL_WIDTH), "dim"), piece))
            label = ""

    def _print(self, line: Text) -> None:
        self._console.print(line, soft_wrap=not self._console.is_terminal)


def given_to(quotation: PlacedQuotation) -> str:
    """Whose words a draft says they are, by which words, and how sure this reading of it is."""
    attribution, speaker = quotation.attribution, quotation.speaker
    if attribution.mention is None:
        return speaker.name if speaker else UNKNOWN
    told = [one for one in (attribution.mention, attribution.cue) if one is not None]
    told.sort(key=lambda one: one.span)
    said = " ".join(one.text for one in told if any(map(str.isalnum, one.text)))
    name = speaker.name if speaker else "whom the draft does not settle"
    return on_one_line(f"{name} (“{said}”, confidence {attribution.confidence:.2f})")


def summary(checked: CheckedDraft) -> str:
    """
    >>> from service.verification.findings import Searched
    >>> searched = Searched("1-ab", 5, 73, None, None, ("en",), ())
    >>> summary(CheckedDraft((), {Verdict.VERBATIM: 0}, searched))
    'no quotation'
    """
    told = [f"{LABELS[verdict]} {count}" for verdict, count in checked.counts.items() if count]
    total = len(checked.quotations)
    if not total:
        return "no quotation"
    return f"{total} {'quotation' if total == 1 else 'quotations'}: {', '.join(told)}"


def _rows(verification: Verification) -> Iterator[tuple[str, Text]]:
    for number, sentence in enumerate(findings(verification)):
        yield "" if number else "finding", Text(sentence)
    for match in matches_of(verification):
        if differs(match):
            yield "compared", _comparison(match)
        yield "found", Text(origin(match.statement))
    near = nearest(verification)
    if near is not None:
        yield "nearest", _comparison(near)
        yield "", Text(origin(near.statement))
    told = circulation(verification)
    if told:
        yield "mentions", Text(told)


def _comparison(match: Match) -> Text:
    return Text.assemble(
        *((bracketed(stretch), _SIDES[stretch.side]) for stretch in compared(match.diff))
    )
