"""Headlines that leave out "is": their subject does not speak."""

import pytest

from service.domain import Source
from service.extraction import annotate

TAIL = "\n\nThe council met on Monday. Nobody came."


def cited(headline: str) -> list[tuple[str, str | None]]:
    """Cues in the headline with the words for who speaks."""
    found = annotate(Source("a", headline + TAIL, "-")).statements
    attributions = (one.attribution for one in found if one.spans[0].end <= len(headline))
    return [
        (one.cue.text, one.mention.text if one.mention else None)
        for one in attributions
        if one is not None and one.cue is not None
    ]


@pytest.mark.parametrize(
    ("headline", "cue", "speaker"),
    [
        (
            "Dover Water described as a 'disaster of a company' by MPs over spill",
            "described",
            "MPs",
        ),
        ("Tom Roe accused of lying over contract", "accused", None),
        ("Roe told to “go home” after row", "told", None),
        ("Roe urged Bell to go home", "urged", "Roe"),
    ],
)
def test_a_headlines_passive_subject_does_not_speak(
    headline: str, cue: str, speaker: str | None
) -> None:
    assert cited(headline) == [(cue, speaker)]


def test_a_verdict_is_nobodys_statement() -> None:
    assert cited("Luis Lind found guilty in abuse of 3 teens") == []
