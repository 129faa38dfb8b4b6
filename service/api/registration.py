"""Registration: an app is given all calls of the API."""

from flask import Flask

from service.api import problems, statements
from service.api.blueprint import Api
from service.api.json_provider import OrderedJSON
from service.api.parts import Parts, inject
from service.api.version import VERSION

TITLE = "On Record"
OPENAPI_VERSION = "3.1.0"
BODY_MAXIMUM = 1_000_000
"""Bytes of a request's body: some two hundred pages of text."""

BLUEPRINTS = (statements.blueprint,)


def register(app: Flask, parts: Parts) -> Api:
    """``app`` answers every call of the API from ``parts``."""
    inject(app, parts)
    app.json = OrderedJSON(app)
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAXIMUM
    problems.register(app)
    api = Api(spec_kwargs={"title": TITLE, "version": VERSION, "openapi_version": OPENAPI_VERSION})
    api.init_app(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    return api
