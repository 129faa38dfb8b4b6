"""Shapes of places in a text."""

from service.rendering.fields import count, string
from service.rendering.shapes import Shape


class SpanSchema(Shape):
    """Half-open, in Unicode code points of the source's text."""

    start = count("First code point", 1045)
    end = count("One after the last code point", 1283)


class ExcerptSchema(Shape):
    """Words of the source and where they are in it."""

    text = string("The words", "said")
    start = count("First code point", 1292, attribute="span.start")
    end = count("One after the last code point", 1296, attribute="span.end")
