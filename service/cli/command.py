"""Command: what all commands share: how they fail, which options they have in common."""

import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from importlib import import_module
from io import FileIO, TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar

import click
from click.exceptions import NoSuchCommand

from service.domain import Extractor
from service.errors import OnRecordError
from service.paths import escaped
from service.settings import Settings

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Failure(click.ClickException):
    """One line on stderr and exit code 1."""

    def show(self, file: Any = None) -> None:
        click.echo(f"onrecord: {escaped(self.message)}", err=True, file=file)


class NotJudged(Failure):
    """The same of a command whose exit code 1 says that a quotation fails."""

    exit_code = 2


class Commands(click.Group):
    """Commands that may raise OnRecordError. ``modules`` says in which module each is.

    A module is imported when its command is wanted: all of them together take half a second,
    most of it for serving.
    """

    def __init__(self, *arguments: Any, modules: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._modules:
            return None
        module = import_module(self._modules[cmd_name])
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self._modules:
            raise NoSuchCommand(args[0], possibilities=self._modules, ctx=ctx)
        return super().resolve_command(ctx, args)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Where --help and --version are printed."""
        take_closed_streams()
        with _failing_on_one_line():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _failing_on_one_line(ctx):
            return super().invoke(ctx)


JUDGING = ("verify", "check", "confirm")
"""Their exit code 1 says that a quotation or a draft fails, so that an error has another."""


@contextmanager
def _failing_on_one_line(context: click.Context | None = None) -> Iterator[None]:
    try:
        yield
    except click.UsageError as error:
        raise _on_one_line(error) from error
    except OnRecordError as error:
        judging = context is not None and context.invoked_subcommand in JUDGING
        raise (NotJudged if judging else Failure)(str(error)) from error
    except OSError as error:
        if error.errno == errno.EPIPE:  # whoever reads has enough: click knows what to do
            raise
        if error.filename is None:
            _let_go_of_output()
        raise Failure(f"{error.filename or 'the output'}: {error.strerror}") from error


def _let_go_of_output() -> None:
    """What waits to be written goes nowhere, else it fails once more at the exit."""
    with suppress(OSError, ValueError):  # raised if standard output is not a file
        stream = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream)
        os.close(nowhere)


def take_closed_streams() -> None:
    """Where a shell has closed a stream (>&-), its number goes to no file of the index; nothing
    can be read from it, and only complaints be written to it without an error."""
    for number, (name, flags, mode) in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            taken = os.open(os.devnull, flags)
            if taken != number:
                os.dup2(taken, number)
                os.close(taken)
            raw = FileIO(number, mode, closefd=False)  # keeps nothing to be written at the exit
            setattr(sys, name, TextIOWrapper(raw, encoding="utf-8", write_through=True))


_STREAMS = (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))


def _on_one_line(error: click.UsageError) -> click.UsageError:
    """Click escapes what it quotes, but for arguments there is no place for."""
    if type(error) is not click.UsageError:
        return error
    return click.UsageError(escaped(error.message), error.ctx)


def complain(error: OnRecordError) -> None:
    """The line of something that went wrong without stopping the rest."""
    click.echo(f"onrecord: {escaped(str(error))}", err=True)


class PathOption(click.Path):
    """A path; an empty one is an error, and not the folder we are in."""

    def __init__(self, dir_okay: bool = True) -> None:
        super().__init__(dir_okay=dir_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not value:
            self.fail("empty; expected a path", param, ctx)
        return super().convert(value, param, ctx)


def _use_index(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        context.obj = replace(context.ensure_object(Settings), index=folder)


index_option = click.option(
    "--index",
    type=PathOption(),
    metavar="FOLDER",
    expose_value=False,
    callback=_use_index,
    help="The index folder.  [default: ONRECORD_INDEX]",
)


def _use_extractor(context: click.Context, _: click.Parameter, name: Extractor | None) -> None:
    if name is not None:
        context.obj = replace(context.ensure_object(Settings), extractor=name)


extractor_option = click.option(
    "--extractor",
    type=click.Choice(Extractor, case_sensitive=False),
    expose_value=False,
    callback=_use_extractor,
    help=("The trained model, or only the rules, which are faster.  [default: ONRECORD_EXTRACTOR]"),
)


class Denied(StrEnum):
    """Asks for what the source says was never uttered."""

    TRUE = "true"
    ANY = "any"


denied_option = click.option(
    "--denied",
    type=click.Choice(Denied, case_sensitive=False),
    help=(
        "Words that the source says were never uttered: only these, or these too. "
        "Excluded by default."
    ),
)


def is_denied(asked: Denied | None) -> bool | None:
    """Which statements are wanted, as ``Query`` has it."""
    return None if asked is Denied.ANY else asked is Denied.TRUE


def format_option(formats: type[StrEnum], help: str) -> Callable[[_Function], _Function]:
    """``--format`` with these formats, the first one by default; the command's ``output``."""
    return click.option(
        "--format",
        "output",
        type=click.Choice(formats, case_sensitive=False),
        default=next(iter(formats)).value,
        show_default=True,
        help=help,
    )
