"""The kept answers are today's; ``make answers`` writes them anew, to be read as a diff."""

from pathlib import Path

import pytest

from bench.answers import ANSWERS, answers, articles, write


@pytest.mark.parametrize("article", articles(), ids=lambda path: path.stem)
def test_kept_answers_are_todays(article: Path) -> None:
    kept = (ANSWERS / article.name).read_text(encoding="utf-8")
    assert answers(article).splitlines() == kept.splitlines(), "make answers, and read the diff"


def test_every_kept_answer_is_an_articles() -> None:
    assert {path.name for path in ANSWERS.iterdir()} == {path.name for path in articles()}


def test_an_answer_says_who_said_what_and_how_that_is_known(tmp_path: Path) -> None:
    article = tmp_path / "port.txt"
    article.write_text("Anna Lind closed the port.\n\n“It is  lost,” she said. Some said no.\n")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "gone.txt").write_text("of an article that is no more")
    write(tmp_path / "kept", [article])
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["port.txt"]
    kept = (tmp_path / "kept" / "port.txt").read_text(encoding="utf-8")
    assert kept == (
        "direct: Anna Lind\n  <she> |said| {It is lost}\n  via she > Anna Lind\n"
        "\nindirect: nobody named\n  <Some> |said| {no}\n"
    )
