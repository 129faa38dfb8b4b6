"""Pieces: the words of a statement with their positions in the source."""

from collections.abc import Iterator

from service.domain import ELLIPSIS, Span, Statement


def pieces_of(statement: Statement) -> Iterator[tuple[Span, str]]:
    """Each span of the statement with its words."""
    start = 0
    for span in statement.spans:
        yield span, statement.text[start : start + len(span)]
        start += len(span) + len(ELLIPSIS)


def quoted_words(statement: Statement) -> str:
    """The words between quotation marks, the speaker's own, joined like the pieces of a
    statement."""
    if statement.quoted == statement.spans:  # always so for direct statements
        return statement.text
    pieces = list(pieces_of(statement))
    found = (
        words[max(quoted.start - span.start, 0) : quoted.end - span.start]
        for quoted in statement.quoted
        for span, words in pieces
        if quoted.overlaps(span)
    )
    return ELLIPSIS.join(found)
