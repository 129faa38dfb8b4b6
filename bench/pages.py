"""Pages: what is read of web pages, beside a reader's answers and trafilatura alone.

    python -m bench.pages FOLDER... [--show] [--speed]

A folder has NAME.html and, beside it, NAME.json with a reader's answers: ``title``, ``authors``,
``published`` and ``paragraphs``. Counted are pages whose title, authors (in any order) and day are
the same, and the F1 of the words of the text. --speed reads all pages in turns by both.
"""

import argparse
import json
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from statistics import median

import trafilatura

from service.domain import Source
from service.reading import read

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Read:
    title: str | None
    authors: tuple[str, ...]
    published: str | None
    text: str


NOTHING = Read(None, (), None, "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--show", action="store_true", help="what differs from the reader")
    parser.add_argument("--speed", action="store_true", help="how fast, beside trafilatura")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")  # from dateutil, which trafilatura uses
    pages = sorted(path for folder in arguments.folders for path in folder.glob("*.html"))
    if arguments.speed:
        print_speed(pages)
        return
    print(f"{len(pages)} pages   title  authors  date  body F1")
    for name, reader in READERS.items():
        scores = [scored(path, reader, arguments.show) for path in pages]
        means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
        print(f"{name:12} " + "  ".join(f"{mean:.3f}" for mean in means))


def scored(path: Path, reader: Callable[[Path], Read], show: bool) -> tuple[float, ...]:
    wanted = expected(path)
    found = reader(path)
    fits = {
        "title": found.title == wanted.title,
        "authors": sorted(found.authors) == sorted(wanted.authors),
        "published": found.published == wanted.published,
    }
    f1 = f1_of(found.text, wanted.text)
    if show:
        for name, fit in fits.items():
            if not fit:
                print(f"  {path.name}: {name} {getattr(found, name)!r}, {getattr(wanted, name)!r}")
        if f1 < 0.98:
            print(f"  {path.name}: body {f1:.3f}")
    return (*map(float, fits.values()), f1)


def expected(path: Path) -> Read:
    said = json.loads(path.with_suffix(".json").read_text("utf-8"))
    text = unescape("\n\n".join(said["paragraphs"]))
    return Read(said["title"], tuple(said["authors"]), said["published"], text)


def f1_of(found: str, wanted: str) -> float:
    """F1 of the words, each as often as it occurs."""
    ours, theirs = (Counter(re.findall(r"\w+", text)) for text in (found, wanted))
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def read_by_service(path: Path) -> Read:
    (source,) = read(path)
    if not isinstance(source, Source):
        return NOTHING
    return Read(
        source.title.value if source.title else None,
        tuple(author.value for author in source.authors),
        str(source.published.value) if source.published else None,
        source.text,
    )


def read_by_trafilatura(path: Path) -> Read:
    found = trafilatura.bare_extraction(
        path.read_bytes(), with_metadata=True, include_comments=False
    )
    if found is None or isinstance(found, dict):
        return NOTHING
    authors = tuple(one.strip() for one in (found.author or "").split(";") if one.strip())
    return Read(found.title, authors, found.date, found.text or "")


READERS = {"On Record": read_by_service, "trafilatura": read_by_trafilatura}


def print_speed(pages: list[Path]) -> None:
    """Prints pages per CPU second of both, in turns, and the median of the ratios."""
    rounds = list(timed(pages))
    for name in READERS:
        print(f"{name:12} {len(pages) / median(one[name] for one in rounds):6.1f} a second")
    print(f"ratio {median(one['trafilatura'] / one['On Record'] for one in rounds):.2f}")


def timed(pages: list[Path]) -> Iterator[dict[str, float]]:
    for reader in READERS.values():
        reader(pages[0])  # imports and compiles what is needed once
    for _ in range(ROUNDS):
        seconds = {}
        for name, reader in READERS.items():
            began = time.process_time()
            for page in pages:
                reader(page)
            seconds[name] = time.process_time() - began
        yield seconds


if __name__ == "__main__":
    main()
