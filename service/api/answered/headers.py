"""Headers that every answer has: how it is compressed, and what a page of ours may load."""

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

# Pages load nothing from elsewhere, send nothing there, and say so to the browser.
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
"""An answer is of the type that it says, and other sites do not hear what was asked for here."""

BY_ENCODING = "Accept-Encoding"
"""What an answer varies by that is not compressed and another time may be."""


def framed_by(origins: Iterable[str]) -> str:
    """The policy of a page that pages of these sites may show in theirs."""
    framing = " ".join(("frame-ancestors 'self'", *sorted(origins)))
    return PAGE_POLICY[1].replace("frame-ancestors 'none'", framing)


def register(app: Flask) -> None:
    """Answers are compressed, and never taken for another type."""
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
