"""Pages written by commands: self-contained, with a policy that enforces it in the browser."""

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


@cache
def template(name: str) -> Template:
    """A template of templates/; its ``policy`` filter makes the Content-Security-Policy."""
    environment = Environment(
        loader=PackageLoader("service.cli", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["policy"] = policy
    return environment.get_template(name)


def policy(style: str) -> str:
    """A policy that allows nothing but this style sheet, by its hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    closed = ("default-src", "script-src", "object-src", "base-uri", "form-action")
    return "; ".join([f"{one} 'none'" for one in closed] + [f"style-src 'sha256-{digest}'"])
