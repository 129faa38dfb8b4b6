"""Texts that nobody writes and somebody sends: what they say is read, in time linear in length.

Each of these took a minute, minutes or hundreds of megabytes before what read it was mended.
"""

import subprocess
import sys
import tracemalloc
import unicodedata

import pytest

from service.domain import Extractor, Source
from service.extraction import annotate
from service.extraction.page.layout import lay_out
from service.extraction.page.sentences import LONGEST
from service.extraction.page.words import WORD, read_words
from service.extraction.speakers.cast import gather_cast


def said_by(text: str) -> list[tuple[str, str | None]]:
    """What is said and by whom, by the rules, whose work per character is seen best."""
    source = Source(id="a-1", text=text, origin="-")
    return [
        (statement.text, statement.speaker.name if statement.speaker else None)
        for statement in annotate(source, extractor=Extractor.RULES).statements
    ]


SAID = "“We will rebuild the mill,” Mayor Jane Doe said."


@pytest.mark.parametrize(
    "filler",
    [
        "." * 300_000,
        "x" * 500_000,
        "PENCE: Well, look, we are here.\n" * 10_000,
        "".join(f"ROE {'X' * (n % 97 + 3)}: We are here.\n" for n in range(10_000)),
        "\n\n".join(f"Jane Doe  00:0{n % 10}" for n in range(10_000)),
        "He Said That We " * 15_000,
        "he said,' The x " * 15_000,
        "— Ann Bell (@ann) May 3\n" * 10_000,
        "http://a.org/" + "(" * 300_000,
    ],
    ids=[
        "full stops",
        "one word",
        "turns of one speaker",
        "turns of many",
        "names alone",
        "capital verbs",
        "marks apart",
        "posts",
        "an address alone",
    ],
)
def test_what_is_said_at_the_end_is_read(filler: str) -> None:
    assert said_by(f"{filler}\n\n{SAID}")[-1] == ("We will rebuild the mill", "Jane Doe")


def test_a_word_of_any_length_takes_no_memory_to_find() -> None:
    word = "a" * 100_000 + "'s" * 100_000
    tracemalloc.start()
    found = WORD.findall(word)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [word]
    assert peak < 3 * len(word)


def test_words_that_occur_often_are_kept_once() -> None:
    article = lay_out(Source(id="a-1", text="Jane Doe met John Roe. " * 100, origin="-"))
    words = read_words(article)
    assert len({id(word.text) for word in words}) == len({word.text for word in words}) == 5
    assert len({id(word.lower) for word in words}) == 5


@pytest.mark.parametrize(
    "clause",
    ["he said “no, we will not” and then ", "they went on to the next town and "],
    ids=["with quotations", "without"],
)
def test_a_sentence_without_an_end_is_cut_between_words_and_quotations(clause: str) -> None:
    article = lay_out(Source(id="a-1", text=clause * 1000, origin="-"))
    assert len(article.sentences) > 2
    assert all(len(sentence) < LONGEST + 100 for sentence in article.sentences)
    assert " ".join(s.of(article.flow) for s in article.sentences) == (clause * 1000).rstrip()
    for quotation in article.quotations:
        assert any(sentence.covers(quotation.outer) for sentence in article.sentences)


def test_people_without_details_share_the_empty_ones() -> None:
    article = lay_out(Source(id="a-1", text="Jane Doe met John Roe.", origin="-"))
    one, other = gather_cast(article, read_words(article)).figures
    assert one.roles is other.roles
    assert one.attributes is other.attributes
    assert one.past is other.past


@pytest.mark.parametrize("extractor", Extractor)
@pytest.mark.parametrize(
    "written",
    [
        unicodedata.normalize("NFD", "José Muñoz"),
        "Jo\u00adsé Mu\u00adñoz",
        "José Mu\u200bñoz",
        "José Mu\u2060ñoz",
    ],
    ids=["accents apart", "soft hyphens", "zero-width space", "word joiner"],
)
def test_a_name_is_the_one_that_is_seen(written: str, extractor: Extractor) -> None:
    text = f"“We will win,” Mayor {written} said.\n\nMuñoz said that he would not run again."
    annotated = annotate(Source(id="a-1", text=text, origin="-"), extractor=extractor)
    names = [one.speaker.name for one in annotated.statements if one.speaker]
    assert names == ["José Muñoz"] * 2
    mention = annotated.statements[0].attribution.mention
    assert mention is not None
    assert mention.text.endswith(written)


# Not getrusage: what it tells of a process begins with the memory of the one that started it.
IN_A_PROCESS = """
import re, sys
from pathlib import Path
from service.domain import Extractor
from service.extraction import annotate
from service.reading import source_from_text

source = source_from_text(sys.stdin.read(), origin="-")
statements = annotate(source, extractor=Extractor(sys.argv[1])).statements
status = Path("/proc/self/status").read_text()
print(len(statements), int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) * 1024 // 1_000_000)
"""


@pytest.mark.parametrize(
    ("extractor", "text", "least"),
    [
        (Extractor.RULES, "“a” " * 100_000, 100_000),
        (
            Extractor.MODEL,
            "He said that we will go on and on with it, Mr. Doe told us. " * 1_000,
            900,
        ),
    ],
    ids=["100,000 quotations", "one line"],
)
def test_a_process_stays_below_250_megabytes(extractor: Extractor, text: str, least: int) -> None:
    command = [sys.executable, "-c", IN_A_PROCESS, extractor]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True)
    statements, megabytes = map(int, done.stdout.split())
    assert statements >= least
    assert megabytes < 250


def test_quotation_of_thousands_of_paragraphs_is_several_statements() -> None:
    """Each of a bounded size, and none of its words is lost."""
    said = [f"And {number} times we go on and on." for number in range(2_500)]
    text = "\n\n".join(f"“{one}" for one in said) + "” said Mayor Jane Doe.\n"
    source = Source(id="a-1", text=text, origin="-")
    statements = annotate(source, extractor=Extractor.RULES).statements
    assert [len(one.spans) for one in statements] == [1_000, 1_000, 500]
    assert [one.quoted for one in statements] == [one.spans for one in statements]
    assert [span.of(text) for one in statements for span in one.spans] == said
    assert {one.speaker.name for one in statements if one.speaker} == {"Jane Doe"}
    assert len({one.id for one in statements}) == 3
