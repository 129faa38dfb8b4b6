"""Only what stands between quotation marks are somebody's words, wherever a statement ends."""

import pytest

from service.domain import (
    AnnotatedSource,
    Form,
    Source,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
)
from service.index.whoosh import WhooshIndex, open_index
from service.verification import verify
from service.verification.findings import AttributionFinding, Flag, Verdict, Wording
from tests.statements import stated

TEXT = (
    "The mayor said the city budget was “dead on arrival and buried under three meters of snow”. "
    "“We shall overcome every winter,” Jane Doe said on Friday. “And we shall dance again.” "
    "“I never liked the old bridge,” John Roe said. "
    "“Our harbour,” she went on, “belongs to all of us.” "
    "The old ferry rusts beside the winter market."
)
JANE = Speaker("jane-doe", "Jane Doe", SpeakerKind.PERSON)
JOHN = Speaker("john-roe", "John Roe", SpeakerKind.PERSON)


def statement(
    form: Form, speaker: Speaker, *pieces: str, quoted: tuple[str, ...] = ()
) -> Statement:
    spans = tuple(Span(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in pieces)
    quoted_spans = tuple(
        Span(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in quoted
    )
    source = Source(id="h1", text=TEXT, origin="h1.txt")
    return stated(source, form, spans, speaker, quoted=quoted_spans or spans)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    said = "dead on arrival and buried under three meters of snow"
    statements = (
        statement(Form.MIXED, JANE, f"the city budget was “{said}”", quoted=(said,)),
        statement(Form.DIRECT, JANE, "We shall overcome every winter"),
        statement(Form.DIRECT, JANE, "And we shall dance again"),
        statement(Form.DIRECT, JOHN, "I never liked the old bridge"),
        statement(Form.DIRECT, JANE, "Our harbour", "belongs to all of us"),
    )
    made = open_index(tmp_path_factory.mktemp("whose") / "index", create=True)
    made.add([AnnotatedSource(Source(id="h1", text=TEXT, origin="h1.txt"), statements, "1")])
    return made


def test_quoted_part_of_reported_speech_is_the_speakers(index: WhooshIndex) -> None:
    found = verify(index.snapshot(), "dead on arrival and buried under three meters of snow", "Doe")
    assert (found.wording, found.attribution) == (Wording.VERBATIM, AttributionFinding.AS_CLAIMED)


def test_reporters_part_is_not(index: WhooshIndex) -> None:
    found = verify(index.snapshot(), "the city budget was")
    assert found.wording is Wording.PARAPHRASE
    assert found.best and Flag.REPORTED in found.best.flags


def test_both_together_are_not_verbatim(index: WhooshIndex) -> None:
    found = verify(
        index.snapshot(),
        "the city budget was dead on arrival and buried under three meters of snow",
    )
    assert (found.wording, found.verdict) == (Wording.ALTERED, Verdict.ALTERED)
    assert found.best and Flag.REPORTED in found.best.flags


def test_marks_that_set_off_the_same_words_are_true_to_the_source(index: WhooshIndex) -> None:
    as_printed = "the city budget was “dead on arrival and buried under three meters of snow”"
    found = verify(index.snapshot(), as_printed)
    assert found.wording is Wording.VERBATIM
    assert found.best and Flag.REPORTED in found.best.flags
    other_marks = as_printed.translate(str.maketrans("“”", '""'))
    assert verify(index.snapshot(), other_marks).wording is Wording.TYPOGRAPHIC


@pytest.mark.parametrize(
    "claimed", ["Our harbour belongs to all of us", "Our harbour […] belongs to all of us"]
)
def test_what_the_reporter_inserts_is_not_an_alteration(index: WhooshIndex, claimed: str) -> None:
    found = verify(index.snapshot(), claimed, "Doe")
    assert (found.wording, found.verdict) == (Wording.VERBATIM, Verdict.VERBATIM)
    assert "interruption" in found.normalizations
    assert found.best and [span.of(TEXT) for span in found.best.spans] == [
        "Our harbour",
        "belongs to all of us",
    ]


def test_two_neighbouring_statements_of_one_speaker_are_read_as_one(index: WhooshIndex) -> None:
    found = verify(
        index.snapshot(), "We shall overcome every winter. And we shall dance again.", "Doe"
    )
    assert (found.wording, found.attribution) == (Wording.VERBATIM, AttributionFinding.AS_CLAIMED)
    assert found.pieces == () and "interruption" in found.normalizations
    assert found.best and "Jane Doe said on Friday" in found.best.found


def test_neighbours_of_two_speakers_are_pieced_together(index: WhooshIndex) -> None:
    found = verify(
        index.snapshot(), "And we shall dance again. I never liked the old bridge", "Doe"
    )
    assert (found.wording, found.verdict) == (Wording.PIECED, Verdict.PIECED)
    assert [one.found for one in found.pieces] == [
        "And we shall dance again",
        "I never liked the old bridge",
    ]
    assert all(Flag.PIECED in one.flags for one in found.pieces)
    assert [one.attribution for one in found.pieces] == [
        AttributionFinding.AS_CLAIMED,
        AttributionFinding.OTHER_SPEAKER,
    ]


def test_pieces_that_are_joined_openly_are_elided(index: WhooshIndex) -> None:
    found = verify(
        index.snapshot(), "We shall overcome every winter … Our harbour belongs to all of us", "Doe"
    )
    assert found.wording is Wording.ELIDED
    swapped = verify(
        index.snapshot(), "Our harbour belongs to all of us … We shall overcome every winter"
    )
    assert (swapped.wording, swapped.verdict) == (Wording.PIECED, Verdict.PIECED)


def test_invented_words_around_true_ones_are_flagged(index: WhooshIndex) -> None:
    said = "dead on arrival and buried under three meters of snow"
    found = verify(index.snapshot(), f"{said} and so are the taxes on dogs")
    assert found.wording is Wording.ALTERED
    assert found.best and Flag.ADDITION in found.best.flags


def test_words_outside_statements_have_no_speaker(index: WhooshIndex) -> None:
    found = verify(index.snapshot(), "the old ferry rusts beside the winter market", "Jane Doe")
    assert (found.wording, found.verdict) == (Wording.IN_TEXT, Verdict.NOT_FOUND)
    assert found.best is None and found.in_text
    assert found.in_text.source.id == "h1"
    assert found.in_text.span.of(TEXT) == found.in_text.text
    assert found.in_text.text == "The old ferry rusts beside the winter market"
    assert found.attribution is AttributionFinding.UNRESOLVED
    changed = verify(index.snapshot(), "the old ferry shines beside the winter market")
    assert (changed.wording, changed.in_text) == (Wording.ABSENT, None)


def test_text_that_no_statement_holds_is_the_reporters(index: WhooshIndex) -> None:
    """Only statements are looked up; their surroundings are read, and are nobody's words."""
    found = verify(index.snapshot(), "We shall overcome every winter, Jane Doe said on Friday")
    assert found.wording is Wording.ALTERED
    assert found.best and Flag.REPORTED in found.best.flags
    assert verify(index.snapshot(), "Jane Doe said on Friday").wording is Wording.IN_TEXT
