"""JSON as this service writes it: UTF-8, keys in declared order, a newline at the end."""

from typing import Any

import orjson
from flask import Response
from flask.json.provider import JSONProvider

from service.rendering.prefix import prefixed


class OrderedJSON(JSONProvider):
    """JSON by orjson, with links that include the path prefix."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return orjson.dumps(prefixed(obj), option=orjson.OPT_APPEND_NEWLINE).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """Raises ValueError if ``s`` is not JSON."""
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        content = prefixed(self._prepare_response_obj(args, kwargs))
        written = orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE)
        return Response(written, mimetype="application/json")
