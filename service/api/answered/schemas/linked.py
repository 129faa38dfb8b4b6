"""Linked data: a quotation as schema.org and the W3C's annotations name things.

Terms: https://schema.org/Quotation, https://www.w3.org/TR/annotation-model/#selectors.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from service.domain import SourceReference, Speaker, SpeakerKind, Statement
from service.rendering.pieces import pieces_of
from service.rendering.statements import TEXT, TEXT_SHOWN

CONTEXT = ["https://schema.org/", {"oa": "http://www.w3.org/ns/oa#"}]

LINKED_SCHEMA = {
    "type": "object",
    "description": "A schema.org Quotation; `oa:hasTarget` is where it stands",
    "required": ["@context", "@id", "@type", "text", "isPartOf", "oa:hasTarget"],
    "properties": {
        "@context": {"type": "array", "description": "schema.org, and oa for annotations"},
        "@id": {
            "type": "string",
            "description": "Address of the quotation",
        },
        "@type": {"const": "Quotation", "description": "A schema.org type"},
        "text": {"type": "string", "description": "The words that stand there"},
        "spokenByCharacter": {"type": "array", "description": "Persons and organisations"},
        "isBasedOn": {"type": "array", "description": "Documents that say it"},
        "isPartOf": {"type": "object", "description": "The source"},
        "oa:hasTarget": {"type": "object", "description": "Where it stands in the source's text"},
    },
}

_TYPES = {
    SpeakerKind.PERSON: "Person",
    SpeakerKind.ORGANISATION: "Organization",
    SpeakerKind.DOCUMENT: "CreativeWork",
}


def linked(statement: Statement, root: str) -> dict[str, Any]:
    """``statement`` as JSON-LD; ``root``, the address of the service, is in front of its paths.

    What is denied has no speaker: nobody is known to have said it.
    """
    source = f"{root}/sources/{quote(statement.source.id, safe='')}"
    speaker = None if statement.denied else statement.speaker
    speakers = speaker and (speaker.members or (speaker,))
    described = {
        "@context": CONTEXT,
        "@id": f"{root}/quotes/{statement.id}",
        "@type": "Quotation",
        "text": TEXT.convert(statement.text),
        "spokenByCharacter": [_named(one, root) for one in speakers or () if _speaks(one)],
        "isBasedOn": [_named(one, root) for one in speakers or () if not _speaks(one)],
        "isPartOf": _work(statement.source, source),
        "oa:hasTarget": {
            "@type": "oa:SpecificResource",
            "oa:hasSource": {"@id": f"{source}/text"},
            "oa:hasSelector": list(_selectors(statement)),
        },
    }
    return {key: value for key, value in described.items() if value}


def _speaks(speaker: Speaker) -> bool:
    return speaker.kind is not SpeakerKind.DOCUMENT


def _named(speaker: Speaker, root: str) -> dict[str, str]:
    address = f"{root}/speakers/{quote(speaker.id, safe='')}"
    kind = _TYPES.get(speaker.kind, "Organization")
    return {"@id": address, "@type": kind, "name": speaker.name}


def _work(source: SourceReference, address: str) -> dict[str, Any]:
    published = source.published
    described = {
        "@id": address,
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": source.publisher and {"@type": "Organization", "name": source.publisher},
        # a date without a year is no date to schema.org
        "datePublished": str(published) if published and published.year else None,
        "url": source.url,
        "inLanguage": source.language,
    }
    return {key: value for key, value in described.items() if value}


def _selectors(statement: Statement) -> Iterator[dict[str, Any]]:
    """By position and, unless it is very long, by wording, for each piece; the context is that of
    the whole."""
    pieces = list(pieces_of(statement))
    for number, (span, piece) in enumerate(pieces):
        yield {"@type": "oa:TextPositionSelector", "oa:start": span.start, "oa:end": span.end}
        around = {
            "oa:prefix": statement.context.before if number == 0 else "",
            "oa:suffix": statement.context.after if number == len(pieces) - 1 else "",
        }
        known = {key: words for key, words in around.items() if words}
        if len(piece) <= TEXT_SHOWN:
            yield {"@type": "oa:TextQuoteSelector", "oa:exact": piece, **known}
