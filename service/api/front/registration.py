"""Registration: gives an application all calls of the API."""

from flask import Flask

from service.api.answered import headers, problems
from service.api.answered.json_provider import OrderedJSON
from service.api.calls import (
    checks,
    claim_search,
    docs,
    extraction,
    operation,
    reconciliation,
    sources,
    speakers,
    statements,
    suggestions,
    verification,
    writing,
)
from service.api.calls.blueprint import Api
from service.api.calls.entrance import NAME, PURPOSE
from service.api.context.counting import Counting, RequestCounts
from service.api.context.limits import BODY_MAXIMUM
from service.api.context.parts import Parts, inject, inject_counting
from service.api.context.version import VERSION
from service.api.documented.openapi import DESCRIPTION, DescribingPlugin
from service.api.documented.routes import route_finder, routes_of
from service.api.front import guard
from service.api.front.admission import admitting
from service.api.front.answer_cache import reusing
from service.api.front.numbering import numbering
from service.api.front.plain_lists import shortcut
from service.api.front.rate import limiting, read_limits
from service.errors import MisconfiguredService

OPENAPI_VERSION = "3.1.0"
LICENCE = {"name": "MIT", "identifier": "MIT"}
BLUEPRINTS = (
    statements.blueprint,
    speakers.blueprint,
    sources.blueprint,
    suggestions.blueprint,
    verification.blueprint,
    claim_search.blueprint,
    reconciliation.blueprint,
    checks.blueprint,
    extraction.blueprint,
    writing.blueprint,
    operation.blueprint,
    docs.blueprint,
)


def register(app: Flask, parts: Parts, deadline: float) -> Api:
    """Makes ``app`` answer every call of the API from ``parts``, within ``deadline`` seconds
    each."""
    inject(app, parts)
    app.json = OrderedJSON(app)
    app.url_map.merge_slashes = False
    # one more: a body of unknown length is silently cut at the limit (checked in parsing.py)
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAXIMUM + 1
    problems.register(app)
    headers.register(app)
    guard.register(app)
    application = app.wsgi_app
    answering = reusing(application, parts.index, shortcut, deadline)
    if parts.access.reading:
        answering = admitting(answering, application, parts.access.check_reading)
    limits = read_limits(parts.rate)
    if limits:
        answering = limiting(answering, application, limits, parts.access)
    outermost = numbering(guard.guarding(answering, application, parts.reach), parts.reach.trusts)
    app.wsgi_app = outermost  # type: ignore[method-assign, assignment]  # as Flask advises
    api = Api(
        spec_kwargs={
            "title": NAME,
            "version": VERSION,
            "openapi_version": OPENAPI_VERSION,
            "marshmallow_plugin": DescribingPlugin(),
            "info": {"summary": PURPOSE, "description": DESCRIPTION, "license": LICENCE},
        }
    )
    api.init_app(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    _check_prefix(app, parts.reach.prefix)
    inject_counting(app, Counting(RequestCounts(routes_of(app)), route_finder(app)))
    return api


def _check_prefix(app: Flask, prefix: str) -> None:
    """Raises MisconfiguredService if the prefix starts like a path of the service itself."""
    beginning = prefix.split("/")[1:2]
    if beginning and beginning[0] in {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}:
        raise MisconfiguredService(
            f"ONRECORD_URL: /{beginning[0]} is a path of the service itself; choose another path"
        )
