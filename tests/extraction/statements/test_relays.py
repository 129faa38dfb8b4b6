"""Whose words they are that somebody else passes on."""

import pytest

from service.domain import Source, Statement
from service.extraction import annotate
from tests.statements import extracted


def names(found: Statement) -> tuple[str | None, str | None]:
    return (
        found.speaker.name if found.speaker else None,
        found.relayed_by.name if found.relayed_by else None,
    )


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("“It is late,” Mark Trane quoted Ann Doe as saying.", "It is late", "Ann Doe"),
        ("Mark Trane quoted Mayor Ann Doe as saying “it is late”.", "it is late", "Ann Doe"),
        ("Mark Trane cited Ann Doe as telling him “it is late”.", "it is late", "Ann Doe"),
        ("“It is late,” Ann Doe was quoted by Mark Trane as saying.", "It is late", "Ann Doe"),
        ("Mark Trane said Ann Doe had told him “it is late”.", "it is late", "Ann Doe"),
        ("Mark Trane claimed that Ann Doe wrote “burn it all” to him.", "burn it all", "Ann Doe"),
        ("According to Mark Trane, Ann Doe said “it is late”.", "it is late", "Ann Doe"),
        ("“It is late,” Mark Trane reported Ann Doe as saying.", "It is late", "Ann Doe"),
        ("“It is late,” Mark Trane reports Ann Doe as saying.", "It is late", "Ann Doe"),
        ("“It is late,” Mark Trane said Ann Doe had told him.", "It is late", "Ann Doe"),
        ("“It is late,” Mark Trane recalled Ann Doe saying.", "It is late", "Ann Doe"),
        ("Mark Trane recalled that Ann Doe used to say, “It is late.”", "It is late.", "Ann Doe"),
        ("“It is late,” Ann Doe said, according to Mark Trane.", "It is late", "Ann Doe"),
        ("“It is late,” Doe said, according to Mark Trane.", "It is late", "Doe"),
        ("Mark Trane, citing Sgt. Ann Doe, said “it is late”.", "it is late", "Ann Doe"),
        ("Mark Trane, quoting Sgt. Ann Doe, said: “It is late.”", "It is late.", "Ann Doe"),
        ("“It is late,” said Mark Trane, quoting Sgt. Ann Doe.", "It is late", "Ann Doe"),
        ("“It is late,” Mark Trane quoted Ann Doe as telling police.", "It is late", "Ann Doe"),
        ("Mark Trane quoted his uncle: “It is late.”", "It is late.", None),
        ("Mark Trane recalled that a surgeon shouted: “Get out!”", "Get out!", None),
        ("Mark Trane said his client told officers: “I was late.”", "I was late.", None),
    ],
)
def test_words_are_whose_they_were_and_not_the_relays(
    text: str, words: str, speaker: str | None
) -> None:
    (found,) = extracted(text)
    assert (found.text, *names(found)) == (words, speaker, "Mark Trane")


def test_who_warned_the_relay_is_somebody_else() -> None:
    [warned] = extracted("Captain Ann Doe said the pilot had warned her: “Turn back.”")
    assert (warned.text, *names(warned)) == ("Turn back.", None, "Ann Doe")


def test_reported_speech_is_relayed_too() -> None:
    (found,) = extracted("Mark Trane quoted Ann Doe as saying that the ferry was late.")
    assert (found.text, *names(found)) == ("that the ferry was late", "Ann Doe", "Mark Trane")


def test_what_the_relay_says_before_stays_the_relays() -> None:
    first, second = extracted(
        "Mark Trane said he was there when doctors told the family: “We lost him.”"
    )
    assert (first.text, *names(first)) == ("he was there", "Mark Trane", None)
    assert (second.text, *names(second)) == ("We lost him.", None, "Mark Trane")


@pytest.mark.parametrize(
    "text",
    [
        "Mark Trane said the sergeant was “rude and cold”.",
        "Mark Trane said he told her “it is late”.",
        "Mark Trane said the plan, which she called “a trap”, would fail.",
        "Mark Trane said: “Ann Doe told me to go.”",
        "Mark Trane issued a statement saying “it is late”.",
        "Mark Trane, citing safety concerns, said “it is late”.",
        "Mark Trane said the tweets were “lies and more lies”.",
        "Mark Trane said the agents were calling “every ten minutes”.",
        "Mark Trane mentioned files that were labelled “top secret” by the ministry.",
    ],
)
def test_who_speaks_of_others_speaks(text: str) -> None:
    assert {names(found) for found in extracted(text)} == {("Mark Trane", None)}


@pytest.mark.parametrize(
    ("text", "speaker", "relay"),
    [
        ("On Monday Ann Doe wrote:\n\n> The fee must go at once.\n\nYes.\n", "Ann Doe", None),
        (
            "From: Mark Trane\n\nOn 3 May, Ann Doe <a@example.org> wrote:\n\n"
            "> The fee must go at once.\n\nI agree.\n",
            "Ann Doe",
            "Trane",
        ),
        ("A letter.\n\n> The fee must go at once.\n\nYours sincerely,\nMark Trane\n", None, None),
    ],
)
def test_quoted_lines_of_a_letter_are_never_its_writers(
    text: str, speaker: str | None, relay: str | None
) -> None:
    (found,) = extracted(text)
    assert found.text == "The fee must go at once."
    assert found.speaker is None or found.speaker.name == speaker
    assert found.relayed_by is None or relay in found.relayed_by.name
    assert found.attribution.mention is None or "Ann Doe" in found.attribution.mention.text


def test_what_is_passed_on_in_a_network_is_its_writers() -> None:
    text = "“@annd: The ferry is late.” — retweeted by Mark Trane"
    found = annotate(Source("a", text, "-")).statements
    assert [(one.text, one.relayed_by and one.relayed_by.name) for one in found] == [
        ("The ferry is late.", "Mark Trane")
    ]


def test_who_wrote_a_work_relays_nothing() -> None:
    text = (
        "Ann Doe made nine albums, most of them written in the 1970s, starting with the album"
        " “Just As Late,” which won a prize, according to Mark Trane."
    )
    (found,) = extracted(text)
    assert (found.speaker and found.speaker.name, found.relayed_by) == ("Mark Trane", None)


def test_a_quoted_subject_keeps_its_verb() -> None:
    (found,) = extracted(
        "According to Mark Trane, Ann Doe said the “smell of decay” there came from the tanks."
    )
    assert found.text == "the “smell of decay” there came from the tanks"
    assert names(found) == ("Ann Doe", "Mark Trane")


def test_what_the_relay_reports_before_a_relative_clause_is_kept() -> None:
    first, second = extracted(
        "Mark Trane reported that he had seen a video, in which Ann Doe said: “It is late.”"
    )
    assert (first.text, *names(first)) == ("that he had seen a video", "Mark Trane", None)
    assert (second.text, *names(second)) == ("It is late.", "Ann Doe", "Mark Trane")


def test_a_noun_that_looks_like_a_cue_relays_nothing() -> None:
    text = (
        "Dr Moe Roe denied this. He said the only call he had received was from “a junior officer "
        "asking if they could meet”."
    )
    last = extracted(text)[-1]
    assert last.attribution.cue is not None
    assert (last.speaker and last.speaker.name, last.attribution.cue.text) == ("Moe Roe", "said")
