"""Version of the reading method: with a new one the same file may give other sources."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = (
    *("trafilatura", "htmldate", "lxml", "pdfminer.six", "python-docx", "warcio", "feedparser"),
    *("pyarrow", "PyYAML", "markdown-it-py"),
)
"""Libraries that affect what is read from a file, installed or not."""


@cache
def reading_version() -> str:
    """Changes with every change to this package or to the libraries that it uses."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and one.suffix != ".pyc"):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(path.read_bytes())
    for name in LIBRARIES:
        digest.update(f"{name} {_version_of(name)}".encode())
    return digest.hexdigest()


def _version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"
