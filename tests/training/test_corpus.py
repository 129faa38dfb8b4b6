from pathlib import Path

import pytest

from training.corpus import Attribution, read_brat, read_corpus

BRAT = """T1\tSource 12 14\tHe
T2\tCue 15 19\tsaid
T3\tContent 0 4;20 24\tYes, okay
T4\tAttribution 15 19\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tDiscard 30 40\tbroken
"""


def test_statements_and_what_was_put_aside() -> None:
    attributions, unsure = read_brat(BRAT)
    assert attributions == (Attribution(((0, 4), (20, 24)), ((15, 19),), ((12, 14),)),)
    assert unsure == ((30, 40),)


def test_an_article_comes_once_for_each_annotator(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "a_b.txt").write_bytes(b"Yes.\r\n")
    for who in ("11", "22"):
        (tmp_path / "attributions" / f"a_b_{who}.ann").write_text(BRAT, encoding="utf-8")
    (tmp_path / "attributions" / "gone_11.ann").write_text(BRAT, encoding="utf-8")
    (tmp_path / "entities.json").write_text('{"a_b": [[0, 3, "MISC"]]}', encoding="utf-8")
    [versions] = read_corpus(tmp_path)
    assert [version.name for version in versions] == ["a_b", "a_b"]
    assert versions[0].text == "Yes.\r\n"
    assert versions[0].names == ((0, 3, "MISC"),)


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        read_corpus(tmp_path)
