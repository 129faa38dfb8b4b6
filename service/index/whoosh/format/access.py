"""Access: who may read and write an index folder.

Write access to an index allows running code as its readers, because Whoosh stores pickles in it. So
a folder belongs to its owner alone or, if requested, to its group as well: an indexer and a web
server run by two users can share one that way. The folder's mode records the choice.
"""

import stat
from pathlib import Path

from service.errors import IndexUnavailable

OWNER_ONLY = 0o700
SHARED = 0o2770
"""The setgid bit gives new files in it the folder's group."""

_SHARED_FILE = 0o660
"""Owner and group may read and write, nobody else."""


def is_shared(folder: Path) -> bool:
    return _is_shared(folder.stat().st_mode)


def check_access(folder: Path) -> None:
    """Raises IndexUnavailable if more users can write to the folder than intended."""
    mode = folder.stat().st_mode
    if mode & stat.S_IWOTH:
        who = "o-w" if _is_shared(mode) else "go-w"
        raise IndexUnavailable(
            f"anybody can write to the index at {folder} and so run code as its readers: "
            f"forbid that (chmod {who} {folder}), and if somebody may have written to it, "
            "index again into a new folder"
        )
    if mode & stat.S_IWGRP and not _is_shared(mode):
        raise IndexUnavailable(
            f"the group of the index at {folder} can write to it, but the index is not "
            f"shared: forbid that (chmod g-w {folder}), or share it (onrecord index --group)"
        )


def share(folder: Path) -> None:
    """Gives the group access to the folder and its content."""
    folder.chmod(SHARED)
    for path in folder.iterdir():
        if path.is_file():
            settle(path, shared=True)


def settle(file: Path, shared: bool) -> None:
    """Gives the group the same access to a new file as to the folder; others may never write."""
    mode = stat.S_IMODE(file.stat().st_mode)
    wanted = (mode | _SHARED_FILE if shared else mode & ~stat.S_IWGRP) & ~stat.S_IWOTH
    if wanted != mode:
        file.chmod(wanted)


def _is_shared(mode: int) -> bool:
    return bool(mode & stat.S_ISGID and mode & stat.S_IWGRP)
