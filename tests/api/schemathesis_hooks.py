"""Reads and writes JSON lines, which schemathesis cannot do itself."""

import json

import schemathesis
from schemathesis import DeserializationContext
from schemathesis.core.transport import Response
from schemathesis.transport import SerializationContext

LINES = "application/x-ndjson"


@schemathesis.deserializer(LINES)
def read_lines(_: DeserializationContext, response: Response) -> list[object]:
    return [json.loads(line) for line in response.content.splitlines()]


@schemathesis.serializer(LINES)
def write_lines(_: SerializationContext, value: object) -> bytes:
    several = value if isinstance(value, list) else [value]
    return "\n".join(map(json.dumps, several)).encode()
