"""Any text is read: clauses in any order, cut at any word, give statements and no error."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import Extractor, Source
from service.extraction import annotate

SEEDS = Path(__file__).parents[2] / "seeds"
WORDS = [path.read_text("utf-8").split(" ") for path in sorted(SEEDS.glob("*.txt"))]
LONGEST = 30


@st.composite
def cuttings(draw: st.DrawFn) -> str:
    """A few words of an article, with a mark or an ordinary word at their end."""
    words = draw(st.sampled_from(WORDS))
    start = draw(st.integers(0, len(words) - 1))
    cut = words[start : start + draw(st.integers(1, LONGEST))]
    return " ".join((*cut, draw(st.sampled_from(ENDS))))


ENDS = (
    *("", ",", ".", "”", "“", "’s", ":", "—", "\n\n", "said", "said.\n\n", "by", "of", "that"),
    *("according to", "and", "who", "he", "which said", "a statement from", "a number of", "MP"),
)
TEXTS = st.lists(cuttings(), min_size=1, max_size=12).map(" ".join).filter(str.strip)


@pytest.mark.parametrize("extractor", Extractor)
@settings(deadline=None, derandomize=True)  # the first text loads the model
@given(text=TEXTS)
def test_every_statement_of_any_text_gives_back_its_words(extractor: Extractor, text: str) -> None:
    source = Source(id="a-1", text=text, origin="-")
    for statement in annotate(source, extractor=extractor).statements:
        assert all(span.of(text).strip() for span in statement.spans)
        mention = statement.attribution.mention
        assert mention is None or mention.span.of(text) == mention.text


@pytest.mark.parametrize("extractor", Extractor)
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ann Bell met the press.\n\n“It is over,” said a tweet by\n", "It is over"),
        ("It was late.\n\nThat is her own, said a handful of\n", "That is her own"),
        ("It was late.\n\n“It is over,” officer MP said.\n", "It is over"),
        ("It was late.\n\n“It is over,” Dean KC said.\n", "It is over"),
    ],
    ids=["by", "of", "letters after an office", "letters after a first name"],
)
def test_a_mention_may_break_off(text: str, said: str, extractor: Extractor) -> None:
    source = Source(id="a-1", text=text, origin="-")
    assert [one.text for one in annotate(source, extractor=extractor).statements] == [said]
