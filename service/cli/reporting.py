"""Reporting: findings on quotations as lines for people.

In a terminal differences are coloured; in any case "[-...-]" marks words only in the draft and
"{+...+}" words only in the source.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console
from rich.text import Text

from service.reports.facts import (
    LABELS,
    UNKNOWN,
    Side,
    bracketed,
    circulation,
    compared,
    differs,
    findings,
    findings_of,
    in_marks,
    known_check,
    label,
    label_of,
    matches_of,
    nearest,
    origin,
    searched,
)
from service.reports.lines import on_one_line
from service.reports.places import sentence_of
from service.verification.findings import Colour, Match, Verification
from service.verification.placing import CheckedDraft, Confirmation, PlacedQuotation

_LABEL_WIDTH = 12
"""The longest label, "mentions" or "searched", with two spaces on each side."""

_COLOURS: Mapping[Colour, str] = {
    Colour.RED: "bold red",
    Colour.AMBER: "bold yellow",
    Colour.GREEN: "bold green",
}
_SIDES: Mapping[Side, str] = {
    Side.BOTH: "",
    Side.CLAIMED: "red",
    Side.SOURCE: "green",
    Side.ELIDED: "dim",
}


class Report:
    """Prints findings one by one, and at the end, once, what was searched."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, markup=False, emoji=False)

    def drafts(self, drafts: Iterable[tuple[str, CheckedDraft]]) -> None:
        """Prints quotations to correct first, draft after draft, then those to look at, then the
        rest."""
        read = [(on_one_line(path), checked) for path, checked in drafts]
        placed = [(path, one) for path, checked in read for one in checked.quotations]
        if placed:
            self._print(Text(overview(checked for _, checked in read), "bold"))
            self._print(Text())
        for colour in (Colour.RED, Colour.AMBER):
            for path, quotation in placed:
                if quotation.colour is colour:
                    self._quotation(path, quotation)
        for path, quotation in placed:
            if quotation.colour is Colour.GREEN:
                self._in_brief(path, quotation)
        for path, checked in read:
            self._print(Text.assemble((f"{path}: ", "bold"), summary(checked)))
        if placed:
            self._searched(placed[-1][1].verification)

    def _quotation(self, path: str, quotation: PlacedQuotation) -> None:
        place = _place(path, quotation)
        heading = Text(label_of(quotation).upper(), _COLOURS[quotation.colour])
        self._print(Text.assemble(place, heading, f"  {in_marks(quotation.printed)}"))
        self._rows(attribution_of(quotation), findings_of(quotation), quotation.verification)
        self._print(Text())

    def _in_brief(self, path: str, quotation: PlacedQuotation) -> None:
        """Prints one line: it needs no attention."""
        found = quotation.verification
        heading = (label_of(quotation).upper(), _COLOURS[quotation.colour])
        where = f"  {origin(found.best.statement)}" if found.best else ""
        place = _place(path, quotation)
        quote = in_marks(quotation.printed)
        self._print(Text.assemble(place, heading, f"  {quote}", (where, "dim")))

    def quotation(self, verification: Verification) -> None:
        """Prints the finding on a single quotation, not from a draft."""
        heading = Text(label(verification).upper(), _COLOURS[verification.colour])
        self._print(Text.assemble(heading, f"  {in_marks(verification.quote)}"))
        speaker = on_one_line(verification.speaker or UNKNOWN)
        self._rows(speaker, findings(verification), verification)
        for check in verification.known_checks:
            self._row("checked", Text(known_check(check)))
        self._searched(verification)

    def _searched(self, verification: Verification) -> None:
        self._row("searched", Text(searched(verification.searched)))

    def _rows(self, speaker: str, sentences: Iterable[str], verification: Verification) -> None:
        self._row("speaker", Text(speaker))
        for number, sentence in enumerate(sentences):
            self._row("" if number else "finding", Text(sentence))
        for name, line in _rows(verification):
            self._row(name, line)

    def _row(self, name: str, line: Text) -> None:
        """Prints a labelled line; in a terminal, wrapped text is indented past the label."""
        rest = max(1, self._console.width - _LABEL_WIDTH)
        for piece in line.wrap(self._console, rest) if self._console.is_terminal else [line]:
            self._print(Text.assemble((f"  {name}".ljust(_LABEL_WIDTH), "dim"), piece))
            name = ""

    def _print(self, line: Text) -> None:
        self._console.print(line, soft_wrap=not self._console.is_terminal)


def part_of(quotation: PlacedQuotation) -> str:
    """The page or paragraph where it starts, for a draft that is not text; otherwise empty."""
    if quotation.page is not None:
        return f"page {quotation.page}"
    return "" if quotation.paragraph is None else f"paragraph {quotation.paragraph}"


def attribution_of(quotation: PlacedQuotation) -> str:
    """The speaker according to the draft, the words that say so, and the confidence of that
    reading."""
    attribution, speaker = quotation.attribution, quotation.speaker
    if attribution.mention is None:
        return speaker.name if speaker else UNKNOWN
    parts = [one for one in (attribution.mention, attribution.cue) if one is not None]
    parts.sort(key=lambda one: one.span)
    said = " ".join(one.text for one in parts if any(map(str.isalnum, one.text)))
    name = speaker.name if speaker else "somebody the draft does not identify"
    return on_one_line(f"{name} (“{said}”, confidence {attribution.confidence:.2f})")


def summary(checked: CheckedDraft) -> str:
    """
    >>> from service.verification.findings import Searched, Verdict
    >>> searched = Searched("1-ab", 5, 73, None, None, ("en",), ())
    >>> summary(CheckedDraft((), {Verdict.VERBATIM: 0}, searched))
    'no quotations'
    """
    parts = [f"{LABELS[verdict]} {count}" for verdict, count in checked.counts.items() if count]
    total = len(checked.quotations)
    if not total:
        return "no quotations"
    cautions = sum(one.colour is Colour.AMBER for one in checked.quotations)
    confirmed = sum(one.confirmation is Confirmation.CONFIRMED for one in checked.quotations)
    parts += [f"with a caution {cautions}"] if cautions else []
    parts += [f"confirmed {confirmed}"] if confirmed else []
    return f"{_counted(total, 'quotation')}: {', '.join(parts)}"


def overview(drafts: Iterable[CheckedDraft]) -> str:
    """How many quotations of all drafts need correcting or a look."""
    read = list(drafts)
    colours = Counter(one.colour for draft in read for one in draft.quotations)
    return (
        f"{_counted(len(read), 'draft')}, {_counted(colours.total(), 'quotation')}: "
        f"{colours[Colour.RED]} to correct or confirm, {colours[Colour.AMBER]} to look at, "
        f"{colours[Colour.GREEN]} in order, confirmed or not judged"
    )


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _place(path: str, quotation: PlacedQuotation) -> str:
    part = part_of(quotation)
    return f"{path}:{quotation.line}:{quotation.column}: {f'{part}: ' if part else ''}"


def _rows(verification: Verification) -> Iterator[tuple[str, Text]]:
    for match in matches_of(verification):
        if differs(match):
            yield "compared", _comparison(match)
        yield "found", Text(origin(match.statement))
        if verification.colour is not Colour.GREEN:
            yield "", _sentence(match)
    near = nearest(verification)
    if near is not None:
        yield "nearest", _comparison(near)
        yield "", Text(origin(near.statement))
    spread = circulation(verification)
    if spread:
        yield "mentions", Text(spread)


def _sentence(match: Match) -> Text:
    """The source's sentence, with the matching words highlighted."""
    return Text.assemble(
        *((one.text, "bold" if one.side is Side.SOURCE else "dim") for one in sentence_of(match))
    )


def _comparison(match: Match) -> Text:
    return Text.assemble(
        *((bracketed(stretch), _SIDES[stretch.side]) for stretch in compared(match.diff))
    )
