"""Linked data: a quotation in the vocabularies of schema.org and W3C Web Annotation.

Terms: https://schema.org/Quotation, https://www.w3.org/TR/annotation-model/#selectors.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from service.domain import (
    CLAIM_FORMS,
    Context,
    SourceReference,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)
from service.rendering.fragments import is_page
from service.rendering.pieces import pieces_of
from service.rendering.statements import TEXT, TEXT_SHOWN, original_of, statement_links

CONTEXT = {
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "datePublished": {"@type": "Date"},
    "url": {"@type": "@id"},
    "oa:start": {"@type": "xsd:nonNegativeInteger"},
    "oa:end": {"@type": "xsd:nonNegativeInteger"},
}
"""Written out in full, so that a reader need not fetch schema.org to interpret an answer."""

LINKED_SCHEMA = {
    "type": "object",
    "description": "A schema.org Quotation, or a Claim where the words are the reporter's; "
    "`oa:hasTarget` says where in the source it is",
    "required": ["@context", "@id", "@type", "text", "isPartOf", "isBasedOn", "oa:hasTarget"],
    "properties": {
        "@context": {"type": "object", "description": "The JSON-LD context, complete in itself"},
        "@id": {"type": "string", "description": "Its address"},
        "@type": {"enum": ["Quotation", "Claim"], "description": "A schema.org type"},
        "text": {"type": "string", "description": "Its words"},
        "creator": {"type": "array", "description": "The persons and organisations who said it"},
        "spokenByCharacter": {"type": "array", "description": "For a quotation: the same"},
        "isBasedOn": {"type": "array", "description": "The source, and documents that say it"},
        "isPartOf": {"type": "object", "description": "The source"},
        "url": {"type": "string", "description": "The words where they were published"},
        "oa:hasTarget": {
            "type": ["object", "array"],
            "description": "Where it is in the source's text, one for each piece",
        },
    },
}

_TYPES = {
    SpeakerKind.PERSON: "Person",
    SpeakerKind.ORGANISATION: "Organization",
    SpeakerKind.DOCUMENT: "CreativeWork",
}


def linked(statement: Statement, root: str) -> dict[str, Any]:
    """``statement`` as JSON-LD; ``root`` is the address of the service, which its links start with.

    A denied statement has no speaker, since nobody is known to have said it.
    """
    source = f"{root}/sources/{quote(statement.source.id, safe='')}"
    speaker = None if statement.denied else statement.speaker
    speakers = (speaker.members or (speaker,)) if speaker else ()
    creators = [_named(one, root) for one in speakers if _speaks(one)]
    documents = [_named(one, root) for one in speakers if not _speaks(one)]
    is_claim = statement.form in CLAIM_FORMS
    targets = list(_targets(statement, f"{source}/text"))
    described = {
        "@context": CONTEXT,
        "@id": root + statement_links(statement)["self"],
        "@type": "Claim" if is_claim else "Quotation",
        "text": TEXT.convert(statement.text),
        "creator": creators,
        "spokenByCharacter": None if is_claim else creators,
        "isBasedOn": [{"@id": source}, *documents],
        "isPartOf": _work(statement.source, source),
        "url": original_of(statement),
        "oa:hasTarget": targets[0] if len(targets) == 1 else targets,
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
        # schema.org has no dates without a year
        "datePublished": str(published) if published and published.year else None,
        "url": source.url if is_page(source.url) else None,
        "inLanguage": source.language,
    }
    return {key: value for key, value in described.items() if value}


def _targets(statement: Statement, text: str) -> Iterator[dict[str, Any]]:
    """One target per piece, because all selectors of one target must select the same text."""
    pieces = list(pieces_of(statement))
    context = statement.context
    for number, (span, piece) in enumerate(pieces):
        before = context.before if number == 0 else ""
        after = context.after if number == len(pieces) - 1 else ""
        yield {
            "@type": "oa:SpecificResource",
            "oa:hasSource": {"@id": text},
            "oa:hasSelector": list(_selectors(span, piece, Context(before, after))),
        }


def _selectors(span: Span, words: str, around: Context) -> Iterator[dict[str, Any]]:
    """Selectors by position and, unless the piece is very long, by wording."""
    yield {"@type": "oa:TextPositionSelector", "oa:start": span.start, "oa:end": span.end}
    if len(words) <= TEXT_SHOWN:
        known = {"oa:prefix": around.before, "oa:suffix": around.after}
        surroundings = {key: value for key, value in known.items() if value}
        yield {"@type": "oa:TextQuoteSelector", "oa:exact": words, **surroundings}
