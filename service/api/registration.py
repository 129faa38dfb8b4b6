"""Registration: an app is given all calls of the API."""

from flask import Flask

from service.api import (
    documentation,
    extraction,
    headers,
    operation,
    problems,
    sources,
    speakers,
    statements,
    suggestions,
    verification,
)
from service.api.blueprint import Api
from service.api.entrance import NAME, PURPOSE
from service.api.json_provider import OrderedJSON
from service.api.limiting import limiting
from service.api.limits import BODY_MAXIMUM
from service.api.openapi import DESCRIPTION, DescribingPlugin
from service.api.parts import Parts, inject
from service.api.reuse import reusing
from service.api.shortcut import shortcut
from service.api.version import VERSION

OPENAPI_VERSION = "3.1.0"
LICENCE = {"name": "MIT", "identifier": "MIT"}
BLUEPRINTS = (
    statements.blueprint,
    speakers.blueprint,
    sources.blueprint,
    suggestions.blueprint,
    verification.blueprint,
    extraction.blueprint,
    operation.blueprint,
)


def register(app: Flask, parts: Parts, deadline: float) -> Api:
    """``app`` answers every call of the API from ``parts``, within ``deadline`` seconds."""
    inject(app, parts)
    app.json = OrderedJSON(app)
    app.url_map.merge_slashes = False
    # one more, because a body of unknown length is cut there in silence (parsing.py looks)
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAXIMUM + 1
    app.jinja_env.filters["code"] = documentation.code
    problems.register(app)
    headers.register(app)
    in_front = reusing(app.wsgi_app, parts.index, shortcut)
    app.wsgi_app = limiting(in_front, deadline)  # type: ignore[method-assign, assignment]  # as Flask advises
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
    return api
