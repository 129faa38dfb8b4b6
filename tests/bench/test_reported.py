"""How much of a whole article is found, as bench/reported.py counts it."""

import pytest

from bench.polnear import AnnotatedArticle, Attributed
from bench.quality import source_of
from bench.reported import Counts, count, is_speech
from service.domain import Span
from service.extraction import annotate

TEXT = (
    "Ada Lund said the pier was lost. She feared a storm. “It is late,” Bo Park said.\n\n"
    "The ship “Orla” sank. Cy Holt hinted at a sale of the harbour.\n"
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def attributed(content: str, cue: str) -> Attributed:
    return Attributed((span(content),), (), (span(cue),))


ARTICLE = AnnotatedArticle(
    "a",
    TEXT,
    (
        attributed("the pier was lost", "said the"),
        attributed("a storm", "feared"),
        attributed("“It is late,”", "Park said"),
        attributed("a sale of the harbour", "hinted at"),
    ),
    frozenset(),
)


@pytest.mark.parametrize(
    ("content", "cue", "speech"),
    [
        ("the pier was lost", "said the", True),
        ("a storm", "feared", False),
        ("“It is late,”", "feared", True),
    ],
)
def test_an_attribution_is_speech_by_its_cue_or_its_marks(
    content: str, cue: str, speech: bool
) -> None:
    assert is_speech(TEXT, attributed(content, cue)) is speech


def test_what_is_answered_and_found_is_counted() -> None:
    counts = Counts()
    count(ARTICLE, annotate(source_of(ARTICLE)).statements[:1], (), counts)
    shares = {name: (counts.found[name], every) for name, every in counts.every.items()}
    assert shares == {
        "given: indirect, annotated": (1, 1),
        "given: indirect, annotated as speech": (1, 1),
        "given: all, annotated": (1, 1),
        "given: all, annotated as speech": (1, 1),
        "sentences of speech found": (1, 2),
        "quotations found: short": (0, 1),
        "nobody's given to somebody": (0, 1),
    }
