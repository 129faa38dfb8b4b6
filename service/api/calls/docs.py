"""Docs: the documentation pages and the OpenAPI specification."""

from typing import Any

from flask import Response, current_app

from service.api.answered.negotiation import FORMS, PAGE
from service.api.calls.blueprint import TEXT, Blueprint
from service.api.calls.pages.question import page
from service.api.context.parts import address
from service.api.documented import documentation, openapi
from service.errors import NotFound
from service.rendering.prefix import prefix

blueprint = Blueprint("Documentation", "Every call, to read and to try.", indexed=False)

CHAPTER = {
    "in": "path",
    "name": "name",
    "description": "A chapter, or `shapes`",
    "schema": {"type": "string"},
    "example": "statements",
}
SHAPE = {
    "in": "path",
    "name": "name",
    "description": "Name of a shape",
    "schema": {"type": "string"},
    "example": "Statement",
}
SHOWN = {"content_type": PAGE, "description": "A page for people"}


def _with_pages_for_errors(view: Any) -> Any:
    setattr(view, FORMS, (PAGE,))
    return view


@blueprint.route("/openapi.yaml")
@blueprint.response(200, TEXT, content_type=openapi.MEDIA_TYPE, description="OpenAPI 3.1")
def specification() -> Response:
    """This interface as OpenAPI 3.1"""
    return Response(openapi.render(current_app, address()), mimetype=openapi.MEDIA_TYPE)


@blueprint.route("/docs")
@blueprint.response(200, TEXT, **SHOWN)
@_with_pages_for_errors
def docs() -> Response:
    """An overview of all calls, and every kind of error"""
    return _page("docs", "", kinds=documentation.kinds())


@blueprint.route("/docs/<name>", parameters=[CHAPTER])
@blueprint.response(200, TEXT, **SHOWN)
@blueprint.alt_response(404, "NotFound")
@_with_pages_for_errors
def docs_chapter(name: str) -> Response:
    """The calls of a chapter with their parameters and examples"""
    spec = openapi.specification(current_app)
    if name == "shapes":
        return _page("docs_shapes", name, shapes=documentation.shapes(spec))
    for chapter in documentation.chapters(spec):
        if chapter.path == name:
            return _page("docs_chapter", name, chapter=chapter)
    raise NotFound(f"no chapter is called {name!r}; {prefix()}/docs lists them")


@blueprint.route("/docs/shapes/<name>", parameters=[SHAPE])
@blueprint.response(200, TEXT, **SHOWN)
@blueprint.alt_response(404, "NotFound")
@_with_pages_for_errors
def docs_shape(name: str) -> Response:
    """What an object of an answer or a body is made of"""
    every = documentation.shapes(openapi.specification(current_app))
    for shape in every:
        if shape.name == name:
            users = documentation.using(every, name)
            return _page("docs_shape", "shapes", shape=shape, users=users)
    raise NotFound(f"no shape is called {name!r}; {prefix()}/docs/shapes lists them")


def _page(template: str, here: str, **content: Any) -> Response:
    spec = openapi.specification(current_app)
    shared = {
        "info": spec["info"],
        "address": address(),
        "chapters": documentation.chapters(spec),
        "named": frozenset(spec["components"]["schemas"]),
    }
    return page(template, here=here, **shared, **content)
