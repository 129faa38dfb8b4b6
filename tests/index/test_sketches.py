"""Sketches: nearly equal texts share bands, others do not."""

import random

import pytest

from service.index.sketches import BANDS, SHARED, sketch_of

PINNED = ("0:d3256f3e", "1:c5d4f88b")
CHANCE = random.Random(5)
WORDS = [f"word{number}" for number in range(2000)]


def story(words: int = 400) -> list[str]:
    return CHANCE.choices(WORDS, k=words)


def shared(first: list[str], second: list[str]) -> int:
    return len(set(sketch_of(" ".join(first))) & set(sketch_of(" ".join(second))))


def test_sketch_is_the_same_everywhere() -> None:
    """Sketches are stored: with other orders of the hashes, older ones would not match."""
    text = " ".join(f"w{number}" for number in range(100))
    bands = sketch_of(text)
    assert len(bands) == BANDS
    assert bands[:2] == PINNED


@pytest.mark.parametrize("share", [0.02, 0.05])
def test_copy_with_another_beginning_and_end_is_seen(share: float) -> None:
    seen = 0
    for _ in range(50):
        original = story()
        cut = int(len(original) * share)
        seen += shared(original, story(cut) + original[cut:] + story(cut)) >= SHARED
    assert seen >= 48


def test_other_stories_share_nothing() -> None:
    assert all(shared(story(), story()) == 0 for _ in range(50))


def test_case_and_marks_do_not_count() -> None:
    original = story(60)
    text = " ".join(original)
    assert sketch_of(text) == sketch_of(f"“{text.upper().replace(' ', ', ')}”")


def test_short_text_has_no_sketch() -> None:
    assert sketch_of(" ".join(story(29))) == ()
    assert len(sketch_of(" ".join(story(30)))) == BANDS


def test_long_text_is_known_by_its_beginning() -> None:
    original = " ".join(story(20_000))
    assert sketch_of(original) == sketch_of(original + " and more" * 100_000)
