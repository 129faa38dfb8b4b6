"""The page of ``onrecord check``: drafts and the findings on their quotations."""

from collections.abc import Iterable

from service.cli.pages import template
from service.cli.reporting import attribution_of, overview, part_of, summary
from service.errors import InvalidInput
from service.paths import escaped
from service.reports import facts, places
from service.verification.findings import Colour
from service.verification.placing import CheckedDraft, PlacedQuotation

LONGEST_LINE = 200
"""Characters: in a longer line, a paragraph or a page of markup, a column number does not help."""


def checked_page(drafts: Iterable[tuple[str, CheckedDraft | InvalidInput]]) -> str:
    """A self-contained HTML page of checked drafts, each with its path."""
    read, unread = [], []
    for path, outcome in drafts:
        if isinstance(outcome, InvalidInput):
            unread.append(escaped(str(outcome)))
        else:
            read.append((path, outcome))
    searched = [one.verification.searched for _, draft in read for one in draft.quotations[:1]]
    return template("checked.html").render(
        drafts=read,
        unread=unread,
        searched=facts.searched(searched[0]) if searched else "",
        quotations={
            colour.value: [
                (path, one)
                for path, draft in read
                for one in draft.quotations
                if one.colour is colour
            ]
            for colour in Colour
        },
        facts=facts,
        places=places,
        attribution_of=attribution_of,
        overview=overview(draft for _, draft in read),
        place=place_of,
        summary=summary,
    )


def place_of(quotation: PlacedQuotation) -> str:
    """The page or paragraph; otherwise the line, with the column if the line is short enough."""
    if quotation.page is not None or quotation.paragraph is not None:
        return part_of(quotation)
    line = f"line {quotation.line}"
    return f"{line}, column {quotation.column}" if quotation.column <= LONGEST_LINE else line
