"""Reconciliation queries: the parameters of the Reconciliation API 0.2.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from enum import StrEnum
from typing import Any

import msgspec
from marshmallow import Schema, ValidationError, post_load

from service.api.answered.reconciliation import CANDIDATES_DEFAULT, Wanted
from service.api.asked.values import Choice, Number, Words, shown
from service.api.context.limits import NAME_MAXIMUM
from service.domain import SpeakerKind

QUERIES_MAXIMUM = 50
"""Per batch; OpenRefine sends ten."""

CANDIDATES_MAXIMUM = 50
"""Per query: more than anyone reads for one cell of a table."""

ADDRESS_BATCH_MAXIMUM = 2_000
"""Characters of a batch in an address, which grows by percent-encoding and is limited to 8,000."""

BATCH_MAXIMUM = 100_000
"""Characters of a batch in a form, with everything a client may add to each name."""

WIKIDATA = "wikidata"
"""The only property of speakers besides their names."""


class Strict(StrEnum):
    ANY = "any"
    ALL = "all"
    SHOULD = "should"


class _Property(msgspec.Struct, forbid_unknown_fields=True):
    pid: str
    v: Any


class _Query(msgspec.Struct, forbid_unknown_fields=True):
    """A query as the specification defines it; clients send no other keys."""

    query: str | None = None
    type: str | list[str] | None = None
    limit: int | None = None
    properties: list[_Property] = []
    type_strict: Strict = Strict.SHOULD


_batches = msgspec.json.Decoder(dict[str, _Query])


class ReconciliationParameters(Schema):
    """A batch of queries; without one the service describes itself."""

    queries = Words(
        "A JSON object: under a key of your choice for each query: `query` (a name), and "
        "optionally `type`"
        " (`person`, `organisation`, `document`, `group`), `type_strict`, `limit` and `properties`"
        f" (`wikidata`); up to {QUERIES_MAXIMUM}",
        '{"q0": {"query": "Putin", "type": "person", "limit": 3}}',
        ADDRESS_BATCH_MAXIMUM,
    )

    @post_load
    def read(self, parameters: dict[str, str], **_: Any) -> dict[str, Wanted] | None:
        return _read(parameters["queries"]) if "queries" in parameters else None


class ReconciliationBody(ReconciliationParameters):
    """The same parameters as a form."""

    queries = Words("As with GET", '{"q0": {"query": "Putin"}}', BATCH_MAXIMUM, required=True)


def _sent_by_openrefine() -> Words:
    """Parameters older than the specification, sent with every request for suggestions."""
    return Words("Sent by OpenRefine; it changes nothing here", "true")


class EntityParameters(Schema):
    """Parameters for suggesting speakers."""

    prefix = Words("The beginning of the name, or of a word in it", "Put", required=True)
    type = Choice(SpeakerKind, "Only speakers of this kind")
    type_strict = Choice(Strict, "With `should`, those of that kind first, then all others")
    cursor = Number("How many to skip", 0, 10_000, minimum=0)
    spell, exact, prefixed = (_sent_by_openrefine() for _ in range(3))


class PreviewParameters(Schema):
    """Parameters of a preview."""

    id = Words("Id of the speaker", "vladimir-putin", required=True)


def _read(queries: str) -> dict[str, Wanted]:
    """Raises ValidationError."""
    try:
        batch = _batches.decode(queries)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        raise ValidationError(f"not a batch of queries: {error}", "queries") from error
    if len(batch) > QUERIES_MAXIMUM:
        raise ValidationError(
            f"has {len(batch)} queries; the limit is {QUERIES_MAXIMUM}", "queries"
        )
    return {name: _wanted(name, query) for name, query in batch.items()}


def _wanted(name: str, query: _Query) -> Wanted:
    if query.query is None and not query.properties:
        _refuse(name, "neither query nor properties")
    asked = query.query or ""
    if len(asked) > NAME_MAXIMUM:
        _refuse(name, f"a query of {len(asked)} characters; the limit is {NAME_MAXIMUM}")
    limit = CANDIDATES_DEFAULT if query.limit is None else query.limit
    if limit < 1:
        _refuse(name, f"a limit of {limit}; expected 1 or more")
    return Wanted(
        asked,
        kinds=frozenset(_kind(name, one) for one in _types(query)),
        must_be=query.type_strict is not Strict.SHOULD,
        limit=min(limit, CANDIDATES_MAXIMUM),
        wikidata=_wikidata(name, query),
    )


def _types(query: _Query) -> list[str]:
    if query.type is None:
        return []
    return [query.type] if isinstance(query.type, str) else query.type


def _kind(name: str, value: str) -> SpeakerKind:
    if value not in set(SpeakerKind):
        _refuse(name, f"type {shown(value)}; expected one of {', '.join(SpeakerKind)}")
    return SpeakerKind(value)


def _wikidata(name: str, query: _Query) -> str | None:
    found: str | None = None
    for one in query.properties:
        if one.pid != WIKIDATA:
            _refuse(name, f"property {shown(one.pid)}; expected {WIKIDATA}")
        first = next(iter(one.v), None) if isinstance(one.v, list) else one.v
        value = first.get("id") if isinstance(first, dict) else first
        if not isinstance(value, str):
            _refuse(name, f"{WIKIDATA} {shown(value)}; expected an id such as Q7747")
        found = str(value)
    return found


def _refuse(name: str, what: str) -> None:
    raise ValidationError(f"{shown(name)} has {what}", "queries")
