"""Files: which ones an argument means. What they hold is read elsewhere."""

import glob
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from service.errors import UnreadableSource
from service.reading.formats import READERS, unsupported
from service.reading.text_file import SIDECAR, unreadable


def find_files(arguments: Iterable[str], suffixes: Collection[str] = tuple(READERS)) -> list[Path]:
    """The files that files, folders and globs mean, each once, in the order given.

    Folders are walked down, sorted; in them and under globs hidden files, sidecars and other
    suffixes are left out. Raises UnreadableSource for an argument that means no file at all and
    UnsupportedFormat for a named file of another suffix.
    """
    found: dict[Path, Path] = {}
    for argument in arguments:
        for path in _meant_by(argument, suffixes):
            found.setdefault(path.resolve(), path)
    return list(found.values())


def _meant_by(argument: str, suffixes: Collection[str]) -> list[Path]:
    path = Path(argument)
    if path.is_dir():
        paths = list(_readable_under(path, suffixes))
    elif path.exists():
        return _named(path, suffixes)
    else:
        paths = list(_matching(argument, suffixes))
    if not paths:
        raise UnreadableSource(f"{argument}: {_nothing_at(argument, suffixes)}")
    return paths


def _nothing_at(argument: str, suffixes: Collection[str]) -> str:
    if Path(argument).is_dir():
        return f"no file in this folder is read here; {', '.join(suffixes)} are"
    if glob.has_magic(argument):
        return "no file that is read here matches"
    return "no such file or folder"


def _named(path: Path, suffixes: Collection[str]) -> list[Path]:
    """A shell's * names the sidecars too; they are read with the files they lie beside."""
    if path.name.endswith(SIDECAR) and _has_source(path):
        return []
    if path.suffix.lower() not in suffixes:
        raise unsupported(path, suffixes)
    return [path]


def _has_source(sidecar: Path) -> bool:
    described = sidecar.with_name(sidecar.name.removesuffix(SIDECAR))
    return described.exists() or any(
        described.with_name(described.name + suffix).exists() for suffix in READERS
    )


def _matching(pattern: str, suffixes: Collection[str]) -> Iterator[Path]:
    # Path.glob takes no absolute pattern
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207
        path = Path(match)
        if path.is_dir():
            yield from _readable_under(path, suffixes)
        elif _is_readable(path, suffixes):
            yield path


def _readable_under(folder: Path, suffixes: Collection[str]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=_stop):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if _is_readable(path, suffixes):
                yield path


def _stop(error: OSError) -> None:
    raise unreadable(Path(error.filename), error) from error


def _is_readable(path: Path, suffixes: Collection[str]) -> bool:
    return not path.name.startswith(".") and path.suffix.lower() in suffixes
