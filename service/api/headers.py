"""Headers that every answer has: who may read it, and what a page of ours may load."""

from functools import partial

from flask import Flask, Response, request
from flask_compress import Compress

_COMPRESSED = [
    "application/json",
    "application/problem+json",
    "application/yaml",
    "text/css",
    "text/html",
    "text/javascript",
    "text/plain",
]

# Pages load nothing from elsewhere, and say so to the browser.
_PAGE_POLICY = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'"

READABLE = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Link"),
)
"""CORS, of an answer to GET or HEAD."""

SAFE = ("X-Content-Type-Options", "nosniff")

VARYING = ("Vary", "Accept-Encoding")
"""Of an answer that is not compressed and another time may be."""

_READING = "GET, HEAD, OPTIONS"
_PREFLIGHT_SECONDS = "86400"


def register(app: Flask) -> None:
    """Answers are compressed, readable from any page, and never taken for another type."""
    app.config["COMPRESS_MIMETYPES"] = _COMPRESSED
    app.config["COMPRESS_ALGORITHM"] = ["zstd", "br", "gzip"]
    app.config["COMPRESS_REGISTER"] = False
    app.after_request(partial(_compress, Compress(app)))
    app.after_request(_allow_reading)
    app.after_request(_protect)


def _compress(compress: Compress, response: Response) -> Response:
    if "HTTP_ACCEPT_ENCODING" in request.environ:
        return compress.after_request(response)
    name, encoding = VARYING
    others = response.headers.get(name)
    response.headers[name] = f"{others}, {encoding}" if others else encoding
    return response


def _allow_reading(response: Response) -> Response:
    """CORS for GET and HEAD; a preflight learns what it may send."""
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        return response
    allowed, exposed = READABLE
    response.headers.set(*allowed)
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = _READING
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = _PREFLIGHT_SECONDS
    else:
        response.headers.set(*exposed)
    return response


def _protect(response: Response) -> Response:
    response.headers.set(*SAFE)
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = _PAGE_POLICY
    return response
