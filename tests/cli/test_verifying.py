"""onrecord verify and onrecord check: reports, page, JUnit, JSON and exit codes."""

import json
import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.app import create_app
from service.cli.junit import junit
from service.errors import UnreadableSource
from service.reports.facts import Side, compared, comparison
from service.settings import Settings
from service.verification.findings import DiffOp, DiffPart

Run = Callable[..., subprocess.CompletedProcess[str]]

SAID = "We highly appreciate that Russian-Chinese relations"
TRUE = f"“{SAID}”, Vladimir Putin said.\n"
CHANGED = TRUE.replace("highly", "never")
MISATTRIBUTED = TRUE.replace("Vladimir Putin", "Xi Jinping")
UNSAID = (
    "“This unprecedented level of strategic partnership made nobody travel anywhere this summer "
    "at all,” Jane Doe said.\n"
)


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A draft in each format."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    written = {"a.txt": TRUE, "b.md": CHANGED, "c.html": MISATTRIBUTED, "d.markdown": UNSAID}
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "notes.odt").write_bytes(b"PK")
    return folder


def test_quotation_that_was_said_is_found_with_its_place(ask: Run) -> None:
    done = ask("verify", SAID, "--speaker", "Putin")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"FOUND  “{SAID}”\n")
    assert "In the source, word for word." in done.stdout
    assert "Vladimir Putin | TASS | --02-03 |" in done.stdout
    assert re.search(r"searched  73 statements from 5 sources \(2024-05-1", done.stdout)


@pytest.mark.parametrize(
    ("quote", "speaker", "label"),
    [
        (SAID.replace("highly", "never"), "Putin", "We [-never-] {+highly+} appreciate"),
        (SAID, "Xi Jinping", "Attributed there to Vladimir Putin, not to Xi Jinping."),
        ("Elephants paint their houses", "Putin", "Not found in what was searched."),
    ],
)
def test_altered_quotation_is_reported_and_code_1(
    ask: Run, quote: str, speaker: str, label: str
) -> None:
    done = ask("verify", quote, "--speaker", speaker)
    assert done.returncode == 1
    assert label in done.stdout
    assert done.stderr == ""


def test_what_comes_nearest_is_shown_where_nothing_was_found(ask: Run) -> None:
    near = "This unprecedented level of strategic partnership"
    done = ask("verify", f"{near} made nobody travel anywhere this summer at all")
    assert done.stdout.startswith("NOT FOUND")
    assert f"nearest   {near} [-made nobody" in done.stdout


def test_quotation_in_json_is_that_of_the_api(ask: Run, seeds_index: Path) -> None:
    done = ask("verify", SAID, "--speaker", "Putin", "--format", "json")
    client = create_app(Settings(index=seeds_index)).test_client()
    answer = client.post("/verify", json={"quote": SAID, "speaker": "Putin"}).get_json()
    assert json.loads(done.stdout) == answer


@pytest.mark.parametrize(
    ("quote", "named"),
    [("", "quote: empty"), ("?!", "has no words in it"), ("a" * 20_001, "20001 characters")],
)
def test_empty_quotation_is_one_line_and_code_2(ask: Run, quote: str, named: str) -> None:
    done = ask("verify", quote)
    assert done.returncode == 2
    assert named in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_an_index_there_is_one_line_and_code_2(run: Run, drafts: Path) -> None:
    for arguments in (("verify", SAID), ("check", drafts)):
        done = run(*arguments)
        assert done.returncode == 2
        assert done.stderr.startswith("onrecord: there is no index")


def test_every_quotation_of_a_folder_of_drafts_is_reported_at_its_place(
    ask: Run, drafts: Path
) -> None:
    done = ask("check", "drafts")
    assert done.returncode == 1
    heads = [line for line in done.stdout.splitlines() if line.startswith("drafts/")]
    assert [line.partition("  ")[0] for line in heads] == [
        "drafts/b.md:1:2: WORDS DIFFER",
        "drafts/c.html:1:2: ANOTHER SPEAKER",
        "drafts/d.markdown:1:2: NOT FOUND",
        "drafts/a.txt:1:2: FOUND",
        "drafts/a.txt: 1 quotation: found 1",
        "drafts/b.md: 1 quotation: words differ 1",
        "drafts/c.html: 1 quotation: another speaker 1",
        "drafts/d.markdown: 1 quotation: not found 1",
    ]
    assert done.stdout.startswith(
        "4 drafts, 4 quotations: 3 to correct or confirm, 0 to look at, 1 in order, "
        "confirmed or not judged\n"
    )
    assert re.search(
        r"speaker   Vladimir Putin \(“Vladimir Putin said”, conf\w+ 0\.\d\d\)", done.stdout
    )
    assert done.stdout.count("searched  ") == 1
    assert "\x1b" not in done.stdout


def test_terminal_has_colours_and_rows_below_each_other(ask: Run, drafts: Path) -> None:
    shown = ask("check", "drafts/b.md", FORCE_COLOR="1", COLUMNS="50").stdout
    assert "\x1b[31m[-never-]\x1b[0m" in shown
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert max(map(len, lines)) <= 50
    (found,) = [number for number, line in enumerate(lines) if line.startswith("  found")]
    assert re.match(r" {12}\S", lines[found + 1])


def test_draft_of_true_quotations_passes(ask: Run, drafts: Path) -> None:
    assert ask("check", drafts / "a.txt").returncode == 0
    empty = ask("check", "-", stdin=b"Nobody said anything.")
    assert (empty.returncode, empty.stdout) == (0, "-: no quotations\n")


def test_standard_input_is_read_as_it_is_said_to_be_written(ask: Run) -> None:
    page = f"<p>“{SAID.replace(' ', ' <b></b>')}”, Vladimir Putin said.".encode()
    assert ask("check", "-", "--as", "html", stdin=page).returncode == 0
    assert "{" not in ask("check", "-", "--as", "html", stdin=page).stdout
    assert "\n-:1:5: FOUND" in ask("check", "-", stdin=page).stdout


def test_draft_that_cannot_be_read_is_named_and_the_others_are_checked(
    ask: Run, drafts: Path
) -> None:
    (drafts / "e.html").write_text("<p>So\n<b", encoding="utf-8")
    (drafts / "f.txt").write_bytes(b"")
    done = ask("check", "drafts/e.html", "drafts/f.txt", "nothing.md", "drafts/a.txt", "notes")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "onrecord: nothing.md: no such file or folder",
        "onrecord: notes: no such file or folder",
        "onrecord: drafts/e.html: line 2: the tag starting with <b is never closed; close it",
        "onrecord: drafts/f.txt: empty file; expected text",
    ]
    assert "drafts/a.txt:1:2: FOUND" in done.stdout


def test_other_format_is_named(ask: Run, drafts: Path) -> None:
    done = ask("check", "drafts/notes.odt")
    assert done.returncode == 1
    suffixes = ".txt, .html, .htm, .md, .markdown, .docx, .eml, .pdf"
    assert f".odt is not supported; supported formats: {suffixes}" in done.stderr


def test_wrong_usage_is_code_2(ask: Run) -> None:
    assert ask("check").returncode == 2
    assert ask("verify").returncode == 2
    assert ask("check", "-", "--as", "pdf").returncode == 2


def test_json_is_that_of_the_api_with_the_path(ask: Run, drafts: Path, seeds_index: Path) -> None:
    done = ask("check", "drafts/b.md", "drafts/c.html", "--format", "json")
    assert done.returncode == 1
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first.pop("path"), second.pop("path")) == ("drafts/b.md", "drafts/c.html")
    client = create_app(Settings(index=seeds_index)).test_client()
    posted = {"text": CHANGED, "format": "markdown"}
    assert client.post("/verify/document", json=posted).get_json() == first


class Page(HTMLParser):
    """Collects the page's text, its marks, and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [str(value) for name, value in attributes if name in ("src", "href")]

    def handle_data(self, text: str) -> None:
        self.text += text


def test_page_needs_nothing_from_elsewhere_and_marks_differences(ask: Run, drafts: Path) -> None:
    done = ask("check", "drafts", "--format", "html")
    assert done.returncode == 1
    page = Page()
    page.feed(done.stdout)
    assert page.loaded == []
    assert "[-never-]" in page.text
    assert "{+highly+}" in page.text
    assert "Nearest" in page.text
    assert page.tags.count("article") == 4
    assert {"main", "del", "ins"} <= set(page.tags)
    for expected in ("drafts/b.md", "line 1, column 2", "Searched: 73 statements from 5 sources"):
        assert expected in page.text


def test_page_escapes_what_a_draft_says(ask: Run) -> None:
    draft = "“We saw &lt;script&gt;alert(1)&lt;/script&gt; <b>there</b> &amp; left,” Jane Doe said."
    page = ask("check", "-", "--as", "html", "--format", "html", stdin=draft.encode()).stdout
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_page_names_drafts_that_cannot_be_read(ask: Run, drafts: Path) -> None:
    (drafts / "a.txt").write_bytes(b"")
    page = ask("check", "drafts/a.txt", "--format", "html").stdout
    assert "drafts/a.txt: empty file" in page


def test_junit_has_a_suite_a_draft_and_a_case_a_quotation(ask: Run, drafts: Path) -> None:
    (drafts / "f.txt").write_bytes(b"")
    done = ask("check", "drafts", "--format", "junit")
    assert done.returncode == 1
    suites = ElementTree.fromstring(done.stdout)
    counted = [(one.get("name"), one.get("failures"), one.get("errors")) for one in suites]
    assert counted == [
        ("drafts/a.txt", "0", "0"),
        ("drafts/b.md", "1", "0"),
        ("drafts/c.html", "1", "0"),
        ("drafts/d.markdown", "1", "0"),
        ("drafts/f.txt", "0", "1"),
    ]
    failures = [failure.get("type") for failure in suites.iter("failure")]
    assert failures == ["altered", "misattributed", "not_found"]
    altered, _, missing = suites.iter("failure")
    assert "compared: We [-never-] {+highly+} appreciate" in str(altered.text)
    assert "nearest: This unprecedented level" in str(missing.text)
    assert suites.find("testsuite/testcase").get("name") == f"1:2 “{SAID}”"


CUT = "“Along with long-term supplies of Russian hydrocarbons to China,” Vladimir Putin said.\n"
PARTED = f"“{SAID},” Vladimir Putin said, “have reached an unprecedented level.”\n"


def test_cut_and_unsettled_are_amber_and_counted(ask: Run, tmp_path: Path) -> None:
    unknown = TRUE.replace("Vladimir Putin", "Ottoline Brackwater")
    (tmp_path / "cut.txt").write_text(CUT.replace("hydrocarbons to China", "hydrocarbons") + TRUE)
    (tmp_path / "unknown.txt").write_text(unknown)
    done = ask("check", "cut.txt", "unknown.txt")
    assert done.returncode == 0
    assert done.stdout.startswith("2 drafts, 3 quotations: 0 to correct or confirm, ")
    assert "unknown.txt: 1 quotation: found 1, with a caution 1" in done.stdout
    assert "unknown.txt:1:2: FOUND, WITH A CAUTION" in done.stdout
    page = ask("check", "unknown.txt", "--format", "html").stdout
    assert '<article class="amber verbatim">' in page
    assert "To look at" in page and "<details>" not in page


def test_passing_quotations_are_collapsed_after_the_others(ask: Run, drafts: Path) -> None:
    page = ask("check", "drafts", "--format", "html").stdout
    folded = page[page.index("<details>") :]
    assert folded.count("<article") == 1 and "drafts/a.txt" in folded
    assert page.index("To correct or confirm") < page.index("<details>")
    assert "Reported speech without quotation marks is not checked." in page


def test_interrupted_quotation_is_shown_as_the_draft_has_it(ask: Run, tmp_path: Path) -> None:
    (tmp_path / "parted.txt").write_text(PARTED)
    done = ask("check", "parted.txt")
    assert f"“{SAID},” Vladimir Putin said, “have reached an unprecedented level." in done.stdout


def test_column_is_reported_for_one_line_formats(ask: Run) -> None:
    page = f"<p>{'Nothing. ' * 40}</p>{TRUE}".encode()
    report = ask("check", "-", "--as", "html", "--format", "html", stdin=page).stdout
    assert "-, line 1</span>" in report


def test_sentence_of_the_source_has_the_words_marked(ask: Run) -> None:
    draft = TRUE.replace("highly", "never").encode()
    page = ask("check", "-", "--format", "html", stdin=draft).stdout
    assert f"<mark>{SAID}</mark> of comprehensive partnership" in page
    assert "href" not in page


def test_link_leads_to_the_words_on_the_page(tmp_path: Path, run: Run) -> None:
    said = "The farmers of this valley brought in the best ever harvest, harvest-wise"
    source = {"url": "https://news.example/a?b=1#top", "text": f"“{said},” Jane Doe said."}
    (tmp_path / "a.jsonl").write_text(json.dumps(source))
    assert run("index", "a.jsonl", "--extractor", "rules").returncode == 0
    (tmp_path / "a.txt").write_text(f"“{said},” Jane Doe said.")
    page = Page()
    page.feed(run("check", "a.txt", "--format", "html", "--extractor", "rules").stdout)
    assert page.loaded == [
        "https://news.example/a?b=1"
        "#:~:text=The%20farmers%20of%20this%20valley,the%20best%20ever%20harvest%2C%20harvest%2Dwise"
    ]


@given(st.text())
def test_junit_is_xml_whatever_a_path_or_an_error_says(text: str) -> None:
    suites = ElementTree.fromstring(junit([(text, UnreadableSource(text))]))
    assert suites.find("testsuite").get("errors") == "1"


PARTS = st.builds(
    DiffPart,
    st.sampled_from([DiffOp.REPLACE, DiffOp.INSERT, DiffOp.DELETE]),
    st.text("ab \n", max_size=6),
    st.text("ab \n", max_size=6),
    st.booleans(),
)


@given(st.lists(PARTS))
def test_comparison_keeps_every_word_on_its_side(parts: list[DiffPart]) -> None:
    stretches = compared(parts)
    claimed = " ".join(one.text for one in stretches if one.side is Side.CLAIMED)
    assert claimed.split() == " ".join(part.claimed for part in parts).split()
    found = " ".join(one.text for one in stretches if one.side in (Side.SOURCE, Side.ELIDED))
    assert found.split() == " ".join(part.found for part in parts).split()
    assert "\n" not in comparison(parts)


def test_sarif_has_a_result_for_what_is_to_correct_or_to_look_at(ask: Run, drafts: Path) -> None:
    unknown = TRUE.replace("Vladimir Putin", "Ottoline Brackwater")
    (drafts / "a b.txt").write_text(unknown, encoding="utf-8")
    (drafts / "f.txt").write_bytes(b"")
    done = ask("check", "drafts", "--format", "sarif")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["version"] == "2.1.0"
    (analysis,) = report["runs"]
    results = [(one["ruleId"], one["level"]) for one in analysis["results"]]
    assert results == [
        ("caution", "warning"),
        ("altered", "error"),
        ("misattributed", "error"),
        ("not_found", "error"),
    ]
    rules = {rule["id"] for rule in analysis["tool"]["driver"]["rules"]}
    assert {rule for rule, _ in results} <= rules
    (place,) = analysis["results"][0]["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "drafts/a%20b.txt"},
        "region": {"startLine": 1, "startColumn": 2},
    }
    assert "Compared: We [-never-] {+highly+}" in analysis["results"][1]["message"]["text"]
    (invocation,) = analysis["invocations"]
    assert invocation["executionSuccessful"] is False
    (problem,) = invocation["toolExecutionNotifications"]
    assert "drafts/f.txt: empty file" in problem["message"]["text"]


def test_reports_never_call_anything_false(ask: Run, drafts: Path) -> None:
    for output in ("text", "html", "junit", "sarif"):
        report = ask("check", "drafts", "--format", output).stdout.lower()
        assert not re.search(r"\bfake|fabricat|\bfalse|\blie\b|\bwrong", report)


def test_what_is_too_short_to_tell_passes(ask: Run, tmp_path: Path) -> None:
    done = ask("verify", "peace", "--speaker", "Xi Jinping")
    assert done.returncode == 0
    assert done.stdout.startswith("TOO SHORT TO TELL  “peace”\n")
    assert "Fewer than two meaningful words: not looked up." in done.stdout
    draft = tmp_path / "scare.txt"
    draft.write_text("The “peace” was a “fake”, Xi Jinping said. " + TRUE)
    for output, expected in (
        ("text", "3 quotations: found 1, too short to tell 2"),
        ("html", '<article class="green too_short">'),
        ("junit", 'failures="0" errors="0" skipped="2"'),
        ("json", '"too_short": 2'),
    ):
        done = ask("check", "scare.txt", "--format", output)
        assert done.returncode == 0
        assert expected in done.stdout


def test_what_a_source_denies_is_reported_and_does_not_pass(tmp_path: Path, run: Run) -> None:
    (tmp_path / "article.txt").write_text("Ada Lund never said “the port is up for sale”.\n")
    assert run("index", "article.txt", "--extractor", "rules").returncode == 0
    done = run("verify", "the port is up for sale", "--speaker", "Lund")
    assert done.returncode == 1
    assert done.stdout.startswith("DENIED  “the port is up for sale”\n")
    assert "The source says it was not said." in done.stdout
    assert "The denial concerns Ada Lund." in done.stdout
    draft = tmp_path / "draft.txt"
    draft.write_text("“The port is up for sale,” Ada Lund said.\n")
    done = run("check", "draft.txt", "--extractor", "rules")
    assert (done.returncode, "1 quotation: denied 1" in done.stdout) == (1, True)
    draft.write_text("Ada Lund never said “the port is up for sale”.\n")
    done = run("check", "draft.txt", "--extractor", "rules")
    assert (done.returncode, "no quotations" in done.stdout) == (0, True)
    assert "0 found" in run("quotes", "Lund").stdout
    assert "| direct, denied |" in run("quotes", "Lund", "--denied", "true").stdout


def test_every_report_shows_where_a_miscited_quotation_is(ask: Run, tmp_path: Path) -> None:
    draft = tmp_path / "elsewhere.txt"
    draft.write_text(TRUE.replace("said", "told The New American"), encoding="utf-8")
    sentence = "Found in TASS; not found in The New American, which the draft cites."
    for output, expected in (
        ("text", "FOUND ELSEWHERE  “We highly appreciate"),
        ("html", '<span class="verdict">found elsewhere</span>'),
        ("junit", 'failures="0"'),
        ("sarif", '"ruleId": "found_elsewhere"'),
        ("json", '"cited": {"name": "The New American", "finding": "found_elsewhere"'),
    ):
        done = ask("check", "elsewhere.txt", "--format", output)
        assert done.returncode == 0
        assert expected in done.stdout
        assert output == "json" or sentence in done.stdout
    draft.write_text(TRUE.replace("said", "told the Irish Times"), encoding="utf-8")
    done = ask("check", "elsewhere.txt", "--format", "junit")
    assert "the Irish Times, which the draft cites, is not in the index." in done.stdout
