"""Page state: the article of a page rendered by a script, from the script's JSON.

JSON-LD has it as ``articleBody``; other sites (Next.js, Arc XP) use their own structures: the
longest markup, or the longest list of text pieces, is the article.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape

TEXT_KEYS = ("content", "text", "value", "html", "body")

PIECES_KEYS = ("content", "children", "nodes", "blocks", "model", "data")
DEEPEST = 4
"""Levels of nesting within a paragraph: a link, and bold text in it."""

SHORTEST = 400
"""Characters: shorter text is a summary, a prompt or a comment."""

NODES_MAXIMUM = 100_000
"""Nodes per state; a news page has a few thousand."""

_ASSIGNED = re.compile(
    r"(?:Fusion\.globalContent|window\.__[A-Z_]{4,40}__|window\.\w{4,40})\s*=\s*(?=\{)"
)


def markup_in(scripts: Iterable[str]) -> str:
    """The article as markup; "" if no script has one."""
    found = (markup for script in scripts for state in _states(script) for markup in _texts(state))
    return max(found, key=len, default="")


def _states(script: str) -> Iterator[object]:
    words = script.strip()
    starts = [0] if words.startswith(("{", "[")) else [m.end() for m in _ASSIGNED.finditer(words)]
    for start in starts[:10]:
        try:
            yield json.JSONDecoder(strict=False).raw_decode(words, start)[0]
        except (ValueError, RecursionError):
            continue


def _texts(state: object) -> Iterator[str]:
    waiting = [state]
    for _ in range(NODES_MAXIMUM):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, str) and len(one) >= SHORTEST and "<p" in one:
            yield one
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            joined = _joined(one)
            if len(joined) >= SHORTEST:
                yield joined
            waiting += one


def _joined(pieces: list[object]) -> str:
    """The text pieces of a list as paragraphs; other items are pictures."""
    paragraphs = []
    for piece in pieces:
        words = _text_in(piece) if isinstance(piece, dict) else ""
        if " " in words:
            is_markup = words.lstrip().startswith("<")
            paragraphs.append(words if is_markup else f"<p>{_kept(words)}</p>")
    return "".join(paragraphs) if len(paragraphs) > 2 else ""


def _text_in(piece: dict[str, object], depth: int = DEEPEST) -> str:
    """The piece's own text, or that of its children."""
    for key in TEXT_KEYS:
        if isinstance(value := piece.get(key), str):
            return value
    if not depth:
        return ""
    for key in PIECES_KEYS:
        value = piece.get(key)
        inner = value if isinstance(value, list) else [value]
        words = "".join(_text_in(one, depth - 1) for one in inner if isinstance(one, dict))
        if words:
            return words
    return ""


def _kept(words: str) -> str:
    """Keeps inline markup and escapes what only looks like it."""
    return words if re.search(r"</\w|<br", words) else escape(words, quote=False)
