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
    others = response.headers.get("Vary")
    response.headers["Vary"] = f"{others}, Accept-Encoding" if others else "Accept-Encoding"
    return response


def _allow_reading(response: Response) -> Response:
    """CORS for GET and HEAD; a preflight learns what it may send."""
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        return response
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = _READING
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = _PREFLIGHT_SECONDS
    else:
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    return response


def _protect(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = _PAGE_POLICY
    return response
