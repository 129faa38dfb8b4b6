"""Who is meant where a mention names somebody: names as articles write them."""

import pytest

from service.domain import Source
from service.extraction import annotate

Meant = tuple[str | None, str | None]


def meant(text: str, mention: str) -> Meant:
    """Name and kind of the speaker of the statements whose mention begins so."""
    found = annotate(Source("a", text, "-")).statements
    speakers = {
        (s.speaker.name, s.speaker.kind.value) if s.speaker else (None, None)
        for s in found
        if s.attribution.mention is not None and s.attribution.mention.text.startswith(mention)
    }
    assert len(speakers) == 1, [(s.attribution.mention, s.speaker) for s in found]
    return speakers.pop()


def name(text: str, mention: str) -> str | None:
    return meant(text, mention)[0]


def last(text: str) -> str | None:
    speaker = annotate(Source("a", text, "-")).statements[-1].speaker
    return speaker.name if speaker else None


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        (
            "Secretary of State Joan Kelly said that talks would go on. Secretary General Ban "
            "Ki-hoon said he was glad.\n",
            "Secretary of State",
            "Joan Kelly",
        ),
        (
            "President of France Emmanuel Lacroix said the vote was fair. President Jo Bowden said "
            "it was not.\n",
            "President of France",
            "Emmanuel Lacroix",
        ),
        (
            "“Ferries run,” secretary of transport and ports Ylva Brandt told The Herald.\n\n"
            "Norway’s secretary of state, Olav Tveit, told The Herald that fares would rise.\n",
            "secretary of transport",
            "Ylva Brandt",
        ),
        (
            "UN High Commissioner for Human Rights Volker Brandt said the law was “worrying”.\n",
            "UN High",
            "Volker Brandt",
        ),
        (
            "European Commissioner for Trade Valdis Ozols said that tariffs were “a mistake”. "
            "Trade commissioner Ann Roe left in May.\n",
            "European Commissioner",
            "Valdis Ozols",
        ),
        (
            "Minister for Health and Social Care Maree Todds said: “Nobody should wait.”\n",
            "Minister for Health",
            "Maree Todds",
        ),
        (
            "Leader of Kent County Council, Councillor Roger Gaff MBE, said: “We mend roads.”\n\n"
            "The council leader in Essex, Councillor Jean Dow, said the plan was thin.\n",
            "Leader of Kent",
            "Roger Gaff",
        ),
        (
            "Kenya’s Ministry of Roads and Bridges (Morb) director-general, Faith Wanja, told MPs "
            "that “the bridge is safe”.\n",
            "Kenya’s Ministry",
            "Faith Wanja",
        ),
        (
            "India’s Chief of Defence Staff General Anil Bose said that drones would be bought.\n",
            "India’s Chief",
            "Anil Bose",
        ),
    ],
)
def test_the_full_name_at_a_mentions_end_is_who_it_is(
    text: str, mention: str, speaker: str
) -> None:
    assert name(text, mention) == speaker


def test_somebodys_aide_is_not_that_somebody() -> None:
    text = "Senator Ann Bell left. An aide to Senator Ann Bell said that she was ill.\n"
    assert name(text, "An aide") is None


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        ("MEC Dlomo asked parents to wait. Sibongile Dlomo left.\n", "MEC", "Sibongile Dlomo"),
        ("DA Marilyn Kosta said the charges stand.\n", "DA", "Marilyn Kosta"),
        (
            "Biologist Merkel said the eels were dying. Anja Merkel, a biologist at the University "
            "of Kiel, said so in May, too.\n",
            "Biologist",
            "Anja Merkel",
        ),
        (
            "State’s Attorney Kim Foxley said it was closed. “It is over,” SA Foxley said.\n",
            "SA",
            "Kim Foxley",
        ),
        (
            "And from Chairwoman Rosa Welling:\n\n“Dana keeps us connected.”\n",
            "Chair",
            "Rosa Welling",
        ),
    ],
)
def test_offices_are_not_part_of_a_name(text: str, mention: str, speaker: str) -> None:
    assert name(text, mention) == speaker


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        ("María José Lopera, the mayor, said it was closed.\n", "María", "María José Lopera"),
        (
            "Ana Díaz Martínez said it was fair. “We won,” Díaz Martínez said.\n",
            "Díaz",
            "Ana Díaz Martínez",
        ),
        (
            "Lucia van der Molen said the dike held. “It was close,” said Van der Molen.\n",
            "Van",
            "Lucia van der Molen",
        ),
        (
            "Ngozi Okonja-Iwelu said trade was slow. Mrs Okonja‑Iwelu said it was late.\n",
            "Mrs",
            "Ngozi Okonja-Iwelu",
        ),
        ("Jens Stoltenbørg left. Stoltenborg said it would grow.\n", "Stolten", "Jens Stoltenbørg"),
        ("Conor O’Brien left. “Yes,” said OʼBrien.\n", "O", "Conor O’Brien"),
        ("“We lost it,” said Siân Rhys‐Jones, a farmer.\n", "Siân", "Siân Rhys‐Jones"),
        (
            "The operator, Kang Min Pin, paid. “These are lies,” Mr Pin said.\n",
            "Mr Pin",
            "Kang Min Pin",
        ),
        ("Rep. Emanuel Cleaver II (D-Mo.) said it had failed.\n", "Rep", "Emanuel Cleaver II"),
        ("“The sea is shallow,” Jan van Sebel, a fisherman, told us.\n", "Jan", "Jan van Sebel"),
    ],
)
def test_a_name_is_neither_cut_nor_split(text: str, mention: str, speaker: str) -> None:
    assert name(text, mention) == speaker


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Olga Radio, a chemist there, says that not everyone left.\n", "Olga Radio"),
        ("Danilo Union, 43, a welder, said the pay was poor.\n", "Danilo Union"),
        ("Josef Bank, a baker, says flour is dear.\n", "Josef Bank"),
        ("Chief Justice Amos Bell Jr. said the court would rise.\n", "Chief"),
        ("JUSTICE KAGEN: Is this a waiver?\n\nMR. PRELOW: It is both, I think.\n", "JUSTICE"),
    ],
)
def test_a_person_whose_name_is_a_word_is_a_person(text: str, mention: str) -> None:
    assert meant(text, mention)[1] == "person"


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        (
            "Columnist George Will called the mayor a disaster.\n\nWill urged the council to look "
            "elsewhere. “The city deserves better,” Will wrote.\n",
            "Will",
            "George Will",
        ),
        (
            "“You are not welcome,” said Kristen Day, director of the group.\n\nDay said the rules "
            "were absurd.\n",
            "Day",
            "Kristen Day",
        ),
        (
            "Understated Perrin raises profile\n\nLabor Secretary Thomas Perrin moved to the last "
            "row.\n\n“He is a fraud,” Perrin said on Sunday.\n",
            "Perrin",
            "Thomas Perrin",
        ),
        (
            "The order by U.S. District Judge Emmet G. Sullivan came as part of a lawsuit.\n\n"
            "Sullivan set a deadline. Sullivan also said the letters were late.\n",
            "Sullivan",
            "Emmet G. Sullivan",
        ),
    ],
)
def test_a_surname_that_is_also_a_word_is_its_bearer(text: str, mention: str, speaker: str) -> None:
    assert name(text, mention) == speaker


TWO = (
    "Helen Marsh and Diane Marsh run the farm. Helen Marsh said milk was cheap. Diane Marsh said "
    "feed was dear.\n\n“We may have to sell,” Ms Marsh said.\n"
)


def test_a_surname_is_whoever_bears_it_so_far() -> None:
    text = (
        "Hundreds came to Vernon Nelson’s party.\n\n“I feel fine,” Nelson said.\n\nAll are gone "
        "except for Doug Nelson.\n\n“He is well,” Doug Nelson said.\n"
    )
    assert name(text, "Nelson") == "Vernon Nelson"


def test_a_surname_that_two_bear_is_nobody_where_nothing_decides() -> None:
    assert name(TWO, "Ms Marsh") is None


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        ("Ann Marsh spoke in Ohio. Marsh said no. Former mayor Paul Marsh left.", "Ann Marsh"),
        ("Ann Marsh spoke in Ohio. Former mayor Paul Marsh left. Ann Marsh smiled.", "Ann Marsh"),
        ("Ann Marsh spoke in Ohio. Paul Marsh left. Paul Marsh was mayor.", None),
        ("Ann Marsh spoke in Ohio. Paul Marsh, a former mayor, left.", None),
    ],
    ids=["the one called so before", "the first, named most often", "the second", "equal"],
)
def test_a_shared_surname_is_whoever_goes_by_it(between: str, speaker: str | None) -> None:
    text = f"{between}\n\nIt rained for days.\n\n“Now it is time,” Marsh said in a speech.\n"
    assert last(text) == speaker


@pytest.mark.parametrize(
    "introduction",
    [
        "Liz Marsh, daughter of former Vice President Dick Marsh, won the primary on Tuesday.",
        "Liz Marsh, whose father Dick Marsh was mayor for 12 years, won the primary on Tuesday.",
    ],
)
def test_whoever_is_named_only_as_a_relative_is_not_the_surname_alone(introduction: str) -> None:
    text = f"{introduction}\n\n“Now it’s time to look forward,” Marsh said in a speech.\n"
    assert name(text, "Marsh") == "Liz Marsh"


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        (TWO.replace("Helen Marsh and Diane Marsh run", "Diane Marsh runs"), "Ms", "Diane Marsh"),
        (
            "Sen. Ted Cruse spoke. His father, Rafael Cruse, is a pastor. Sen. Cruse said no.\n",
            "Sen. Cruse",
            "Ted Cruse",
        ),
        (
            "President Obrand is on tour. Michelle Obrand was there. “I left,” Mr. Obrand said.\n",
            "Mr. Obrand",
            "Obrand",
        ),
        (
            "Martin Dole Jr. was away. His father, Martin Dole, was not. “No,” Dole Jr. said.\n",
            "Dole Jr.",
            "Martin Dole Jr.",
        ),
        (
            "Martin Dole Jr. was away. His father, Martin Dole, was not. “No,” the younger Dole "
            "said.\n",
            "the younger",
            "Martin Dole Jr.",
        ),
        (
            "George H. W. Bashe met George W. Bashe. George W. Bashe said he was glad.\n",
            "George W.",
            "George W. Bashe",
        ),
        ("Nguyen Thi Lan sold rice. “Prices doubled,” Lan said.\n", "Lan", "Nguyen Thi Lan"),
        (
            "Donald J. Thorne met his brother, Freddy. Mr. Thorne sells land. Mr. Thorne lost it."
            "\n\n" + "It rained for a day. " * 80 + "\n\nThe story of Freddy Thorne is sad.\n\n"
            "“He was a pilot,” Mr. Thorne said.\n",
            "Mr. Thorne",
            "Donald J. Thorne",
        ),
        (
            "Right-hander Emiliano “Pen” Quiro won. His sister, Yara Quiro, wept. “I won,” Quiro "
            "said. Emiliano Quiro left.\n",
            "Quiro",
            "Emiliano Quiro",
        ),
        (
            "Donald J. Thorne won. Donald Thorne Jr. spoke. Ms. Thorne’s talk was short. "
            "“Yes,” Mr. Thorne said. Donald J. Thorne left. Donald J. Thorne smiled.\n",
            "Mr. Thorne",
            "Donald J. Thorne",
        ),
        (
            "Deputy Kyle Brandt left.\n\nSheriff Tom Brandt came. But Brandt said that he was ill."
            "\n\nKyle Brandt left.",
            "Brandt",
            "Tom Brandt",
        ),
        ("Pundit Ger “The Bull” Kiely came.\n\n“Go,” The Bull said.", "The Bull", "Ger Kiely"),
        ("Xavier Le Pen left. “It is false,” Le Pen said.\n", "Le Pen", "Xavier Le Pen"),
        (
            "Ana Beatriz dos Santos Lima left. “It was calm,” Dos Santos said.\n",
            "Dos Santos",
            "Ana Beatriz dos Santos Lima",
        ),
        (
            "Abdul Rahman bin Ismail left. “It is done,” Abdul Rahman said.\n",
            "Abdul",
            "Abdul Rahman bin Ismail",
        ),
        (
            "Tom Barlow and his father, Jim Barlow, fish. The younger Barlow said cod were few.\n",
            "The younger",
            "Tom Barlow",
        ),
        ("Sinéad O’Connell left. “It rained,” O`Connell said.\n", "O`", "Sinéad O’Connell"),
        ("Tun Mahir Yaakob left. “I am old,” Tun Mahir said.\n", "Tun", "Mahir Yaakob"),
        ("Ambassador to Chad Rolf Vik left. “No,” Vik said.\n", "Vik", "Rolf Vik"),
        ("Ben Carroway left. “I am tired,” Carroway said.\n", "Carroway", "Ben Carroway"),
        ("Van Tassen left. “No,” Chris Van Tassen said.\n", "Chris", "Chris Van Tassen"),
        (
            "Dina Foley and Ari Alder wrote it. Professors Foley and Alder said no.\n",
            "Professors",
            "Dina Foley and Ari Alder",
        ),
        (
            "Rep. Ann Roy of Texas left. Rep. Eva Hale, R-Colo., did not. “No,” the Texas "
            "Republican said.\n",
            "the Texas",
            "Ann Roy",
        ),
        (
            "Sen. Tom Ruiz, D-New Mexico, left. Sen. Al Grell (D-N.H.) did not. “No,” the New "
            "Mexico Democrat said.\n",
            "the New",
            "Tom Ruiz",
        ),
    ],
)
def test_title_sex_generation_and_first_name_decide(text: str, mention: str, speaker: str) -> None:
    assert name(text, mention) == speaker


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        ("The Federal Reserve raised rates. The Fed said no.\n", "The Fed", "Federal Reserve"),
        ("The Bank of England met. The Bank said no.\n", "The Bank", "Bank of England"),
        (
            "The Office for National Statistics met. The ONS said food was dearer.\n",
            "The ONS",
            "Office for National Statistics",
        ),
        (
            "The Securities and Exchange Commission sued. The SEC said they were misled.\n",
            "The SEC",
            "Securities and Exchange Commission",
        ),
        (
            "Oil & Natural Gas Corp said profits fell. ONGC said it would drill.\n",
            "ONGC",
            "Oil & Natural Gas Corp",
        ),
        (
            "Housing and Urban Renewal Ruritania (HURR) met. HURR added that rents would rise.\n",
            "HURR",
            "Housing and Urban Renewal Ruritania",
        ),
        (
            "The Centers for Disease Control and Prevention met. The CDC said shots help.\n",
            "The CDC",
            "Centers for Disease Control and Prevention",
        ),
        ("The Associated Press asked. AP said it had waited.\n", "AP", "Associated Press"),
        (
            "The National Rivers Board met. In a statement, the Board said it was clean.\n",
            "the Board",
            "National Rivers Board",
        ),
        ("Carmaker Daimkraft cut jobs. Daimkraft said it had to.\n", "Daimkraft", "Daimkraft"),
        (
            "Tranzo sued\n\nA driver sued Tranzo Logistics. Tranzo said that he was wrong.\n",
            "Tranzo",
            "Tranzo Logistics",
        ),
        (
            "A driver sued Tranzo Logistics in Ohio. Tranzo said that he was wrong.\n",
            "Tranzo",
            "Tranzo Logistics",
        ),
        (
            "The All Pakistan Weavers Association met. APWA said 200 mills had closed.\n",
            "APWA",
            "All Pakistan Weavers Association",
        ),
        (
            "The Nadi Bachao Samiti, which sued, met. The NBS said that it would go on.\n",
            "The NBS",
            "Nadi Bachao Samiti",
        ),
    ],
)
def test_an_organisation_is_one_under_all_its_names(text: str, mention: str, speaker: str) -> None:
    assert meant(text, mention) == (speaker, "organisation")


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Most people in Harrow and Pinner say buses are late.\n", "Most"),
        ("Three groups of farmers, from Kano, Lagos and Abuja, said rain was late.\n", "Three"),
        ("Laws say that dogs must be on leads.\n", "Laws"),
        ("A DJ from Leeds said the music was loud.\n", "A DJ"),
        ("Figures show the north was worst.\n", "Figures"),
    ],
)
def test_words_that_are_not_a_name_are_nobody(text: str, mention: str) -> None:
    assert name(text, mention) is None


def test_first_name_that_is_a_verb_begins_a_name_where_the_model_marks_a_person() -> None:
    text = "Will Harte, a professor at Arden, left early on Monday. “It rained,” Harte said.\n"
    assert name(text, "Harte") == "Will Harte"


def test_first_name_in_no_list_is_no_title_where_the_model_marks_a_person() -> None:
    text = (
        "Abu Hassan Omir, 44, of Lydd, agreed. “It can harm the talks,” he said.\n\n"
        "A deal was still possible, Sadek Abu Omir told a news agency.\n\n"
        "Mr Omir stressed the value of talks.\n"
    )
    assert name(text, "Sadek") == "Sadek Abu Omir"
    assert name(text, "Mr") is None


def test_al_is_a_first_name_where_the_model_marks_a_person() -> None:
    text = "In 2000, former vice president Al Gorse left early. “It rained,” Gorse said.\n"
    assert name(text, "Gorse") == "Al Gorse"


def test_a_heading_in_capitals_is_not_a_speaker() -> None:
    text = (
        "Ferry firm folds\n\nThe firm had nine boats. “We are done,” said owner Lou Park.\n\n"
        "WHAT NEXT: The town will vote in June. The mayor said it was “no joke”.\n\n"
        "THE PRICE: A ticket rises to nine crowns from Monday. Children ride free.\n"
    )
    speakers = {s.speaker.name for s in annotate(Source("a", text, "-")).statements if s.speaker}
    assert speakers <= {"Lou Park"}


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("A spokesman for Defence Secretary Ann Bell said the ships were safe.\n", "A spokesman"),
        ("A lawyer for Dan Trent said the case was weak.\n", "A lawyer"),
        ("The daughter of singer Bob Roe said he was ill.\n", "The daughter"),
        ("Officials from Iran and Russia said talks went on.\n", "Officials"),
    ],
)
def test_whom_a_mention_only_belongs_to_is_not_who_speaks(text: str, mention: str) -> None:
    assert name(text, mention) is None


def test_a_campaign_is_called_by_the_surname_of_a_junior() -> None:
    text = "Robert Kennelly Jr. ran. The Robert Kennelly Jr. campaign said he would win.\n"
    assert name(text, "The Robert") == "Kennelly campaign"


def test_a_ministry_and_a_firm_are_two() -> None:
    assert meant("The Ministry of Defence and Boeing said it was late.\n", "The Min")[1] == "group"


def test_letters_in_brackets_may_leave_some_out() -> None:
    text = (
        "The United Nations Office for the Coordination of Humanitarian Affairs (OCHA) said roads "
        "were cut. OCHA said aid was late.\n"
    )
    assert (
        name(text, "OCHA") == "United Nations Office for the Coordination of Humanitarian Affairs"
    )


def test_a_spouse_named_with_a_first_name_has_the_surname_after_mrs() -> None:
    text = (
        "Edwin Speight, 71, of Long Norton was fined. Outside with his wife Jean, Mr Speight said "
        "that he was innocent.\n\nMrs Speight, 69, said it had been hard.\n"
    )
    assert name(text, "Mr Speight") == "Edwin Speight"
    assert name(text, "Mrs Speight") == "Jean Speight"


def test_a_surname_that_is_a_thing_is_a_person_s_after_ms() -> None:
    text = (
        "The director, Consuelo Park, who was fired and then rehired, said none had been lent.\n\n"
        "Ms. Park said that it was a joke.\n"
    )
    assert name(text, "The director") == "Consuelo Park"
    assert name(text, "Ms. Park") == "Consuelo Park"


def test_an_exclamation_is_a_surname_before_who() -> None:
    text = "Meredith Oh said it would do. Oh, who came in May, said that sales fell.\n"
    assert name(text, "Oh, who") == "Meredith Oh"


def test_a_surname_s_first_word_does_not_begin_the_name() -> None:
    text = "Sinn Féin TD Donncha Ó Riada said that the calls were growing.\n"
    assert name(text, "Sinn Féin TD") == "Donncha Ó Riada"


def test_an_office_belongs_to_whoever_holds_it() -> None:
    text = "The State Fire Marshal's Office said that it was looking into the fire.\n"
    assert name(text, "The State Fire") == "State Fire Marshal's Office"


def test_a_business_goes_by_its_name_without_the_last_word() -> None:
    text = (
        "Corsair Lane Logistics, which owns the ferries, was sued. Corsair Lane said that it was "
        "ready.\n"
    )
    assert name(text, "Corsair Lane") == "Corsair Lane Logistics"


def test_a_description_with_a_seat_leaves_the_name() -> None:
    text = "The Foundation for Rural Schools, an Ohio-based charity, said that it would sue.\n"
    assert name(text, "The Foundation") == "Foundation for Rural Schools"


def test_the_company_is_not_the_broadcaster_somebody_spoke_to() -> None:
    text = (
        "The driver of the van works for the private contractor SafeHaul. His mother told Sky News "
        "that he was hurt. The company said that it was cooperating.\n"
    )
    assert name(text, "The company") != "Sky News"


def test_a_kicker_s_headline_begins_with_a_verb() -> None:
    text = (
        "Opinion | Stop asking my generation to wait\n\nI was 12 when a speaker in a polo shirt "
        "came to our gym. “You kids are going to be fine!” he shouted.\n"
    )
    assert name(text, "he") is None


def test_a_spouse_is_named_after_the_paragraph_about_the_other() -> None:
    text = (
        "“They have ruined the green,” said retired colonel Gerald Hotham, 78.\n\n"
        "His wife Daphne, 75, said a runner had knocked at five.\n\n"
        "Mrs Hotham said that she would stay.\n"
    )
    assert name(text, "Mrs Hotham") == "Daphne Hotham"


def test_he_is_the_narrator_s_father_and_not_who_is_named_with_him() -> None:
    text = (
        "Edward Abbey wrote that growth was bad. My father has not read Abbey. He has cancer, and "
        "he says the doctors are no use.\n"
    )
    assert name(text, "he") is None


def test_no_body_reads() -> None:
    text = (
        "Southwark Crown Court heard he had lost 61 cattle.\n\nThe farmer Alun Bowen told "
        "the court in a statement that he was done. “It stinks,” it read.\n"
    )
    assert name(text, "it") is None


def test_a_daughter_is_she_and_not_the_father() -> None:
    text = (
        "Réjean Comeau, president of the association, left. Comeau's daughter, Mélanie, fishes "
        "with him. She said the cut would cost them a third of their income.\n"
    )
    assert name(text, "She") == "Mélanie"


def test_a_founder_s_firm_goes_by_his_name_until_he_is_named() -> None:
    text = (
        "Ann Bell left Talon Logistics in May. Talon said that it was sorry.\n\nButch Talon, who "
        "founded it, said that she was wrong. His wife, Sherry, sits on the board.\n\n"
        "“Butch built this with his hands,” Mrs. Talon said.\n\nMr. Talon said he had done it.\n"
    )
    assert name(text, "Talon") == "Talon Logistics"
    assert name(text, "Mr. Talon") == "Butch Talon"
    assert name(text, "Butch Talon") == "Butch Talon"
    assert name(text, "Mrs. Talon") == "Sherry Talon"


def test_whoever_backs_a_firm_is_no_part_of_its_name() -> None:
    text = "Acme-backed Vantor Robotics said that hackers had copied its model.\n"
    assert name(text, "Acme-backed") == "Vantor Robotics"


def test_the_younger_is_the_son_known_by_his_first_name() -> None:
    text = (
        "Edwin Barlow, 66, owns the house.\n\nBarlow's son Marc, who managed it, testified. “I put "
        "them in a drawer,” the younger Barlow said.\n"
    )
    assert name(text, "the younger") == "Marc Barlow"


def test_a_name_in_capitals_is_answered_in_small_letters() -> None:
    text = "Neighbour SEÁN O’DEA-MCKAY, 44, keeps alpacas. “He is on a diet,” O’Dea-McKay said.\n"
    assert name(text, "O’Dea") == "Seán O’Dea-McKay"


def test_an_unnamed_officer_is_not_one_who_was_named_before() -> None:
    text = (
        "Agent Ann Roe died in May. A senior officer said he had been there.\n\n"
        "“The cameras were off,” the officer said.\n"
    )
    assert name(text, "the officer") is None


def test_somebodys_lawyer_is_no_prosecutor() -> None:
    text = (
        "The lawyer for a landlord told jurors that his client was “a bad bookkeeper”.\n\n"
        "But Assistant District Attorney Lauren Peters said he had been warned.\n"
    )
    assert name(text, "The lawyer") is None


@pytest.mark.parametrize("mention", ["the mum-of-two", "the mother of two", "the 44-year-old"])
def test_whoever_spoke_before_is_the_mother_of_two(mention: str) -> None:
    text = (
        "Neighbour Lisa Alder, 44, who keeps four alpacas, said Kevin was “being friendly”.\n\n"
        f"“He is on a diet,” said {mention}.\n"
    )
    assert name(text, mention) == "Lisa Alder"


def test_a_surname_after_an_office_makes_the_full_name_a_persons() -> None:
    text = (
        "Deb Farrago was supposed to cut the ribbon. Councillors jeered.\n\n"
        "“That is on you,” Cr Farrago said.\n"
    )
    assert name(text, "Cr") == "Deb Farrago"


FAMILY = "Toby Lister, 17, died on Friday.\n\nHis mother Gemma said: “He filled every room.”\n\n"


def test_ms_is_the_only_woman_of_the_family_who_is_named() -> None:
    assert name(f"{FAMILY}“He was kind,” Ms Lister added.\n", "Ms") == "Gemma Lister"
    text = f"{FAMILY}Toby’s sister Megan, 21, agreed.\n\n“He was kind,” Ms Lister added.\n"
    assert name(text, "Ms") is None


def test_her_daughter_is_whom_the_article_calls_so_and_not_herself() -> None:
    text = (
        "Nina Hallam died on Tuesday, her daughter, Lorna Pettit, said. Hallam sang for her family."
        "\n\n“She did it at Christmas,” her daughter said.\n"
    )
    assert name(text, "her daughter") == "Lorna Pettit"
    text = "Nina Hallam died on Tuesday. Hallam sang.\n\n“She tried,” her daughter said.\n"
    assert name(text, "her daughter") is None


def test_con_is_a_first_name_but_a_detective_s_rank() -> None:
    text = "“They are terrified,” association president Con Stavrou said.\n"
    assert name(text, "association president") == "Con Stavrou"


def test_the_elder_is_the_father_with_his_own_title() -> None:
    text = (
        "Mayor Tyrell Boone left. The mayor's father, the Rev. Frank Boone, stayed.\n\n"
        "“I raised him,” the elder Boone said.\n"
    )
    assert name(text, "the elder") == "Frank Boone"


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        (
            "SNP council leader Moira Haddon spoke. Conservative group leader Alan Perry said they "
            "found the money. The SNP leader called that “a lie”.\n",
            "The SNP leader",
            "Moira Haddon",
        ),
        (
            "His driver, Mr. Monday Effiom, was shot. “I told them to go,” Effiom said.\n",
            "Effiom",
            "Monday Effiom",
        ),
        (
            "The NDC Member of Parliament, Dr Patience Toma, left.\n\n“Come back,” the MP said.\n",
            "the MP",
            "Patience Toma",
        ),
        (
            "Freya Mell is expected to start. Her mother, Dawn Mell, will watch. “I am nervous,” "
            "Mell told the BBC.\n",
            "Mell",
            "Dawn Mell",
        ),
        (
            "“It is a gift,” the chief executive of Nimbus told staff.\n\nBrent Alder agreed. "
            "Nimbus communications chief Lars Ekman said nothing.\n",
            "the chief executive",
            "Brent Alder",
        ),
        (
            "Jean Bostwick, 79, fell. Tom Dunn’s wife Sue found her. “I walk in the middle,” "
            "Mrs Bostwick said.\n",
            "Mrs Bostwick",
            "Jean Bostwick",
        ),
    ],
)
def test_the_description_or_what_precedes_decides(text: str, mention: str, speaker: str) -> None:
    assert name(text, mention) == speaker


def test_whoever_gives_a_name_goes_on_speaking() -> None:
    text = (
        "The District Chief Executive (DCE), Hon. Isaac Owens, denied allegations that he had "
        "protected the miners. “I took nothing,” the DCE said.\n\nHowever, one of the suspects, "
        "who gave his name as Tim, told the Mail that officials came. “They know,” he said.\n"
    )
    assert name(text, "he") != "Isaac Owens"


def test_two_letters_of_a_surname_may_be_swapped() -> None:
    text = "Anthony Kiendl sings. Tom Roe plays.\n\n“We wrote it,” Keindl said.\n"
    assert name(text, "Keindl") == "Anthony Kiendl"
    assert name(text.replace("Tom Roe", "Ann Keindl"), "Keindl") == "Ann Keindl"


def test_a_master_of_ceremonies_is_who_is_named_so() -> None:
    text = "“Thanks,” said master of ceremonies Asad Tabari, an engineer who came in May.\n"
    assert name(text, "master") == "Asad Tabari"


def test_an_initial_with_another_trade_is_somebody_else() -> None:
    text = "J. Smith, a farmer, said it was late. Joan Smith, the mayor, left.\n"
    assert name(text, "J. Smith") == "J. Smith"
    text = "J. Smith, a farmer, said it was late. Joan Smith left.\n"
    assert name(text, "J. Smith") == "Joan Smith"


def test_a_surname_in_capitals_is_its_bearer() -> None:
    text = "Neighbour Dani Okoro fell.\n\nOKORO, who is recovering, said: “I will sue.”\n"
    assert name(text, "OKORO") == "Dani Okoro"


def test_madam_begins_a_name() -> None:
    text = (
        "Stallholder Ong Siew Hoon grew suspicious on his fourth visit. Madam Ong left.\n\n"
        "“He must queue,” she said.\n"
    )
    assert name(text, "she") == "Ong Siew Hoon"


def test_whoever_is_introduced_before_a_quotation_speaks() -> None:
    text = (
        "Petra Lindkvist lives alone since the death of her husband, the composer Erik Falk."
        "\n\n“Erik used to read the last page first, in a funny voice,” she says.\n\nHer English "
        "translator, Hanif Kazmi-Bell, has worked with her for years. “She rings me at four in the "
        "morning to ask for a synonym,” he says. “I say, Petra, there isn't one.”\n"
    )
    assert name(text, "he") == "Hanif Kazmi-Bell"


def test_a_couples_surname_alone_is_neither() -> None:
    text = (
        "Gord and Leonie Purdy sued on Monday. “We had the report,” Leonie Purdy said. “It was "
        "loud,” Purdy said."
    )
    found = annotate(Source("a", text, "-")).statements
    assert [one.speaker and one.speaker.name for one in found] == ["Leonie Purdy", None]


def test_a_headline_s_words_in_capitals_are_no_part_of_a_name() -> None:
    text = (
        "The race\n\nPaul Ryal said he was late. The mail was headed Speaker Paul Ryal Joins "
        "Growing List. Ryal said no.\n"
    )
    assert last(text) == "Paul Ryal"
