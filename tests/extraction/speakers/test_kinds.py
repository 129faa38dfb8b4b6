"""What a capitalised name names, a person or a body, and how much of the words is the name."""

import pytest

from service.domain import Source, SpeakerKind
from service.extraction import annotate

PERSON, BODY = SpeakerKind.PERSON, SpeakerKind.ORGANISATION


def speakers(text: str) -> list[tuple[str, SpeakerKind] | None]:
    found = annotate(Source("a", text, "-")).statements
    return [(one.speaker.name, one.speaker.kind) if one.speaker else None for one in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Jo-Ellen Farrisole, a history professor at Brill University, said it was early.",
            "Jo-Ellen Farrisole",
        ),
        ("Minka Storr, a senior adviser to the Hale campaign, said it was early.", "Minka Storr"),
        ("“We waited,” explains Shimeo Taruka of the Ageing Centre in Kobe.", "Shimeo Taruka"),
        (
            "He gave the opinion to Justice Samuel A. Tolito Jr., who said that it was clear.",
            "Samuel A. Tolito Jr.",
        ),
        ("Co-anchor Norah Quayle, who was off-screen, asked, “Really?”", "Norah Quayle"),
        ("“It is good,” said Atlantic City Mayor Don Guardian on Friday.", "Don Guardian"),
        ("Maria Diaz Says The Election Was Lost By Robots", "Maria Diaz"),
        ("Tilo Brandic, the biggest star in the league, said he would stay.", "Tilo Brandic"),
    ],
)
def test_a_person_is_not_taken_for_a_body(text: str, name: str) -> None:
    assert speakers(text) == [(name, PERSON)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("China's Baolin Iron and Steel Co. said it would wait.", "Baolin Iron and Steel Co"),
        ("Norvik Timber and Paper said it would close two mills.", "Norvik Timber and Paper"),
        (
            "The Southern Center for Human Rights said that it would sue.",
            "Southern Center for Human Rights",
        ),
        ("On Monday the Low Pay Commission said that it was fair.", "Low Pay Commission"),
        ("The High Court ruled on Friday that the tax was void.", "High Court"),
        (
            "The Irish Nurses and Midwives Organisation said that it would not do.",
            "Irish Nurses and Midwives Organisation",
        ),
        (
            "The Irish Nursing and Midwifery Federation said that it would not do.",
            "Irish Nursing and Midwifery Federation",
        ),
        (
            "The Norvik Chamber of Commerce and Industry urged calm.",
            "Norvik Chamber of Commerce and Industry",
        ),
        ("The Hull Arts and Leisure Trust said that it would.", "Hull Arts and Leisure Trust"),
        (
            "The All India Bank Employees’ Association said that it would not do.",
            "All India Bank Employees’ Association",
        ),
        ("The Health Service Executive said that it was late.", "Health Service Executive"),
        ("The National Bus and Rail Union said it was late.", "National Bus and Rail Union"),
        ("The South African Film and Hotel Union said no.", "South African Film and Hotel Union"),
        ("The National Bus & Tramworkers’ Union said no.", "National Bus & Tramworkers’ Union"),
        ("The City of Perth said that it was late.", "City of Perth"),
        ("According to the Douglass Funeral Home, he was 93.", "Douglass Funeral Home"),
        ("Northern Trust said that it would sell the bonds.", "Northern Trust"),
        ("The Diocese of Leeds said that the priest had left.", "Diocese of Leeds"),
        (
            "Customs and Border Protection said the men had been released.",
            "Customs and Border Protection",
        ),
        ("The European Women's Party said it would vote.", "European Women's Party"),
        ("The National Growers’ Union said it would vote.", "National Growers’ Union"),
        ("UK broadcaster Harbour Radio says it will close.", "Harbour Radio"),
        ("French drugmaker Sarro said the trial had failed.", "Sarro"),
        ("China's Baolin, the country's largest steel producer, said it would wait.", "Baolin"),
        ("Nordlys, the biggest newspaper in Norway, reported that she had left.", "Nordlys"),
        ("Kelda Foundry, a division of Arrano Group, said it had orders.", "Kelda Foundry"),
        ("According to PC Pro, a print costs £2.", "PC Pro"),
    ],
)
def test_a_body_goes_by_its_whole_name(text: str, name: str) -> None:
    assert speakers(text) == [(name, BODY)]


@pytest.mark.parametrize(
    "text",
    [
        "Almost 70% of those asked in a poll said that firms do too little.",
        "Nearly 300 of the residents said they had been told to leave.",
        "The Glasgow Kelvin MP, who has left Labour, said she would stand.",
        "Several judges handling federal Freedom of Information Act suits said they would wait.",
        "African-Americans said the law was unfair.",
        "Kenyans say rice is dear. Some Kenyans accused the shops of greed.",
        "Witnesses recount the fire. NOW: Witnesses recount the fire.",
        "WORKERS at Norwood Rail said they would strike.",
        "Mourners say the death was a loss.",
        "Close to 50 interviews with party chairs revealed that he was on his own.",
        "Worse, the companies hide their havens, in many cases reporting different numbers.",
    ],
)
def test_words_that_are_not_names_name_nobody(text: str) -> None:
    assert set(speakers(text)) == {None}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Actor Michael Fox came. Fox told the Post that he was glad.", "Michael Fox"),
        ("Ama Pope runs the shop. “It was closed,” Ms Pope said.", "Ama Pope"),
        ("Tom Bishop runs the shop. “It was closed,” Mr Bishop said.", "Tom Bishop"),
    ],
)
def test_a_surname_that_is_a_word_or_a_firm_is_whose_it_is_here(text: str, name: str) -> None:
    assert speakers(text) == [(name, PERSON)]


def test_a_programme_is_not_who_it_is_called_after() -> None:
    text = "The network shows “Larry King Now” and pays Mr. King. “They pay,” Mr. King said."
    assert speakers(text)[-1] == ("King", PERSON)


def test_who_takes_turns_is_a_person() -> None:
    text = "ORTEGA: We begin.\n\nLINDT: The budget is a mess.\n\nORTEGA: I know it is."
    assert speakers(text) == [("ORTEGA", PERSON), ("LINDT", PERSON), ("ORTEGA", PERSON)]


def test_initials_before_a_colon_are_whose_they_are() -> None:
    text = "Luisa Gattori: People light them.\n\nWhy?\n\nLG: I see it.\n\nHow?\n\nLG: I look."
    assert speakers(text) == [("Luisa Gattori", PERSON)] * 3


def test_a_new_description_does_not_mean_the_person_named_in_the_sentence() -> None:
    text = "Musk vows to appeal after Delaware judge again rejects pay deal\n\nA judge has ruled."
    assert ("Musk", PERSON) not in speakers(text)[1:]
