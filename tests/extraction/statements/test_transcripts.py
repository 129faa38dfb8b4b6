"""Turns of a transcript: who speaks stands before the colon, or where its layout says so."""

import pytest

from service.domain import Form, Source
from service.extraction import annotate
from service.extraction.page.layout import lay_out
from service.extraction.statements.transcripts import read_turns
from service.reading import source_from_text

MARKED = """Governor: No New Taxes

On Sunday's programme, Governor Alice Monroe spoke to host Dan Reilly.

"REILLY: Governor, will you raise taxes this year?

"MONROE: No. We have a surplus, and we will keep it.

"The people of this state have paid enough, and they know it.

"VIDEO: The governor of another state says otherwise.

"(CROSSTALK)

"REILLY: But the teachers are asking for more.

"MONROE: And they will get it out of growth."

Follow Dan Reilly on Twitter @danreilly.
"""

BRIEFING = """MR. EARNEST: Good afternoon to all of you.

I have one announcement before we begin.

(Laughter.)

It concerns the budget of the parks.

Q    Thank you very much.

MR. EARNEST: You are very welcome here.

MS. PARK: What about the money for the bridges?

MR. EARNEST: That is for Congress to say.

The briefing ended at noon, and the reporters left.
"""


def turns(text: str) -> list[tuple[str, list[str]]]:
    article = lay_out(Source(id="a", text=text, origin="-"))
    return [
        (turn.mention.of(text), [span.of(text) for span in turn.spans])
        for turn in read_turns(article)
        if turn.mention is not None
    ]


def test_a_turn_goes_on_where_its_marks_open_again() -> None:
    assert turns(MARKED) == [
        ("REILLY", ["Governor, will you raise taxes this year?"]),
        (
            "MONROE",
            [
                "No. We have a surplus, and we will keep it.",
                "The people of this state have paid enough, and they know it.",
            ],
        ),
        ("REILLY", ["But the teachers are asking for more."]),
        ("MONROE", ["And they will get it out of growth."]),
    ]


def test_labels_in_capitals_mean_the_people_of_the_article() -> None:
    spoken = annotate(Source(id="a", text=MARKED, origin="-")).statements[-4:]
    names = [statement.speaker.name for statement in spoken if statement.speaker]
    assert names == ["Dan Reilly", "Alice Monroe", "Dan Reilly", "Alice Monroe"]


def test_in_a_dense_transcript_paragraphs_without_a_label_go_on() -> None:
    said = turns(BRIEFING)
    assert said[0] == (
        "MR. EARNEST",
        [
            "Good afternoon to all of you.",
            "I have one announcement before we begin.",
            "It concerns the budget of the parks.",
        ],
    )
    assert said[-1] == ("MR. EARNEST", ["That is for Congress to say."])


def test_labels_of_the_page_and_headlines_say_nothing() -> None:
    text = (
        "THE FIX IS IN: The board meets again today.\n\nWATCH: The board met on Monday evening.\n"
    )
    assert turns(text) == []


def test_a_title_with_a_dash_is_no_name_above_a_turn() -> None:
    text = (
        "Cup Final – what they said\n\nA look at how we saw the match.\n\nTilda Brandt (Horn)\n\n"
        "“I saw it.”\n\nAnton Reyle (Northbank)\n\n“We won.”\n"
    )
    assert [name for _, name, _ in spoken(text)] == ["Tilda Brandt", "Anton Reyle"]


def test_one_label_alone_speaks_if_the_article_names_it() -> None:
    words = "We have nothing to add to that."
    assert turns(f"The aide of Jane Roe left.\n\nROE: {words}\n") == [("ROE", [words])]
    assert turns(f"The aide left.\n\nROE: {words}\n") == []


def test_a_turn_without_words_is_left_out() -> None:
    assert turns("ROE: … … …\n\nDOE: You have said nothing at all.\n")[:1] == [
        ("DOE", ["You have said nothing at all."])
    ]


INTERVIEW = """‘I never wanted to be famous’: an interview with Ines Duarte

By Marco Bellini

The violinist Ines Duarte, 34, spoke to us in Lisbon.

Q: You left the conservatory at 17. Why?

A: Because I was bored. I wanted to play in bars.

Q: Critics say you play too fast.

A: They said the same of Heifetz.

Her manager, Paul Stone, disagrees: “She plays too fast.”
"""


def test_answers_are_those_of_whom_the_article_names_most() -> None:
    said = annotate(source_from_text(INTERVIEW, origin="-")).statements
    assert [(s.text, s.speaker.name) for s in said if s.speaker] == [
        ("Because I was bored. I wanted to play in bars.", "Ines Duarte"),
        ("They said the same of Heifetz.", "Ines Duarte"),
        ("She plays too fast.", "Paul Stone"),
    ]


def spoken(text: str) -> list[tuple[str, str | None, str]]:
    said = annotate(source_from_text(text, origin="-")).statements
    return [(s.form, s.speaker.name if s.speaker else None, s.text) for s in said]


LAYOUTS = {
    "a name, then the surname": (
        "Tilda Brandt: Did you sign it?\n\nAnton Reyle: You signed it!\n\n"
        "Brandt: In May?\n\nReyle: Yes, you did.\n"
    ),
    "names above quotation marks": "Tilda Brandt (Horn)\n\n“I did not.”\n\n"
    "Anton Reyle (Northbank)\n\n“You signed it!”\n\nTilda Brandt (Horn)\n\n“When?”\n",
    "names before a colon": (
        "Tilda Brandt: The budget is short.\n\nAnton Reyle: You signed it!\n\nTilda Brandt: No.\n"
    ),
    "in bold type": "**Tilda Brandt:** It is late.\n\n**Anton Reyle**: You signed it!\n\n"
    "**Tilda Brandt:** No.\n",
    "a title before, an office behind": "MAYOR TILDA BRANDT: The item is late.\n\n"
    "ANTON REYLE, HEAD OF TRANSIT (via Skype): You signed it!\n",
    "chevrons": ">> Good evening.\n\n>> TILDA BRANDT: The item is late.\n\n"
    ">> ANTON REYLE: You signed it!\n",
    "times before": "[00:03] Tilda Brandt: It is late.\n\n[00:09] Anton Reyle: You signed it!\n",
    "times behind": "Tilda Brandt (00:03): It is late.\n\nAnton Reyle (00:09): You signed it!\n",
    "times behind names on lines of their own": "Tilda Brandt [00:00:03]\nIt is late.\n\n"
    "Anton Reyle [00:00:09]\nYou signed it!\n",
    "offices below names": "Operator\n\nGood day.\n\nTilda Brandt\nChief Executive\n\n"
    "It is late.\n\nAnton Reyle\nNorthbank, Analyst\n\nYou signed it!\n",
    "subtitles in capitals": "1\n00:00:01,000 --> 00:00:04,000\nBRANDT: It is late.\n\n2\n"
    "00:00:05,000 --> 00:00:09,000\nANTON REYLE: You signed it!\n",
    "broadcast": "ANTON REYLE, HOST: Tonight, the fire.\n\n(BEGIN VIDEO CLIP)\n\n"
    "UNIDENTIFIED FEMALE: It is gone.\n\n(END VIDEO CLIP)\n\nREYLE: You signed it!\n",
    "subtitles with dashes": "1\n00:00:01,000 --> 00:00:04,000\n- BRANDT: It is late.\n\n2\n"
    "00:00:05,000 --> 00:00:09,000\n- ANTON REYLE: You signed it!\n",
    "subtitles with voices": "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Tilda Brandt>It is late\n"
    "and dark.\n\n00:00:05.000 --> 00:00:09.000\n<v.loud Anton Reyle>You signed it!</v>\n",
    "subtitles": "1\n00:00:01,000 --> 00:00:04,000\nTilda Brandt: It is late.\n\n2\n"
    "00:00:05,000 --> 00:00:09,000\nAnton Reyle: You signed it!\n\n3\n"
    "00:00:10,000 --> 00:00:12,000\nTilda Brandt: I did not.\n",
    "names on lines of their own": "Tilda Brandt\n\nThe budget is short.\n\nAnton Reyle  00:40\n\n"
    "You signed it!\n\nTilda Brandt\n\nI did not.\n",
    "titles on those lines": "Good day.\n\nTilda Brandt -- Chief Executive\n\nIt is late.\n\n"
    "Anton Reyle -- Analyst, Northbank\n\nYou signed it!\n\nTilda Brandt -- Chief Executive\n\n"
    "I did not.\n",
    "times behind, the words below": "Pilots: a short history\n\nTilda Brandt (00:03):\nIt is late."
    "\n\nAnton Reyle (00:09):\nYou signed it!\n\nTilda Brandt (00:12):\nSo I did.\n",
    "only two titles": "Tilda Brandt -- Chief Executive\n\nHow are you?\n\n"
    "Anton Reyle -- Northbank -- Analyst\n\nYou signed it!\n",
    "names, one of them an operator": "Operator\n\nThe line is open.\n\nAnton Reyle\n\n"
    "You signed it!\n\nTilda Brandt\n\nSo I did.\n\nAnton Reyle\n\nIn May.\n",
    "offices before names in brackets": "Tilda Brandt (Horn) (Lab)\n\nWhere is it?\n\n"
    "The Minister for Water (Anton Reyle)\n\nYou signed it!\n\nTilda Brandt\n\nWhen?\n",
    "a paper that asks, with what it is called": "Rosa Lund, Harrow Herald: Did you know?\n\n"
    "Anton Reyle: You signed it!\n\nRosa Lund, Harrow Herald: In May?\n\nAnton Reyle: Yes.\n",
    "numbered questions": "Q15 Chair: Why was it late?\n\nDr Anton Reyle: You signed it!\n\n"
    "Q16 Chair: I did not.\n",
    "one a line": "TILDA BRANDT: It is short.\nANTON REYLE: You signed it!\nTILDA BRANDT: No.\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_turn_of_any_layout_is_direct_speech(layout: str) -> None:
    assert ("direct", "anton reyle", "You signed it!") in [
        (form, speaker and speaker.lower(), text) for form, speaker, text in spoken(LAYOUTS[layout])
    ]


def test_who_holds_an_office_is_named_in_brackets_after_it() -> None:
    text = (
        "The Minister for Health (Ms Dunne): The beds will open.\n\n"
        "Mr Carey (Westport): So she said last May. (Interruption.)\n\nThe Speaker: Order.\n"
    )
    assert spoken(text) == [
        ("direct", "Dunne", "The beds will open."),
        ("direct", "Carey", "So she said last May."),
        ("direct", None, "Order."),
    ]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            "Interviewer: What did you see?\n\nMary Okafor: Smoke. Then I ran.\n\n"
            "Interviewer: Where to?\n",
            [None, "Mary Okafor", None],
        ),
        ("Q: Did you know Mr. Hale?\n\nA: I met him.\n\nQ: When?\n\nA: In May.\n", [None] * 4),
        (
            "President Amy Coe met reporters.\n\nTHE PRESIDENT: We met.\n\nMR. ORR: We did.\n\n"
            "THE PRESIDENT: Good.\n",
            ["Amy Coe", "ORR", "Amy Coe"],
        ),
        (
            "THE PRESIDENT: We met.\n\nPRIME MINISTER LORNE: We did.\n\nQ: Did you?\n\n"
            "THE PRESIDENT: Good.\n",
            [None, "LORNE", None, None],
        ),
        (
            "MS. ORR: Good day.\n\nQUESTION: Will it end?\n\nMS. ORR: In May.\n",
            ["ORR", None, "ORR"],
        ),
        (
            "THE PRESIDENT: We met.\n\nQ Sir, is it over?\n\nTHE PRESIDENT: It is.\n",
            [None, None, None],
        ),
        (
            "Nell Orr spoke to us.\n\nQ: When did you know?\n\nNell Orr: In May.\n\n"
            "Q: And the mayor?\n\nNell Orr: She knew.\n",
            [None, "Nell Orr", None, "Nell Orr"],
        ),
        (
            "THE COURT: Call the witness.\n\nMR. BRANDT: Helen Quill.\n\nHELEN QUILL, having been"
            " duly sworn, testified:\n\nQ.  Where were you?\n\nA.  At the mill.\n\n"
            "THE COURT: Go on.\n",
            [None, "BRANDT", None, "Helen Quill", None],
        ),
        (
            "THE COURT: How do you plead?\n\nTHE DEFENDANT: Guilty.\n\nTHE COURT: Why?\n\n"
            "MR. ORR: He is sorry.\n",
            [None, None, None, "ORR"],
        ),
        ("Counsel: Where were you at nine?\n\nWitness: At home, in bed.\n", [None, None]),
    ],
)
def test_a_label_without_a_name_is_nobody_whom_the_others_name(
    text: str, turns: list[str | None]
) -> None:
    assert [name for _, name, _ in spoken(text)] == turns


def test_whoever_calls_out_in_a_house_is_nobody() -> None:
    text = (
        "Mr Prout: The line will reopen in June.\n\nSome hon. members: Oh!\n\n"
        "An hon. Member: When?\n\n"
        "Sarah Mbeki: I told the House so.\n\nMr Prout: In June.\n"
    )
    assert spoken(text) == [
        ("direct", "Prout", "The line will reopen in June."),
        ("direct", None, "Oh!"),
        ("direct", None, "When?"),
        ("direct", "Sarah Mbeki", "I told the House so."),
        ("direct", "Prout", "In June."),
    ]


def test_two_names_with_offices_above_a_question_and_its_answer() -> None:
    text = (
        "Good morning and welcome to the call.\n\n"
        "Gregory Haas -- Tidewater Research -- Analyst\n\nHi, thanks. How are margins?\n\n"
        "Lena Sorel -- Chief Financial Officer\n\nMargins were up.\n"
    )
    assert spoken(text) == [
        ("direct", "Gregory Haas", "Hi, thanks. How are margins?"),
        ("direct", "Lena Sorel", "Margins were up."),
    ]


def test_news_of_a_team_is_not_a_turn() -> None:
    text = (
        "Jane Doe -- Chief Executive\n\nJane joined in 2010 and leads the firm.\n\n"
        "Bo Lim -- Chief Financial Officer\n\nBo ran a bank in Hamm before.\n"
    )
    assert spoken(text) == []


def test_records_of_a_parliament() -> None:
    text = (
        "  The SPEAKER pro tempore. The Chair recognizes the gentleman.\n\n"
        "  Mr. SMYTH of New Jersey. Mr. Speaker, I rise.\n\n"
        "  Mrs.  DeLORA (during the reading). I object.\n\n"
        "  Chairwoman BRANDT. Who objects?\n\n  CHAIRMAN MOSS. I do.\n\n"
        "  Mr. PENDER: Shame!\n\nOpposition members interjecting—\n\n"
        "  Ms VANE (Minister for Water) (Question) (14:23): The dam is full.\n"
    )
    assert [one for one in spoken(text) if one[1]] == [
        ("direct", "SMYTH", "Mr. Speaker, I rise."),
        ("direct", "DeLORA", "I object."),
        ("direct", "BRANDT", "Who objects?"),
        ("direct", "MOSS", "I do."),
        ("direct", "PENDER", "Shame!"),
        ("direct", "VANE", "The dam is full."),
    ]


def test_captions_and_sounds_have_no_speaker() -> None:
    text = (
        "MARIA KOVAL, REPORTER: The bridge is closed. [LAUGHTER]\n\n"
        "TEXT: Bridge closed since May.\n\n"
        "PIERRE DUM, DRIVER: (through translator) I drive two hours more.\n"
    )
    assert spoken(text) == [
        ("direct", "Maria Koval", "The bridge is closed."),
        ("direct", "Pierre Dum", "I drive two hours more."),
    ]


KICKERS = [
    "RISK REMAINS: The vote is close.\n\nREACTION TO LEE: Will Lee took a step.\n",
    "WHAT NEXT: The town will vote.\n\nTHE COST: A ticket rises.\n\nTHE CREW: Forty leave.\n",
    "OUTLOOK: Ships will wait for weeks.\n\nWEATHER: Storms are forecast for June.\n",
    "FOR IMMEDIATE RELEASE: Man charged after a fall\n\nThe release names no one else here.\n",
    "Let me be clear: we stay.\n\nHe left.\n\nLet me be clear: we stay.\n",
    "Kelvin Ferry and Avon Dale are towns.\n\nKELVIN FERRY: The council said that it was late.\n\n"
    "AVON DALE: Police said two people were hurt.\n",
    "- Ann Bell: Born in Dover, the nurse has two sons.\n- Sam Marsh: A farmer from Hamm.\n",
    "- Opening hours: We are here from nine.\n- Best Value: Your bus ticket.\n",
    "Sanders: 60 percent\n\nClinton: 40 percent\n\nSanders: 51 percent\n",
    "Jane Doe, the chief executive, said: “We stay.”\n\nJohn Roe, her deputy, said: “We go.”\n",
]


@pytest.mark.parametrize("text", KICKERS)
def test_kickers_clauses_and_tables_open_no_turn(text: str) -> None:
    assert turns("The port strikes on.\n\n" + text) == []


def test_an_office_is_whoever_held_it_before() -> None:
    text = (
        "The Minister for Water (Jane Doe): I will answer.\n\nBo Lim: Will you mend the pipes?\n\n"
        "The Minister for Water: We have mended most of them.\n\nBo Lim: You have not.\n"
    )
    assert [name for name, _ in turns(text)] == ["Jane Doe", "Bo Lim", "Jane Doe", "Bo Lim"]


def test_people_who_speak_in_a_list_are_speakers() -> None:
    items = {
        "Ann Bell": "It will be loud.",
        "Sam Marsh": "We need buses.",
        "Tom Reed": "I like it.",
    }
    listed = "".join(f"- {name}: {words}\n" for name, words in items.items())
    assert turns(f"What do you say?\n\n{listed}") == [(name, [items[name]]) for name in items]


def test_whom_a_transcript_does_not_name_is_nobody() -> None:
    text = (
        "UNIDENTIFIED MALE: We want jobs!\n\nANN KERN (on camera): That was Dayton.\n\n"
        "SEN. JO PARK (D), OHIO: It will pass.\n\nUNIDENTIFIED MALE: We want jobs!\n"
    )
    assert [name for _, name, _ in spoken(text)] == [None, "Ann Kern", "JO PARK", None]
    text = "Speaker 1: Hello to you.\n\nSpeaker 2: Thank you.\n\nSpeaker 1: Who are you?\n"
    assert spoken(text) == [
        ("direct", None, "Hello to you."),
        ("direct", None, "Thank you."),
        ("direct", None, "Who are you?"),
    ]


def test_a_turn_does_not_go_on_over_a_label_that_is_not_understood() -> None:
    text = (
        "ROE: Are you there?\n\nDOE: I am.\n\nROE: So am I.\n\n"
        "JO “Ace” PARK, OHIO: Good to be with you.\n\nDOE: Good night to you.\n"
    )
    assert ("ROE", ["So am I."]) in turns(text)


def test_headings_of_an_analysis_are_not_turns() -> None:
    paragraphs = [
        "Win, place or get out of the way: here is what each of them needs.",
        "Marsh: Finish second.",
        "Senator Ada Marsh is following a plan that has served others badly.",
        "Colm: Just hang on.",
        "No candidate has less at stake than Colm, who came first a week ago.",
        "Tarn: A miracle.",
        "The most unlikely of them, Tarn has spent his last money on a bus.",
    ]
    assert turns("\n\n".join(paragraphs)) == []


def test_a_name_and_its_initials_answer_questions_that_have_no_name() -> None:
    paragraphs = [
        "We spoke to Luisa Gattori, a climate scientist.",
        "What is driving the fires?",
        "Luisa Gattori: People light them. The drought makes them spread.",
        "Is the government doing enough?",
        "LG: The minister is doing her best.",
        "What gives you hope?",
        "LG: The young people.",
    ]
    assert turns("\n\n".join(paragraphs)) == [
        ("Luisa Gattori", ["People light them. The drought makes them spread."]),
        ("LG", ["The minister is doing her best."]),
        ("LG", ["The young people."]),
    ]


def test_a_dateline_in_capitals_is_no_turn() -> None:
    text = (
        "Court refuses to stay order\n\nKOTTANUR: The Kottanur Bench of the High Court on Monday"
        " refused to stay an order of the Governor.\n\nJustice Ann Bell observed that it was late."
    )
    found = annotate(Source(id="a-1", text=text, origin="-")).statements
    assert [one.speaker.name for one in found if one.form is Form.DIRECT and one.speaker] == []
