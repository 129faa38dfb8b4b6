"""A crowd asks while somebody indexes; python -m bench.crowd is the same for a minute."""

from pathlib import Path

from bench.crowd import WHOLE, crowd, kind_of, turn


def test_crowd_gets_whole_answers_of_one_generation_while_somebody_indexes(tmp_path: Path) -> None:
    by_kind, commits = crowd(tmp_path, clients=50, seconds=3)
    assert set(by_kind) == {WHOLE}
    assert by_kind[WHOLE] > 50
    assert commits > 2


def test_answer_of_two_generations_would_be_seen() -> None:
    texts = [b'"text":"%s"' % statement.text.encode() for statement in turn(1).statements]
    assert kind_of(200, b",".join(texts)) == WHOLE
    assert kind_of(200, b",".join(texts).replace(b"turn1 ", b"turn2 ", 1)) == "mixed"
    assert kind_of(200, b",".join(texts[1:])) == kind_of(503, b"") == "failed"
