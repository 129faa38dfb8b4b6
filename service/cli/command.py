"""Command: what all commands share: error handling and common options."""

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
    """Prints one line on stderr and exits with code 1."""

    def show(self, file: Any = None) -> None:
        click.echo(f"onrecord: {escaped(self.message)}", err=True, file=file)


class NotJudged(Failure):
    """The same for commands whose exit code 1 means that a quotation fails: exits with code 2."""

    exit_code = 2


class Commands(click.Group):
    """Commands that may raise OnRecordError; ``modules`` maps each to its module.

    A module is imported when its command is used: importing all takes half a second, most of it for
    serving.
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
        """Handles errors while --help and --version are printed, too."""
        take_closed_streams()
        with _failing_on_one_line():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _failing_on_one_line(ctx):
            return super().invoke(ctx)


JUDGING = ("verify", "check", "confirm")
"""Commands whose exit code 1 means that a quotation or draft fails; errors have another code."""


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
        if error.errno == errno.EPIPE:  # the reader has closed the pipe: click handles it
            raise
        if error.filename is None:
            _let_go_of_output()
        raise Failure(f"{error.filename or 'the output'}: {error.strerror}") from error


def _let_go_of_output() -> None:
    """Discards buffered output, which would otherwise raise again at exit."""
    with suppress(OSError, ValueError):  # if standard output is not a file
        stream = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream)
        os.close(nowhere)


def take_closed_streams() -> None:
    """Replaces standard streams that the shell closed (>&-), so that no file of the index gets
    their numbers.

    Reading from one gives nothing; only messages may be written to one without an error.
    """
    for number, (name, flags, mode) in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            taken = os.open(os.devnull, flags)
            if taken != number:
                os.dup2(taken, number)
                os.close(taken)
            raw = FileIO(number, mode, closefd=False)  # unbuffered: nothing to flush at exit
            setattr(sys, name, TextIOWrapper(raw, encoding="utf-8", write_through=True))


_STREAMS = (("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))


def _on_one_line(error: click.UsageError) -> click.UsageError:
    """Click escapes what it quotes, except surplus arguments."""
    if type(error) is not click.UsageError:
        return error
    return click.UsageError(escaped(error.message), error.ctx)


def complain(error: OnRecordError) -> None:
    """Prints an error that does not stop the rest of the work."""
    click.echo(f"onrecord: {escaped(str(error))}", err=True)


class PathOption(click.Path):
    """A path; an empty one is an error and does not mean the current folder."""

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
    """Whether to list what a source says was never uttered."""

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
    """The option's value as ``Query.denied`` expects it."""
    return None if asked is Denied.ANY else asked is Denied.TRUE


def format_option(formats: type[StrEnum], help: str) -> Callable[[_Function], _Function]:
    """An option ``--format``, passed as ``output``; the first of ``formats`` is the default."""
    return click.option(
        "--format",
        "output",
        type=click.Choice(formats, case_sensitive=False),
        default=next(iter(formats)).value,
        show_default=True,
        help=help,
    )
