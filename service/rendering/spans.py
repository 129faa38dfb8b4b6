"""Shapes of positions in a text."""

from service.rendering.fields import count, string
from service.rendering.shapes import Shape


class SpanSchema(Shape):
    """A half-open range of Unicode code points in the source's text."""

    start = count("First code point", 1045)
    end = count("One after the last code point", 1283)


class ExcerptSchema(Shape):
    """Words of the source with their position."""

    text = string("The words", "said")
    start = count("First code point", 1292, attribute="span.start")
    end = count("One after the last code point", 1296, attribute="span.end")
