"""Reading: claim reviews in JSON-LD, as publishers put them in pages and feeds.

Nodes of type ClaimReview are read wherever they are: alone, in a list, a graph or a data feed, or
one per line. Each incomplete one is named together with what is wrong with it.

Terms: https://schema.org/ClaimReview,
https://developers.google.com/search/docs/appearance/structured-data/factcheck.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from service.bounds import VALUE_MAXIMUM
from service.domain import PartialDate
from service.errors import UnreadableSource
from service.reviews.review import ClaimReview, host_of, review_id

APPEARANCES_MAXIMUM = 20
"""Per claim: a longer list of who repeats it is not a review."""

DEPTH_MAXIMUM = 50
"""Levels of nesting: a feed needs six."""

_TYPE = re.compile(r"(?:https?://schema\.org/|schema:)?ClaimReview")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20<>\"{}|\\^`]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class ReadReviews:
    """``wrong`` names each review that could not be read, and says why."""

    reviews: tuple[ClaimReview, ...]
    wrong: tuple[str, ...] = ()


def read_reviews(content: bytes, where: str) -> ReadReviews:
    """The reviews in a document. Raises UnreadableSource if it has none or is not JSON."""
    found: list[ClaimReview] = []
    wrong: list[str] = []
    number = 0
    for number, node in enumerate(_nodes(_parsed(content, where)), start=1):
        try:
            found.append(_review(node))
        except ValueError as error:
            wrong.append(f"{where}: claim review {number} {error}")
    if not number:
        raise UnreadableSource(
            f'{where}: no claim review; expected JSON-LD with "@type": "ClaimReview"'
        )
    return ReadReviews(tuple(found), tuple(wrong))


def _parsed(content: bytes, where: str) -> list[Any]:
    """The JSON document, or one document per line."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return [orjson.loads(content)]
    except orjson.JSONDecodeError as error:
        lines = [line for line in content.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith(b"{"):
            raise UnreadableSource(f"{where}: not JSON: {error}") from error
    parsed = []
    for number, line in enumerate(lines, start=1):
        try:
            parsed.append(orjson.loads(line))
        except orjson.JSONDecodeError as error:
            raise UnreadableSource(f"{where}:{number}: not JSON: {error}") from error
    return parsed


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > DEPTH_MAXIMUM:
        return
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        if any(_TYPE.fullmatch(str(kind)) for kind in _several(value.get("@type"))):
            yield value
        else:
            for one in value.values():
                yield from _nodes(one, depth + 1)


def _review(node: dict[str, Any]) -> ClaimReview:
    """The review in a node. Raises ValueError that says what is wrong."""
    if "draft" in [str(one).lower() for one in _several(node.get("creativeWorkStatus"))]:
        raise ValueError("is a draft; remove creativeWorkStatus to publish it")
    claim = _needed(node, "claimReviewed", "the words that were checked")
    url = _address(_text(node.get("url") or node.get("@id")), "url")
    if url is None:
        raise ValueError("has no url, the address of the review")
    checker, reviewed = (
        _first(node.get("author") or node.get("publisher")),
        _first(node.get("itemReviewed")),
    )
    item = reviewed if isinstance(reviewed, dict) else {}
    publisher = _name(checker)
    if publisher is None:
        raise ValueError("has no author with a name, the checker")
    return ClaimReview(
        id=review_id(url, claim),
        claim=claim,
        url=url,
        publisher=publisher,
        publisher_url=_address(_text(checker.get("url")), "url of the author")
        if isinstance(checker, dict)
        else None,
        title=_text(node.get("headline") or node.get("name")),
        reviewed=_date(node.get("datePublished"), "datePublished"),
        rating=_rating(_first(node.get("reviewRating"))),
        language=_language(_first(node.get("inLanguage"))),
        claimant=_name(_first(item.get("author"))),
        claimed=_date(item.get("datePublished"), "datePublished of itemReviewed"),
        appearances=tuple(_appearances(item)),
    )


def _needed(node: dict[str, Any], key: str, meaning: str) -> str:
    text = _text(node.get(key))
    if text is None:
        raise ValueError(f"has no {key}, {meaning}")
    return text


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Any:
    return next(iter(_several(value)), None)


def _text(value: Any) -> str | None:
    """A string or a JSON-LD value object, the first of several. Raises ValueError."""
    one = _first(value)
    if isinstance(one, dict):
        one = one.get("@value") or one.get("@id")
    if one is None or isinstance(one, dict | list):
        return None
    text = " ".join(str(one).split())
    if len(text) > VALUE_MAXIMUM:
        raise ValueError(f"has a value of {len(text):,} characters; the limit is {VALUE_MAXIMUM:,}")
    return text or None


def _name(value: Any) -> str | None:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _address(text: str | None, key: str) -> str | None:
    if text is not None and not _is_address(text):
        raise ValueError(f"has {key} {text[:100]!r}; expected the URL of a page (https://...)")
    return text


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text) and host_of(text))


def _date(value: Any, key: str) -> PartialDate | None:
    """The date of a date or date-time. Raises ValueError."""
    text = _text(value)
    if text is None:
        return None
    try:
        return PartialDate.parse(text[:10].rstrip("T"))
    except ValueError as error:
        raise ValueError(
            f"has as {key} {text[:100]!r}; expected a date such as 2022-02-03"
        ) from error


def _language(value: Any) -> str | None:
    text = _text(value.get("alternateName", value) if isinstance(value, dict) else value)
    if text is not None and not _LANGUAGE.fullmatch(text):
        raise ValueError(f"has inLanguage {text[:100]!r}; expected a tag such as en")
    return text


def _rating(value: Any) -> str | None:
    """In words if possible, otherwise the number out of the best possible one."""
    if not isinstance(value, dict):
        return _text(value)
    words = _text(value.get("alternateName")) or _text(value.get("name"))
    number, best = _text(value.get("ratingValue")), _text(value.get("bestRating"))
    if words or number is None:
        return words
    return f"{number} of {best}" if best else number


def _appearances(item: dict[str, Any]) -> Iterator[str]:
    """Addresses of pages with the claim; anything that is not an address is dropped."""
    works: Iterable[Any] = [
        *_several(item.get("firstAppearance")),
        *_several(item.get("appearance")),
        *_several(item.get("sameAs")),
    ]
    seen: dict[str, None] = {}
    for work in works:
        text = _text(work.get("url") or work.get("@id") if isinstance(work, dict) else work)
        if text is not None and _is_address(text):
            seen[text] = None
    yield from list(seen)[:APPEARANCES_MAXIMUM]
