"""Templating: renders templates/, escaping every value.

JSON objects are dictionaries whose keys a template reads as attributes: Jinja would try a real
attribute first, which took two thirds of the time of a page (python -m bench.html).
"""

import re
from collections.abc import Callable, Container, Mapping, MutableMapping
from functools import lru_cache, wraps
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from service.reports import facts, places
from service.web import brief, cards, dates, text, wording
from service.web.timeline import timeline


class _Environment(Environment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Globals in one dictionary: Jinja would copy two, key by key, for each page."""
        return {**self.globals, **(d or {})}


def code(text: str) -> Markup:
    """Marks up `code` and **strong** words, and nothing else.

    >>> code("a `<b>`")
    Markup('a <code>&lt;b&gt;</code>')
    """
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    return Markup(re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", marked))


def shapes(kind: str, named: Container[str], base_path: str) -> Markup:
    """A type in words, with links to the shapes in it.

    >>> shapes("list of Span", {"Span"}, "")
    Markup('list of <a href="/docs/shapes/Span">Span</a>')
    """
    linked = Markup('<a href="{0}/docs/shapes/{1}">{1}</a>')
    words = kind.split(" ")
    return Markup(" ").join(linked.format(base_path, one) if one in named else one for one in words)


def field(parameters: Mapping[str, str], name: str) -> str:
    """The value of a form field: the request's, or empty."""
    return parameters.get(name, "")


def render(name: str, base_path: str, content: Mapping[str, Any]) -> str:
    """The page ``name`` of a service mounted under ``base_path``."""
    return _environment.get_template(f"{name}.html").render(content, base_path=base_path)


@lru_cache(64)  # identical on every page; took a twentieth of the time of a list
def top(base_path: str, here: str | None) -> Markup:
    """The navigation at the top of every page; ``here`` marks the current entry."""
    return Markup(render("top", base_path, {"here": here}))


def _marked(part: Callable[..., str]) -> Callable[..., Markup]:
    """Makes a function's result HTML that needs no escaping."""

    @wraps(part)
    def mark(*parameters: Any) -> Markup:
        return Markup(part(*parameters))

    return mark


MACROS = frozenset({"select", "input", "pages", "searched", "comparison", "stretches", "known"})
"""The macros of macros.html, available in every template: importing them took longer than running
them."""


def _made() -> Environment:
    made = _Environment(
        loader=PackageLoader("service.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"code": code, "cut": text.cut, "counted": text.counted, "field": field}
    made.filters |= {"shapes": shapes}
    made.filters |= {"day": dates.in_words, "ends": brief.ends, "segment": text.segment}
    made.tests["web_address"] = text.is_web_address
    parts: tuple[Callable[..., str], ...] = (
        *(cards.cards, cards.words, cards.who, cards.where, cards.badges),
        *(cards.named, cards.speaker_link),
    )
    for part in parts:
        made.globals[part.__name__] = _marked(part)
    made.globals["top"] = top
    made.globals |= {
        "timeline": timeline,
        "wording": wording,
        "facts": facts,
        "in_brief": brief.in_brief,
        "places": places,
    }
    macros = made.get_template("macros.html").module
    made.globals |= {name: macro for name, macro in vars(macros).items() if name in MACROS}
    return made


_environment = _made()
