"""Serving: the commands that start the service and print its OpenAPI document."""

import logging
import socket
from argparse import ArgumentError
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from gunicorn.app.base import Application
from gunicorn.config import Config
from gunicorn.errors import ConfigError

from service import gunicorn_settings
from service.api.documented.openapi import render
from service.app import create_app
from service.cli.command import Failure, PathOption, index_option
from service.domain import Extractor
from service.errors import MisconfiguredService
from service.index.whoosh import open_index
from service.settings import Settings


@click.command()
@click.option("--bind", metavar="HOST:PORT", help="Where to listen.  [default: ONRECORD_BIND]")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help=f"Number of worker processes.  [default: {gunicorn_settings.workers}]",
)
@index_option
@click.pass_obj
def serve(settings: Settings, bind: str | None, workers: int | None) -> None:
    """Serve the API over HTTP, with gunicorn, until stopped.

    GUNICORN_CMD_ARGS may set further options of gunicorn: --access-logfile - writes one JSON line
    per request. With ONRECORD_WRITE_TOKENS, a missing index is created empty.

    \b
    onrecord serve
    onrecord serve --bind 0.0.0.0:8080 --workers 4
    GUNICORN_CMD_ARGS='--access-logfile -' onrecord serve
    """
    open_index(settings.index, create=bool(settings.access.writing)).close()
    options = {"bind": bind, "workers": workers}
    here = {name: value for name, value in options.items() if value is not None}
    server = _Server(settings, _asked_of_gunicorn() | here)
    for address in server.places:
        _require_free(address)
    server.run()


def _asked_of_gunicorn() -> dict[str, Any]:
    """The settings in GUNICORN_CMD_ARGS. Raises MisconfiguredService."""
    unset = Config()
    parser = unset.parser()
    parser.exit_on_error = False
    try:
        known, others = parser.parse_known_args(unset.get_cmd_args_from_env())
        options = {name: value for name, value in vars(known).items() if value is not None}
        for one in (*others, *options.pop("args", ())):
            raise MisconfiguredService(f"{_ARGUMENTS}: {one} is not a gunicorn setting")
        for name, value in options.items():
            unset.set(name, value)
    except (ArgumentError, ConfigError, TypeError, ValueError) as error:
        raise MisconfiguredService(f"{_ARGUMENTS}: {error}") from error
    return options


_ARGUMENTS = "GUNICORN_CMD_ARGS"


class _Server(Application):
    """gunicorn with the service's settings, overridden by those in ``asked``."""

    def __init__(self, settings: Settings, asked: Mapping[str, Any]) -> None:
        self._settings = settings
        self._asked = asked
        super().__init__()

    @property
    def places(self) -> list[str]:
        """HOST:PORT of each address to listen on, except Unix sockets and inherited sockets."""
        bind: list[str] = self.cfg.settings["bind"].get()
        return [address for address in bind if not address.startswith(_OTHER_SOCKETS)]

    def load_config(self) -> None:
        for name, value in vars(gunicorn_settings).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("bind", self._settings.bind)
        if "config" in self._asked:
            self.load_config_from_file(self._asked["config"])
        for name, value in self._asked.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # gunicorn's type for it is not a protocol
        """The application, which accepts the host names it is bound to."""
        names = (place.rpartition(":")[0] for place in self.places)
        return create_app(replace(self._settings, hosts=(*self._settings.hosts, *names)))


_OTHER_SOCKETS = ("unix:", "fd://")


def _require_free(bind: str) -> None:
    """Raises Failure if the port is taken; gunicorn would retry for five seconds first."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise MisconfiguredService(
            f"{bind!r} is not an address to listen on; expected HOST:PORT, such as 127.0.0.1:8000"
        )
    try:
        family, kind, *_, address = socket.getaddrinfo(
            host.strip("[]"), int(port), type=socket.SOCK_STREAM
        )[0]
        with closing(socket.socket(family, kind)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise MisconfiguredService(
            f"cannot listen on {bind}: {error.strerror}; choose another address with --bind "
            "or ONRECORD_BIND"
        ) from error


@click.command()
@click.option(
    "--check",
    "written",
    type=PathOption(),
    metavar="FILE",
    help="Print nothing; fail if FILE differs.",
)
@click.pass_obj
def openapi(settings: Settings, written: Path | None) -> None:
    """Print the OpenAPI document of the service.

    \b
    onrecord openapi > openapi.yaml
    onrecord openapi --check openapi.yaml
    """
    # The document does not depend on the index or the model, so a missing index does not matter.
    logging.getLogger("service.app").setLevel(logging.ERROR)
    generated = render(create_app(replace(settings, extractor=Extractor.RULES)))
    if written is None:
        click.echo(generated, nl=False)
        return
    try:
        same = written.read_text(encoding="utf-8") == generated
    except OSError as error:
        raise Failure(f"{written}: {error.strerror}") from error
    if not same:
        raise Failure(f"{written} is out of date; update it with: onrecord openapi > {written}")
