"""What texts say of themselves: titles, datelines, bylines, mastheads, links, languages."""

import pytest

from service.domain import Source
from service.reading import source_from_text

BODY = (
    "The relations between Russia and China have reached an unprecedented level, the president"
    " wrote in his article for the news agency. It was published on the website on Thursday."
)


def read_text(text: str) -> Source:
    return source_from_text(text, origin="-")


def value(attested: object) -> str | None:
    return None if attested is None else str(getattr(attested, "value"))  # noqa: B009


def article(*lines: str) -> Source:
    return read_text("\n\n".join([*lines, BODY]))


@pytest.mark.parametrize(
    ("opening", "place", "published", "publisher"),
    [
        ("MOSCOW, February 3. /TASS/. ", "MOSCOW", "--02-03", "TASS"),
        ("MOSCOW, May 15 (Xinhua) -- ", "MOSCOW", "--05-15", "Xinhua"),
        ("PARIS (Reuters) - ", "PARIS", None, "Reuters"),
        ("WASHINGTON, Sept 19 (AP) — ", "WASHINGTON", "--09-19", "AP"),
        ("WASHINGTON, Sept. 19 — ", "WASHINGTON", "--09-19", None),
        ("KYIV, Ukraine (AP) — ", "KYIV, Ukraine", None, "AP"),
        ("ST. PETERSBURG, June 5 /TASS/. ", "ST. PETERSBURG", "--06-05", "TASS"),
        ("BEIJING, May 16, 2024 /PRNewswire/ -- ", "BEIJING", "2024-05-16", "PRNewswire"),
        ("Paris, 3 February 2022 (AFP) – ", "Paris", "2022-02-03", "AFP"),
        ("May 15 (Reuters) - ", None, "--05-15", "Reuters"),
        ("MOSCOW. Feb 3 (Interfax) - ", "MOSCOW", "--02-03", "Interfax"),
        ("CAMBRIDGE, Mass., Dec. 11 (UPI) -- ", "CAMBRIDGE, Mass.", "--12-11", "UPI"),
        ("CONCORD, N.H. (AP) — ", "CONCORD, N.H.", None, "AP"),
        ("LOS ANGELES ― ", "LOS ANGELES", None, None),
        ("RANGOON, Burma - ", "RANGOON, Burma", None, None),
    ],
)
def test_dateline_gives_place_day_and_agency(
    opening: str, place: str | None, published: str | None, publisher: str | None
) -> None:
    source = read_text("Leaders meet for talks\n\n" + opening + BODY)
    assert value(source.place) == place
    assert value(source.published) == published
    assert value(source.publisher) == publisher
    assert value(source.title) == "Leaders meet for talks"


@pytest.mark.parametrize(
    "opening",
    [
        "UPDATE — The talks go on. ",
        "Smith (R Texas) - the senator - said so. ",
        "NATO, a pact - it says - of peace, answered. ",
        "He said on May 15 — a Wednesday — that he would come. ",
        "MOSCOW, February 30. The day does not exist. ",
    ],
)
def test_what_only_looks_like_a_dateline_is_not_one(opening: str) -> None:
    source = read_text("Leaders meet for talks\n\n" + opening + BODY)
    assert (source.place, source.published, source.publisher) == (None, None, None)


def test_labels_of_a_transcript_are_not_places() -> None:
    source = article("The interview", "PUTIN — We agree.", "CARLSON — On what?")
    assert source.place is None


@pytest.mark.parametrize(
    ("line", "published", "publisher"),
    [
        ("(Xinhua) 11:02, May 15, 2024", "2024-05-15", "Xinhua"),
        ("Published: Monday, 3 February 2022, 10:15 GMT", "2022-02-03", None),
        ("Updated 10:02 AM EDT, Thu May 16, 2024 | Published May 15, 2024", "2024-05-15", None),
        ("2022-02-03", "2022-02-03", None),
        ("2022-02-03T10:15:00Z", "2022-02-03", None),
        ("May 15, 2024 / 9:14 AM / Harrow Gazette", "2024-05-15", "Harrow Gazette"),
        ("Updated: May 16, 2024\n\nPublished: May 15, 2024", "2024-05-15", None),
        ("Harrow Gazette\n\nMay 15, 2024", "2024-05-15", "Harrow Gazette"),
        ("Source: Xinhua | May 15, 2024", "2024-05-15", "Xinhua"),
        ("Reuters", None, "Reuters"),
        ("February 2022", "2022-02", None),
        ("Sept. 19, 2022 9:41 p.m. ET", "2022-09-19", None),
    ],
)
def test_masthead_gives_day_and_agency(
    line: str, published: str | None, publisher: str | None
) -> None:
    source = article("Leaders meet for talks", line)
    assert value(source.published) == published
    assert value(source.publisher) == publisher


@pytest.mark.parametrize("head", ["Harrow Gazette, 15 May 2024", "Harrow Gazette"])
def test_the_paper_may_be_named_above_the_title(head: str) -> None:
    source = read_text(f"{head}\n\nLeaders meet for talks\n\nBy Jane Doe\n\n{BODY}")
    assert value(source.title) == "Leaders meet for talks"
    assert value(source.publisher) == "Harrow Gazette"


@pytest.mark.parametrize(
    "line",
    [
        "The summit was on May 15, 2024",
        "The agencies on Monday, September 19 were told so, Reuters and others report",
        "02/03/2022",
        "Moscow 2024",
    ],
)
def test_date_in_prose_is_not_the_day_of_publication(line: str) -> None:
    assert article("Leaders meet for talks", line).published is None


def test_dateline_takes_the_year_of_the_same_day_in_the_masthead() -> None:
    text = "Leaders meet\n\nThe Moscow Herald, February 3, 2022\n\nMOSCOW, February 3. /TASS/. "
    source = read_text(text + BODY)
    assert value(source.published) == "2022-02-03"
    assert source.published is not None
    assert source.published.span is not None
    assert source.published.span.of(source.text) == "February 3, 2022"


def test_dateline_takes_no_year_of_another_day() -> None:
    text = "Leaders meet\n\nThe Moscow Herald, May 9, 2022\n\nMOSCOW, February 3. /TASS/. "
    assert value(read_text(text + BODY).published) == "--02-03"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By JANE DOE and John Roe", ["JANE DOE", "John Roe"]),
        ("Written by D. Michael DeRidder on May 16, 2024", ["D. Michael DeRidder"]),
        ("By Jane Doe, Staff Writer", ["Jane Doe"]),
        ("By Jane Doe | May 16, 2024", ["Jane Doe"]),
        ("May 16, 2024 7:37 PM by Jane Doe", ["Jane Doe"]),
        ("May 16, 2024 | By Jane Doe", ["Jane Doe"]),
        ("by Anne-Marie O’Neill, Ludwig van Beethoven & Ana de la Cruz", None),
        ("By Иван Петров", ["Иван Петров"]),
        ("By Jane Doe in Paris", ["Jane Doe"]),
        ("By the river", []),
        ("By Staff Writer", []),
        ("By Monday Morning", []),
    ],
)
def test_byline_names_the_authors(line: str, authors: list[str] | None) -> None:
    wanted = ["Anne-Marie O’Neill", "Ludwig van Beethoven", "Ana de la Cruz"]
    source = article("Leaders meet for talks", line)
    assert [author.value for author in source.authors] == (wanted if authors is None else authors)


def test_agency_of_a_byline_is_the_publisher() -> None:
    source = article("Leaders meet for talks", "By Jane Doe, CNN")
    assert [author.value for author in source.authors] == ["Jane Doe"]
    assert value(source.publisher) == "CNN"


def test_line_below_the_report_names_authors_and_editors() -> None:
    below = "\n\n(Reporting by Jane Doe in Paris and John Roe; Editing by Max Moe)\n"
    source = read_text(f"Leaders meet for talks\n\n{BODY}{below}")
    assert [author.value for author in source.authors] == ["Jane Doe"]
    assert [editor.value for editor in source.editors] == ["Max Moe"]


def test_bare_by_counts_at_the_top_only() -> None:
    many = "\n\n".join([BODY] * 15)
    source = read_text(f"Leaders meet for talks\n\n{many}\n\nBy Jane Doe\n\n{BODY}")
    assert source.authors == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"FOR IMMEDIATE RELEASE\n\nMill Closes Two Plants\n\n{BODY}", "Mill Closes Two Plants"),
        (f"Home\n\nHome > News > World\n\nLeaders meet\n\n{BODY}", "Leaders meet"),
        (f"Leaders meet for talks | World | The Herald\n\n{BODY}", "Leaders meet for talks"),
        (f"Leaders meet for talks\r\n\r\n{BODY}\r\n", "Leaders meet for talks"),
        (f"Leaders meet for talks\n{BODY}", "Leaders meet for talks"),
        (f"Obituary\n\nA man of peace\n\n{BODY}", "A man of peace"),
        (f"Leaders meet; \nNo deal at talks.\n\n{BODY}", "Leaders meet"),
        ("Leaders Meet For Long Talks.\n\nThat was all.", "Leaders Meet For Long Talks."),
        ("They met for talks.\n\nThat was all.", None),
        (f"By Jane Doe\nMay 16, 2024\n\nLeaders meet\n\n{BODY}", "Leaders meet"),
        (f"May 16, 2024 7:37 PM by Jane Doe\n\nLeaders meet\n\n{BODY}", "Leaders meet"),
        (f"Harrow Gazette\n\nLeaders meet for long talks\n\n{BODY}", "Leaders meet for long talks"),
        (f"The Birth of a Star\n\nLeaders meet for long talks\n\n{BODY}", "The Birth of a Star"),
        (f"© 2024 Harrow Radio\n\nLeaders meet\n\n{BODY}", "Leaders meet"),
        (f"Advertisement 1\n\nLeaders meet\n\n{BODY}", "Leaders meet"),
        (f"14 Shares Share Tweet\n\nLeaders meet\n\n{BODY}", "Leaders meet"),
        (f"You are currently viewing Leaders meet\n\nLeaders meet\n\n{BODY}", "Leaders meet"),
        (f"Leaders look on, May 6.JO BELL/Reuters\n\nLeaders meet\n\n{BODY}", "Leaders meet"),
        (f"Open in App\n\n• Local\n\nLeaders meet\n\n{BODY}", "Leaders meet"),
        (f"Press talks - Marle\n\nTranscript\n\nMarle\n\n{BODY}", "Press talks - Marle"),
        (f"3 May / Front page / News\n\nLeaders meet\n\n{BODY}", "Leaders meet"),
        (f"The two leaders in May. (Photo: Jo Bell/The Echo)\n\nLeaders meet\n\n{BODY}",
         "Leaders meet"),
        (f"Will he come? Nobody knows\n\n{BODY}", "Will he come? Nobody knows"),
        (f"الرئيس الروسي يزور الصين\n\n{BODY}", "الرئيس الروسي يزور الصين"),
        (f"习近平会见普京\n\n{BODY}", "习近平会见普京"),
        ("Putin arrives in Beijing", "Putin arrives in Beijing"),
        (BODY, None),
        ("“I will not go,” he said.", None),
        (f"“I will not go,” he said.\n\n{BODY}", None),
        (f"and so they went on\n\n{BODY}", None),
        (f"MOSCOW, February 3. /TASS/. {BODY}", None),
        (f"The speech in full:\n\n{BODY}", None),
        (f"He came. Nobody had expected that. He left\n\n{BODY}", None),
        ("Russian President Putin met with\nChinese President Xi in Beijing\nearlier today, and\n"
         "announced strengthening of ties.\n\nThat was all.", None),
        ("Putin and Xi Announce Strengthening\nof Ties\n\nThey met in Beijing on\nThursday.",
         "Putin and Xi Announce Strengthening of Ties"),
    ],
)  # fmt: skip
def test_title_is_the_first_line_that_reads_like_one(text: str, title: str | None) -> None:
    assert value(read_text(text).title) == title


def test_links_come_once_each_and_in_order() -> None:
    text = "See https://b.org/x_(y), (http://a.org/?q=1&r=2). Again: https://b.org/x_(y)."
    links = [link.value for link in read_text(text).urls]
    assert links == ["https://b.org/x_(y)", "http://a.org/?q=1&r=2"]


def test_author_pages_of_two_hosts_give_no_publisher() -> None:
    pages = "https://a.org/author/doe\nhttps://b.org/by/roe"
    assert article("Leaders meet for talks", pages).publisher is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Präsident sagte am Montag, dass er nicht nach Moskau kommen werde.", "de"),
        ("قال الرئيس الروسي إن البلدين سيتعاونان في جميع المجالات خلال الفترة المقبلة", "ar"),
        ("Moscow 2024", None),
        ("12345", None),
    ],
)
def test_language_is_detected_in_a_long_enough_text(text: str, language: str | None) -> None:
    assert value(read_text(text).language) == language


@pytest.mark.parametrize(
    ("line", "title", "publisher"),
    [
        (
            "Mining blasts shatter homes - Basuto Times",
            "Mining blasts shatter homes",
            "Basuto Times",
        ),
        ("Ten dead in fire | Harrow News", "Ten dead in fire", "Harrow News"),
        ("Ten dead in fire | World | News24", "Ten dead in fire", "News24"),
        ("Ten dead in fire – harrow.example.org", "Ten dead in fire", "harrow.example.org"),
        ("Man charged - Office of the City Attorney", "Man charged", "Office of the City Attorney"),
        ("Ten dead in fire | World", "Ten dead in fire", None),
        ("Norway - Sweden ends in a draw", "Norway - Sweden ends in a draw", None),
        ("BUDGET 3.0 | Agency gets R4bn to hire", "BUDGET 3.0 | Agency gets R4bn to hire", None),
    ],
)
def test_what_follows_a_title_is_a_publisher_or_a_section(
    line: str, title: str, publisher: str | None
) -> None:
    source = article(line, "By Ann Kern")
    assert (value(source.title), value(source.publisher)) == (title, publisher)
    if source.publisher is not None:
        assert source.publisher.span is not None
        assert source.publisher.span.of(source.text) == publisher


def test_whoever_signs_an_article_may_follow_its_title() -> None:
    source = article("Ten dead in fire - Lakeside Voice", "By Lakeside Voice")
    assert value(source.publisher) == "Lakeside Voice"


@pytest.mark.parametrize(
    "title",
    [
        "Offices are given up in January. Now, nobody can work",
        "Business Brief: Chips for nations. We cool with that?",
        "We asked ten cooks about salt. Here is what they said.",
    ],
)
def test_a_title_above_a_byline_may_be_two_sentences(title: str) -> None:
    assert value(article(title, "By Ann Kern").title) == title


def test_words_of_somebody_who_speaks_again_are_not_a_title() -> None:
    assert article("Ann Kern: Who is there?", "Lou Park: I am.", "Ann Kern: Come in.").title is None
    assert article(">> Who is there?", ">> I am.").title is None


@pytest.mark.parametrize(
    ("top", "place"),
    [
        ("October 11, 2019 Contact: Kim Leech\nDirector of Communications\n214-555-3756", None),
        ("FOR IMMEDIATE RELEASE: October 11, 2019\nContact: Kim Leech", "(Dell, Texas) – "),
        ("NEWS RELEASE | October 11, 2019", "DELL, Texas – "),
        ("PRESS RELEASE", "(Dell, Texas, October 11, 2019) – "),
        ("Media contact: Kim Leech\nOctober 11, 2019", "Dell, TX — "),
        ("PRESS RELEASE", "Dell, Texas, October 11, 2019 – "),
    ],
)
def test_a_press_release_has_a_day_a_title_and_a_place(top: str, place: str | None) -> None:
    source = read_text(f"{top}\n\nFor Immediate Release: Mill Opens\n\n{place or ''}{BODY}")
    assert (value(source.title), value(source.published)) == ("Mill Opens", "2019-10-11")
    assert value(source.place) == (place and place.strip("() –—").partition(", Oct")[0])


def test_list_of_links_is_cut_and_a_link_that_no_browser_takes_left_out() -> None:
    links = [f"https://herald.example/{number}" for number in range(1500)]
    text = f"https://herald.example/{'x' * 2000} " + " ".join(links)
    assert [one.value for one in source_from_text(text, origin="-").urls] == links[:1000]


def test_links_are_kept_up_to_a_length_together() -> None:
    links = [f"https://herald.example/{number:03}/{'x' * 1000}" for number in range(200)]
    kept = [one.value for one in source_from_text(" ".join(links), origin="-").urls]
    assert kept == links[: 100_000 // len(links[0])]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Jane Doe and Tom Roe", ["Jane Doe", "Tom Roe"]),
        ("Jane Doe, Herald sports reporter", ["Jane Doe"]),
        ("Jane Doe Political Correspondent", ["Jane Doe"]),
        ("Jane Doe at Arden Crown Court", ["Jane Doe"]),
        ("Jane Doe · CBC News · Posted: May 21, 2025", ["Jane Doe"]),
        ("Jane Doe, BBC News, Norfolk", ["Jane Doe"]),
        ("Victoria Park, Leicester", []),
        ("Local News", []),
        ("Jane Doe said so.", []),
    ],
)
def test_byline_may_lack_by(line: str, authors: list[str]) -> None:
    source = article("Relations at a new level", line)
    assert [author.value for author in source.authors] == authors


def test_name_on_a_line_is_no_author_if_the_article_is_about_its_bearer() -> None:
    assert article("New level", "Jane Doe", "Doe was pleased.").authors == ()
    assert article("Jane Doe", "A portrait.").authors == ()


def test_a_paragraph_that_begins_with_a_writer_is_no_byline() -> None:
    text = (
        "Hettie Roe, potter, dies\n\nHettie Roe has died.\n\n"
        "Edmund Task, the ceramicist and writer, visited her. “She threw me out,” he recalled.\n"
    )
    assert source_from_text(text, origin="-").authors == ()


def test_who_speaks_in_capitals_is_no_author() -> None:
    text = (
        "Orvane quarterly call\n\nPARTICIPANTS\nIngrid Sole, Chief Executive Officer\n"
        "Marcus Tarn, Chief Financial Officer\n\nINGRID SOLE: Thank you. Volumes were up.\n\n"
        "MARCUS TARN: Revenue came in at 12 million.\n"
    )
    assert source_from_text(text, origin="-").authors == ()
