"""The corpus: PolNeAR's articles with the statements people marked in them.

Reads ``text/NAME.txt``, ``attributions/NAME_<annotator>.ann`` (brat stand-off) and, where there
is one, ``entities.json`` (names found by another program). Nothing here changes a text.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Range = tuple[int, int]

NAME_KINDS = ("PERSON", "ORGANIZATION", "LOCATION", "MISC")
NOT_ANNOTATED = frozenset({"Discard", "Discuss"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement as an annotator marked it; all ranges are half-open code points."""

    content: tuple[Range, ...]
    cue: tuple[Range, ...]
    mention: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with one annotator's marks. ``names`` is None if names were not annotated.

    ``unsure`` are stretches the annotator set aside, as neither statements nor other text.
    """

    name: str
    text: str
    attributions: tuple[Attribution, ...]
    unsure: tuple[Range, ...]
    names: tuple[tuple[int, int, str], ...] | None


def read_corpus(folder: Path) -> list[list[Annotated]]:
    """Every article of ``folder``, once for each of its annotators, in the order of their names.

    Raises FileNotFoundError if ``folder`` holds no annotated article.
    """
    names = _read_names(folder / "entities.json")
    articles: dict[str, list[Annotated]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        text_path = folder / "text" / f"{name}.txt"
        if text_path.exists():
            text = text_path.read_bytes().decode()
            attributions, unsure = read_brat(path.read_text(encoding="utf-8"))
            article = Annotated(name, text, attributions, unsure, names.get(name))
            articles.setdefault(name, []).append(article)
    if not articles:
        raise FileNotFoundError(f"{folder}: no text/NAME.txt with attributions/NAME_*.ann")
    return list(articles.values())


def _read_names(path: Path) -> dict[str, tuple[tuple[int, int, str], ...]]:
    if not path.exists():
        return {}
    found: dict[str, list[tuple[int, int, str]]] = json.loads(path.read_text(encoding="utf-8"))
    return {name: tuple((a, b, kind) for a, b, kind in rows) for name, rows in found.items()}


def read_brat(lines: str) -> tuple[tuple[Attribution, ...], tuple[Range, ...]]:
    """Statements with content, and the stretches set aside."""
    labels: dict[str, str] = {}
    ranges: dict[str, tuple[Range, ...]] = {}
    events: list[dict[str, list[str]]] = []
    for line in lines.split("\n"):
        columns = line.split("\t")
        if len(columns) > 1 and re.match(r"T\d+$", columns[0]):
            label, where = columns[1].split(" ", 1)
            labels[columns[0]] = label
            ranges[columns[0]] = tuple(_ranges(where))
        elif len(columns) > 1 and re.match(r"E\d+$", columns[0]):
            events.append(_roles(columns[1]))
    statements = (_attribution(event, ranges) for event in events)
    unsure = [r for key, label in labels.items() if label in NOT_ANNOTATED for r in ranges[key]]
    return tuple(s for s in statements if s.content), tuple(unsure)


def _ranges(where: str) -> Iterator[Range]:
    for part in where.split(";"):
        start, end = part.split()
        yield int(start), int(end)


def _roles(event: str) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for part in event.split():
        role, target = part.split(":")
        roles.setdefault(re.sub(r"\d+$", "", role), []).append(target)
    return roles


def _attribution(event: dict[str, list[str]], ranges: dict[str, tuple[Range, ...]]) -> Attribution:
    def of(role: str) -> tuple[Range, ...]:
        return tuple(sorted(r for target in event.get(role, []) for r in ranges.get(target, ())))

    return Attribution(of("Content"), of("Cue"), of("Source"))
