import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain import ELLIPSIS, Context, Extractor, KnownSpeaker, Source
from service.extraction import annotate, fingerprint

WORDS = st.sampled_from(
    ["“", "”", '"', "‘", "’", "«", "»", ",", ".", ":", "?", "\n\n", "\n", "(", ")", "said", "says",
     "Putin", "Vladimir Putin", "he", "she", "they", "adding", "that", "according to", "and",
     "Russia", "the statement", "Mr. Roe", "told", "who", "PENCE:", "will win", "😀", "שלום"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))


def source(text: str) -> Source:
    return Source(id="a-1", text=text, origin="-")


@settings(deadline=None)
@given(TEXTS)
def test_no_text_at_all_raises_and_spans_give_back_their_words(text: str) -> None:
    statements = annotate(source(text)).statements
    for statement in statements:
        assert statement.text == ELLIPSIS.join(span.of(text) for span in statement.spans)
        assert list(statement.spans) == sorted(statement.spans)
        for quoted in statement.quoted:
            assert any(span.covers(quoted) for span in statement.spans)
        for excerpt in (statement.attribution.mention, statement.attribution.cue):
            assert excerpt is None or excerpt.span.of(text) == excerpt.text
        assert 0 < statement.attribution.confidence <= 1
    assert len({statement.id for statement in statements}) == len(statements)


@pytest.mark.parametrize(
    "text",
    [
        "He said “yes.” " * 4000,
        '"' * 100_000,
        "“One\n\n" * 20_000,
        "said " * 20_000,
        "😀 “שלום” אמר " * 5_000,
    ],
    ids=["one line", "marks", "open paragraphs", "cues", "right to left"],
)
def test_pathological_texts_are_read(text: str) -> None:
    annotated = annotate(source(text))
    assert all(span.end <= len(text) for s in annotated.statements for span in s.spans)


def test_context_is_the_text_around() -> None:
    text = "It rained. “We will win,” Jane Doe said. Nobody heard it."
    (statement,) = annotate(source(text)).statements
    assert statement.context.before == "It rained. “"
    assert statement.context.after == ",” Jane Doe said. Nobody heard it."


def test_context_is_cut_between_words() -> None:
    text = "It rained. " * 40 + "“We will win,” Jane Doe said." + " It snowed." * 40
    (statement,) = annotate(source(text), extractor=Extractor.RULES).statements
    context = statement.context
    assert context.before == "It rained. " * 18 + "“"
    assert context.after == ",” Jane Doe said." + " It snowed." * 16 + " It"
    assert context == Context(context.before, context.after)
    assert hash(context) == hash(Context(context.before, context.after))
    assert pickle.loads(pickle.dumps(context)) == context


def test_fingerprint_changes_with_text_and_known_speakers() -> None:
    known = [KnownSpeaker(id="jane-doe", name="Jane Doe")]
    prints = {
        fingerprint(source("“Yes,” she said.")),
        fingerprint(source("“No,” she said.")),
        fingerprint(source("“No,” she said."), known),
    }
    assert len(prints) == 3
    assert fingerprint(source("x")) == annotate(source("x")).fingerprint


def test_known_description_settles_a_mention() -> None:
    known = [
        KnownSpeaker(id="jane-doe", name="Jane Doe", descriptions=("the mayor of Springfield",))
    ]
    (statement,) = annotate(
        source("“We will win,” the mayor of Springfield said."), known
    ).statements
    assert statement.speaker is not None
    assert statement.speaker.id == "jane-doe"
