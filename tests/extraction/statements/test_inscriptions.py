"""Words on things, which are nobody's."""

import pytest

from service.domain import Extractor, Source
from service.extraction import annotate

BOTH = pytest.mark.parametrize("extractor", list(Extractor))


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "Mayor Jane Doe held up a sign reading “No on J”.",
        "Mayor Jane Doe wore a T-shirt with the words “No on J”.",
        "Mayor Jane Doe carried a large yellow placard that said “No on J”.",
        "Mayor Jane Doe walked past posters urging people to vote “No on J”.",
        "Mayor Jane Doe stood below a banner proclaiming “No on J”.",
        "A banner across the bridge said “No on J”.",
        "A notice on Mayor Jane Doe’s door reads: “No on J.”",
        "The banner of Mayor Jane Doe said it all: “No on J”.",
        "The sign above Mayor Jane Doe’s office reads “No on J”.",
    ],
)
def test_what_is_written_on_a_thing_is_not_its_bearers(text: str, extractor: Extractor) -> None:
    found = annotate(Source("a", text, "-"), (), extractor).statements
    assert [one.speaker for one in found if "No on J" in one.text] in ([], [None])


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "Mayor Jane Doe said the sign reading “No entry” would go on Friday.",
        "Mayor Jane Doe pointed to the sign and said: “No entry.”",
        "“No entry,” Mayor Jane Doe said in front of a banner.",
    ],
)
def test_who_speaks_of_a_sign_speaks(text: str, extractor: Extractor) -> None:
    found = annotate(Source("a", text, "-"), (), extractor).statements
    (speaker,) = (one.speaker for one in found if "No entry" in one.text)
    assert speaker is not None
    assert speaker.name == "Jane Doe"


@BOTH
@pytest.mark.parametrize("verb", ["was accused of", "has been praised for", "was known for its"])
def test_what_is_said_of_somebody_is_not_whose_who_spoke_before(
    verb: str, extractor: Extractor
) -> None:
    text = f"“It is late,” Mayor Ann Doe said.\n\nThe firm {verb} “greed”.\n"
    found = annotate(Source("a", text, "-"), (), extractor).statements
    assert [one.speaker for one in found if "greed" in one.text] in ([], [None])
