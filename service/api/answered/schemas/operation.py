"""Shapes of the service itself: problems, health, the overview."""

from marshmallow import fields

from service.errors import ERRORS_SHOWN
from service.rendering.fields import count, date, described, nested, several, string, strings
from service.rendering.shapes import Shape


class ProblemErrorSchema(Shape):
    """One error in a request."""

    parameter = string("Name of the parameter, or key of the body", "speker")
    detail = string("What is wrong and what would be right")


class ProblemSchema(Shape):
    """An error, as RFC 9457 defines it."""

    type = string("The kind of problem: an address under /docs, or about:blank", "about:blank")
    title = string("The kind in words", "Not Found")
    status = fields.Integer(required=True, metadata=described("The HTTP status", 404))
    detail = string("What is wrong with this request, and what would be right")
    instance = string("The path of the request", "/quotes/s-000000000000")
    errors = fields.List(
        fields.Nested(ProblemErrorSchema),
        metadata=described(f"Each error, the first {ERRORS_SHOWN} of them"),
    )
    errors_total = fields.Integer(
        metadata=described("How many errors there are in all", 1, minimum=1)
    )


class HealthSchema(Shape):
    """The process answers."""

    status = string("`ok`", "ok")


class StatisticsSchema(Shape):
    """What the index holds."""

    generation = string("Changes with every commit that changes anything")
    sources = count("Sources", 5)
    quotes = count("Speech, direct and mixed", 42)
    claims = count("Speech, indirect", 19)
    attitudes = count("Attitudes: what somebody thinks, wants, plans, supports or refuses", 5)
    speakers = count("Speakers", 12)
    earliest = date("The earliest date of a source", "2022-02-03")
    latest = date("The latest date of a source", "2024-05-16")
    languages = strings("BCP 47 codes", ["en"])


class ReadinessSchema(Shape):
    """The index can be queried."""

    status = string("`ready`", "ready")
    index = nested(StatisticsSchema, "What the index holds")


class CallSchema(Shape):
    """One example call."""

    call = string("Method and path", "GET /quotes?speaker=Putin")
    answers = string("What it answers")


class EntranceSchema(Shape):
    """An overview of the service."""

    name = string("The service's name", "On Record")
    version = string("Its version")
    purpose = string("What it is for")
    index = nested(StatisticsSchema, "What the index holds; null without one", allow_none=True)
    calls = several(CallSchema, "Calls to try")
    links = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata=described("Related links"),
    )
