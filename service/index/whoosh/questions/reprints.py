"""Reprints: the sources whose text is nearly that of another one, found by what sketches share."""

from datetime import date
from itertools import islice

from service.domain import SourceReference
from service.index.sketches import nearly_equal, sketch_of
from service.index.whoosh.generations.snapshot import Generation, Place

REPRINTS_MAXIMUM = 50
"""Of one text. Each is read whole, and a wire story in more papers is known to be one by these."""


def reprints_of(snapshot: Generation, place: Place) -> tuple[SourceReference, ...]:
    """The port's ``reprints``."""
    source = place.segment.files.source(place.document).source
    found = [source.reference()]
    bands = sketch_of(source.text)
    for segment in snapshot.segments:
        under = [int(one) for band in bands for one in segment.documents("sketch", band)]
        itself = place.document if segment is place.segment else None
        others = (one for one in nearly_equal(under) if one != itself)
        for document in islice(others, REPRINTS_MAXIMUM - len(found)):
            found.append(segment.files.source(document).source.reference())
    return tuple(sorted(found, key=_age)) if len(found) > 1 else ()


def _age(source: SourceReference) -> tuple[date, str]:
    """The earliest first, those without a year last; the id makes it definite."""
    day = source.published.earliest if source.published else None
    return day or date.max, source.id
