"""Headers of every answer: compression, and what pages may load."""

from collections.abc import Iterable
from functools import partial

from flask import Flask, Response, request
from flask_compress import Compress

_COMPRESSED = [
    "application/atom+xml",
    "application/json",
    "application/problem+json",
    "application/x-ndjson",
    "application/yaml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
]

# Pages load nothing from elsewhere and send nothing there; the browser enforces it.
PAGE_POLICY = (
    "Content-Security-Policy",
    "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    ),
)

SAFE = (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"))
"""The declared type is binding, and other sites do not learn what was searched for here."""

BY_ENCODING = "Accept-Encoding"
"""Vary value of an answer that is not compressed but could be."""


def framed_by(origins: Iterable[str]) -> str:
    """The content security policy of a page that pages of these origins may embed in a frame."""
    framing = " ".join(("frame-ancestors 'self'", *sorted(origins)))
    return PAGE_POLICY[1].replace("frame-ancestors 'none'", framing)


def register(app: Flask) -> None:
    """Compresses answers and adds the protective headers."""
    app.config["COMPRESS_MIMETYPES"] = _COMPRESSED
    app.config["COMPRESS_ALGORITHM"] = ["zstd", "br", "gzip"]
    app.config["COMPRESS_REGISTER"] = False
    app.after_request(partial(_compress, Compress(app)))
    app.after_request(_protect)


def _compress(compress: Compress, response: Response) -> Response:
    if "HTTP_ACCEPT_ENCODING" in request.environ:
        return compress.after_request(response)
    others = response.headers.get("Vary")
    response.headers["Vary"] = f"{others}, {BY_ENCODING}" if others else BY_ENCODING
    return response


def _protect(response: Response) -> Response:
    response.headers.update(SAFE)
    if response.mimetype == "text/html":
        response.headers.setdefault(*PAGE_POLICY)
    return response
