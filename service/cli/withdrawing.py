"""Withdrawing: removes sources from the index, for legal reasons, retractions or deleted files.

Decides which sources an argument refers to; the index makes sure that their words leave the disk.
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
    """The sources of an index, by id and by origin."""

    def __init__(self, opened: Index) -> None:
        self._by_origin = opened.origins()
        self._origins = {
            source_id: origin for origin, ids in self._by_origin.items() for source_id in ids
        }

    def meant_by(self, argument: str) -> dict[str, str]:
        """Ids and origins of the sources that an id or a path refers to."""
        if argument in self._origins:
            return {argument: self._origins[argument]}
        return {
            source_id: origin
            for origin in _under(argument, self._by_origin)
            for source_id in self._by_origin[origin]
        }

    def gone(self, roots: Iterable[str], read: Iterable[str]) -> dict[str, list[str]]:
        """Origins under these folders whose file is gone, with the ids of their sources.

        Leaves out a folder from which nothing was ``read`` this time: it may be an unmounted disk.
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
    """The origins that are this file or inside this folder.

    >>> list(_under("/news", ["/news", "/news/a.txt", "/newsroom/a.txt"]))
    ['/news', '/news/a.txt']
    """
    # a link that existed when a file was read may be gone; then only its own name is known
    places = {os.path.realpath(path), os.path.abspath(path)} if path else set()  # noqa: PTH100
    places = set(map(shown, places)) | ({path} if path.startswith("/") else set())  # as printed
    folders = tuple(place.rstrip("/") + "/" for place in places)
    return (one for one in origins if one in places or one.startswith(folders))


def _is_gone(origin: str) -> bool:
    """A file that is merely inaccessible does not count as gone."""
    try:
        os.stat(path_of(origin))  # noqa: PTH116  # Path.exists denies what it cannot see
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


MANY = 10
"""Sources withdrawn together with their folder: an article with its pictures often has a folder of
its own. More than that must be withdrawn by name."""


def prune(opened: Index, roots: Iterable[str], read: Iterable[str]) -> tuple[int, bool]:
    """Withdraws and names sources under ``roots`` whose file is gone.

    Returns how many, and whether these were all: a folder of many sources that is now empty or gone
    as a whole may be an unmounted disk, and is left alone.
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
    """The largest empty folder around ``path``; "" if its own folder has a file."""
    found = ""
    while is_empty(path := os.path.dirname(path)):  # noqa: PTH120
        found = path
    return found


def _is_empty(folder: str) -> bool:
    """Whether it is gone, or contains nothing but empty folders."""
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
