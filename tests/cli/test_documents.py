"""The commands on files in formats other than text."""

import json
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import docx
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import ONRECORD

SAID = "“We will stay here for as long as the sea does,” Mayor Jane Doe said on Monday in Dover."


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [ONRECORD, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_folder_of_web_pages_is_extracted_and_indexed(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "page.html").write_text(
        f"<title>Mayor stays</title><nav>Home</nav><article><h1>Mayor stays</h1><p>{SAID}</p>"
        "<p>The port has lost money for years, and the council met to look at the numbers.</p>"
        "</article>",
        encoding="utf-8",
    )
    (folder / "empty.html").touch()
    extracted = run("extract", folder)
    assert extracted.returncode == 1
    assert extracted.stderr == f"onrecord: {folder}/empty.html: empty file; expected a web page\n"
    (line,) = map(json.loads, extracted.stdout.splitlines())
    assert line["source"]["title"] == {
        "value": "Mayor stays",
        "provenance": "declared",
        "span": None,
        "field": "h1",
    }
    assert [one["text"] for one in line["statements"]] == [
        "We will stay here for as long as the sea does"
    ]
    indexed = run("index", "--extractor", "rules", "--index", tmp_path / "index", folder)
    assert "added       1" in indexed.stdout
    assert "unreadable  1" in indexed.stdout


def test_drafts_in_word_pdf_and_mail_are_checked(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(SAID, encoding="utf-8")
    index = ("--index", tmp_path / "index")
    assert run("index", *index, tmp_path / "article.txt").returncode == 0
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    altered = SAID.replace("as long as the sea does", "as short as the sea does")
    word = docx.Document()
    word.add_paragraph(SAID)
    word.add_paragraph(altered)
    word.save(str(drafts / "a.docx"))
    message = EmailMessage()
    message["Subject"] = "Draft"
    message.set_content(altered)
    (drafts / "b.eml").write_bytes(message.as_bytes())
    canvas = Canvas(str(drafts / "c.pdf"))
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(50, 700, altered)
    canvas.save()
    checked = run("check", *index, drafts, "--format", "json", "--as", "html")
    assert checked.returncode == 1, checked.stderr
    found = [json.loads(line) for line in checked.stdout.splitlines()]
    assert [Path(one["path"]).name for one in found] == ["a.docx", "b.eml", "c.pdf"]
    verdicts = [[each["verification"]["verdict"] for each in one["quotations"]] for one in found]
    assert verdicts == [["verbatim", "altered"], ["altered"], ["altered"]]
    assert found[0]["quotations"][1]["line"] == 3


def test_library_that_is_not_installed_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"<article><p>{SAID}</p></article>", encoding="utf-8")
    code = (
        "import sys; sys.modules['trafilatura'] = None\n"  # as if it were not installed
        "from pathlib import Path; from service.reading import read\n"
        "print(*read(Path('page.html')))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == (
        "page.html: this format needs trafilatura, which is not installed;"
        " run pip install 'onrecord[formats]'\n"
    )
