"""Routes: maps a path to its call, by the call's name in the OpenAPI document.

A path may be any text, but its route is one of a fixed set, which can be counted and logged.
"""

import re
from collections.abc import Callable

from flask import Flask

_PARAMETER = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")


def routes_of(app: Flask) -> tuple[str, ...]:
    """The routes of all rules, named as ``route_finder`` does."""
    return tuple(sorted({_named(rule.rule) for rule in app.url_map.iter_rules()}))


def route_finder(app: Flask) -> Callable[[str], str | None]:
    """A function from a path to its route; None for an unknown path."""
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    fixed = {rule: rule for rule in rules if not _PARAMETER.search(rule)}
    patterns = [(_pattern(rule), _named(rule)) for rule in sorted(rules - set(fixed))]

    def find(path: str) -> str | None:
        known = fixed.get(path)
        if known is not None:
            return known
        return next((route for pattern, route in patterns if pattern.fullmatch(path)), None)

    return find


def _named(rule: str) -> str:
    """
    >>> _named("/speakers/<string:speaker_id>/quotes")
    '/speakers/{speaker_id}/quotes'
    >>> _named("/quotes.<any(csv,jsonl):suffix>")
    '/quotes.{suffix}'
    """
    return _PARAMETER.sub(r"{\2}", rule)


def _pattern(rule: str) -> re.Pattern[str]:
    """
    >>> bool(_pattern("/static/<path:filename>").fullmatch("/static/a/b.css"))
    True
    """
    parts = re.split(_PARAMETER, rule)
    written = [re.escape(parts[0])]
    for converter, _, literal in zip(*(iter(parts[1:]),) * 3, strict=True):
        written += [".+" if converter == "path" else "[^/]+", re.escape(literal)]
    return re.compile("".join(written))
