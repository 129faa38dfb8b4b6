"""JSON articles: turns an object into a source, whether its fields are ours or another shape's.

Errors start with the object's location. Answers that contain several articles (NewsAPI, the
Guardian, GDELT, feeds) are split here, too.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from service.bounds import AUTHORS_MAXIMUM, VALUE_MAXIMUM
from service.domain import PartialDate, Source
from service.errors import UnreadableSource
from service.reading.declaration import LANGUAGE, Declaration, declaration_of
from service.reading.documents.adapters import module_of
from service.reading.documents.credits import authors_of
from service.reading.documents.days import day_of
from service.reading.documents.document import PARAGRAPH, one_space
from service.reading.json_shapes import Entries, Shape, first_of, shape_of, values_at
from service.reading.source import NOTHING_DECLARED, source_from_text

TEXT_KEYS = ("text", "body")

_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+(?P<missing>\d{1,9}) chars\]\s*$")
"""The suffix of text that NewsAPI has shortened."""

_MARKS = ' “”"'

_LISTS = ("articles", "response.results", "response.content", "items", "results", "posts", "data")
"""Keys of an answer that hold its articles: NewsAPI and GDELT, the Guardian, feeds, others."""


def source_of(
    entries: Entries, origin: str, where: str, sidecar: Declaration = NOTHING_DECLARED
) -> Source:
    """The article; a sidecar's values take precedence.

    Raises UnreadableSource, which says what the object lacks.
    """
    shape = shape_of(entries)
    if shape is None:
        text = _text_entry(entries, where)
        rest = {key: value for key, value in entries.items() if key not in TEXT_KEYS}
        declared = declaration_of(rest, where)
    else:
        text, cut = _text_of(entries, shape, where)
        declared = _declaration(entries, shape, cut, where)
    return source_from_text(text, origin=origin, declared=sidecar.over(declared), where=where)


def articles_in(value: object) -> list[object] | None:
    """The articles of a list or of an answer that contains one; None for a single article."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and shape_of(value) is None:
        for path in _LISTS:
            keys = path.split(".")
            holder: Any = value if len(keys) == 1 else value.get(keys[0])
            held = holder.get(keys[-1]) if isinstance(holder, dict) else None
            if isinstance(held, list):
                return held
            if isinstance(held, dict) and shape_of(held):
                return [held]
    return None


def _text_entry(entries: Entries, where: str) -> str:
    if "claimReviewed" in entries:
        raise UnreadableSource(
            f"{where}: a ClaimReview is a check of a claim, not an article; to store it beside "
            f"the index: onrecord claim-reviews add"
        )
    set_keys = [key for key in TEXT_KEYS if entries.get(key) is not None]
    if len(set_keys) != 1:
        problem = "both text and body are set" if set_keys else "no text"
        raise UnreadableSource(f'{where}: {problem}; expected either "text" or "body"')
    text = entries[set_keys[0]]
    if not isinstance(text, str):
        raise UnreadableSource(f"{where}: {set_keys[0]} is not a string")
    return text


def _text_of(entries: Entries, shape: Shape, where: str) -> tuple[str, int]:
    """The text, and how many of its characters are missing."""
    path, found = first_of(entries, shape.text, lambda value: isinstance(value, str | Mapping))
    if path == "quotes":
        return _quotations(found), 0
    if path == "body" and isinstance(found[0], Mapping):
        return _sections(found[0]), 0
    text = PARAGRAPH.join(value for value in found if isinstance(value, str))
    if path in shape.html:
        text = module_of("fragments", where).text_of_fragment(text, where)
    if not text.strip():
        fields = " or ".join(shape.text)
        raise UnreadableSource(
            f"{where}: an article of {shape.name} without its text"
            + (f" ({fields} is empty)" if fields else ", which lists addresses only")
            + "; expected one with its text"
        )
    cut = _CUT.search(text) if shape.name == "NewsAPI" else None
    return (text[: cut.start()], int(cut["missing"])) if cut else (text, 0)


def _quotations(found: list[Any]) -> str:
    """Each with the words around it, as a paragraph; they are separate in the article."""
    paragraphs = []
    for one in found:
        before, quoted, after = (str(one.get(key) or "") for key in ("pre", "quote", "post"))
        paragraphs.append(one_space(f"{before} “{quoted.strip(_MARKS)}” {after}"))
    return PARAGRAPH.join(paragraphs)


def _sections(body: Entries) -> str:
    """The paragraphs of a fundus body, with the headings between them."""
    paths = ("headline", "paragraphs")
    paragraphs = values_at(body, "summary")
    for section in values_at(body, "sections"):
        paragraphs += [value for path in paths for value in values_at(section, path)]
    return PARAGRAPH.join(one.strip() for one in paragraphs if isinstance(one, str) and one.strip())


def _declaration(entries: Entries, shape: Shape, cut: int, where: str) -> Declaration:
    title_field, titles = first_of(entries, shape.title, _is_value)
    publisher_field, publishers = first_of(entries, shape.publisher, _is_value)
    url_field, urls = first_of(entries, shape.url, _is_address)
    day_field, days = first_of(entries, shape.published, _is_day)
    language_field, languages = first_of(entries, shape.language, _is_language)
    credit_field, credits = first_of(entries, shape.authors, lambda value: isinstance(value, str))
    publisher = publishers[0].strip() if publishers else None
    used = {"title": title_field, "publisher": publisher_field, "url": url_field}
    used |= {"published": day_field, "language": language_field, "authors": credit_field}
    metadata: dict[str, object] = {"recognised_as": shape.name}
    if cut:
        metadata |= {"is_excerpt": True, "missing_characters": cut}
    if shape.text == ("quotes",):
        metadata["is_excerpt"] = True
    metadata["record"] = _rest(entries, {*used.values(), *shape.text}, shape)
    return replace(
        declaration_of(metadata, where),
        title=_title(titles[0], publisher) if titles else None,
        publisher=publisher,
        url=urls[0].strip() if urls else None,
        published=_day(days[0]) if days else None,
        authors=authors_of((credit.replace(";", ",") for credit in credits), publisher)[
            :AUTHORS_MAXIMUM
        ],
        language=languages[0].replace("_", "-").lower() if languages else None,
        field_names=used,
    )


def _title(written: str, publisher: str | None) -> str:
    """The title without the publisher that NewsAPI and others append."""
    title = one_space(html.unescape(written))
    return title.removesuffix(f" - {publisher}") if publisher else title


def _rest(entries: Entries, used: set[str], shape: Shape) -> dict[str, object]:
    """The keys that were not used; of an object that was used in part, its other keys."""
    gone = used | set(shape.repeats)
    rest = {key: value for key, value in entries.items() if key not in gone}
    for path in used:
        key, _, inner = path.partition(".")
        holder = rest.get(key)
        if inner and isinstance(holder, dict):
            rest[key] = {name: value for name, value in holder.items() if name != inner}
    return {key: value for key, value in rest.items() if value not in (None, "", [], {})}


def _is_value(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= VALUE_MAXIMUM


def _is_address(value: object) -> bool:
    if not isinstance(value, str) or not _is_value(value) or " " in value.strip():
        return False
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _is_day(value: object) -> bool:
    return _day(value) is not None


def _day(value: object) -> PartialDate | None:
    return day_of(str(value)) if isinstance(value, str | int) else None


def _is_language(value: object) -> bool:
    return isinstance(value, str) and LANGUAGE.fullmatch(value.replace("_", "-")) is not None
