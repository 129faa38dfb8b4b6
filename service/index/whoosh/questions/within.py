"""Within: the statements in a range of one source's text."""

from bisect import bisect_left

from service.deadline import in_time
from service.domain import Span, Statement
from service.index.whoosh.generations.snapshot import Generation, Place

EARLIER = 50
"""Statements examined before the first that starts in the range, because they may extend into
it."""


def statements_in(snapshot: Generation, place: Place, within: Span) -> list[Statement]:
    """The port's ``statements_in``; the source is at ``place``, followed by its statements in
    reading order."""
    files = place.segment.files
    documents = place.segment.source_range(place.document)[1:]
    first, last = (
        bisect_left(documents, edge, key=lambda document: files.order(document).start)
        for edge in (within.start, within.end)
    )
    some = documents[max(0, first - EARLIER) : last]
    statements = (snapshot.statement(files, document) for document in in_time(some))
    return [one for one in statements if any(span.overlaps(within) for span in one.spans)]
