"""How whom a mention means is judged, and rules of that choice switched off by name."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.identities import Judged, calibration, differing, judge_all, outcome_above
from bench.meant import Meant, is_right, read_identities
from bench.resolving import Answer, Tagged, tag
from service.domain import Span
from service.extraction.speakers.named_rules import (
    is_off,
    name_weight,
    rule_meaning,
    rule_names,
    without,
)

ROOT = Path(__file__).parents[2]
TEXT = (
    "Anna Lind, the mayor, opened the port on Monday. It was cold. Karl Berg came too.\n\n"
    "“Nobody has won,” Berg said.\n\n“It is open,” said the mayor.\n\n"
    "“We wait,” said a spokesman for the harbour board.\n"
)
ROWS = [
    ("the mayor.", ["Anna Lind"], "P"),
    ("a spokesman for the harbour board", [], "N"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "theft.txt").write_text(TEXT, encoding="utf-8")
    rows = [
        {
            "source": [TEXT.index(mention), TEXT.index(mention) + len(mention)],
            "mention": mention,
            "speaker": names,
            "kind": kind,
        }
        for mention, names, kind in ROWS
    ]
    (tmp_path / "identities.json").write_text(json.dumps({"theft": rows}), encoding="utf-8")
    return tmp_path


def tagged_and_meant(folder: Path) -> tuple[list[Tagged], dict[str, list[Meant]]]:
    return [tag("theft", [folder])], read_identities(folder / "identities.json")


def meant(mention: str, *names: str) -> Meant:
    return Meant(Span(0, len(mention)), mention, names)


@pytest.mark.parametrize(
    ("mention", "names", "form"),
    [
        ("President Lind", ["Anna Lind"], "name"),
        ("the president", ["Anna Lind"], "description"),
        ("an official", [], "description"),
        ("She", ["Anna Lind"], "pronoun"),
        ("who", ["Anna Lind"], "relative"),
    ],
)
def test_form_of_a_mention(mention: str, names: list[str], form: str) -> None:
    assert meant(mention, *names).form == form


@pytest.mark.parametrize(
    ("names", "answers", "right"),
    [
        (["Anna Lind"], ["Lind"], True),
        (["Anna Lind"], ["Karl Lind"], False),
        (["Martin O'Malley"], ["Martin O’Malley"], True),
        (["Anna Lind and Karl Berg"], ["Karl Berg and Anna Lind"], True),
        (["Anna Lind and Karl Berg"], ["Anna Lind"], False),
        (["Anna Lind"], [None, "Anna Lind"], True),
        ([], [None], True),
        ([], ["Anna Lind"], False),
    ],
)
def test_answer_is_right(names: list[str], answers: list[str | None], right: bool) -> None:
    assert is_right(meant("he", *names), answers) is right


def test_each_mention_is_right_null_or_wrong(folder: Path) -> None:
    tagged, identities = tagged_and_meant(folder)
    assert [one.outcome for one in judge_all(tagged, identities)] == ["right", "right"]
    other = [Meant(one.span, one.mention, ("Jane Doe",)) for one in identities["theft"]]
    assert [one.outcome for one in judge_all(tagged, {"theft": other})] == ["wrong", "null"]


def test_a_rule_that_is_off_leaves_the_choice_to_others(folder: Path) -> None:
    tagged, identities = tagged_and_meant(folder)
    judged = judge_all(tagged, identities)
    other = judge_all(tagged, identities, ["by-role"])
    [(before, after)] = differing(judged, other)
    assert (before.names, after.names) == (("Anna Lind",), (None,))
    assert (before.outcome, after.outcome) == ("right", "null")
    assert judge_all(tagged, identities) == judged


def test_a_rule_is_off_for_as_long_as_is_asked() -> None:
    with without(["echoes"]):
        assert is_off("echoes")
        assert not is_off("they")
    assert not is_off("echoes")


def test_a_name_is_of_one_rule_and_an_unknown_rule_is_named() -> None:
    with (
        pytest.raises(ValueError, match="unknown rule ecoes; expected one of abbreviated, "),
        without(["ecoes"]),
    ):
        pass
    with pytest.raises(ValueError, match="two rules are named echoes"):
        name_weight("echoes", "another")


def test_every_rule_says_what_it_means() -> None:
    assert [name for name in rule_names() if not rule_meaning(name)] == []


def test_calibration_counts_by_tenths() -> None:
    counted = calibration([(0.29, True), (0.2, False), (1.0, True), (0.9, True)])
    assert [(tenth.right, tenth.of) for tenth in (counted[2], counted[9], counted[5])] == [
        (1, 2),
        (2, 2),
        (0, 0),
    ]
    assert counted[9].mean == 0.95


def test_doubtful_answers_are_null_above_a_threshold() -> None:
    meant = Meant(Span(0, 2), "he", ("Jane Doe",), "P")
    nobody = Meant(Span(0, 2), "he", (), "N")
    said = Answer(Span(0, 2), "Tom Rask", 0.6)
    wrong, right_to_leave = (
        Judged("a", one, "wrong", ("Tom Rask",), said) for one in (meant, nobody)
    )
    assert [outcome_above(wrong, least) for least in (0.5, 0.7)] == ["wrong", "null"]
    assert [outcome_above(right_to_leave, least) for least in (0.5, 0.7)] == ["wrong", "right"]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench.identities", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_command_prints_who_is_right_and_what_a_rule_is_worth(folder: Path) -> None:
    done = run(folder / "identities.json", "--texts", folder, "--without", "by-role")
    assert done.returncode == 0, done.stderr
    assert "2 of 2 mentions answered" in done.stdout
    assert re.search(r"^all +2 +1\.000 +0\.000 +0\.000$", done.stdout, re.MULTILINE)
    assert "is Anna Lind, taken for Anna Lind, then for nobody" in done.stdout


def test_command_names_an_article_that_is_not_there(folder: Path) -> None:
    done = run(folder / "identities.json", "--texts", folder / "nowhere")
    assert done.returncode == 2
    assert f"theft.txt is not in {folder / 'nowhere'}" in done.stderr
