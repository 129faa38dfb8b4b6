"""The commands on files of more formats than text."""

import json
import subprocess
from pathlib import Path

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
    assert extracted.stderr == f"onrecord: {folder}/empty.html: it is empty; a web page is wanted\n"
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
