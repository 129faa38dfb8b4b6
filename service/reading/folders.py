"""Folders: the files in them, and those that a pattern means.

Done here and not by the standard library, which says nothing of a folder it cannot read, follows
links in a circle (glob) and gives up a thousand folders down (os.walk).
"""

import glob
import os
from collections.abc import Collection, Iterator
from fnmatch import filter as matches
from pathlib import Path

from service.errors import UnreadableSource
from service.reading.opening import unreadable

Found = Iterator[Path | UnreadableSource]


class Walk:
    """Looks for files of these suffixes. A folder that is come by twice is walked once.

    Hidden files and folders are left out, and links to folders that lie on the way; a link that
    is itself named or matched is followed.
    """

    def __init__(self, suffixes: Collection[str]) -> None:
        self._suffixes = suffixes
        self._walked: set[tuple[int, int]] = set()

    def under(self, folder: Path) -> Found:
        """The files of the folder, then those of the folders in it, sorted; all the way down.

        A folder that cannot be read is an error in its place.
        """
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            try:
                names, folders = self._entries_once(here)
            except OSError as error:
                yield unreadable(here, error)
                continue
            yield from (here / name for name in names if self._is_wanted(name))
            waiting += (here / name for name in reversed(folders) if not _is_hidden(name))

    def matching(self, pattern: Path) -> Found:
        """The files that the pattern means, and those under folders that it means.

        As in a shell, * matches nothing hidden, and ** stands for any folders, or none.
        """
        start = Path(pattern.anchor)
        waiting = [(start, pattern.relative_to(start).parts)]
        while waiting:
            here, parts = waiting.pop()
            literal = next((n for n, part in enumerate(parts) if glob.has_magic(part)), len(parts))
            here, parts = here.joinpath(*parts[:literal]), parts[literal:]
            try:
                if parts:
                    waiting += reversed(list(_steps(here, parts)))
                elif here.is_dir():
                    yield from self.under(here)
                elif self._is_wanted(here.name) and os.path.lexists(here):
                    yield here
            except (FileNotFoundError, NotADirectoryError):
                continue  # a * before a / matches files too
            except OSError as error:
                yield unreadable(here, error)

    def _is_wanted(self, name: str) -> bool:
        return not _is_hidden(name) and Path(name).suffix.lower() in self._suffixes

    def _entries_once(self, folder: Path) -> tuple[list[str], list[str]]:
        """Names of files and of folders, sorted; of a folder that was walked already, none."""
        status = folder.stat()
        identity = (status.st_dev, status.st_ino)
        if identity in self._walked:
            return [], []
        self._walked.add(identity)
        return _entries(folder)


def _steps(folder: Path, parts: tuple[str, ...]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Where to look on, and for what, when the first part is a pattern."""
    names, folders = _entries(folder)
    part, rest = parts[0], parts[1:]
    if part == "**":
        yield folder, rest or ("*",)
        yield from ((folder / name, parts) for name in folders if not _is_hidden(name))
    else:
        for name in matches(sorted(names + folders), part):
            if part.startswith(".") or not _is_hidden(name):
                yield folder / name, rest


def _entries(folder: Path) -> tuple[list[str], list[str]]:
    """Names of what is no folder, links included, and of folders; sorted."""
    names: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            (folders if entry.is_dir(follow_symlinks=False) else names).append(entry.name)
    return sorted(names), sorted(folders)


def _is_hidden(name: str) -> bool:
    return name.startswith(".")
