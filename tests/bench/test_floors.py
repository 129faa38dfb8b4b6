"""No worse reader of the sample than the one whose figures are pinned in sample/floors.toml.

``python -m bench.floors`` prints the figures, ``python -m bench.floors --pin`` pins them anew
after the sample, the tagger or the rules have changed; read the difference before it is committed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from bench.floors import (
    Figure,
    Figures,
    fallen,
    measure,
    outdated,
    pin,
    read_floors,
    reader,
    source_of,
    worse,
    write_floors,
)
from bench.measures import MEASURES, Tally, score
from bench.quality import attributed
from bench.sample import locate, read_sample
from service.domain import Extractor, Source, Span, Statement

SAMPLE = read_sample()

Found = dict[str, Sequence[Statement]]


@pytest.fixture(scope="module")
def found() -> Found:
    """What the model finds in each article."""
    read = reader(Extractor.MODEL)
    return {one.article.name: read(source_of(one)) for one in SAMPLE}


@pytest.fixture(scope="module")
def measured(found: Found) -> dict[Extractor, Figures]:
    return {
        Extractor.MODEL: measure(SAMPLE, lambda source: found[source.id]),
        Extractor.RULES: measure(SAMPLE, reader(Extractor.RULES)),
    }


@pytest.mark.parametrize("extractor", Extractor)
def test_sample_is_read_as_well_as_when_the_floors_were_pinned(
    extractor: Extractor, measured: dict[Extractor, Figures]
) -> None:
    assert fallen(measured[extractor], read_floors().pinned[extractor]) == []


def test_floors_are_those_of_this_sample_and_this_tagger() -> None:
    assert outdated(read_floors()) == []


def test_floors_of_the_model_are_out_of_the_rules_reach(
    measured: dict[Extractor, Figures],
) -> None:
    missed = fallen(measured[Extractor.RULES], read_floors().pinned[Extractor.MODEL])
    assert {line.split()[0] for line in missed} >= set(MEASURES) - {"quoted_span"}


def one_in_twenty_lost(place: int, statement: Statement) -> list[Statement]:
    return [] if place % 20 == 10 else [statement]


def one_in_twelve_without_a_speaker(place: int, statement: Statement) -> list[Statement]:
    attribution = structs.replace(statement.attribution, mention=None)
    nobodys = structs.replace(statement, speaker=None, attribution=attribution)
    return [nobodys if place % 12 == 10 else statement]


def one_in_twenty_cut_short(place: int, statement: Statement) -> list[Statement]:
    *before, last = statement.spans
    shorter = structs.replace(
        statement, spans=(*before, Span(last.start, last.end - len(last) // 4))
    )
    return [shorter if place % 20 == 10 else statement]


def one_in_ten_twice(place: int, statement: Statement) -> list[Statement]:
    return [statement] * (2 if place % 10 == 5 else 1)


@pytest.mark.parametrize(
    ("worsen", "felt_by"),
    [
        (one_in_twenty_lost, {"statement", "source", "cue"}),
        (one_in_twelve_without_a_speaker, {"quoted", "statement", "source", "speaker", "named"}),
        (one_in_twenty_cut_short, {"content_exact"}),
        (one_in_ten_twice, {"statement", "content_exact", "source", "cue"}),
    ],
)
def test_a_reader_that_is_a_little_worse_falls_below_the_floors(
    worsen: Callable[[int, Statement], list[Statement]],
    felt_by: set[str],
    found: Found,
    measured: dict[Extractor, Figures],
) -> None:
    floors = pin(measured).pinned[Extractor.MODEL]
    places = iter(range(10_000))

    def read(source: Source) -> list[Statement]:
        return [s for each in found[source.id] for s in worsen(next(places), each)]

    assert felt_by <= {line.split()[0] for line in fallen(measure(SAMPLE, read), floors)}


def test_what_fell_is_said_from_what_to_what(measured: dict[Extractor, Figures]) -> None:
    floors = pin(measured | {Extractor.MODEL: {"cue": Figure(0.9, 200)}})
    measured = {Extractor.MODEL: {"cue": Figure(0.8, 200)}}
    assert worse(measured, floors) == ["model: cue fell from 0.900 to 0.800, its floor is 0.880"]


def test_floor_of_what_is_seldom_lets_two_decisions_turn() -> None:
    assert Figure(0.9, 20).floor == 0.8
    assert Figure(0.9, 2000).floor == 0.88
    assert Figure(0.0, 20).floor == 0


def test_floors_read_as_they_were_written(
    measured: dict[Extractor, Figures], tmp_path: Path
) -> None:
    floors = pin(measured)
    write_floors(floors, tmp_path / "floors.toml")
    assert read_floors(tmp_path / "floors.toml") == floors


def test_floors_of_another_sample_or_of_other_figures_are_outdated(
    measured: dict[Extractor, Figures],
) -> None:
    floors = pin(measured)
    assert outdated(floors) == []
    assert "sample" in outdated(replace(floors, sample="0"))[0]
    assert "tagger" in outdated(replace(floors, tagger="0"))[0]
    assert "figures" in outdated(replace(floors, pinned={Extractor.MODEL: {}}))[0]


def test_what_a_person_marked_is_right_throughout() -> None:
    tallies = {name: Tally() for name in MEASURES}
    for one in SAMPLE:
        score(one.article, one.article.statements, tallies)
    assert {tally.f1 for tally in tallies.values()} == {1}


@pytest.mark.parametrize(
    ("marked", "problem"),
    [
        ("{“No,”} <he> |said|", "occurs 0 times"),
        ("<she> |said|: {yes}", "occurs 2 times"),
        ("{“No,”} <she |said|", "unpaired mark"),
        ("“No,” <she> |said|", "content once or more"),
        ("{“No,”} <she> |said| <“Yes>", "cue and mention at most once"),
    ],
)
def test_marked_words_occur_in_the_article_once(marked: str, problem: str) -> None:
    text = "“No,” she said “Yes. Later she said: yes. Then she said: yes."
    with pytest.raises(ValueError, match=problem):
        locate(text, marked)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“We have won,” said Anna Lind.", ["“We have won,”"]),
        ("“We,” said Anna Lind, “have won!”", ["“We,”", "“have won!”"]),
        ("Anna Lind said that they had “won” it.", ["that they had “won” it"]),
        ("Anna Lind said they had won.", ["they had won"]),
    ],
)
def test_in_the_corpus_quotation_marks_belong_to_what_is_quoted(
    text: str, content: list[str]
) -> None:
    statements = reader(Extractor.RULES)(Source(id="a", text=text, origin="-"))
    [found] = attributed(text, statements)
    assert [span.of(text) for span in found.content] == content
