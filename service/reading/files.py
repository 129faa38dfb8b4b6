"""Files: resolves command-line arguments to files; folders.py walks folders."""

import glob
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from service.errors import InvalidInput, UnreadableSource
from service.paths import shown, suffix_in
from service.reading.folders import Walk
from service.reading.formats import READERS, unsupported
from service.reading.opening import unreadable
from service.reading.sitemaps import files_of_sitemap, lists_files
from service.reading.text_file import SIDECAR

SITEMAP = ".xml"

Found = Iterator[Path | InvalidInput]


def find_files(arguments: Iterable[str], suffixes: Collection[str] = tuple(READERS)) -> Found:
    """The files that files, folders and patterns refer to, each once, in the order given.

    Folders are walked recursively in sorted order; there and under patterns, hidden files, sidecars
    and other suffixes are left out. A sitemap refers to the files it lists. Raises nothing: an
    UnreadableSource takes the place of an argument that matches no file and of an unreadable
    folder, an UnsupportedFormat that of a named file with another suffix.
    """
    found = set()
    for argument in arguments:
        for one in _meant_by(argument, suffixes):
            place = place_of(one) if isinstance(one, Path) else str(one)
            if place not in found:
                found.add(place)
                yield one


def place_of(path: Path) -> str:
    """The same for every path to the file; a broken link is a place of its own."""
    try:
        return os.path.realpath(path, strict=True)
    except OSError:
        return os.path.join(os.path.realpath(path.parent), path.name)  # noqa: PTH118  # a str


def _meant_by(argument: str, suffixes: Collection[str]) -> Found:
    if not argument:
        yield UnreadableSource("PATH is empty; expected a file, a folder, a pattern or -")
        return
    path = Path(argument)
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except OSError as error:
        yield from _matching(argument, suffixes, error)
        return
    if is_folder:
        complaint = f"no readable files in this folder; supported formats: {', '.join(suffixes)}"
        yield from _some(Walk(suffixes).under(path), f"{shown(argument)}: {complaint}")
    else:
        yield from _named(path, suffixes)


def _matching(pattern: str, suffixes: Collection[str], error: OSError) -> Found:
    """The files that a pattern matches; ``error`` says why it is not itself a file or folder."""
    path = Path(pattern)
    if glob.has_magic(pattern):
        complaint = f"{shown(pattern)}: no file of a supported format matches"
        yield from _some(Walk(suffixes).matching(path), complaint)
    elif suffix_in(path.name, suffixes) and os.path.lexists(path):
        yield path  # a broken link: reading it reports what is wrong
    elif isinstance(error, FileNotFoundError | NotADirectoryError) and not path.is_symlink():
        yield UnreadableSource(f"{shown(pattern)}: no such file or folder")
    else:
        yield unreadable(path, error)


def _some(found: Found, complaint: str) -> Found:
    """Yields what was found or, if that is nothing, the complaint."""
    yield next(found, UnreadableSource(complaint))
    yield from found


def _named(path: Path, suffixes: Collection[str]) -> Found:
    """Skips a sidecar, which a shell's * also names: it is read together with its file."""
    is_sidecar = path.name.endswith(SIDECAR)
    if is_sidecar and _has_source(path):
        return
    if is_sidecar or not suffix_in(path.name, suffixes):
        yield unsupported(path, suffixes)
    elif path.suffix.lower() == SITEMAP and lists_files(path):
        yield from files_of_sitemap(path, suffixes)
    else:
        yield path


def _has_source(sidecar: Path) -> bool:
    return any(map(os.path.lexists, described_by(sidecar)))


def described_by(path: Path) -> list[Path]:
    """The files that this sidecar would describe; empty if it is not a sidecar."""
    if not path.name.endswith(SIDECAR):
        return []
    described = path.with_name(path.name.removesuffix(SIDECAR))
    return [described.with_name(described.name + suffix) for suffix in ("", *READERS)]


def is_read(path: Path) -> bool:
    """Whether files with this name are read at all."""
    return suffix_in(path.name, READERS) is not None and not path.name.endswith(SIDECAR)
