"""Serving: the commands that start the service and that write down what it answers."""

import logging
import socket
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from gunicorn.app.base import BaseApplication

from service import gunicorn_settings
from service.api.openapi import render
from service.app import create_app
from service.cli.command import Failure, index_option
from service.domain import Extractor
from service.errors import MisconfiguredService
from service.index.whoosh import open_index
from service.settings import Settings


@click.command()
@click.option("--bind", metavar="HOST:PORT", help="Where to listen; ONRECORD_BIND by default.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=gunicorn_settings.workers,
    show_default=True,
    help="Processes that answer.",
)
@index_option
@click.pass_obj
def serve(settings: Settings, bind: str | None, workers: int) -> None:
    """Answer over HTTP, with gunicorn, until it is stopped.

    \b
    onrecord serve
    onrecord serve --bind 0.0.0.0:8080 --workers 4
    """
    if bind is not None:
        settings = replace(settings, bind=bind)
    open_index(settings.index).close()
    _require_free(settings.bind)
    _Server(settings, workers).run()


class _Server(BaseApplication):
    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings = settings
        self._workers = workers
        super().__init__()

    def load_config(self) -> None:
        for name, value in vars(gunicorn_settings).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("bind", self._settings.bind)
        self.cfg.set("workers", self._workers)

    def load(self) -> Any:  # gunicorn's type for it knows no protocol
        return create_app(self._settings)


def _require_free(bind: str) -> None:
    """Asked first, because gunicorn tries a port that is taken for five seconds."""
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise MisconfiguredService(
            f"{bind!r} is no place to listen; HOST:PORT is wanted, such as 127.0.0.1:8000"
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
            f"cannot listen at {bind}: {error.strerror}; another place: --bind or ONRECORD_BIND"
        ) from error


@click.command()
@click.option(
    "--check",
    "written",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Print nothing; fail where FILE says something else.",
)
@click.pass_obj
def openapi(settings: Settings, written: Path | None) -> None:
    """Print the OpenAPI document of the service.

    \b
    onrecord openapi > openapi.yaml
    onrecord openapi --check openapi.yaml
    """
    # The document is the same without index and model; that there is none concerns nobody here.
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
        raise Failure(f"{written} is out of date; write it anew: onrecord openapi > {written}")
