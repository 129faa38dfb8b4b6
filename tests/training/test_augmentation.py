"""Every annotation stays on its words, whatever is rewritten around them."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from training.augmentation import REWRITINGS, Edit, block, drop, restyle, rewrite, shout
from training.corpus import Annotated, Attribution

QUOTED = "“We will win this election and then we will go home to our families,”"
TEXT = f"Doe wins\n\n{QUOTED} Jane Doe said.\n\nShe didn’t smile, aides say."


def at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


ARTICLE = Annotated(
    name="doe",
    text=TEXT,
    attributions=(
        Attribution((at(TEXT, QUOTED),), (at(TEXT, "said"),), (at(TEXT, "Jane Doe"),)),
        Attribution((at(TEXT, "She didn’t smile"),), (at(TEXT, "say"),), (at(TEXT, "aides"),)),
    ),
    unsure=(at(TEXT, "Doe wins"),),
    names=((*at(TEXT, "Jane Doe"), "PERSON"),),
)


def rows_of(article: Annotated) -> list[tuple[str, str, str]]:
    def words(ranges: tuple[tuple[int, int], ...]) -> str:
        return " ".join(article.text[start:end] for start, end in ranges)

    return [(words(a.content), words(a.cue), words(a.mention)) for a in article.attributions]


class Always(random.Random):
    """Draws so that whatever may happen does."""

    def random(self) -> float:
        return 0.0


def test_a_quotation_becomes_a_block_without_marks() -> None:
    made = rewrite(ARTICLE, block(ARTICLE, Always(1)))
    inner = QUOTED[1:-2]
    assert f"Jane Doe said:\n\n{inner}.\n\nShe" in made.text
    assert rows_of(made)[0] == (inner, "said", "Jane Doe")


def test_marks_of_another_style_stay_in_their_content() -> None:
    text = ARTICLE.text.replace("“", '"').replace("”", '"')
    straight = {rewrite(ARTICLE, restyle(ARTICLE, random.Random(n))).text for n in range(40)}
    assert text.replace("’", "'") in straight
    for seed in range(40):
        made = rewrite(ARTICLE, restyle(ARTICLE, random.Random(seed)))
        content = rows_of(made)[0][0]
        assert content.strip("“”\"«»'`‘’ ,") == QUOTED[1:-2]
        assert not content[0].isalnum() and not content[-1].isalnum()


def test_a_dropped_mark_leaves_the_words() -> None:
    made = rewrite(ARTICLE, drop(ARTICLE, Always(1)))
    assert len(made.text) == len(TEXT) - 1
    assert rows_of(made)[0][0] in (QUOTED[1:], QUOTED[:-1])


def test_a_headline_in_capitals_keeps_its_annotations() -> None:
    made = rewrite(ARTICLE, shout(ARTICLE, random.Random(1)))
    assert made.text.startswith("DOE WINS\n")
    assert made.unsure == ARTICLE.unsure
    assert rows_of(made) == rows_of(ARTICLE)


def test_what_is_deleted_leaves_no_annotation() -> None:
    made = rewrite(ARTICLE, [Edit(*at(TEXT, QUOTED))])
    assert [content for content, _, _ in rows_of(made)] == ["She didn’t smile"]


@given(st.sampled_from(sorted(REWRITINGS)), st.integers(0, 10_000))
def test_rewriting_keeps_every_annotation_on_its_words(name: str, seed: int) -> None:
    made = rewrite(ARTICLE, REWRITINGS[name](ARTICLE, random.Random(seed)))
    letters = [
        ["".join(filter(str.isalnum, part.lower())) for part in statement]
        for statement in (*rows_of(made), *rows_of(replace(ARTICLE, name="same")))
    ]
    assert letters[:2] == letters[2:]
