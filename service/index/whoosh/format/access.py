"""Access: who may read and write an index folder.

Whoever may write to an index may run code where it is read, for Whoosh keeps pickles in it. So a
folder is its owner's alone, or, where somebody says so, also its group's: an indexer and a web
server of two users share one that way. The folder's own mode says which of the two it is.
"""

import stat
from pathlib import Path

from service.errors import IndexUnavailable

OWNER_ONLY = 0o700
SHARED = 0o2770
"""What is made in it belongs to its group, too."""

_SHARED_FILE = 0o660
"""Owner and group read and write, nobody else."""


def is_shared(folder: Path) -> bool:
    return _is_shared(folder.stat().st_mode)


def check_access(folder: Path) -> None:
    """Raises IndexUnavailable where others may write to the folder than it was made for."""
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
    """The folder and what is in it is its group's, too."""
    folder.chmod(SHARED)
    for path in folder.iterdir():
        if path.is_file():
            settle(path, shared=True)


def settle(file: Path, shared: bool) -> None:
    """The group may do with a new file what it may with the folder; others may not write to it."""
    mode = stat.S_IMODE(file.stat().st_mode)
    wanted = (mode | _SHARED_FILE if shared else mode & ~stat.S_IWGRP) & ~stat.S_IWOTH
    if wanted != mode:
        file.chmod(wanted)


def _is_shared(mode: int) -> bool:
    return bool(mode & stat.S_ISGID and mode & stat.S_IWGRP)
