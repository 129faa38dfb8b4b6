"""The command ``onrecord``: the service's functions in a terminal.

One module per kind of command. Errors become a line on stderr and an exit code only here: 1, or 2
for wrong usage. The work itself is done by the other rooms.
"""

import sys
from io import TextIOWrapper

import click

from service.cli.command import Commands
from service.settings import Settings

MODULES = {
    "index": "indexing",
    "watch": "watching",
    "remove": "withdrawing",
    "export": "exporting",
    "serve": "serving",
    "search": "finding",
    "quotes": "finding",
    "verify": "verifying",
    "check": "verifying",
    "confirm": "confirming",
    "extract": "extracting",
    "speakers": "identifying",
    "alerts": "alerting",
    "claim-reviews": "claim_reviews",
    "mcp": "model_context",
    "stats": "indexing",
    "check-index": "checking",
    "openapi": "serving",
}
"""The module of this package that defines each command."""


@click.group(
    cls=Commands,
    modules={name: f"{__name__}.{module}" for name, module in MODULES.items()},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="onrecord", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Feed it news articles; it answers who said what and where, word for word.

    \b
    onrecord index seeds/             index a folder of articles
    onrecord watch incoming/          keep the index fresh
    onrecord quotes Putin             what has he said?
    onrecord search "no limits"       who said this?
    onrecord verify "no limits"       was this ever said in these words?
    onrecord check draft.md           and every quotation of a draft?
    onrecord serve                    answer over HTTP
    onrecord extract article.txt      print statements as JSON, without indexing

    \b
    Settings:
    ONRECORD_INDEX       the index folder (./index)
    ONRECORD_BIND        where to listen (127.0.0.1:8000)
    ONRECORD_EXTRACTOR   model or rules (model)
    ONRECORD_SPEAKERS    a file of known speakers, such as speakers.toml (none)
    ONRECORD_DEADLINE    seconds allowed per request (30)
    ONRECORD_URL         the service's URL, with its path (none)
    ONRECORD_HOSTS       more host names to answer to (none)
    ONRECORD_ORIGINS     sites whose pages may read and post (none)
    ONRECORD_TRUSTED_PROXIES
                         proxies whose X-Forwarded-* headers count (none)
    ONRECORD_CHECKS      a folder for stored checks (none)
    ONRECORD_CHECKS_DAYS
                         days to store each (30)
    ONRECORD_CHECKS_MEGABYTES
                         megabytes for all of them (1000)
    ONRECORD_WRITE_TOKENS
                         tokens for writing over HTTP (none)
    ONRECORD_READ_TOKENS tokens for reading (none: open to everybody)
    ONRECORD_RATE        rate limit per client, such as 120/minute (none)
    ONRECORD_ALERTS      a file of alerts, such as alerts.toml (none)
    ONRECORD_WEBHOOKS    addresses that onrecord alerts send may use (none)
    ONRECORD_WEBHOOK_SECRETS
                         keys that sign its messages (none)
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # JSON and quotation marks stay UTF-8 whatever the locale and wherever they are piped.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    context.obj = Settings.from_environment()
