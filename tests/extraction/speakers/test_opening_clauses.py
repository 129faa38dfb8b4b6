"""Whom a participle clause names, and whom the pronoun after it means."""

import pytest

from service.domain import Extractor, Source
from service.extraction import annotate


def last_speaker(text: str) -> str | None:
    found = annotate(Source("a", text, "-")).statements[-1].speaker
    return None if found is None else found.name


@pytest.mark.parametrize(
    "opening",
    [
        "Asked by Ms Farah Quill whether it was hers, she replied: “No.”",
        "Pressed by Ms Farah Quill, she said: “No.”",
        "Speaking to Farah Quill on the radio, she said: “No.”",
        "Describing Ms Quill as rude, she said that it was over.",
    ],
)
def test_who_is_named_in_it_is_not_the_pronoun(opening: str) -> None:
    text = f"Sergeant Emma Rawl gave evidence.\n\nSgt Rawl said it was hers.\n\n{opening}"
    assert last_speaker(text) == "Emma Rawl"


def test_a_preposition_and_another_main_clause_name_anybody() -> None:
    assert last_speaker("Anna Bell lost. Following Ms Bell's defeat, she said “No.”") == "Anna Bell"
    text = "Asked about the vote, Anna Bell said that it was, she added, “a farce”."
    assert last_speaker(text) == "Anna Bell"


def test_who_speaks_of_somebody_by_name_is_somebody_else() -> None:
    text = "Marc Hale manages the house for Edwin Barlow. In a deposition, he said"
    assert last_speaker(f"{text} Barlow “never read his mail”.") == "Marc Hale"
    text = "Edwin Barlow owns the house. In a deposition, he said"
    assert last_speaker(f"{text} “Barlow never read his mail”.") == "Edwin Barlow"


@pytest.mark.parametrize("pronoun", ["he told Barlow, to cheers", "he said of Mr. Barlow"])
def test_whom_somebody_speaks_to_is_somebody_else(pronoun: str) -> None:
    text = "Marc Hale spoke in Lund. Edwin Barlow asked him about the wall. “It will be high,” "
    assert last_speaker(f"{text}{pronoun}.") in ("Marc Hale", None)


def test_an_adviser_who_resigns_is_not_whom_he_advised() -> None:
    text = (
        "One of Tom Roe's closest advisers resigned after messages in which he called her “a mess”."
    )
    assert last_speaker(text) is None
    rules = annotate(Source("a", f"Paul Lind left. {text}", "-"), (), Extractor.RULES)
    assert rules.statements[-1].speaker is None
    assert last_speaker("Tom Roe's mother wept when he said that it was “a mess”.") == "Tom Roe"
