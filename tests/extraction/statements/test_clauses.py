"""Statements of which the clause they stand in says that nobody made them."""

import pytest

from service.domain import Form
from tests.statements import extracted


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Mayor Ada Lund never said “the port is for sale”.", "the port is for sale", "Ada Lund"),
        ("Ada Lund denied saying “the dam is lost”.", "the dam is lost", "Ada Lund"),
        ("Ada Lund denied ever having told aides that “it is lost”.", "it is lost", "Ada Lund"),
        (
            "Ada Lund did not say “we will flood it”, as posts claim.",
            "we will flood it",
            "Ada Lund",
        ),
        ("Ada Lund hasn’t said that “it is over”.", "it is over", "Ada Lund"),
        ("“The dam is a trap,” Ada Lund never said.", "The dam is a trap", "Ada Lund"),
        ("No one at the ministry ever said “the dam is safe”.", "the dam is safe", None),
        ("At no point did Ada Lund say “I will resign”.", "I will resign", "Ada Lund"),
        ("Ada Lund has denied using the phrase “lazy poor”.", "lazy poor", "Ada Lund"),
        ("Ada Lund never uttered the words “let them wait”.", "let them wait", "Ada Lund"),
        ("An aide to Ada Lund denied she had ever said “it is over”.", "it is over", "Ada Lund"),
        ("The claim that Ada Lund said “it is over” is false.", "it is over", "Ada Lund"),
        ("There is no record of Ada Lund saying “it is over”.", "it is over", "Ada Lund"),
        ("A post claims Ada Lund said “it is over”. She did not.", "it is over", "Ada Lund"),
        ("Nowhere does Ada Lund write “it is over”.", "it is over", "Ada Lund"),
        ("Ada Lund avoided the word “genocide”.", "genocide", "Ada Lund"),
        ("No official has ever said “we were warned”.", "we were warned", None),
        ("A video falsely quotes Ada Lund as saying “it is over”.", "it is over", "Ada Lund"),
        ("“It is over,” Ada Lund says in a post. She never said that.", "It is over", "Ada Lund"),
        (
            "Ada Lund is often quoted as saying “it is over”, but there is no evidence of her "
            "saying it.",
            "it is over",
            "Ada Lund",
        ),
    ],
)
def test_words_that_were_never_uttered_are_denied(
    text: str, words: str, speaker: str | None
) -> None:
    found = extracted(text)[0]
    assert (found.form, found.text, found.denied) == (Form.DIRECT, words, True)
    assert (found.speaker and found.speaker.name) == speaker


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ada Lund has never called the dam “a trap”.", "the dam “a trap”"),
        ("Ada Lund denied that she had called the poor “lazy”.", "the poor “lazy”"),
        ("Ada Lund refused to call the coup “a coup”.", "the coup “a coup”"),
        ("Bishop Otto Lund has not called it “vile”, his office said.", "it “vile”"),
        ("Ada Lund never claimed that the dam was safe.", "that the dam was safe"),
        ("Ada Lund denied saying the dam is lost.", "the dam is lost"),
    ],
)
def test_what_is_denied_is_cut_to_the_words_that_would_be_theirs(text: str, words: str) -> None:
    (found,) = extracted(text)
    assert (found.text, found.denied) == (words, True)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund denied that the port is for sale.",
        "Ada Lund denied “any wrongdoing whatsoever”.",
        "Ada Lund denied the claim, calling it “a shameless lie”.",
        "“I never said the port is for sale,” Ada Lund said.",
        "“We will not sell it,” Ada Lund said.",
        "Ada Lund did not only say “wait for years”.",
        "Ada Lund did not deny that she said “the poor can wait”.",
        "Ada Lund did not hesitate to call it “a plain disgrace”.",
        "Ada Lund, who never tires of talk, said “the port is ours”.",
        "“The port is for sale,” Ada Lund said. She did not say it before.",
    ],
)
def test_what_was_said_is_not_denied(text: str) -> None:
    assert not any(found.denied for found in extracted(text)[:1])


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund did not say whether the dam would open.",
        "Ada Lund would not say when the dam would open.",
        "Police have not said who fired.",
        "Ada Lund would not say that the dam was safe.",
        "The deputy could not say “no” to her.",
        "Did Ada Lund say “let it burn”? No.",
    ],
)
def test_who_says_nothing_makes_no_statement(text: str) -> None:
    assert extracted(text) == []
