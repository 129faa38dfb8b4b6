"""The sample: short articles written for this project, and who says what in them.

tests/extraction/sample/NAME.txt is an article, NAME.toml its annotation, by the conventions of
PolNeAR's guidelines: a stretch of the article for each statement, with

    {content} in as many pieces as it has, |cue| and <mention>, at most one of each;

``speaker`` is the name of the speaker, or a list if several names are right; omitted, no name is
right: an unnamed spokesman is not the person he speaks for. Content includes the quotation's marks
and a leading "that"; a quotation that continues without a cue belongs to the statement before it,
one piece for each paragraph. The sample has never been published, and nobody in it exists.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.meant import Meant
from bench.polnear import AnnotatedArticle, Attributed
from service.domain import Span

SAMPLE = Path(__file__).parents[1] / "tests" / "extraction" / "sample"

_PART = re.compile(r"\{(?P<content>[^{}<>|]+)\}|\|(?P<cue>[^{}<>|]+)\||<(?P<mention>[^{}<>|]+)>")
_MARKS = 2
"""Marks around each part: one before and one after."""


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """``meant`` has the speaker of each of the article's statements, in their order."""

    article: AnnotatedArticle
    meant: tuple[Meant, ...]

    @property
    def mentions(self) -> tuple[Meant, ...]:
        """``meant``, without those that have no mention."""
        return tuple(one for one in self.meant if one.mention)


def read_sample(folder: Path = SAMPLE) -> list[SampleArticle]:
    """The sample's articles by name. Raises ValueError for a stretch that is not in its article
    exactly once.
    """
    return [_read(path) for path in sorted(folder.glob("*.txt"))]


def digest(paths: Iterable[Path]) -> str:
    """sha256 of the files' names and bytes, in the order of their names."""
    every = hashlib.sha256()
    for path in sorted(paths):
        every.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return every.hexdigest()


def sample_files(folder: Path = SAMPLE) -> Iterator[Path]:
    """The articles and their annotations."""
    for path in folder.glob("*.txt"):
        yield path
        yield path.with_suffix(".toml")


def _read(path: Path) -> SampleArticle:
    text = path.read_text(encoding="utf-8")
    annotation = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    statements, meant = [], []
    for row in annotation["statement"]:
        try:
            statement = locate(text, row["marked"].strip("\n"))
        except ValueError as error:
            raise ValueError(f"{path.with_suffix('.toml')}: {error}") from None
        statements.append(statement)
        meant.append(_meant(text, statement, row.get("speaker", [])))
    return SampleArticle(
        AnnotatedArticle(path.stem, text, tuple(statements), frozenset()), tuple(meant)
    )


def _meant(text: str, statement: Attributed, speaker: str | list[str]) -> Meant:
    (span,) = statement.mention or (Span(0, 0),)
    return Meant(span, span.of(text), (speaker,) if isinstance(speaker, str) else tuple(speaker))


def locate(text: str, marked: str) -> Attributed:
    """Where the parts of a marked stretch are in the text.

    >>> locate("“No,” she said.", "{“No,”} <she> |said|").cue
    (Span(start=10, end=14),)

    Raises ValueError if it is nowhere or more than once, or is not marked as it should be.
    """
    words = _PART.sub(lambda part: part[part.lastgroup or 0], marked)
    if re.search(r"[{}<>|]", words):
        raise ValueError(f"unpaired mark: {marked}")
    places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if len(places) != 1:
        raise ValueError(f"occurs {len(places)} times in the text, not once: {words}")
    parts: dict[str, list[Span]] = {"content": [], "cue": [], "mention": []}
    for before, part in enumerate(_PART.finditer(marked)):
        start = places[0] + part.start() - before * _MARKS
        parts[part.lastgroup or ""].append(Span(start, start + len(part[0]) - _MARKS))
    if not parts["content"] or len(parts["cue"]) > 1 or len(parts["mention"]) > 1:
        raise ValueError(f"content once or more, cue and mention at most once: {marked}")
    return Attributed(*(tuple(parts[role]) for role in ("content", "mention", "cue")))
