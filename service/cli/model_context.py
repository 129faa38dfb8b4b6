"""Model context: the command that lets a language model query an index."""

import logging
from importlib.util import find_spec

import click

from service.app import create_app
from service.cli.command import index_option
from service.errors import MisconfiguredService
from service.index.whoosh import open_index
from service.settings import Settings

EXTRA = "mcp"


@click.command()
@index_option
@click.pass_obj
def mcp(settings: Settings, /) -> None:
    """Let a language model query the index over the Model Context Protocol.

    Communicates on standard input and output; opens no port. Its tools only read: search_quotes,
    get_source_text, verify_quote, verify_document, list_speakers. Requires an extra: pip install
    'onrecord[mcp]'.

    \b
    onrecord mcp --index news
    """
    if find_spec(EXTRA) is None:
        raise MisconfiguredService(
            "onrecord mcp needs the package mcp, which is an extra: pip install 'onrecord[mcp]'"
        )
    from service.cli.model_tools import make_server  # noqa: PLC0415  # an extra

    logging.basicConfig(level=logging.WARNING)  # to stderr: stdout carries the protocol
    open_index(settings.index).close()
    make_server(create_app(settings)).run("stdio")
