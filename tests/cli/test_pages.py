"""Pages written by commands forbid the browser to load, run or send anything."""

import base64
import hashlib
import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

ARTICLE = "“We will stay<script>alert(1)</script>,” said Mayor Jane Doe.\n"


@pytest.mark.parametrize("command", ["extract", "check"])
def test_page_allows_its_own_style_and_nothing_else(ask: Run, tmp_path: Path, command: str) -> None:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    page = ask(command, article, "--format", "html").stdout
    assert page.startswith("<!doctype html>\n")
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert set(unescape(policy).split("; ")) == {
        "default-src 'none'",
        "script-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        f"style-src 'sha256-{digest}'",
    }
    assert page.index("Content-Security-Policy") < page.index("<style>")
    assert not re.search(r"\sstyle=|<script|\son\w+=", page)
