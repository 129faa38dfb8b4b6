"""Command: what all commands share: how they fail, which options they have in common."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from service.errors import OnRecordError
from service.settings import Settings


class Failure(click.ClickException):
    """One line on stderr and exit code 1."""

    def show(self, file: Any = None) -> None:
        click.echo(f"onrecord: {self.message}", err=True, file=file)


class Failing(click.Group):
    """A group whose commands may raise OnRecordError."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OnRecordError as error:
            raise Failure(str(error)) from error


def complain(error: OnRecordError) -> None:
    """The line of something that went wrong without stopping the rest."""
    click.echo(f"onrecord: {error}", err=True)


def _use_index(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        context.obj = replace(context.ensure_object(Settings), index=folder)


index_option = click.option(
    "--index",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    expose_value=False,
    callback=_use_index,
    help="The index; ONRECORD_INDEX by default.",
)
