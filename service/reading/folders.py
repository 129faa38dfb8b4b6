"""Folders: the files in them, and those that a pattern matches.

The standard library is not used, because it does not report unreadable folders, follows circular
links (glob) and gives up at a depth of a thousand folders (os.walk).
"""

import glob
import os
from collections.abc import Collection, Iterator
from fnmatch import filter as matches
from pathlib import Path

from service.errors import UnreadableSource
from service.paths import shown, suffix_in
from service.reading.opening import unreadable
from service.reading.text_file import SIDECAR

Found = Iterator[Path | UnreadableSource]


class Walk:
    """Looks for files with these suffixes; a folder reached twice is walked once.

    Hidden files and folders are left out. A link to a folder found on the way is not followed,
    since it may lead anywhere; if its target is not walked anyway, it is reported as an error at
    the end. A link that is itself named or matched is followed.
    """

    def __init__(self, suffixes: Collection[str]) -> None:
        self._suffixes = suffixes
        self._walked: set[tuple[int, int]] = set()
        self._links: dict[Path, tuple[int, int]] = {}

    def under(self, folder: Path) -> Found:
        """The files of the folder, then those of its subfolders, recursively, all sorted.

        An unreadable folder is an error in its place.
        """
        yield from self._down(folder)
        yield from self._not_followed()

    def _down(self, folder: Path) -> Found:
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            try:
                names, folders = self._entries_once(here)
            except OSError as error:
                yield unreadable(here, error)
                continue
            for name in names:
                if self._is_wanted(name):
                    yield here / name
                elif not _is_hidden(name):
                    self._note_link(here / name)
            waiting += (here / name for name in reversed(folders) if not _is_hidden(name))

    def _note_link(self, path: Path) -> None:
        """Records the link if it leads to a folder."""
        try:
            if path.is_symlink() and path.is_dir():
                self._links[path] = _identity(path.stat())
        except OSError:
            return  # a broken link counts as a file of its name

    def _not_followed(self) -> Iterator[UnreadableSource]:
        """The links to folders that were not walked."""
        for path, identity in self._links.items():
            if identity not in self._walked:
                yield UnreadableSource(
                    f"{shown(path)}: links to folders are not followed; name it as a PATH instead"
                )

    def matching(self, pattern: Path) -> Found:
        """The files that the pattern matches, and those in folders that it matches.

        As in a shell, * matches nothing hidden, and ** matches any number of folders.
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
                    yield from self._down(here)
                elif self._is_wanted(here.name) and os.path.lexists(here):
                    yield here
            except (FileNotFoundError, NotADirectoryError):
                continue  # a * before a / also matches files
            except OSError as error:
                yield unreadable(here, error)
        yield from self._not_followed()

    def _is_wanted(self, name: str) -> bool:
        if _is_hidden(name) or name.endswith(SIDECAR):
            return False
        return suffix_in(name, self._suffixes) is not None

    def _entries_once(self, folder: Path) -> tuple[list[str], list[str]]:
        """Names of files and of folders, sorted; empty for a folder walked already."""
        identity = _identity(folder.stat())
        if identity in self._walked:
            return [], []
        self._walked.add(identity)
        return _entries(folder)


def _steps(folder: Path, parts: tuple[str, ...]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Where to continue, and with which parts, when the first part is a pattern."""
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
    """Names of everything but folders, links included, and of folders; sorted."""
    names: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            (folders if entry.is_dir(follow_symlinks=False) else names).append(entry.name)
    return sorted(names), sorted(folders)


def _identity(status: os.stat_result) -> tuple[int, int]:
    """The same for every path to the folder."""
    return status.st_dev, status.st_ino


def _is_hidden(name: str) -> bool:
    return name.startswith(".")
