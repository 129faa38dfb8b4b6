"""Pronouns and descriptions that a reader gives to nobody named, or to either of two."""

import pytest

from service.domain import Source
from service.extraction import annotate


def last_speaker(text: str) -> str | None:
    found = annotate(Source("a", text, "-")).statements[-1].speaker
    return None if found is None else found.name


@pytest.mark.parametrize(
    "text",
    [
        "Ann Bell’s sister said it was late. “We waited,” she said.",
        "The union’s lawyer, who met Tom Roe on Monday, said it was late. “We waited,” he said.",
        "Tom Roe, 40, and Paul Lind, 50, were hurt. “It was dark,” he said.",
        "Hull City signed Tom Roe from Leeds United. “We are proud,” the club said.",
        "Agent Paul Lind denied it. “He is staying,” Lind said. “I am happy,” the striker wrote.",
        "Judge Ann Bell jailed Tom Roe, 20. “You ran,” Judge Bell told him. “I know,” he said.",
        "The party’s secretary, Ann Bell, said it would vote no. Its leader said “it is a mess”.",
        "It rained. It hailed. It snowed. The ISO spokesman said the report was false.\n\n"
        "The council has no credibility, he said.",
        "Lawyer claims teens lied\n\nAt the trial of Tom Roe, 55, his lawyer suggested they lied.",
        "A resident of Alausa, Ikeja noted that the road was bad.",
        "A trader in Yaba, Lagos told reporters that it was late.",
        "BN MPs absent from the session said they were ill.",
        "Several Labour MPs said they would rebel.",
        "Air Line Pilots Association (ALPA) pilots said they would walk out.",
        "The Democratic Alliance (DA) councillor said the road was unsafe.",
        "The widow of a miner killed at a pit said the owners lied. Tom Roe died on Monday.",
        "A man who asked not to be named said he saw Paul Lind run.",
        "Paul Lind fled. An aide, who spoke on condition of anonymity, said Lind shot him.",
        "Paul Lind fled. The man, whose name was not released, said Lind shot him.",
        "Ann Bell (Labour) spoke. Tom Roe (Con) said it was early. The Labour councillor said no.",
        "Judge Ann Bell spoke. Tom Roe said no. The judge’s clerk said she would not comment.",
        "Ann Bell rents a flat. I rang the agent. “It’s condensation,” she said.",
        "Mayor Anna Bell opened a school. The minister said that more would follow.",
        "Senator Ann Bell and Senator Tom Roe spoke. “It is late,” the senator said.",
        "Tom Roe, a broadcast journalist, has said that nobody may decide who wins.\n\nSpeaking on "
        "Friday, the Marlow MP and Minister for Roads said that his party would not lose.\n\n"
        "“We have the men. It will never happen,” he stated.",
        "Paul Lind was found guilty of arson.\n\nThe judge said Lind was sleeping rough and became "
        "upset.\n\n“The arson was committed in spite,” he said.",
        "Andrew Bell, prosecuting, said the boy ran. “It was planned,” the judge said.",
        "Wayne Penn, the Wales coach, left. “He speaks his mind,” the New Zealander said.",
        "Mom of boy says it was late\n\nThe council met on Monday. It did not vote.",
        "Teen says it was late\n\nThe council met on Monday. It did not vote.",
        "Members told Deputy President Tom Roe to keep out.\n\nPoliticians led by Councillor Paul "
        "Lind said Roe must respect the programme.\n\nHe added that this should include homes.",
    ],
)
def test_somebody_unnamed_or_either_of_two_is_nobody(text: str) -> None:
    assert last_speaker(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("An officer said Tom Roe ran. Roe was calm. “I did not,” he said.", "Tom Roe"),
        (
            "Deputy Prime Minister Ann Bell spoke. The prime minister said he agreed. Tom Roe, the "
            "Prime Minister, left.",
            "Tom Roe",
        ),
        ("Mayor Ann Bell met deputy mayor Tom Roe. Roe left. The mayor said no.", "Ann Bell"),
        ("A farmer from Kano, Musa Bello, said it rained.", "Musa Bello"),
        ("Musa Bello left. A farmer from Kano, Bello, said it rained.", "Musa Bello"),
        ("The Democratic Alliance (DA) said no.", "Democratic Alliance"),
        ("The Association of Independent MPs said no.", "Association of Independent MPs"),
        ("At least one COP member - Anil Roberts - has said that it is late.", "Anil Roberts"),
        ("Pfizer may buy AstraZeneca (AZ). “No,” AZ said.", "AstraZeneca"),
        ("A reporter asked Tom Roe why. “No,” he said.", "Tom Roe"),
        ("Tom Roe and Ann Bell were hurt. “It was dark,” he said.", "Tom Roe"),
        ("Mayor Anna Bell opened a school. The official said that it was late.", "Anna Bell"),
        ("Senator Ann Bell met Mayor Tom Roe. “It is late,” the senator said.", "Ann Bell"),
        ("Tom Roe, the Marlow MP, left. The Marlow MP said no.\n\n“Never,” he said.", "Tom Roe"),
        ("Magistrate Jabang asked the clerk why. Jabang said it was late.", "Jabang"),
        ("State Sen. Jeremy Rask D-Arden, called it a loss. Rask said no.", "Jeremy Rask"),
        ("Bala Jana Pera (BJP) MP Omar Rask yesterday (17) said it was late.", "Omar Rask"),
        ("Striker Tom Penn scored twice. “I am glad,” the South African said.", "Tom Penn"),
        ("Luhut Penn left. “Pak Luhut is here,” a man said. “I am,” Mr Luhut said.", "Luhut Penn"),
        ("Tom Roe said no. Aides of Paul Lind said yes.\n\nHe added that it was late.", "Tom Roe"),
    ],
)
def test_whom_something_decides_is_named(text: str, name: str) -> None:
    assert last_speaker(text) == name
