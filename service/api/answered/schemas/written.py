"""Shapes of what was handed in."""

from service.rendering.fields import Rendered, count, several, string, strings
from service.rendering.shapes import Shape
from service.rendering.sources import SourceSchema
from service.rendering.statements import HitSchema


class WrittenSchema(Shape):
    """What the index has of the sources that were handed in."""

    generation = string("Of the index, with these sources in it", "1-5f0c2a9b")
    added = count("Sources that are new", 1)
    replaced = count("Sources that were there and said something else", 0)
    unchanged = count("Sources that were there as they are", 0)
    sources = several(SourceSchema, "The sources, in the order they were sent")
    statements = Rendered(
        HitSchema,
        "The statements in them: of each source the first 200, as many as an answer of 2 MB has "
        "room for; `links` of the sources lead to all",
    )
    statements_total = count("How many statements they have", 12)


class ReviewsWrittenSchema(Shape):
    """What became of the checks that were handed in."""

    added = count("Checks that are new", 1)
    replaced = count("Checks that were there and said something else", 0)
    unchanged = count("Checks that were there as they are", 0)
    ids = strings("Their ids, in the order they were sent", ["r-5f0c2a9be1d4"])
