"""JSON-LD: what a page declares about its article in schema.org's vocabulary.

Pages contain several objects, some about other articles; this module picks the page's own.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping

import orjson

Node = Mapping[str, object]

_ARTICLE = re.compile(r"(?:\w*Article|\w*BlogPosting|LiveBlogPosting|Report|PressRelease)$")
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")

NODES_MAXIMUM = 5_000
"""Objects per page: one with 200 comments and a list of related articles has a tenth of this."""


class Graph:
    """All objects in a page's scripts; outermost objects first."""

    def __init__(self, scripts: Iterable[str]) -> None:
        self._outer = [node for script in scripts for node in _outer_nodes(_parsed(script))]
        self._by_id: dict[str, Node] = {}
        for node in _all_nodes(self._outer):
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1:
                self._by_id.setdefault(name, node)

    def article(self, titles: Iterable[str] = ()) -> Node:
        """The page's own article; empty if there is none.

        It is the one with the page's title, otherwise the first with a headline: related articles
        come later or are nested.
        """
        articles = [node for node in self._outer if is_article(node)]
        named = [node for node in articles if text_at(node, "headline", "name")]
        known = {_folded(title) for title in titles}
        matching = [
            one for one in named if _folded(text_at(one, "headline", "name") or "") in known
        ]
        return next(iter(matching or named or articles), {})

    def nodes_at(self, node: Node, key: str) -> list[Node | str]:
        """The objects and strings under ``key``, with references resolved."""
        value = node.get(key)
        found: list[Node | str] = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found.append(self._by_id.get(str(one.get("@id")), one) if _is_bare(one) else one)
            elif isinstance(one, str) and one.strip():
                found.append(self._by_id.get(one, one))
        return found


def is_article(node: Node) -> bool:
    return any(_ARTICLE.match(kind) for kind in kinds_of(node))


def kinds_of(node: Node) -> list[str]:
    """The last parts of its type names."""
    kinds = node.get("@type")
    values = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rsplit("/", 1)[-1] for kind in values if isinstance(kind, str)]


def text_at(node: Node, *keys: str) -> str | None:
    """The first string under one of the keys, with entities decoded."""
    for key in keys:
        value = node.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str) and value.strip():
            return html.unescape(html.unescape(value)).strip()
    return None


def _folded(title: str) -> str:
    return "".join(re.findall(r"\w+", title.casefold()))


def _is_bare(node: Node) -> bool:
    return "@id" in node and "name" not in node


def _parsed(script: str) -> object:
    """The script's content; None if it is not JSON. Raw line ends in strings are common and
    allowed."""
    words = _COMMENT.sub("", script.strip())
    try:
        return orjson.loads(words)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(words.rstrip("; \n"), strict=False)
    except (ValueError, RecursionError):
        return None


def _outer_nodes(value: object) -> Iterator[Node]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            graph = one.get("@graph")
            if isinstance(graph, list):
                yield from (node for node in graph if isinstance(node, dict))
            else:
                yield one
            inner = one.get("mainEntity")
            if isinstance(inner, dict) and not is_article(one):
                yield inner


def _all_nodes(outer: Iterable[Node]) -> Iterator[Node]:
    waiting: list[object] = list(outer)
    for _ in range(NODES_MAXIMUM):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += [value for value in one.values() if isinstance(value, dict | list)]
        elif isinstance(one, list):
            waiting += [value for value in one[:NODES_MAXIMUM] if isinstance(value, dict | list)]
