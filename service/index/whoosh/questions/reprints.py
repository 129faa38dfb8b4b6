"""Reprints: sources with nearly the same text, found by their sketches."""

from collections.abc import Iterable
from datetime import date
from itertools import islice

from service.domain import SourceReference
from service.index.sketches import nearly_equal
from service.index.whoosh.generations.snapshot import Generation, Place

REPRINTS_MAXIMUM = 50
"""Per text. Each is read completely, and these are enough to recognise a widely printed wire
story."""

COMPARED_MAXIMUM = 20
"""Sources: an uncached sketch takes half a millisecond for an article of 600 words."""


def reprints_of(snapshot: Generation, place: Place) -> tuple[SourceReference, ...]:
    """The port's ``reprints``."""
    source = place.segment.files.source(place.document).source
    found = [source.reference()]
    bands = place.segment.files.sketch(place.document)
    for segment in snapshot.segments:
        under = [int(one) for band in bands for one in segment.documents("sketch", band)]
        itself = place.document if segment is place.segment else None
        others = (one for one in nearly_equal(under) if one != itself)
        for document in islice(others, REPRINTS_MAXIMUM - len(found)):
            found.append(segment.files.source(document).source.reference())
    return tuple(sorted(found, key=_age)) if len(found) > 1 else ()


def reprinted(snapshot: Generation, source_ids: Iterable[str]) -> dict[str, str]:
    """The port's ``reprinted``: compares the given texts with one another, without a look-up."""
    firsts: list[str] = []
    holders: dict[str, list[int]] = {}
    found: dict[str, str] = {}
    for source_id in islice(dict.fromkeys(source_ids), COMPARED_MAXIMUM):
        place = snapshot.find("source", source_id)
        if place is None:
            continue
        bands = place.segment.files.sketch(place.document)
        like = nearly_equal(first for band in bands for first in holders.get(band, ()))
        if like:
            found[source_id] = firsts[like[0]]
            continue
        for band in bands:
            holders.setdefault(band, []).append(len(firsts))
        firsts.append(source_id)
    return found


def _age(source: SourceReference) -> tuple[date, str]:
    """Sort key: earliest first, those without a year last; the id breaks ties."""
    day = source.published.earliest if source.published else None
    return day or date.max, source.id
