"""Withdrawing: sources leave the index, for law, for retraction, or because their file is gone.

Which sources an argument means is decided here; that their words leave the disk too is the
index's part.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache

import click

from service.cli.command import complain, index_option
from service.cli.printing import print_counts
from service.errors import NotFound
from service.index.port import Index
from service.index.whoosh import open_index
from service.paths import escaped, path_of, shown
from service.rendering.statement_json import STATEMENT_JSON
from service.settings import Settings


@click.command()
@click.argument("named", nargs=-1, required=True, metavar="ID|PATH...")
@index_option
@click.pass_context
def remove(context: click.Context, named: tuple[str, ...]) -> None:
    """Withdraw sources and all their statements.

    ID is a source's id. PATH is the file it was read from, which need not exist any more, or a
    folder for everything that was read from it. An argument that is both is taken as an id; write
    ./NAME for the path.

    All are withdrawn in one commit. Afterwards the index folder holds none of their words, nor
    those of earlier versions, and a running server drops them within a second. Arguments not in
    the index are named and make the exit code 1. If the file is still there, the next onrecord
    index adds it again.

    \b
    onrecord remove a-bc46cc16dca6
    onrecord remove archive/2019 news/retracted.txt
    """
    settings: Settings = context.obj
    complete = True
    with closing(open_index(settings.index, rendering=STATEMENT_JSON)) as opened:
        kept = Kept(opened)
        meant: dict[str, str] = {}
        for argument in named:
            found = kept.meant_by(argument)
            meant |= found
            if not found:
                complete = False
                complain(
                    NotFound(
                        f"{argument!r} is neither the id nor the path of a source in the index"
                    )
                )
        if meant:
            opened.remove(meant)
    for source_id, origin in meant.items():
        click.echo(escaped(f"{source_id}  {origin}"))
    print_counts({"removed": len(meant)})
    context.exit(0 if complete else 1)


class Kept:
    """The sources of an index, by their ids and by where they were read from."""

    def __init__(self, opened: Index) -> None:
        self._by_origin = opened.origins()
        self._origins = {
            source_id: origin for origin, ids in self._by_origin.items() for source_id in ids
        }

    def meant_by(self, argument: str) -> dict[str, str]:
        """The ids of the sources that an id or a path means, and their origins."""
        if argument in self._origins:
            return {argument: self._origins[argument]}
        return {
            source_id: origin
            for origin in _under(argument, self._by_origin)
            for source_id in self._by_origin[origin]
        }

    def gone(self, roots: Iterable[str], read: Iterable[str]) -> dict[str, list[str]]:
        """The origins under these folders whose file is gone, and the ids of their sources.

        Of a folder from which nothing was ``read`` now none is: it may be a disk that is not
        there.
        """
        origins = list(read)
        return {
            origin: self._by_origin[origin]
            for root in roots
            if any(_under(root, origins))
            for origin in _under(root, self._by_origin)
            if _is_gone(origin)
        }


def _under(path: str, origins: Iterable[str]) -> Iterator[str]:
    """Those that are this file or lie in this folder.

    >>> list(_under("/news", ["/news", "/news/a.txt", "/newsroom/a.txt"]))
    ['/news', '/news/a.txt']
    """
    # a link that was there when a file was read may be gone: its own name is what is known then
    places = {os.path.realpath(path), os.path.abspath(path)} if path else set()  # noqa: PTH100
    places = set(map(shown, places)) | ({path} if path.startswith("/") else set())  # as printed
    folders = tuple(place.rstrip("/") + "/" for place in places)
    return (one for one in origins if one in places or one.startswith(folders))


def _is_gone(origin: str) -> bool:
    """What merely cannot be looked at is not."""
    try:
        os.stat(path_of(origin))  # noqa: PTH116  # Path.exists takes what it may not see for gone
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


MANY = 10
"""Sources that are withdrawn with their whole folder: an article with its pictures often has one of
its own. More of them are asked for by name."""


def prune(opened: Index, roots: Iterable[str], read: Iterable[str]) -> tuple[int, bool]:
    """Sources under ``roots`` whose file is gone are withdrawn and named.

    How many they were, and whether these were all: what many were read from, and now is empty or
    gone as a whole, may be a disk that is not there.
    """
    gone = Kept(opened).gone(roots, read)
    is_empty = cache(_is_empty)
    folders = {origin: _empty_folder_of(path_of(origin), is_empty) for origin in gone}
    counts: Counter[str] = Counter()
    for origin, folder in folders.items():
        counts[folder] += len(gone[origin])
    missing = {folder for folder, count in counts.items() if folder and count > MANY}
    for folder in sorted(missing):
        complain(_missing(folder, counts[folder]))
    meant = {origin: ids for origin, ids in gone.items() if folders[origin] not in missing}
    return _withdraw(opened, meant), not missing


def _missing(folder: str, count: int) -> NotFound:
    return NotFound(
        f"{shown(folder)} is empty or gone, and with it the files of {count:,} sources. "
        "Nothing was withdrawn, in case a disk is not mounted; to withdraw them: "
        f"onrecord remove {shown(folder)}"
    )


def _empty_folder_of(path: str, is_empty: Callable[[str], bool]) -> str:
    """The largest folder around ``path`` in which no file is; "" where there is one beside it."""
    found = ""
    while is_empty(path := os.path.dirname(path)):  # noqa: PTH120
        found = path
    return found


def _is_empty(folder: str) -> bool:
    """Whether it is gone, or there is nothing in it but folders that are empty themselves."""
    try:
        with os.scandir(folder) as entries:
            return all(one.is_dir(follow_symlinks=False) and _is_empty(one.path) for one in entries)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


def _withdraw(opened: Index, gone: Mapping[str, Sequence[str]]) -> int:
    withdrawn = [source_id for ids in gone.values() for source_id in ids]
    if withdrawn:
        opened.remove(withdrawn)
    for origin, ids in gone.items():
        sources = "1 source" if len(ids) == 1 else f"{len(ids):,} sources"
        click.echo(f"onrecord: {escaped(origin)} is gone; {sources} withdrawn", err=True)
    return len(withdrawn)
