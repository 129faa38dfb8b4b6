"""The command ``onrecord``: what the service does, in a terminal.

Each module has the commands of one kind. Here alone errors become a line on stderr and an exit
code: 1, or 2 for wrong usage. What the commands do is done by the other rooms.
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
"""In which module of this package each command is."""


@click.group(
    cls=Commands,
    modules={name: f"{__name__}.{module}" for name, module in MODULES.items()},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="onrecord", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Feed it news articles; it answers who said what and where it stands, word for word.

    \b
    onrecord index seeds/             index a folder of articles
    onrecord watch incoming/          keep the index fresh
    onrecord quotes Putin             what has he said?
    onrecord search "no limits"       who said this?
    onrecord verify "no limits"       was it ever said like that?
    onrecord check draft.md           and every quotation of a draft?
    onrecord serve                    answer over HTTP
    onrecord extract article.txt      print statements as JSON, without indexing

    \b
    Settings:
    ONRECORD_INDEX       the index folder (./index)
    ONRECORD_BIND        where to listen (127.0.0.1:8000)
    ONRECORD_EXTRACTOR   model or rules (model)
    ONRECORD_SPEAKERS    a file of known speakers, such as speakers.toml (none)
    ONRECORD_DEADLINE    seconds that one request may take (30)
    ONRECORD_URL         the service's URL, with its path (none)
    ONRECORD_HOSTS       more host names to answer to (none)
    ONRECORD_ORIGINS     sites whose pages may read and post (none)
    ONRECORD_TRUSTED_PROXIES
                         proxies whose X-Forwarded-* headers count (none)
    ONRECORD_CHECKS      a folder in which checks are kept (none)
    ONRECORD_CHECKS_DAYS
                         how long each is kept (30)
    ONRECORD_CHECKS_MEGABYTES
                         how much room all of them may take (1000)
    ONRECORD_WRITE_TOKENS
                         tokens of those who may write over HTTP (none)
    ONRECORD_READ_TOKENS tokens of those who may read (none: everybody)
    ONRECORD_RATE        how often one client may ask, as 120/minute (none)
    ONRECORD_ALERTS      a file of questions that are kept, such as alerts.toml (none)
    ONRECORD_WEBHOOKS    addresses that onrecord alerts send may send to (none)
    ONRECORD_WEBHOOK_SECRETS
                         what its messages are signed with (none)
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # JSON and quotation marks are UTF-8 wherever they are piped to.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    context.obj = Settings.from_environment()
