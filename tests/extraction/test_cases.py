"""Small texts, each an example of its kind, right as a whole: what is said in it, and by whom.

A line of cases/said.jsonl is {"kind", "text"} and one of "said" (statements that must be there;
none: there are none at all), "unsaid" (statements that must not be) and "source" (its values).
"""

import json
from pathlib import Path
from typing import Any

import pytest

from service.domain import Statement
from service.extraction import annotate
from service.reading import source_from_text

LINES = (Path(__file__).parent / "cases" / "said.jsonl").read_text(encoding="utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in LINES]

_EDGES = " .,;:“”\"'"


def bare(text: str) -> str:
    """Without differences of space, marks at the ends and capitals."""
    return " ".join(text.replace("’", "'").split()).strip(_EDGES).lower()


def fits(wanted: dict[str, Any], found: Statement) -> bool:
    if wanted.get("form", found.form) != found.form:
        return False
    if "speaker" in wanted:
        speaker = None if found.speaker is None else bare(found.speaker.name)
        if speaker != (None if wanted["speaker"] is None else bare(wanted["speaker"])):
            return False
    words, text = bare(wanted["text"]), bare(found.text)
    return words in text if wanted.get("part") else words == text


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{c['kind']}" for n, c in enumerate(CASES)])
def test_a_small_text_is_read_as_a_person_reads_it(case: dict[str, Any]) -> None:
    source = source_from_text(case["text"], origin="-")
    found = [one for one in annotate(source).statements if not one.denied]
    if case.get("said") == []:
        assert found == []
    for wanted in case.get("said", ()):
        assert any(fits(wanted, one) for one in found), (wanted, [one.text for one in found])
    for wanted in case.get("unsaid", ()):
        assert not any(fits(wanted, one) for one in found)
    for name, value in case.get("source", {}).items():
        read = getattr(source, name)
        assert read is not None and bare(str(read.value)) == bare(value)
