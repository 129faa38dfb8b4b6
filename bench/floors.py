"""How well the extractor reads the sample, and the floors it must not fall below.

    python -m bench.floors                  print the table: current, pinned and floor
    python -m bench.floors --differences    also print where the model differs from a person
    python -m bench.floors --pin [--lower]  set the floors from the current figures

tests/bench/test_floors.py checks the floors. They belong to one sample and one tagger: after a
change of either they are pinned again, and the diff shows the figures before and after. If a figure
of the same sample is below its floor, --pin refuses unless --lower is given.

quoted to cue        F1 of bench/measures.py
speaker              F1 of the characters of content that are attributed to the right speaker
named, anaphoric,    of bench/meant.py: the share of all mentions that are resolved rightly
anonymous
"""

import argparse
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.meant import KINDS, Identities, is_right, score_identities
from bench.measures import MEASURES, Tally, overlap, pair_statements, score, trimmed
from bench.polnear import Attributed, Spans, characters
from bench.quality import attributed
from bench.sample import SAMPLE, SampleArticle, digest, read_sample, sample_files
from service.domain import Extractor, Source, Statement
from service.extraction import annotate

FLOORS = SAMPLE / "floors.toml"
TAGGER = Path(__file__).parents[1] / "service" / "extraction" / "tagger" / "model"

TOLERANCE, DECISIONS = 0.02, 2
"""A floor is this much below the measured figure, or this many of the counted items, if that is
more. A tagger whose weights were disturbed until its statement fell from .758 to .734 on
PolNeAR's dev was below eight of the model's floors, one at .753 below one.
"""

Reader = Callable[[Source], Sequence[Statement]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure from 0 to 1; ``counted`` is the number of items a person marked."""

    value: float
    counted: int

    @property
    def floor(self) -> float:
        slack = max(TOLERANCE, DECISIONS / self.counted)
        return math.floor(1000 * max(0.0, self.value - slack)) / 1000


@dataclass(frozen=True, slots=True)
class Pinned:
    """A figure when it was pinned, and its floor."""

    measured: float
    floor: float


@dataclass(frozen=True, slots=True)
class Floors:
    """``sample`` and ``tagger`` are the sha256 of the files that were measured."""

    sample: str
    tagger: str
    pinned: Mapping[Extractor, Mapping[str, Pinned]]


Figures = Mapping[str, Figure]


def reader(extractor: Extractor) -> Reader:
    return lambda source: annotate(source, extractor=extractor).statements


def measure(sample: Iterable[SampleArticle], read: Reader) -> dict[str, Figure]:
    """Every figure of the table, by name."""
    tallies = {name: Tally() for name in (*MEASURES, "speaker")}
    identities = {kind: Identities() for kind in KINDS}
    for one in sample:
        statements = read(source_of(one))
        score(one.article, attributed(one.article.text, statements), tallies)
        _score_speakers(one, statements, tallies["speaker"])
        score_identities(one.mentions, statements, identities)
    return {name: Figure(tally.f1, tally.annotated) for name, tally in tallies.items()} | {
        kind: Figure(identity.recall, identity.every) for kind, identity in identities.items()
    }


def source_of(one: SampleArticle) -> Source:
    return Source(id=one.article.name, text=one.article.text, origin=one.article.name)


def _score_speakers(one: SampleArticle, statements: Sequence[Statement], tally: Tally) -> None:
    text = one.article.text
    by_character = {at: s for s in statements for at in characters(trimmed(text, s.spans))}
    right = annotated = 0
    for marked, meant in zip(one.article.statements, one.meant, strict=True):
        content = characters(trimmed(text, marked.content))
        names = Counter(_name(by_character[at]) for at in content if at in by_character)
        right += sum(count for name, count in names.items() if is_right(meant, [name]))
        annotated += len(content)
    tally.add(right, len(by_character), annotated)


def _name(statement: Statement) -> str | None:
    return statement.speaker.name if statement.speaker else None


def fallen(figures: Figures, pinned: Mapping[str, Pinned]) -> list[str]:
    """A message for each figure below its floor, with the measured values."""
    return [
        f"{name} fell from {was.measured:.3f} to {figures[name].value:.3f}, "
        f"its floor is {was.floor:.3f}"
        for name, was in pinned.items()
        if name in figures and figures[name].value < was.floor
    ]


def worse(measured: Mapping[Extractor, Figures], floors: Floors) -> list[str]:
    """Messages for figures below the floors; none if the floors are of another sample."""
    if floors.sample != digest(sample_files()):
        return []
    return [
        f"{extractor}: {what}"
        for extractor, figures in measured.items()
        for what in fallen(figures, floors.pinned[extractor])
    ]


def outdated(floors: Floors) -> list[str]:
    """Why these are not the floors of the current sample, tagger and figures."""
    names = {*MEASURES, "speaker", *KINDS}
    reasons = {
        "the sample's files have changed": floors.sample != digest(sample_files()),
        "the tagger's files have changed": floors.tagger != digest(tagger_files()),
        "other figures are measured": any(names != set(of) for of in floors.pinned.values()),
    }
    return [f"{why}: python -m bench.floors --pin" for why, holds in reasons.items() if holds]


def tagger_files() -> Iterator[Path]:
    """The model's files, without its card."""
    return (path for path in TAGGER.iterdir() if path.suffix != ".md")


def pin(measured: Mapping[Extractor, Figures]) -> Floors:
    """The floors for these figures, of the present sample and tagger."""
    pinned = {
        extractor: {
            name: Pinned(round(figure.value, 3), figure.floor) for name, figure in figures.items()
        }
        for extractor, figures in measured.items()
    }
    return Floors(digest(sample_files()), digest(tagger_files()), pinned)


def read_floors(path: Path = FLOORS) -> Floors:
    stored = tomllib.loads(path.read_text(encoding="utf-8"))
    pinned = {
        extractor: {name: Pinned(**row) for name, row in stored.get(extractor, {}).items()}
        for extractor in Extractor
    }
    return Floors(stored["sample"], stored["tagger"], pinned)


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    lines = [
        "# Written by python -m bench.floors --pin; sample and tagger are sha256 of their files.",
        f'sample = "{floors.sample}"',
        f'tagger = "{floors.tagger}"',
    ]
    for extractor, figures in floors.pinned.items():
        lines += ["", f"[{extractor}]"]
        lines += [
            f"{name} = {{ measured = {of.measured:.3f}, floor = {of.floor:.3f} }}"
            for name, of in figures.items()
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def differences(one: SampleArticle, statements: Sequence[Statement]) -> Iterator[str]:
    """A line for each statement that is missed, read differently, or too much."""
    text, marked = one.article.text, one.article.statements
    found = attributed(text, statements)
    pairs = {theirs: ours for ours, theirs in pair_statements(found, marked)}
    for place, statement in enumerate(marked):
        if place not in pairs:
            yield f"missed: {_words(text, statement.content)}"
            continue
        read, name = found[pairs[place]], _name(statements[pairs[place]])
        yield from _otherwise(text, statement, read)
        if not is_right(one.meant[place], [name]):
            names = " or ".join(one.meant[place].names) or "nobody"
            yield f"speaker: {names}, read: {name or 'nobody'}, from: {_words(text, read.mention)}"
    for place, read in enumerate(found):
        if place not in pairs.values():
            yield f"too much: {_words(text, read.content)}, by: {_words(text, read.mention)}"


def _otherwise(text: str, marked: Attributed, read: Attributed) -> Iterator[str]:
    if trimmed(text, read.content) != trimmed(text, marked.content):
        yield f"content: {_words(text, marked.content)}\n  read: {_words(text, read.content)}"
    roles = ("mention", marked.mention, read.mention), ("cue", marked.cue, read.cue)
    for role, theirs, ours in roles:
        if not overlap(theirs, ours):
            yield f"{role}: {_words(text, theirs)}, read: {_words(text, ours)}"


def _words(text: str, spans: Spans) -> str:
    return " […] ".join(" ".join(span.of(text).split()) for span in spans) or "-"


def show(measured: Mapping[Extractor, Figures], floors: Floors | None) -> None:
    print(" " * 14 + "".join(f"{extractor:>9}{'pinned':>8}{'floor':>8}" for extractor in measured))
    for name in measured[Extractor.MODEL]:
        row = f"{name:14}"
        for extractor, figures in measured.items():
            was = floors.pinned[extractor].get(name) if floors else None
            row += f"{figures[name].value:9.3f}"
            row += f"{was.measured:8.3f}{was.floor:8.3f}" if was else f"{'-':>8}{'-':>8}"
        print(row)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--differences", action="store_true", help="also print where the model is wrong"
    )
    parser.add_argument("--pin", action="store_true", help="write the floors again")
    parser.add_argument(
        "--lower", action="store_true", help="with --pin: even below the old floors"
    )
    arguments = parser.parse_args()
    try:
        sample = read_sample()
    except ValueError as error:
        parser.error(str(error))
    measured = {extractor: measure(sample, reader(extractor)) for extractor in Extractor}
    floors = read_floors() if FLOORS.exists() else None
    show(measured, floors)
    if arguments.differences:
        for one in sample:
            lines = differences(one, reader(Extractor.MODEL)(source_of(one)))
            print(f"\n{one.article.name}", *lines, sep="\n")
    if arguments.pin:
        too_low = worse(measured, floors) if floors and not arguments.lower else []
        if too_low:
            sys.exit("\n".join(["not pinned, --lower would:", *too_low]))
        write_floors(pin(measured))


if __name__ == "__main__":
    main()
