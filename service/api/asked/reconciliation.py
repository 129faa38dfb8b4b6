"""Reconciliation queries: what clients of the Reconciliation API 0.2 ask.

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
"""Of one batch: OpenRefine sends ten."""

CANDIDATES_MAXIMUM = 50
"""Of one query: more than anybody looks through for a cell of a table."""

ADDRESS_BATCH_MAXIMUM = 2_000
"""Characters of a batch in an address, which is longer there and has some 8,000."""

BATCH_MAXIMUM = 100_000
"""Characters of a batch in a form, with all that a client may say of each name."""

WIKIDATA = "wikidata"
"""The one property that a speaker has here beside names."""


class Strict(StrEnum):
    ANY = "any"
    ALL = "all"
    SHOULD = "should"


class _Property(msgspec.Struct, forbid_unknown_fields=True):
    pid: str
    v: Any


class _Query(msgspec.Struct, forbid_unknown_fields=True):
    """As the specification has it; no client says more."""

    query: str | None = None
    type: str | list[str] | None = None
    limit: int | None = None
    properties: list[_Property] = []
    type_strict: Strict = Strict.SHOULD


_batches = msgspec.json.Decoder(dict[str, _Query])


class ReconciliationParameters(Schema):
    """A batch of queries; without one the service describes itself."""

    queries = Words(
        "A JSON object: by a name of your own for each, `query` (a name), and if wanted `type`"
        " (`person`, `organisation`, `document`, `group`), `type_strict`, `limit` and `properties`"
        f" (`wikidata`); up to {QUERIES_MAXIMUM}",
        '{"q0": {"query": "Putin", "type": "person", "limit": 3}}',
        ADDRESS_BATCH_MAXIMUM,
    )

    @post_load
    def read(self, parameters: dict[str, str], **_: Any) -> dict[str, Wanted] | None:
        return _read(parameters["queries"]) if "queries" in parameters else None


class ReconciliationBody(ReconciliationParameters):
    """The same as a form."""

    queries = Words("As with GET", '{"q0": {"query": "Putin"}}', BATCH_MAXIMUM, required=True)


class EntityParameters(Schema):
    """What suggesting speakers takes."""

    prefix = Words("How the name begins, or a word of it", "Put", required=True)
    type = Choice(SpeakerKind, "Only speakers of this kind")
    type_strict = Choice(Strict, "With `should`, those of that kind first, then all others")
    cursor = Number("How many to pass over", 0, 10_000, minimum=0)


class PreviewParameters(Schema):
    """What a preview takes."""

    id = Words("Id of the speaker", "vladimir-putin", required=True)


def _read(queries: str) -> dict[str, Wanted]:
    """Raises ValidationError."""
    try:
        batch = _batches.decode(queries)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        raise ValidationError(f"not a batch of queries: {error}", "queries") from error
    if len(batch) > QUERIES_MAXIMUM:
        raise ValidationError(
            f"has {len(batch)} queries; at most {QUERIES_MAXIMUM} are taken", "queries"
        )
    return {name: _wanted(name, query) for name, query in batch.items()}


def _wanted(name: str, query: _Query) -> Wanted:
    if query.query is None and not query.properties:
        _refuse(name, "neither query nor properties")
    asked = query.query or ""
    if len(asked) > NAME_MAXIMUM:
        _refuse(name, f"a query of {len(asked)} characters; at most {NAME_MAXIMUM} are taken")
    limit = CANDIDATES_DEFAULT if query.limit is None else query.limit
    if limit < 1:
        _refuse(name, f"a limit of {limit}; from 1 on")
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
            _refuse(name, f"property {shown(one.pid)}; there is {WIKIDATA}")
        first = next(iter(one.v), None) if isinstance(one.v, list) else one.v
        value = first.get("id") if isinstance(first, dict) else first
        if not isinstance(value, str):
            _refuse(name, f"{WIKIDATA} {shown(value)}; expected an id such as Q7747")
        found = str(value)
    return found


def _refuse(name: str, what: str) -> None:
    raise ValidationError(f"{shown(name)} has {what}", "queries")
