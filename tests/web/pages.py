"""Pages as tests read them: their links and their text."""

import re
from html import unescape
from html.parser import HTMLParser

from flask.testing import FlaskClient

LEADING = re.compile(r' (?:href|src|action)="([^"]*)"')
LINKS = re.compile(r' (?:href|src)="([^"]*)"')


def leading(page: str) -> list[str]:
    """Every address that a page links to or loads."""
    return [unescape(address) for address in LEADING.findall(page)]


def links(page: str) -> list[str]:
    """The same without forms, whose requests need more than an address."""
    return [unescape(address) for address in LINKS.findall(page)]


def said(page: str, name: str, between: str = "") -> str:
    """The text of the first element with this class, unchanged."""
    reader = _Reader(name)
    reader.feed(page)
    return between.join(reader.shown)


class _Reader(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.depth, self.done = name, 0, False
        self.shown: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth:
            self.depth += 1
        elif not self.done and self.name in (dict(attrs).get("class") or "").split():
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        if self.depth:
            self.depth -= 1
            self.done = not self.depth

    def handle_data(self, text: str) -> None:
        if self.depth:
            self.shown.append(text)


def json_of(client: FlaskClient, path: str):
    return client.get(path, headers={"Accept": "application/json"}).get_json()


def addresses(client: FlaskClient) -> list[str]:
    """One page of every kind, of an index that holds quotations and claims."""
    quote, claim = (json_of(client, path)["items"][0] for path in ("/quotes", "/claims"))
    speaker = next(iter(json_of(client, "/speakers")["items"]))["links"]
    source = quote["links"]["source"]
    return [
        *("/", "/search", "/search?q=the", "/quotes", "/claims", "/speakers", "/sources"),
        *(quote["links"]["self"], claim["links"]["self"], quote["links"]["cluster"]),
        *(source, f"{source}/quotes", speaker["self"], speaker["quotes"], speaker["claims"]),
        *("/verify", "/verify?quote=we+said+so+then&speaker=Putin", "/nowhere", "/quotes?speker=a"),
        *("/docs", "/docs/statements", "/docs/shapes", "/docs/shapes/Statement", "/docs/nowhere"),
    ]
