"""The words with which an article introduces who speaks."""

import pytest

from service.domain import Extractor
from tests.statements import extracted


def titles(text: str) -> list[str | None]:
    found = extracted(text)
    for one in found:
        if one.title is not None:
            assert one.title.span.of(text) == one.title.text
    return [one.title and one.title.text for one in found]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Russian President Vladimir Putin said it was late.", "Russian President"),
        ("Former Kolt campaign adviser Jane Doe said it was late.", "Former Kolt campaign adviser"),
        ("On Monday, Minnesota Gov. Tim Walz said it was late.", "Minnesota Gov."),
        ("Secretary of State Hilda Crane said it was late.", "Secretary of State"),
        ("But Mayor Jane Doe said it was late.", "Mayor"),
        ("Jane Doe, a professor of law at Yale, said it was late.", "professor of law at Yale"),
        (
            "“No,” said Jane Doe, secretary of the National Security Council.",
            "secretary of the National Security Council",
        ),
        ("Jane Doe, 54, a farmer from Iowa, said it was late.", "farmer from Iowa"),
        ("Jane Doe (D-Vt.), chair of the panel, said it was late.", "chair of the panel"),
        ("The mayor, Jane Doe, said it was late.", "mayor"),
        ("A spokesman for the mill, John Doe, said it was late.", "spokesman for the mill"),
        ("It was late, according to Dr. Jane Doe, an epidemiologist at Yale.",
         "epidemiologist at Yale"),
        ("Jane Doe said it was late. Doe is a baker in Arden.", "baker in Arden"),
        ("“There is hope,” its director, Jane Doe, told reporters.", "director"),
        ("“There is hope,” Jane Doe, told reporters.", None),
        ("Jane Doe, who leads the bakers’ union, said it was late.", "leads the bakers’ union"),
        ("Founder and head baker Jane Doe said it was late.", "Founder and head baker"),
        ("The mayor and Police Chief Jane Doe left. Doe said it was late.", "Police Chief"),
        ("Co-founders Tom and Jane Doe left. Jane Doe said it was late.", "Co-founders"),
        ("Judge Jane Doe, a former lawyer, said it was late.", "Judge"),
        ("Jane Doe, a senior fellow at Yale, said it was late.", "senior fellow at Yale"),
        ("Her Tory counterpart, Jane Doe of Arden, said it was late.", "Tory counterpart"),
        ("“No,” said Mill President Dr. Jane Doe.", "Mill President"),
        ("Jane Doe, president emeritus of Yale, said it was late.", "president emeritus of Yale"),
        ("Jane Doe, a retired toll taker, said it was late.", "retired toll taker"),
        ("Jane Doe, a glass cutter who is 40, said it was late.", "glass cutter"),
        ("Arden County Recorder Jane Doe said it was late.", "Arden County Recorder"),
        ("Jane Doe, who was coordinator for buses, said it was late.", "coordinator for buses"),
        ("The suit names Arden Mills and its manager, Jane Doe. Doe said it was late.", "manager"),
        ("Another pollster, Jane Doe, said it was late.", "pollster"),
        ("Two Yale bakers, Tom Rask and Jane Doe, left. Doe said it was late.", "Yale bakers"),
        ("Jane Doe left. “No,” the farmer said.", "farmer"),
        ("Chairman of the bakers’ union, Comrade Jane Doe, said it was late.",
         "Chairman of the bakers’ union"),
        ("Minister for Mills Jane Doe said it was late.", "Minister for Mills"),
        ("Arden provincial spokesperson on education Jane Doe said it was late.",
         "Arden provincial spokesperson on education"),
        ("Arden's mayor, Jane Doe, a Republican, said it was late.", "mayor"),
        ("Of all the players Jane Doe has met, one won. Jane Doe said it was late.", None),
        ("Jane Doe was also a child and later a witness. Jane Doe said it was late.", None),
        ("Ohio Court of Appeals Judge Jane Doe said it was late.", "Ohio Court of Appeals Judge"),
        ("“No,” said University of Arden professor Jane Doe.", "University of Arden professor"),
        ("Jane Doe, its co-producer, said it was late.", "co-producer"),
        ("Jane Doe, chairman, president and CEO of Acme, said it was late.",
         "chairman, president and CEO of Acme"),
        ("Jane Doe, chairman, president, and founder, said it was late.",
         "chairman, president, and founder"),
        ("John Doe, Jr., vice chairman and founder of Acme, said it was late.",
         "vice chairman and founder of Acme"),
        ("It was late, according to committee chair Sen. Jane Doe.", "committee chair Sen."),
        ("Jane Doe, a baker, mayor Tom Rask and the treasurer left. Jane Doe said it was late.",
         "baker"),
        ("Mill Manager (Accounts) Jane Doe said it was late.", "Mill Manager (Accounts)"),
        ("She played the widow. Jane Doe said it was late.", None),
        ("“No,” said a baker who gave only her first name, Jane.", "baker"),
        ("Mill Minister Datuk Seri Ali Zaki said it was late.", "Mill Minister"),
        ("Mill Minister Tan Sri Ali Zaki said it was late.", "Mill Minister"),
        ("Mill Commissioner Alhaji Musa Bello said it was late.", "Mill Commissioner"),
        ("Mill Minister Prof. Jane Doe said it was late.", "Mill Minister"),
        ("Arden Governor, Jane Doe has said that it was late.", "Arden Governor"),
        ("ARDEN: The Minister for Mills, Hon. Jane Doe told reporters it was late.",
         "Minister for Mills"),
        ("Also speaking, the Mill Commissioner, Dr Jane Doe said it was late.",
         "Mill Commissioner"),
        ("Arden Governor, Rev. Fr. Tom Rask has left. Rask said it was late.", "Arden Governor"),
        ("Adviser to the Prime Minister on Mills Jane Doe said it was late.",
         "Adviser to the Prime Minister on Mills"),
        ("Ministry of Mills spokesperson Jane Doe said it was late.",
         "Ministry of Mills spokesperson"),
        ("Minister for Information, Broadcasting and National Heritage Jane Doe said it was late.",
         "Minister for Information, Broadcasting and National Heritage"),
        ("Western Cape Local Government MEC Jane Doe said it was late.",
         "Western Cape Local Government MEC"),
        ("Arden People's Party (APP) leader Jane Doe said it was late.",
         "Arden People's Party (APP) leader"),
        ("Labour councillor for Arden, Jane Doe said it was late.",
         "Labour councillor for Arden"),
    ],
)  # fmt: skip
def test_title_is_how_the_article_introduces_the_speaker(text: str, title: str | None) -> None:
    assert titles(text)[0] == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("“No,” said cheesemonger Jane Doe.", "cheesemonger"),
        (
            "The Commissioner for Mills, Dr. (Mrs.) Jane Doe, thanked her. She said: “No.”",
            "Commissioner for Mills",
        ),
        ("An organizer who gave his name as Walt said the goal is simple: “No.”", "organizer"),
    ],
)
def test_description_in_a_mention_is_a_title(text: str, title: str) -> None:
    found = extracted(text, Extractor.MODEL)[0]
    assert found.title is not None
    assert found.title.text == title


def test_body_is_introduced_by_its_kind() -> None:
    text = "The industry group Malva Alliance fell. The Malva Alliance said it was late."
    assert titles(text) == ["industry group"]


def test_title_is_read_wherever_the_speaker_is_introduced() -> None:
    text = "“No,” Doe said.\n\nIt rained. Jane Doe, the owner of the mill, left. “Yes,” she said."
    assert titles(text) == ["owner of the mill", "owner of the mill"]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe said it was late.",
        "Mr. Doe said it was late.",
        "Jane Doe, commended the minister. Doe said it was late.",
        "Jane Doe, Tom Rask and Ann Bell left. Jane Doe said it was late.",
        "Polls show Jane Doe ahead. Jane Doe said it was late.",
        "After meeting the governor, Jane Doe said it was late.",
        "Tom Rask is a member of the Doe cabinet. Doe said it was late.",
        "Tom Rask, the mayor, Jane Doe said, was late. Jane Doe said no.",
        "According to Jane Doe, the two betrayed their friend. Jane Doe said no.",
    ],
)
def test_nothing_else_is_a_title(text: str) -> None:
    assert titles(text)[-1] is None


def test_verb_before_a_title_is_not_part_of_it() -> None:
    assert titles("Some polls show Sen. Jane Doe ahead. Doe said it was late.")[-1] == "Sen."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A senior White House official said it was late.", "senior White House official"),
        ("Officials said it was late.", None),
        ("Lawyers for Acme Holdings said it was late.", "Lawyers for Acme Holdings"),
        ("Many lawmakers said it was late.", None),
        ("Federal investigators said it was late.", "Federal investigators"),
        ("One importer in Ohio said it was late.", "importer in Ohio"),
        ("A person in Ohio said it was late.", None),
    ],
)
def test_unnamed_source_is_introduced_by_the_mention(text: str, title: str | None) -> None:
    assert titles(text) == [title]


def test_whose_relative_somebody_is_is_not_that_persons_title() -> None:
    text = (
        "Money went to the brother-in-law of founder and chief executive Ray Toe. Toe said it did."
    )
    assert titles(text) == ["founder and chief executive"]


def test_a_title_ends_before_the_comma() -> None:
    assert titles("The port's Permanent Secretary, Dr Moe Roe, said it was late.") == [
        "Permanent Secretary"
    ]
