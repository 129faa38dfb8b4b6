"""Version: of how files are read. With another one the same file may become other sources."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = (
    *("trafilatura", "htmldate", "lxml", "pdfminer.six", "python-docx", "warcio", "feedparser"),
    *("pyarrow", "PyYAML", "markdown-it-py"),
)
"""Those that decide what is read of a file, whether they are installed or not."""


@cache
def reading_version() -> str:
    """Changes with every change of this package and of the libraries that it reads with."""
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
