"""Inventory: everything a generation holds, as added, and where it was read from."""

from collections.abc import Iterator
from heapq import merge
from operator import itemgetter

from service.domain import AnnotatedSource
from service.index.whoosh.format.segment_writer import Order, source_order
from service.index.whoosh.generations.snapshot import Generation
from service.index.whoosh.segments.segment import Segment


def everything(snapshot: Generation) -> Iterator[AnnotatedSource]:
    """The port's ``everything``: in the same order whatever the segments."""
    ordered = merge(*map(_in_order, snapshot.segments), key=itemgetter(0))
    return (annotated for _, annotated in ordered)


def _in_order(segment: Segment) -> Iterator[tuple[Order, AnnotatedSource]]:
    files = segment.files
    for document in segment.sources.tolist():
        record = files.source(document)
        following = range(document + 1, document + 1 + record.statements)
        statements = tuple(map(files.statement, following))
        yield (
            source_order(record.source.reference()),
            AnnotatedSource(record.source, statements, record.fingerprint),
        )


def origins(snapshot: Generation) -> dict[str, list[str]]:
    """The port's ``origins``."""
    found: dict[str, list[str]] = {}
    for segment in snapshot.segments:
        for term, postings in segment.files.all_postings("origin"):
            if alive := segment.living(postings.documents).tolist():
                ids = [segment.files.order(document).source for document in alive]
                found.setdefault(term.decode(), []).extend(ids)
    return found
