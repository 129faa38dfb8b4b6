"""What is said, what is thought, wanted or decided, and what is nobody's statement."""

import pytest

from service.domain import Act, Extractor, Form
from service.extraction import annotate
from service.extraction.statements.act_signs import has_verb_of_speech
from service.extraction.statements.acts import likeliest
from service.reading import source_from_text

BOTH = pytest.mark.parametrize("extractor", list(Extractor))


def acts_of(text: str, extractor: Extractor = Extractor.MODEL) -> list[tuple[str, str]]:
    """Act and words of each statement."""
    statements = annotate(source_from_text(text, origin="-"), extractor=extractor).statements
    return [(statement.act.value, statement.text) for statement in statements]


@BOTH
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The minister said that the dam was safe.", "that the dam was safe"),
        ("Officials warned that the river would rise by Friday.", "that the river would rise"),
        ("The union accused Marlow Steel of breaking its promise.", "Marlow Steel"),
        ("A survey by the institute found that most farmers were in debt.", "most farmers"),
        ("Anna Lind has denied that she knew of the loan.", "that she knew of the loan"),
        ("According to the report, the bridge is unsafe.", "the bridge is unsafe"),
        ("According to the film, the guards gathered their tools.", "the guards gathered"),
        ("Calls for an interview would be put to Ann Doe, an aide said.", "Calls for an interview"),
        ("Mr. Brandt announced that the plant would close in May.", "that the plant would close"),
        ("Ms. Okafor dismissed the plan as “a costly folly”.", "a costly folly"),
    ],
)
def test_what_is_said_written_or_shown_is_speech(
    text: str, words: str, extractor: Extractor
) -> None:
    assert [act for act, found in acts_of(text, extractor) if words in found] == ["speech"]


@pytest.mark.parametrize(
    "text",
    [
        "Counsel put it to the witness that the dam was unsafe.",
        "Anna Lind openly admitted that the dam was unsafe.",
        "The firm’s insistence that the dam was unsafe has been questioned.",
    ],
)
def test_what_follows_a_word_of_saying_and_that_is_speech(text: str) -> None:
    assert acts_of(text) == [("speech", "that the dam was unsafe")]


@BOTH
@pytest.mark.parametrize("cue", ["he asked", "asked Mr. Brandt", "Ms. Okafor wondered"])
def test_an_interrupted_question_is_speech(cue: str, extractor: Extractor) -> None:
    ((act, words),) = acts_of(f"Why, {cue}, was the dam unsafe?", extractor)
    assert (act, words.rstrip("?")) == ("speech", "Why […] was the dam unsafe")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Anna Lind believes that the port will recover.", "the port will recover"),
        ("Mr. Brandt hopes to reopen the mine next year.", "to reopen the mine"),
        ("The union wants to see the accounts before it votes.", "to see the accounts"),
        ("Mr. Brandt refused to back the treaty.", "to back the treaty"),
        ("Many farmers fear that the drought will last.", "the drought will last"),
        ("The council decided to sell the old library.", "to sell the old library"),
        ("The company is expected to cut 400 jobs.", "to cut 400 jobs"),
        ("Residents are worried that the road will flood.", "the road will flood"),
        ("The Labor Department finalized a rule on unpaid leave.", "a rule on unpaid leave"),
        ("Ms. Okafor co-sponsored a bill that would ban the trade.", "a bill that would ban"),
    ],
)
def test_what_is_thought_wanted_or_decided_is_an_attitude(text: str, words: str) -> None:
    assert [act for act, found in acts_of(text) if words in found] == ["attitude"]


@BOTH
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“I must leave tonight,” he thought.", "I must leave tonight"),
        ("“She will never agree,” Anna Lind thought to herself.", "She will never agree"),
    ],
)
def test_quoted_thought_is_an_attitude(text: str, words: str, extractor: Extractor) -> None:
    assert [act for act, found in acts_of(text, extractor) if words in found] == ["attitude"]


@BOTH
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Who will pay for the roof?” Ravi Menon wondered.", "Who will pay for the roof?"),
        ("“Let us go home,” he thought aloud.", "Let us go home"),
    ],
)
def test_words_in_marks_that_are_not_thought_are_said(
    text: str, words: str, extractor: Extractor
) -> None:
    assert ("speech", words) in acts_of(text, extractor)


def test_what_somebody_put_like_this_is_said() -> None:
    text = "Ravi Menon put it to me like this: “They send us brochures. I need a roof.”"
    assert acts_of(text) == [("speech", "They send us brochures. I need a roof.")]


def test_the_verb_before_that_is_the_cue() -> None:
    text = (
        "Researchers led by Clara Voss at the University of Marle report in Tide Letters that "
        "they could not repeat the effect in 340 trials."
    )
    found = annotate(source_from_text(text, origin="-")).statements
    assert [one.attribution.cue.text for one in found if one.attribution.cue] == ["report"]


def test_object_of_a_mind_is_no_speech() -> None:
    text = "What Mr Menon considers “smart” others call a fraud."
    assert ("speech", "smart") not in acts_of(text)


@BOTH
def test_quotation_after_a_worry_is_said(extractor: Extractor) -> None:
    text = "Ravi Menon was worried about the roof. “It will not last the winter,” he said."
    assert ("speech", "It will not last the winter") in acts_of(text, extractor)


@BOTH
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It happened again. The mayor said it. Then she left the room.", "it"),
        ("Clara Voss denied it. The council met on Friday.", "it"),
        ("The mayor said no such thing. The meeting went on.", "no such thing"),
        ("The mayor announced that, in. The meeting went on.", "that, in"),
        (
            "The board sold the mill on Monday, raising questions about the future of the town.",
            "the future of the town",
        ),
        ("Mr. Brandt criticised Anna Lind. They had met in May.", "Anna Lind"),
    ],
)
def test_content_without_a_proposition_is_not_a_statement(
    text: str, words: str, extractor: Extractor
) -> None:
    assert words not in [found for _, found in acts_of(text, extractor)]


@pytest.mark.parametrize(
    "text",
    [
        "The driver was convicted by a jury of causing the crash.",
        "The gang is thought to be hiding in the hills near Arden.",
        "The river is believed to have claimed forty lives since 1950.",
        "Tom Reilly was found guilty of arson on Friday and jailed for nine years.",
        "Two men were reported missing after the boat sank.",
        "The film tells the story of a miner in Wales.",
        "If Clara Voss says “no”, the deal is dead.",
        "Had Clara Voss said “yes”, the deal would have passed.",
        "Rao was lured with a package said to be worth $90 million.",
        "Mr Poe did not respond to a request for comment.",
        "Neither Mr Poe nor Ms Lind responded to requests for comment.",
        "No injuries were reported on Tuesday.",
        "Did Clara Voss say that the bridge is safe? Nobody has found it.",
        "Q: Did Mayor Clara Voss say “the bridge is safe”?",
        "Police officers responded to a call about a fire on Tuesday.",
        "About half of the trials are called off for this reason.",
        "The cause of the crash has not been officially confirmed.",
        "Sinan Polat was named the new leader on Tuesday.",
        "He has been known to hunt down rivals.",
        "Wales showed not only their strength but their nerve.",
        "It seems the storm has spared the coast.",
        "The film follows two thieves who plan one last theft in Oslo.",
        "The question is whether the bridge will hold.",
        "The Department of Housing was asked for comment.",
        "Mr Poe did not answer calls seeking comment.",
        "Everything Clara Voss says is a lie.",
    ],
)
def test_narration_is_not_a_statement(text: str) -> None:
    assert acts_of(text) == []


def test_who_is_the_subject_of_narration_is_still_meant() -> None:
    text = (
        "The case comes from Vidis district, where a boat was found. A fisherman, passing by the"
        " pier, heard faint cries. He said he had called the police."
    )
    statements = annotate(source_from_text(text, origin="-")).statements
    assert [(one.text, one.speaker) for one in statements] == [("he had called the police", None)]


def test_a_one_word_answer_is_a_statement() -> None:
    assert ("speech", "no") in acts_of("They asked the members. Some said no.")


def test_while_leads_on_and_is_no_content() -> None:
    text = "Clara Voss said he was “insulted,” while Tom Reilly said he was “hurt”."
    assert not any(words.endswith("while") for _, words in acts_of(text))


@BOTH
def test_words_that_lead_on_are_not_content(extractor: Extractor) -> None:
    text = "The union called the closures “a slap in the face” and, on Friday, went on strike."
    assert [found for _, found in acts_of(text, extractor) if found.endswith(" and")] == []


@pytest.mark.parametrize(
    ("chances", "says", "act"),
    [
        ((0.3, 0.3, 0.4), True, Act.SPEECH),
        ((0.4, 0.4, 0.2), False, Act.ATTITUDE),
        ((0.65, 0.3, 0.05), False, Act.ATTITUDE),
        ((0.2, 0.1, 0.7), True, None),
        ((0.75, 0.2, 0.05), False, Act.SPEECH),
    ],
)
def test_a_word_of_speech_in_the_cue_lowers_the_bar(
    chances: tuple[float, float, float], says: bool, act: Act | None
) -> None:
    assert likeliest(chances, Form.INDIRECT, says) is act


@pytest.mark.parametrize(
    ("cue", "says"),
    [
        ("according to", True),
        ("was back to implying", True),
        ("in its report", True),
        ("waffled as to", False),
        ("is seen by", False),
    ],
)
def test_cues_with_a_word_of_speech(cue: str, says: bool) -> None:
    assert has_verb_of_speech(cue) is says


def test_act_of_the_page_s_own_turns_is_speech() -> None:
    text = "ANNA LIND: I think we should wait.\n\nRAVI MENON: I want to go now.\n\nANNA LIND: No.\n"
    assert {act for act, _ in acts_of(text)} == {Act.SPEECH.value}


@pytest.mark.parametrize("verb", ["distracted", "deterred", "intimidated", "charged", "moved"])
def test_what_somebody_says_that_he_would_not_be_is_speech(verb: str) -> None:
    said = f"that he would not be {verb} by the court"
    assert acts_of(f"The governor said {said}.") == [("speech", said)]
