"""Sitemaps: finds the files of a mirrored site that a sitemap lists, next to the sitemap.

An address is looked up under the sitemap's folder, with and without its host, as wget and others
mirror a site. Nothing is fetched, and nothing outside that folder is read.
"""

import os
import re
from collections.abc import Collection, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from service.errors import UnreadableSource
from service.paths import escaped, shown, suffix_in
from service.reading.decoding import decode
from service.reading.opening import content_of, open_file

_ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,500}\?>\s*|<!--(?s:.{0,2000}?)-->\s*){0,20}"
    rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)\b"
)
_LOCATION = re.compile(
    r"<(?:\w{1,20}:)?loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,2000}?)\s*(?:\]\]>)?\s*</"
)

HEAD_BYTES = 4096
"""Bytes within which a sitemap's root element starts."""

LOCATIONS_MAXIMUM = 1_000_000
"""Per sitemap with everything it lists: the protocol allows 50,000 in one."""


def is_sitemap(content: bytes) -> bool:
    return _ROOT.match(content[:HEAD_BYTES]) is not None


def lists_files(path: Path) -> bool:
    """Whether the file is a sitemap; reading it reports a file that cannot be opened."""
    try:
        with open_file(path) as stream:
            return is_sitemap(stream.read(HEAD_BYTES))
    except (UnreadableSource, OSError):
        return False


def files_of_sitemap(path: Path, suffixes: Collection[str]) -> Iterator[Path | UnreadableSource]:
    """The files it lists, in order; at the end, how many are missing.

    Follows the sitemaps it lists. Raises nothing: errors take the place of what cannot be read.
    """
    missing: list[str] = []
    total = 0
    waiting, seen = [path], {os.path.realpath(path)}
    while waiting:
        for location in _locations(here := waiting.pop(0), missing):
            total += 1
            file = _file_of(location, path.parent, suffixes)
            if file is None:
                missing.append(location)
            elif (place := os.path.realpath(file)) not in seen:
                seen.add(place)
                if lists_files(file):
                    waiting.append(file)
                else:
                    yield file
        if total > LOCATIONS_MAXIMUM:
            yield UnreadableSource(f"{shown(here)}: it lists more than {LOCATIONS_MAXIMUM:,} files")
            return
    if missing or not total:
        yield _missing(path, missing, total)


def _missing(path: Path, missing: list[str], total: int) -> UnreadableSource:
    if not total:
        return UnreadableSource(f"{shown(path)}: the sitemap lists nothing")
    return UnreadableSource(
        f"{shown(path)}: of {len(missing):,} of its {total:,} addresses there is no file beside it,"
        f" the first {escaped(missing[0])[:200]}; nothing is fetched"
    )


def _locations(path: Path, missing: list[str]) -> Iterator[str]:
    try:
        written = decode(content_of(path), shown(path))
    except UnreadableSource:
        missing.append(str(path))
        return
    for found in _LOCATION.finditer(written):
        yield unescape(found[1]).strip()


def _file_of(location: str, root: Path, suffixes: Collection[str]) -> Path | None:
    """The regular file that the address has under the folder; None without one."""
    try:
        parts = urlsplit(location)
    except ValueError:
        return None
    steps = [step for step in unquote(parts.path).split("/") if step]
    if ".." in steps or "\0" in location or "%00" in location:
        return None
    around = os.path.realpath(root) + os.sep
    for host in ((), (parts.netloc,)) if parts.netloc and parts.netloc != ".." else ((),):
        base = root.joinpath(*host, *steps)
        for candidate in (base, Path(f"{base}.html"), base / "index.html"):
            is_read = suffix_in(candidate.name, suffixes) is not None
            try:
                if is_read and candidate.is_file() and _lies_in(around, candidate):
                    return candidate
            except (OSError, ValueError):  # a name too long for a file
                continue
    return None


def _lies_in(folder: str, path: Path) -> bool:
    return os.path.realpath(path).startswith(folder)
