"""Bodies and documents that an article calls by their kind, and those that alone fit."""

import pytest

from service.domain import Source, Statement
from service.extraction import annotate


def last(text: str) -> Statement:
    return annotate(Source("a", text, "-")).statements[-1]


def speaker_of(text: str) -> str | None:
    speaker = last(text).speaker
    return speaker.name if speaker else None


@pytest.mark.parametrize("body", ["harbour authority", "health ministry", "tribunal"])
def test_a_body_without_a_name_speaks_under_its_kind(body: str) -> None:
    assert speaker_of(f"The boat sank. The {body} said that it had no licence.") == body


def test_a_body_without_a_name_is_another_in_another_article() -> None:
    text = "The boat sank. The harbour authority said that it had no licence."
    ids = {
        found.speaker.id
        for source in "ab"
        for found in annotate(Source(source, text, "-")).statements
        if found.speaker
    }
    assert len(ids) == 2


def test_a_body_with_a_name_is_not_called_by_its_kind() -> None:
    text = "The Port Vale Harbour Authority met. The authority said that it had no licence."
    assert speaker_of(text) == "Port Vale Harbour Authority"


_COLLEGE, _OBSERVATORY = "Royal College of Midwives", "Griffith Observatory"
_FORCE = "Nigeria Police Force"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Brewer Halvorsen cut jobs. The brewer said that it was sorry.", "Halvorsen"),
        ("Wexley Town FC lost. The club said that it was sorry.", "Wexley Town FC"),
        ("Norvane Resources left. “We acted,” the company said.", "Norvane Resources"),
        ("Greenleaf, a think tank, met. “Go,” the think tank said.", "Greenleaf"),
        ("Harlan Steel, which is small, met. “Go,” the firm said.", "Harlan Steel"),
        ("Dutch chipmaker Velder NV met. The chipmaker said that it was fair.", "Velder"),
        ("The student newspaper Schamper asked. The paper said that he sold them.", "Schamper"),
        (
            "Strathmuir Council met. The local authority said that it was sorry.",
            "Strathmuir Council",
        ),
        (
            "The Rovuma State Police Command met. The command said it was calm.",
            "Rovuma State Police Command",
        ),
        ("The sport lost a star. Fifa met. The governing body said that he lied.", "Fifa"),
        (
            "The Bank of Japan met on Friday. Japan’s central bank said it was calm.",
            "Bank of Japan",
        ),
        (
            "President Joan Hale spoke for the Hale administration. The administration said no.",
            "Hale administration",
        ),
        ("A bus stopped. Kyiv’s city council said that it was empty.", "Kyiv’s city council"),
        ("The Royal College of Midwives met. The college said that it was sorry.", _COLLEGE),
        ("The Griffith Observatory met. The observatory said that it was sorry.", _OBSERVATORY),
        ("The Nigeria Police Force denied it. The police said that few came.", _FORCE),
        ("The rebel Northern Front met. The movement said that it was sorry.", "Northern Front"),
        (
            "The World Food Programme said it was late. UNICEF said that two died. The agency said "
            "that more would.",
            "UNICEF",
        ),
        (
            "The Aro South Local Government met. The state government said it was calm.",
            "state government",
        ),
        ("Hallow’s has warned of loss. The supermarket Hallow’s said that it rose.", "Hallow’s"),
        (
            "A report by Sorel Intelligence says it was late. The firm said that few came.",
            "Sorel Intelligence",
        ),
        (
            "Toymaker Brix met. Ferries sailed. Rival Mattby said it had no plans. The toymaker "
            "said that it was sorry.",
            "Mattby",
        ),
        ("The Bank of Korea met. South Korea’s central bank said it was calm.", "Bank of Korea"),
        ("The Bank of Korea met. The Bank of Korea’s board said no.", "Bank of Korea’s board"),
        (
            "The Norland Football Federation met. The federation’s disciplinary committee said no.",
            "Norland Football Federation’s disciplinary committee",
        ),
        ("Citi and Nomura said that it was late.", "Citi and Nomura"),
        (
            "Administrators at Grant Hollis said it was late. The firm said that few came.",
            "Grant Hollis",
        ),
        ("JPMorgan kept to its view. The bank said that few came.", "JPMorgan"),
        ("Labour said that it would vote no. The party said that few came.", "Labour"),
        (
            "Neighbouring Colombia and Peru offered help. The two governments said that few came.",
            "Colombia and Peru",
        ),
        ("The minutes say that it was late. They also say that few came.", "minutes"),
        ("Analysts at Merrin said it was dear. The bank said that few would buy.", "Merrin"),
        (
            "Halcyon Bank said it was sorry. Merrow Capital, which owns a third of it, said it was "
            "not. The bank said that it would appeal.",
            "Halcyon Bank",
        ),
        (
            "Norland’s finance ministry said it was calm. The World Bank said it was not. The "
            "finance ministry said that few knew.",
            "Norland’s finance ministry",
        ),
        (
            "An Ohio State Police car hit OSP Director Ann Roe. OSP said that few came.",
            "Ohio State Police",
        ),
        ("Sorel Health closed a ward. The health system said that few came.", "Sorel Health"),
        (
            "Dover Public Schools met. The school district said that it grew.",
            "Dover Public Schools",
        ),
        ("Challenger, Gray & Christmas said that few came.", "Challenger, Gray & Christmas"),
        (
            "The Harbour Department’s Fish Inspection Service said it was late.\n\nFresh fish.\n\n"
            "Harbour Department\n\nThe agency said that few came.",
            "Fish Inspection Service",
        ),
        ("Wisconsin-headquartered Kerrin Inc. said that few came.", "Kerrin"),
        ("The Ohio State Police met. State police said that few came.", "Ohio State Police"),
        (
            "The Department of Homes and Parks met. The DHP said no.",
            "Department of Homes and Parks",
        ),
        (
            "The U.S. Department of Health and Human Services met. HHS said that few came.",
            "U.S. Department of Health and Human Services",
        ),
        ("Acme Holdings, Inc. met. The Company said that it was calm.", "Acme Holdings"),
        (
            "Acme Holdings, Inc. (“Acme” or the “Company”), owner of Orvane Bank (the “Bank”), met"
            ". The Bank said that it grew. The Company said that it was calm.",
            "Acme Holdings",
        ),
    ],
)
def test_a_body_that_alone_fits_is_meant(text: str, name: str) -> None:
    assert speaker_of(text) == name


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("The governor's office", "governor's office"),
        ("The district attorney's office", "district attorney's office"),
        ("The sheriff's office", "Polk County Sheriff's Office"),
        ("Gov. Ann Bell's office", "Ann Bell’s office"),
        ("Bell's press office", "Ann Bell’s press office"),
        ("Her office", "Ann Bell’s office"),
    ],
)
def test_an_office_is_its_holders(who: str, name: str) -> None:
    text = "The Polk County Sheriff's Office met. On Monday, Gov. Ann Bell left."
    assert speaker_of(f"{text} {who} said that it was late.") == name


@pytest.mark.parametrize("who", ["The bakers union", "The mayor", "Their lawyer"])
def test_a_body_beside_one_without_a_name_does_not_speak_alone(who: str) -> None:
    assert speaker_of(f"The Sierra Club met. {who} and the Sierra Club said that it rose.") is None


def test_a_dateline_is_no_speaker() -> None:
    text = "Elwin, July 26 (PA) The Larkin Nurses Guild, a union, said on Wednesday that it rose."
    assert speaker_of(text) == "Larkin Nurses Guild"


@pytest.mark.parametrize("who", ["The authorities", "Local authorities", "Health authorities"])
def test_authorities_are_no_body(who: str) -> None:
    assert speaker_of(f"The boat sank. {who} said that it had no licence.") is None


@pytest.mark.parametrize("noun", ["Company", "Department"])
def test_a_noun_in_capitals_is_no_name(noun: str) -> None:
    assert speaker_of(f"Ann Roe left. The {noun} said that it was calm.") != noun


@pytest.mark.parametrize(
    "said",
    ["The companies said that", "The two companies said that", "The firms said that"],
)
def test_companies_are_those_named_in_a_row(said: str) -> None:
    text = f"Shipbuilders Kaigan Heavy and Nomuro Marine will merge. {said} it was done."
    assert speaker_of(text) == "Kaigan Heavy and Nomuro Marine"


def test_of_two_companies_in_a_sentence_neither_is_the_company() -> None:
    text = "Jim Roe, a lawyer for Astrel Ltd, said that Norvik Ltd stole it. The company said no."
    assert speaker_of(text) is None


def test_companies_are_nobody_where_two_rows_are_near() -> None:
    text = (
        "Shipbuilders Kaigan Heavy and Nomuro Marine fell. Carmakers Orlo and Tezzo rose. "
        "The companies said that it was done."
    )
    assert speaker_of(text) is None


def test_companies_are_not_two_drugs() -> None:
    text = "Shares fell after Orlotin and Tezzomab did. The companies said that it was done."
    assert speaker_of(text) is None


def test_of_two_carriers_neither_is_the_one_based_elsewhere() -> None:
    text = (
        "Gulf carrier Falcon Air will buy jets from planemaker Airbus. Falcon Air met Airbus. "
        "The Dubai-based company said that it had money."
    )
    assert speaker_of(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "A study by Pew Internet says so. The survey said that few agree.",
            "study by Pew Internet",
        ),
        (
            "A tight race looms.\n\nThe poll, released by the Roe Institute, said that few agree.",
            "poll by the Roe Institute",
        ),
        (
            "A survey carried out by Ink Pro magazine said that ink is dear.",
            "survey by Ink Pro",
        ),
        (
            "An estimate by Congress’s Budget Committee said that it is dear.",
            "estimate by Congress’s Budget Committee",
        ),
        (
            "Figures collected by the Interactive Media in Retail Group said that it is dear.",
            "Figures collected by the Interactive Media in Retail Group",
        ),
    ],
)
def test_a_document_goes_by_its_maker_whatever_else_it_is_called(text: str, name: str) -> None:
    assert speaker_of(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A county survey counted wells. Half were dry, the survey found.", "county survey"),
        ("A federal lawsuit says Acme lied. The suit says that it hid leaks.", "federal lawsuit"),
        ("Mr Rook was charged. The indictment says that he took $9,000.", "indictment"),
        ("The indictment says he took $9,000 from Acme. It alleges that he hid it.", "indictment"),
        (
            "A study by Acme says so. The study, led by Ann Bell, tested ten. It found that few "
            "agree.",
            "study by Acme",
        ),
        ("A study in The Echo tested ten. It found that few agree.", "study"),
        ("A letter was shown to the court. “Please act now,” it read.", "letter"),
        (
            "In a report, the Harbour Board said it was late. The report said that few came.",
            "Harbour Board’s report",
        ),
        (
            "The Harbour Board met. The board’s report said that few came.",
            "Harbour Board’s report",
        ),
        ("They joined a lawsuit. The lawsuit, filed in May, says that few came.", "lawsuit"),
        ("The lawsuit, filed in York, says Acme lied. The suit says that it hid leaks.", "lawsuit"),
        (
            "According to court documents, they met. The documents say that he took $9,000.",
            "court documents",
        ),
        (
            "In an internal memo seen by the Courier it is told. The memo said that it was late.",
            "internal memo",
        ),
    ],
)
def test_a_document_that_alone_fits_is_meant(text: str, name: str) -> None:
    assert speaker_of(text) == name


def test_of_two_documents_neither_is_meant_alone() -> None:
    text = (
        "A county survey counted wells, and a state survey counted pumps, the county says."
        "\n\nHalf were dry, the survey found."
    )
    assert speaker_of(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Two men sued the Larkin County School District. The district said that it was sorry.",
            "Larkin County School District",
        ),
        ("Fair Justice, a small charity, met. The charity said no.", "Fair Justice"),
        ("Friends of Farley Library said that the plan was wrong.", "Friends of Farley Library"),
        ("Unitas, which represents most staff, met. The union said no.", "Unitas"),
        ("Pennard Foods closed a plant in Wexley. The confectioner said no.", "Pennard Foods"),
        ("The Wexley Echo sent a man. The newspaper said that he was sorry.", "Wexley Echo"),
        ("The boat sank. The finance ministry in Lusaka said no.", "finance ministry"),
        (
            "The Commission on Elections (Comelec) met. The poll body said no.",
            "Commission on Elections",
        ),
        ("The Wexley Teachers Association met. The union said no.", "Wexley Teachers Association"),
        ("The Wexley Ironbacks lost. The team said that it was sorry.", "Wexley Ironbacks"),
        ("Lantern Kids, an advocacy group, met. The nonprofit said no.", "Lantern Kids"),
        ("Education Week sent a man. Ed Week said that pupils read well.", "Education Week"),
        ("Stapleton &amp; Rowe, the firm that runs it, said no.", "Stapleton & Rowe"),
        ("Hartwell &amp; Sons met. Hartwell &amp; Sons said no.", "Hartwell & Sons"),
    ],
)
def test_a_body_is_known_by_its_words_or_by_what_is_said_of_it(text: str, name: str) -> None:
    assert speaker_of(text) == name


def test_the_noun_itself_comes_before_its_synonyms() -> None:
    text = (
        "The Wexley Nurses Union met. Then the Wexley Teachers Association met, and the Teachers "
        "Association left. The union said no."
    )
    assert speaker_of(text) == "Wexley Nurses Union"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Suryaveer Motors raised prices. Oldcastle Motors did not. Both carmakers said that "
            "vans would be spared.",
            "Suryaveer Motors and Oldcastle Motors",
        ),
        (
            "Suryaveer Motors left. Velder Motors did. Oldcastle Motors stayed. Both carmakers "
            "said no.",
            None,
        ),
        ("Judges of Utah and Oregon met. The two states said no.", "Utah and Oregon"),
    ],
)
def test_both_are_the_only_two_of_their_kind(text: str, name: str | None) -> None:
    assert speaker_of(text) == name


def test_a_firm_is_not_the_town_in_which_it_is() -> None:
    text = "The plant in Wexley closed. Shops in Wexley did, too. The confectioner said no."
    assert speaker_of(text) is None


def test_a_body_is_called_by_the_first_word_of_its_name() -> None:
    text = "Pennard bought Oldcastle Biscuits, a rival. Oldcastle said that it was glad."
    assert speaker_of(text) == "Oldcastle Biscuits"


def test_a_person_is_not_a_body_that_is_named_after_him() -> None:
    text = "They boarded the Brandt Train. Brandt said that he was glad."
    assert speaker_of(text) == "Brandt"


@pytest.mark.parametrize(
    ("mention", "name"), [("Both Rusks", "Adam Rusk and Joel Rusk"), ("The Roes", None)]
)
def test_a_family_is_those_of_its_surname(mention: str, name: str | None) -> None:
    text = f"Adam Rusk phoned Joel Rusk. Tom Roe left. {mention} said that they were sorry."
    assert speaker_of(text) == name


def test_two_members_of_a_party_are_those_named() -> None:
    text = (
        "Ana Reyes and Tom Birtle said that it was rushed. The two Liberal Democrats said that "
        "papers came late."
    )
    assert speaker_of(text) == "Ana Reyes and Tom Birtle"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A World Health Organization team left. The WHO said no.", "World Health Organization"),
        (
            "A World Health Organization team left. The UN agency said no.",
            "World Health Organization",
        ),
        ("The Pilots’ Guild met. The guild said no.", "Pilots’ Guild"),
        (
            "The Norse Directorate of Health met. The directorate said no.",
            "Norse Directorate of Health",
        ),
        ("The count ended. The city’s election office said no.", "city’s election office"),
        ("Grid Nordica closed a plant in Wexley. The operator said no.", "Grid Nordica"),
    ],
)
def test_an_authority_is_known_by_its_kind(text: str, name: str) -> None:
    assert speaker_of(text) == name


def test_two_nations_named_together_are_the_two() -> None:
    text = "The governments of Fiji and Palau met. The two Pacific nations said no."
    assert speaker_of(text) == "Fiji and Palau"


def test_voters_who_spoke_are_not_the_candidates() -> None:
    text = (
        "Senators Ann Roe, a candidate, and Tom Vale, a candidate, met. Ida Moss and Bo Lund said "
        "it was late. Both candidates said that it was early."
    )
    assert speaker_of(text) != "Ida Moss and Bo Lund"


def test_a_books_title_is_not_a_family() -> None:
    text = "Adam Rusk phoned Joel Rusk, according to “The Rusks: Three Lives,” by Ola Berg."
    assert speaker_of(text) != "Adam Rusk and Joel Rusk"


@pytest.mark.parametrize("noun", ["lawmakers", "senators"])
def test_those_who_just_spoke_together_are_meant(noun: str) -> None:
    text = f"Ida Moss and Bo Lund said it was late. The {noun} said that they were sorry."
    assert speaker_of(text) == "Ida Moss and Bo Lund"


def test_a_body_that_just_spoke_comes_before_one_that_fits_the_word() -> None:
    text = (
        "The Wexley Housing Association met.\n\nWexley Tenants United said that rents rose. The "
        "organization said no."
    )
    assert speaker_of(text) == "Wexley Tenants United"


def test_a_bank_is_called_by_the_first_word_of_its_name() -> None:
    text = "The office fined Bank Aldur and Kestrel Bank. Kestrel said that it would appeal."
    assert speaker_of(text) == "Kestrel Bank"


def test_a_group_far_back_is_not_the_group() -> None:
    text = (
        "The Orvane Retailers Association said that prices rose. Rain fell. Ferries were late. "
        "Nobody came. The pier closed. The Fight for Fares march grew. The group’s members said "
        "that it was done."
    )
    assert speaker_of(text) is None


def test_a_newspaper_of_a_town_is_not_the_town() -> None:
    assert speaker_of("A Port Vale newspaper told Ms. Roe to act. It said she was late.") is None
    assert speaker_of("The Mirror newspaper said that she was late.") == "Mirror"


def test_a_newspaper_may_be_called_by_where_it_is() -> None:
    text = "Ann Bell will stay away, her office said. The Tennessean first reported her decision."
    assert speaker_of(text) == "Tennessean"
