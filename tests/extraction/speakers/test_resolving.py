from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain import KnownSpeaker, Source, Span, SpeakerKind
from service.extraction.page.layout import lay_out
from service.extraction.proposal import Proposal
from service.extraction.speakers.resolving import Resolution, resolve_speakers

SEEDS = Path(__file__).parents[3] / "seeds"


def resolve(
    text: str,
    mentions: Iterable[str],
    known: Iterable[KnownSpeaker] = (),
    source: str = "a",
) -> list[Resolution]:
    """Each mention is searched after the one before; "[he] said" means the "he" in "he said"."""
    proposals = []
    position = 0
    for wanted in mentions:
        before, bracket, rest = wanted.partition("[")
        inside, _, after = rest.partition("]") if bracket else (wanted, "", "")
        before = before if bracket else ""
        found = text.index(before + inside + after, position) + len(before)
        span = Span(found, found + len(inside))
        position = span.end
        proposals.append(Proposal((Span(span.end, span.end),), None, span, 1.0))
    return resolve_speakers(lay_out(Source(source, text, "-")), proposals, known)


def speakers(
    text: str, mentions: Iterable[str], known: Iterable[KnownSpeaker] = ()
) -> list[str | None]:
    return [r.speaker.name if r.speaker else None for r in resolve(text, mentions, known)]


def seed(name: str) -> str:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    return path.read_bytes().decode().replace("\xa0", " ")


STATEMENT = "joint Russian-Chinese statement"
PUTIN, XI, PATRUSHEV = "Vladimir Putin", "Xi Jinping", "Nikolai Patrushev"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "000",
            [
                ("according to [the joint Russian-Chinese statement signed by Russian]", STATEMENT),
                ("the document", STATEMENT),
                ("the statement", STATEMENT),
                ("[the statement] says", STATEMENT),
                ("Pursuant to [the document]", STATEMENT),
                ("[Russia and China] noted", "Russia and China"),
                ("They", "Russia and China"),
                ("[the statement] runs", STATEMENT),
            ],
        ),
        (
            "001",
            [
                ("Putin", PUTIN),
                ("The Russian leader", PUTIN),
                ("Russian President Vladimir Putin", PUTIN),
                ("The Russian leader", PUTIN),
                ("[Putin] said", PUTIN),
                ("He", PUTIN),
                ("[the Russian leader] wrote", PUTIN),
                ("According to [him]", PUTIN),
                ("Russian Presidential Aide Yuri Ushakov", "Yuri Ushakov"),
            ],
        ),
        (
            "002",
            [
                ("Putin", PUTIN),
                ("Russian President Vladimir Putin", PUTIN),
                ("said [Putin]", PUTIN),
                ("[He] noted", PUTIN),
                ("[he] added", PUTIN),
                ("[He] pointed", PUTIN),
                ("[he] added", PUTIN),
                ("[he] said", PUTIN),
                ("[he] said", PUTIN),
            ],
        ),
        (
            "003",
            [
                ("Russia", "Russia"),
                ("a top Russian security official", PATRUSHEV),
                ("Nikolai Patrushev, secretary of the National Security Council", PATRUSHEV),
                ("Putin’s close ally", PATRUSHEV),
                ("[Patrushev] said", PATRUSHEV),
                ("[China and Russia] emphasized", "Russia and China"),
                (
                    "A Chinese government statement, issued after the meeting",
                    "Chinese government statement",
                ),
                ("Chinese president", XI),
                ("[Putin], in turn", PUTIN),
                ("[he] was ready", PUTIN),
                ("China’s leader Xi", XI),
                ("said [Xi]", XI),
                ("China’s President Xi", XI),
                ("President Putin", PUTIN),
            ],
        ),
        (
            "004",
            [
                ("Putin and Xi", "Vladimir Putin and Xi Jinping"),
                ("Russian President Vladimir Putin", PUTIN),
                ("the two countries", "Russia and China"),
                ("[Russia] claimed", "Russia"),
                ("The two countries", "Russia and China"),
                ("[Russia and China] stated", "Russia and China"),
            ],
        ),
    ],
)
def test_seeds_mentions_mean_whom_a_reader_takes_them_for(
    name: str, expected: list[tuple[str, str]]
) -> None:
    found = speakers(seed(name), [mention for mention, _ in expected])
    answers = [set(answer.split(" and ")) if answer else None for answer in found]
    assert answers == [set(speaker.split(" and ")) for _, speaker in expected]


def test_via_leads_from_the_pronoun_to_the_full_name() -> None:
    text = "Russian President Vladimir Putin came. Putin spoke. He said more."
    (resolution,) = resolve(text, ["He"])
    assert resolution.via == ("He", "Putin", "Russian President Vladimir Putin")
    assert resolution.speaker is not None
    assert resolution.speaker.id == "vladimir-putin"
    assert 0 < resolution.confidence < 1


def test_groups_have_members_and_one_id_in_any_order() -> None:
    text = "Vladimir Putin met Xi Jinping. Putin and Xi spoke. Xi and Putin left."
    first, second = (r.speaker for r in resolve(text, ["Putin and Xi", "Xi and Putin"]))
    assert first is not None
    assert second is not None
    assert first.kind is SpeakerKind.GROUP
    assert [member.name for member in first.members] == ["Vladimir Putin", "Xi Jinping"]
    assert first.id == second.id == "vladimir-putin+xi-jinping"


def test_kinds_are_distinguished() -> None:
    text = "The joint Swiss statement says so. Russia agreed. Then Jane Doe spoke for the FBI."
    found = resolve(text, ["The joint Swiss statement", "Russia", "Jane Doe", "the FBI"])
    assert [r.speaker.kind if r.speaker else None for r in found] == [
        SpeakerKind.DOCUMENT,
        SpeakerKind.ORGANISATION,
        SpeakerKind.PERSON,
        SpeakerKind.ORGANISATION,
    ]


@pytest.mark.parametrize(
    "mention",
    [
        "officials",
        "a voter",
        "Many experts",
        "sources",
        "some lawmakers",
        "Clinton supporters",
        "Gary Johnson’s doctor",
        "the announcer",
        "the letter",
        "three DJs",
        "the MPs",
        "their report",
        "the unsigned opinion",
    ],
)
def test_whom_nothing_names_stays_unknown(mention: str) -> None:
    text = f"Gary Johnson met Hillary Clinton. In the evening {mention} said that it rained."
    [found] = resolve(text, [mention])
    assert (found.speaker, found.confidence, found.via) == (None, 0.0, ())


def test_the_author_is_nobody_named() -> None:
    assert speakers("Jane Doe came. I say that we won.", ["I", "we"]) == [None, None]


def test_i_in_somebodys_words_is_that_somebody() -> None:
    text = "Jane Doe wrote: “Once I said it was over.”"
    jane, content = text.index("Jane"), text.index("Once")
    inner = text.index("I said")
    proposals = [
        Proposal((Span(content, len(text) - 1),), None, Span(jane, jane + 8), 1.0),
        Proposal((Span(inner + 7, len(text) - 1),), None, Span(inner, inner + 1), 1.0),
    ]
    found = resolve_speakers(lay_out(Source("a", text, "-")), proposals)
    assert [r.speaker.name if r.speaker else None for r in found] == ["Jane Doe", "Jane Doe"]


def test_gender_decides_a_pronoun() -> None:
    text = "Hillary Clinton met Donald Trump. She smiled. He did not."
    assert speakers(text, ["She", "He"]) == ["Hillary Clinton", "Donald Trump"]


def test_a_subject_is_likelier_than_an_object() -> None:
    text = "John Smith spoke with Peter Jones. He said that it rained."
    assert speakers(text, ["He"]) == ["John Smith"]


def test_who_is_named_in_the_quotation_is_not_its_speaker() -> None:
    text = "John Smith spoke. “Peter Jones is wrong and Peter Jones knows it,” he said."
    assert speakers(text, ["[he] said"]) == ["John Smith"]


def test_relative_pronouns_mean_the_name_before_them() -> None:
    text = "Then came Jane Doe, the mayor, who said no. Voters who say yes came too."
    assert speakers(text, ["[who] said", "[who] say"]) == ["Jane Doe", None]


def test_a_relation_is_never_its_possessor() -> None:
    text = "Donald Trump came. Trump’s lawyer said no. Then Trump’s lawyer Michael Cohen left."
    assert speakers(text, ["Trump’s lawyer"]) == ["Michael Cohen"]
    assert speakers("Donald Trump came. Trump’s lawyer said no.", ["Trump’s lawyer"]) == [None]


def test_a_description_finds_the_one_with_that_role() -> None:
    text = (
        "Sen. Bernie Sanders met Mayor Bill de Blasio and Mexican President Enrique Peña. "
        "The senator spoke. The mayor spoke. The Mexican leader spoke."
    )
    assert speakers(text, ["The senator", "The mayor", "The Mexican leader"]) == [
        "Bernie Sanders",
        "Bill de Blasio",
        "Enrique Peña",
    ]


LEAD = (
    "Pilot tells inquiry of ‘ice’\n\nA glider pilot who fell into a lake told of the cold.\n\n"
    "Omar Wahl, 51, of Mill Lane, denies flying too low.\n\nThe inquiry goes on."
)


def test_who_is_introduced_after_the_lead_is_whom_it_and_the_headline_describe() -> None:
    mentions = ["Pilot", "A glider pilot who fell into a lake"]
    assert speakers(LEAD, mentions) == ["Omar Wahl", "Omar Wahl"]


def test_somebody_with_another_role_is_not_whom_the_lead_describes() -> None:
    text = LEAD.replace("51, of Mill Lane", "51, a judge")
    assert speakers(text, ["A glider pilot who fell into a lake"]) == [None]


def test_a_definite_description_in_the_lead_is_the_first_to_speak() -> None:
    text = (
        "The retired builder who raised the dam told a panel so.\n\n“I wrote,” said Tom Mayhew, 79."
    )
    assert speakers(text, ["The retired builder who raised the dam", "Tom Mayhew, 79"]) == [
        "Tom Mayhew",
        "Tom Mayhew",
    ]


def test_a_new_description_right_after_somebody_spoke_is_that_somebody() -> None:
    text = "Tom Mayhew says he is calm. “I sleep well,” the baker said with a shrug."
    assert speakers(text, ["Tom Mayhew", "the baker"]) == ["Tom Mayhew"] * 2


@pytest.mark.parametrize("description", ["The former dancer", "The mother of two"])
def test_what_somebody_was_or_has_is_not_another_office(description: str) -> None:
    text = f"The union’s leader, Ann Bell, said no. {description} said more."
    assert speakers(text, ["The union’s leader, Ann Bell,", description]) == ["Ann Bell"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "A baker said no. Tom Mayhew said yes. The baker said so again.",
        "A baker said no. Judge Tom Mayhew said yes. The plumber said so again.",
        "A baker said no. Ann Mayhew said yes. The policeman said so again.",
        "A baker said no. Tom Mayhew said yes.\n\nThe plumber said so again.",
    ],
)
def test_a_description_of_somebody_else_is_not_who_spoke_before(text: str) -> None:
    mayhew = next(name for name in ("Judge Tom Mayhew", "Tom Mayhew", "Ann Mayhew") if name in text)
    role = "The plumber" if "plumber" in text else "The policeman"
    role = role if role in text else "The baker"
    assert speakers(text, ["A baker", mayhew, role])[::2] == [None, None]


def test_who_holds_an_office_is_likelier_than_who_held_it() -> None:
    text = (
        "Ann Bell, chairwoman of the board, spoke. Tom Mayhew, who served as chairman of the board "
        "in spring, agreed. The chair of the board left. The former chairman of the board left."
    )
    mentions = ["The chair of the board", "The former chairman of the board"]
    assert speakers(text, mentions) == ["Ann Bell", "Tom Mayhew"]


def test_a_title_cut_from_its_name_means_the_name() -> None:
    text = "Tom Mayhew met Ann Bell. Mr. Mayhew and Ann Bell never tire. Mr. Mayhew left."
    assert speakers(text, ["Mr", "[Mr]. Mayhew left"]) == ["Tom Mayhew and Ann Bell", "Tom Mayhew"]


def test_who_spoke_in_a_clause_is_not_whom_the_next_sentence_goes_on_about() -> None:
    text = (
        "Tom Mayhew says no. The Ohio governor was speaking on Friday, after Paul Kemp asked. "
        "The Ohio governor said more."
    )
    found = speakers(text, ["Tom Mayhew", "Paul Kemp", "[The Ohio governor] said"])
    assert found == ["Tom Mayhew", "Paul Kemp", "Tom Mayhew"]


def test_what_ends_the_sentence_before_makes_no_object() -> None:
    text = "Tom Bell met many who were not as well off. Paul Kemp laughed. He said so."
    assert speakers(text, ["He"]) == ["Paul Kemp"]


def test_a_party_tells_candidates_apart() -> None:
    text = (
        "Democratic nominee Hillary Clinton met Republican nominee Donald Trump. "
        "The Democratic nominee spoke. The GOP nominee spoke. Both candidates left."
    )
    found = speakers(text, ["The Democratic nominee", "The GOP nominee", "Both candidates"])
    assert found[:2] == ["Hillary Clinton", "Donald Trump"]
    assert found[2] == "Hillary Clinton and Donald Trump"


def test_an_apposition_after_the_role_names_the_speaker() -> None:
    text = "The state’s campaign chairman, Phil Lovas, said so."
    assert speakers(text, ["The state’s campaign chairman, Phil Lovas,"]) == ["Phil Lovas"]


@pytest.mark.parametrize(
    ("mention", "name", "pronoun"),
    [
        ("Its director, Omru Wahl,", "Omru Wahl", "He"),
        ("President Lev Marik’s spokesman, Gorod Istok,", "Gorod Istok", "He"),
        ("Their mother, Alda, 78,", "Alda", "She"),
        ("his widow, Brenna,", "Brenna", "She"),
    ],
)
def test_whom_an_apposition_names_is_who_speaks_on(mention: str, name: str, pronoun: str) -> None:
    text = f"President Lev Marik met Ann Bell. At noon {mention} said so. {pronoun} said more."
    assert speakers(text, [mention, pronoun]) == [name, name]


def test_a_spokesman_is_not_what_his_master_is() -> None:
    text = "Then came President Lev Marik’s spokesman, Gorod Istok. The president said no."
    assert speakers(text, ["The president"]) == ["Lev Marik"]


def test_letters_of_a_parliament_are_no_part_of_a_name() -> None:
    assert speakers("Ann Bell TD agreed.", ["Ann Bell TD"]) == ["Ann Bell"]


def test_letters_after_a_name_do_not_hide_it() -> None:
    text = "In court Nora Blythe KC spoke. She sat down. The barrister left. The MP was late."
    found = speakers(text, ["Nora Blythe KC", "She", "The barrister", "The MP"])
    assert found == ["Nora Blythe"] * 3 + [None]


def test_a_name_with_himself_is_the_name() -> None:
    text = "Tom Wendell came. Wendell himself said no. The mayor, Ann Bell, spoke herself."
    assert speakers(text, ["Wendell himself"]) == ["Tom Wendell"]


def test_organisations_go_by_what_they_are() -> None:
    text = (
        "The Washington Post asked the International Monetary Fund. The fund declined. "
        "The newspaper insisted. It said so."
    )
    assert speakers(text, ["The fund", "The newspaper", "It"]) == [
        "International Monetary Fund",
        "Washington Post",
        "Washington Post",
    ]


def test_an_organisation_goes_by_what_it_is_said_to_be() -> None:
    text = (
        "The aid group Far Shore came. The union Ravenna left. Then came Orrin Silver, a mining "
        "company in Ostrand. The group agreed. The company agreed. The union wept."
    )
    mentions = ["The group", "The company", "The union"]
    assert speakers(text, mentions) == ["Far Shore", "Orrin Silver", "Ravenna"]


def test_a_legal_form_is_not_part_of_a_companys_name() -> None:
    text = (
        "Harrow Mint NV said on Monday it would close shops. The company has lost money. "
        "The maker of sweets failed. This year Harrow was late. It said so."
    )
    found = resolve(text, ["Harrow Mint NV", "The company", "The maker of sweets", "Harrow", "It"])
    assert [r.speaker.name if r.speaker else None for r in found] == ["Harrow Mint"] * 5
    assert {r.speaker.kind for r in found if r.speaker} == {SpeakerKind.ORGANISATION}


def test_a_company_nothing_tells_from_another_stays_unknown() -> None:
    text = "Harrow Mint NV met Orrin Silver plc. The maker of sweets failed."
    assert speakers(text, ["The maker of sweets"]) == [None]


def test_owner_of_a_company_is_not_a_company() -> None:
    text = "Ann Bell wrote of the company Bell founded. Bell left."
    assert speakers(text, ["[Bell] founded", "[Bell] left"]) == ["Ann Bell", "Ann Bell"]


def test_the_judges_are_not_the_two_that_they_include() -> None:
    text = "The judges, who included authors Jane Roe and Amy Bell, wept. The judges said no."
    mentions = ["The judges, who included authors Jane Roe and Amy Bell", "The judges"]
    assert speakers(text, mentions)[1] is None


def test_an_organisation_in_apposition_speaks() -> None:
    text = (
        "Tom Bell’s landlord, Orrin Holdings Ltd, said no. It said more. Bell’s record label, "
        "Blue Reef, agreed. The label wept. The Ostrand Institute came. The think tank denied it."
    )
    mentions = ["Tom Bell’s landlord, Orrin Holdings Ltd,", "It"]
    mentions += ["Bell’s record label, Blue Reef,", "The label", "The think tank"]
    text += " Its junior partner, the Free Seas, left."
    mentions.append("Its junior partner, the Free Seas,")
    names = ["Orrin Holdings"] * 2 + ["Blue Reef"] * 2 + ["Ostrand Institute", "Free Seas"]
    assert speakers(text, mentions) == names


def test_an_age_tells_who_is_meant_and_who_goes_on() -> None:
    text = "Omar Wahl, 51, met Tom Bell, 58. Bell left. The 51-year-old wept. He said so."
    assert speakers(text, ["The 51-year-old", "He"]) == ["Omar Wahl", "Omar Wahl"]
    assert speakers(text.replace("The 51", "The 52"), ["The 52-year-old"]) == [None]


def test_campaigns_are_speakers_of_their_own() -> None:
    text = "Donald Trump came. Trump’s campaign agreed. The campaign added more. It said so."
    assert speakers(text, ["Trump’s campaign", "The campaign", "It"]) == ["Trump campaign"] * 3


def test_a_tweet_speaks_for_its_author() -> None:
    text = "Then came a Donald Trump tweet. It rained."
    assert speakers(text, ["a Donald Trump tweet"]) == ["Donald Trump"]


def test_a_letter_speaks_for_its_author() -> None:
    text = "A letter written on Monday by Ann Bell says no. It goes on. The letter is long."
    mentions = ["A letter written on Monday by Ann Bell", "It", "The letter"]
    assert speakers(text, mentions) == ["Ann Bell"] * 3


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("a new Ostrand University poll", "Ostrand University poll"),
        ("Friday’s Ostrand University poll", "Ostrand University poll"),
        ("an Ostrand University poll last week", "Ostrand University poll"),
        (
            "A survey conducted last May by Ostrand University",
            "survey conducted by Ostrand University",
        ),
        ("a county survey from June", "county survey"),
        ("a study of 4,000 nurses by Dr Roe Mander", "study by Dr Roe Mander"),
        ("Research by Dr Mander", "Research by Dr Mander"),
        ("the latest exit polls", "exit polls"),
        ("emails unearthed in the investigation", "emails unearthed in the investigation"),
        ("some 1,100 pages of Harbor Authority records", "Harbor Authority records"),
        ("A report on attacks by Ann Bell", "report on attacks by Ann Bell"),
    ],
)
def test_a_document_is_named_in_the_words_of_the_article(mention: str, name: str) -> None:
    (found,) = resolve(f"{mention} said so. Dr Roe Mander left.", [mention])
    assert found.speaker is not None
    assert (found.speaker.name, found.speaker.kind) == (name, SpeakerKind.DOCUMENT)


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("An Acme poll says so. The poll went on. It ended.", ["The poll", "It"]),
        ("An Acme poll says so. The survey went on.", ["The survey"]),
        ("The Acme bill says so. The legislation goes on.", ["The legislation"]),
        ("An Acme report came. The document says so.", ["The document"]),
        ("Oil is cheap, a survey says. The Acme poll was long.", ["a survey"]),
    ],
)
def test_a_kind_of_document_means_the_one_spoken_of(text: str, mentions: list[str]) -> None:
    names = speakers(text, mentions)
    assert all(name and name.startswith("Acme ") for name in names)


def test_a_survey_without_a_name_is_another_in_another_source() -> None:
    article = "The Acme poll found so. A street survey found so."
    mentions = ["The Acme poll", "A street survey"]
    here, there = (
        [r.speaker.id if r.speaker else None for r in resolve(article, mentions, source=source)]
        for source in ("a", "b")
    )
    assert here[0] == there[0] == "acme-poll"
    assert here[1] != there[1]
    assert here[1] is not None and here[1].startswith("street-survey-")


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("The Mirror newspaper says so. The Mirror is old.", "The Mirror newspaper", "Mirror"),
        ("A super PAC called Future 45 agrees.", "A super PAC called Future 45", "Future 45"),
        (
            "One group, Occupy Main Street, agrees.",
            "One group, Occupy Main Street,",
            "Occupy Main Street",
        ),
        ("Then the Brits committee spoke.", "the Brits committee", "Brits committee"),
        (
            "The Commons health committee spoke.",
            "The Commons health committee",
            "Commons health committee",
        ),
        (
            "Then the government in Russia spoke.",
            "the government in Russia",
            "government in Russia",
        ),
        (
            "President Anna Kolt came. The administration spoke.",
            "The administration",
            "Kolt administration",
        ),
        ("Shares in Marsh fell. Then Marsh cut jobs. The insurer spoke.", "The insurer", "Marsh"),
        ("Anna Kolt ran for senator. Her campaign spoke.", "Her campaign", "Kolt campaign"),
        ("Sen. Anna Kolt left. Her office spoke.", "Her office", "Anna Kolt’s office"),
    ],
)
def test_a_body_goes_by_what_it_is(text: str, mention: str, name: str) -> None:
    assert speakers(text, [mention]) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Bell, 25, and her husband, Tom Rask, 27, agreed.",
        "Sens. Ann Bell (R-Ohio) and Tom Rask (Fla.) agreed.",
        "Senator Ann Bell of Ohio and Senator Tom Rask of Laskia agreed.",
        "Ann Bell, the former mayor, and Tom Rask, who is ill, agreed.",
        "Ann Bell, Tom Rask and other bundlers agreed.",
        "Two DJs, Ann Bell and Tom Rask, agreed.",
        "Several leaders, including Sens. Ann Bell (Ky.) and Tom Rask (Fla.), agreed.",
    ],
)
def test_people_in_a_row_are_a_group_whatever_they_are(text: str) -> None:
    mention = text.removesuffix(" agreed.")
    assert speakers(text, [mention]) == ["Ann Bell and Tom Rask"]


def test_whoever_is_mentioned_beside_the_speaker_says_nothing() -> None:
    text = "Lawyer Ann Bell, who represents Tom Rask and Joe Dill, spoke."
    assert speakers(text, ["Lawyer Ann Bell, who represents Tom Rask and Joe Dill,"]) == [
        "Ann Bell"
    ]


@pytest.mark.parametrize("opens", ["Sens. ", "", "In a letter, councillors "])
def test_a_row_is_whole_whatever_begins_its_mention(opens: str) -> None:
    text = f"{opens}Ann Bell, Tom Rask and Joe Dill agreed."
    assert speakers(text, ["Tom Rask and Joe Dill"]) == ["Ann Bell and Tom Rask and Joe Dill"]


def test_attorneys_general_are_not_one_of_them() -> None:
    text = "Attorney General Ann Bell agreed. The attorneys general of Ohio and Maine went on."
    assert speakers(text, ["The attorneys general of Ohio and Maine"]) == [None]


def test_the_women_are_two_who_have_just_spoken() -> None:
    text = "Ann Bell and Kim Rask agreed. The women went on."
    assert speakers(text, ["Ann Bell and Kim Rask", "The women"])[-1] == "Ann Bell and Kim Rask"


def test_two_bodies_are_two_whatever_is_said_of_them() -> None:
    text = "The World Bank and Unicef met. Unite and Usdaw, which are large, agreed."
    mentions = ["The World Bank and Unicef", "Unite and Usdaw, which are large,"]
    assert speakers(text, mentions)[-1] == "Unite and Usdaw"


def test_who_is_only_met_is_not_in_the_row() -> None:
    text = "After a talk with Ann Bell, Tom Rask and Joe Dill agreed."
    assert speakers(text, ["Tom Rask and Joe Dill"]) == ["Tom Rask and Joe Dill"]


def test_a_pronoun_and_a_name_are_two() -> None:
    text = "Ann Bell is a nurse. She and her colleague Tom Rask agreed."
    mention = "She and her colleague Tom Rask"
    assert speakers(text, [mention]) == ["Ann Bell and Tom Rask"]


@pytest.mark.parametrize("who", ["Geologists Ann Bell and Tom Rask", "Ann Bell and Tom Rask"])
def test_the_scientists_are_two_who_are_called_so(who: str) -> None:
    text = f"{who} agreed. The scientists went on."
    meant = "Ann Bell and Tom Rask"
    assert speakers(text, [who, "The scientists"]) == [meant, meant if who != meant else None]


def test_both_are_two_who_spoke_since_the_last_two() -> None:
    text = "Ann Bell and Tom Rask agreed.\n\nKim Fox agreed. Joe Dill did too. Both went on."
    mentions = ["Ann Bell and Tom Rask", "Kim Fox", "Joe Dill", "Both"]
    assert speakers(text, mentions)[-1] == "Kim Fox and Joe Dill"


@pytest.mark.parametrize(
    "again", ["Both", "The two", "The pair", "the two lawmakers", "Neither", "both of whom"]
)
def test_two_who_spoke_speak_again(again: str) -> None:
    text = f"Reps. Ann Bell and Tom Rask spoke. {again} went on."
    names = speakers(text, ["Reps. Ann Bell and Tom Rask", again])
    assert names == ["Ann Bell and Tom Rask"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Tom Bell came. Paul Kemp accused him of theft. He rejects the charge.",
        "Paul Kemp accused Tom Bell of theft. He has strongly denied it.",
        "Paul Kemp has blamed Tom Bell for the fire, which he disputes.",
    ],
)
def test_who_rejects_a_charge_is_the_accused(text: str) -> None:
    pronoun = "He" if "He" in text else "[he] disputes"
    assert speakers(text, [pronoun]) == ["Tom Bell"]


def test_who_goes_on_after_a_charge_is_the_accuser() -> None:
    text = "Tom Bell came. Paul Kemp accused him of theft. He said it was plain."
    assert speakers(text, ["He"]) == ["Paul Kemp"]


def test_two_are_named_together_with_what_one_is_to_the_other() -> None:
    text = (
        "President Anna Kolt and her Laskian counterpart, Miro Task, met. The two leaders agreed."
    )
    assert speakers(text, ["The two leaders"]) == ["Anna Kolt and Miro Task"]


def test_they_of_nameless_people_is_nobody() -> None:
    text = "Russia met China. Later officials spoke. They said so."
    assert speakers(text, ["officials", "They"]) == [None, None]


def test_the_sides_of_a_statement_are_its_countries() -> None:
    text = "Russia and China met. The parties note that. The Russian side agrees."
    assert speakers(text, ["The parties", "The Russian side"]) == ["Russia and China", "Russia"]


def test_names_in_other_scripts_stay_as_they_are() -> None:
    assert speakers("习近平 said so. Владимир Путин agreed.", ["习近平", "Владимир Путин"]) == [
        "习近平",
        "Владимир Путин",
    ]


KNOWN = KnownSpeaker(
    id="putin",
    name="Vladimir Vladimirovich Putin",
    aliases=("Putin", "Vladimir Putin"),
    descriptions=("the Russian leader",),
)


def test_known_speakers_settle_names_and_descriptions() -> None:
    text = "The Russian leader spoke. Then Putin spoke. Vladimir Putin left. He said so."
    found = resolve(text, ["The Russian leader", "Putin", "Vladimir Putin", "He"], [KNOWN])
    assert {r.speaker.id if r.speaker else None for r in found} == {"putin"}
    assert {r.speaker.name if r.speaker else None for r in found} == {KNOWN.name}


@pytest.mark.parametrize("mention", ["The Texas governor", "The Texas governor, Kim’s ally,"])
def test_declared_speaker_may_be_described_and_never_named(mention: str) -> None:
    text = f"The chairwoman said it was late. {mention} said it was early."
    chair = KnownSpeaker("roe", "Ann Roe", descriptions=("the chairwoman",))
    assert speakers(text, ["The chairwoman", mention], [chair])[0] == "Ann Roe"


def test_what_follows_has_the_speaker_before() -> None:
    text = "Jane Doe said one. Two. Three."
    proposals = [
        Proposal((Span(14, 17),), None, Span(0, 8), 1.0),
        Proposal((Span(19, 23),), None, None, 1.0, follows=True),
        Proposal((Span(24, 30),), None, None, 1.0),
    ]
    said, follows, alone = resolve_speakers(lay_out(Source("a", text, "-")), proposals)
    assert follows.speaker == said.speaker
    assert 0 < follows.confidence < said.confidence
    assert alone == Resolution(None, 0.0)


@given(st.text(alphabet="AbHe hes’'.,“” \nтЖ习@-()", max_size=200), st.data())
def test_any_text_is_answered_one_for_one(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=6))
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    proposals = [Proposal((span,), None, span, 1.0) for span in spans]
    found = resolve_speakers(lay_out(Source("a", text, "-")), proposals)
    assert len(found) == len(proposals)
    assert all(0 <= r.confidence <= 1 for r in found)


def test_somebody_without_a_name_stays_so_under_a_pronoun() -> None:
    text = "Tom Bell agreed.\n\nThe caretaker confirmed it. He was angry.\n\nBell left. He wept."
    mentions = ["The caretaker", "He", "[He] wept"]
    assert speakers(text, mentions) == [None, None, "Tom Bell"]


def test_the_subject_of_the_paragraph_comes_before_who_spoke_last() -> None:
    text = (
        "Captain Tom Bell apologised to all. He said more.\n\n"
        "Wolves manager Julen Aspe was delighted. He told the BBC so."
    )
    assert speakers(text, ["Tom Bell", "He", "[He] told"]) == ["Tom Bell", "Tom Bell", "Julen Aspe"]


def test_the_president_is_whom_the_paragraph_is_about() -> None:
    text = (
        "President Vladimir Putin had been told.\n\nZelensky did not mention it. “We will,” the "
        "president said.\n\nPutin laughed. The president left."
    )
    mentions = ["Vladimir Putin", "Zelensky", "the president", "The president"]
    assert speakers(text, mentions) == [PUTIN, "Zelensky", "Zelensky", PUTIN]


def test_a_judge_in_the_lead_is_the_one_judge_of_the_article() -> None:
    text = (
        "Judge attacks inquiry\n\nA former mayor was cleared after a judge criticised it.\n\n"
        "Graham Whitlock, 58, was accused of fraud.\n\nMr Justice Oka threw it out. “Never,” he "
        "told the court."
    )
    assert speakers(text, ["Judge", "a judge", "he"]) == ["Oka"] * 3


def test_a_ministry_keeps_its_field() -> None:
    text = "The British ministry of defence said so. The Danish ministry, in a note, denied it."
    mentions = ["The British ministry of defence", "The Danish ministry"]
    assert speakers(text, mentions) == ["British ministry of defence", "Danish ministry"]


def test_a_nationality_alone_is_who_was_spoken_of_last() -> None:
    text = (
        "Liverpool boss Jurgen Bell admitted it. The fans wept. The German left. French coach "
        "Tom Oka met him. The Spaniard smiled. The French agreed."
    )
    mentions = ["Jurgen Bell", "The German", "French coach Tom Oka", "The Spaniard", "The French"]
    expected = ["Jurgen Bell", "Jurgen Bell", "Tom Oka", None, None]
    assert speakers(text, mentions) == expected


def test_which_is_not_a_person_and_a_time_of_day_nobody() -> None:
    text = (
        "At 4:14 P.M. EDT it began. He left. Jane Doe pointed to figures from the office itself, "
        "which suggest more."
    )
    assert speakers(text, ["He", "Jane Doe", "which"]) == [None, "Jane Doe", None]


def test_a_surname_alone_with_a_pronoun_is_a_persons() -> None:
    [zelensky] = resolve("Zelensky, in his address, did not mention it.", ["Zelensky"])
    assert zelensky.speaker is not None
    assert zelensky.speaker.kind is SpeakerKind.PERSON


def test_whom_the_model_sees_as_a_person_is_one() -> None:
    text = "Obama said no. Harrow agreed. Harrow wept."
    article = lay_out(Source("a", text, "-"))
    mention = Span(0, 5)
    proposal = Proposal((Span(11, 13),), None, mention, 1.0)
    for persons, kind in (([mention], SpeakerKind.PERSON), ([], SpeakerKind.ORGANISATION)):
        [one] = resolve_speakers(article, [proposal], (), persons)
        assert one.speaker is not None
        assert one.speaker.kind is kind


def test_both_men_of_more_than_two_are_those_named_together() -> None:
    text = "Tom Bell met Max Oka. Omar Wahl and Jack Roe wept. Paul Lind spoke. Both men left."
    assert speakers(text, ["Both men"]) == ["Omar Wahl and Jack Roe"]
    apart = "Tom Bell met Max Oka. Omar Wahl left. Both men denied it."
    assert speakers(apart, ["Both men"]) == [None]


def test_somebody_and_his_counterpart_speak_together() -> None:
    text = "Egyptian President Tom Bell and his Turkish counterpart, Omar Wahl, said so."
    mention = "Egyptian President Tom Bell and his Turkish counterpart, Omar Wahl"
    assert speakers(text, [mention]) == ["Tom Bell and Omar Wahl"]


def test_which_means_the_body_and_not_the_place_it_is_in() -> None:
    text = "She led the Open Water League in Ghana, which says it has trained ten thousand divers."
    assert speakers(text, ["which"]) == ["Open Water League"]
    assert speakers("She has left Ghana, which says it is sorry.", ["which"]) == ["Ghana"]


@pytest.mark.parametrize("mention", ["The Reno, Nev.-based biotech", "Nevada-based biotech"])
def test_a_seat_of_two_words_is_not_the_speaker(mention: str) -> None:
    text = f"Vantor Therapeutics fell. {mention} said it would wait."
    text = text.replace("Nevada-based", "The Reno, Nevada-based")
    assert speakers(text, [mention]) == ["Vantor Therapeutics"]


def test_your_paper_is_not_the_newspaper_that_asks() -> None:
    text = "Ann Lind spoke with Maine News. Your paper says the ice is thin."
    assert speakers(text, ["Your paper"])[0] != "Maine News"


def test_a_rival_is_not_part_of_the_name() -> None:
    text = "Rival BNX has warned of weak demand. BNX said it would wait."
    assert speakers(text, ["Rival BNX", "BNX"]) == ["BNX", "BNX"]
