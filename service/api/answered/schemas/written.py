"""Shapes of answers to submissions."""

from service.rendering.fields import Rendered, count, several, string, strings
from service.rendering.shapes import Shape
from service.rendering.sources import SourceSchema
from service.rendering.statements import HitSchema


class WrittenSchema(Shape):
    """What the index now holds of the submitted sources."""

    generation = string("Generation of the index that contains these sources", "1-5f0c2a9b")
    added = count("Sources that were new", 1)
    replaced = count("Sources that replaced an earlier version", 0)
    unchanged = count("Sources that were already there, unchanged", 0)
    sources = several(SourceSchema, "The sources, in the order they were sent")
    statements = Rendered(
        HitSchema,
        "Their statements: the first 200 per source, as far as they fit in an answer of 2 MB; "
        "the `links` of each source lead to all of them",
    )
    statements_total = count("How many statements they have in all", 12)


class ReviewsWrittenSchema(Shape):
    """The result of submitting others' checks."""

    added = count("Checks that were new", 1)
    replaced = count("Checks that replaced an earlier version", 0)
    unchanged = count("Checks that were already there, unchanged", 0)
    ids = strings("Their ids, in the order they were sent", ["r-5f0c2a9be1d4"])
