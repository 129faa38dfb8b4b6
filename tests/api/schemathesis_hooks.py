"""What schemathesis cannot read by itself: an answer of one object a line."""

import json

import schemathesis
from schemathesis import DeserializationContext
from schemathesis.core.transport import Response


@schemathesis.deserializer("application/x-ndjson")
def read_lines(_: DeserializationContext, response: Response) -> list[object]:
    return [json.loads(line) for line in response.content.splitlines()]
