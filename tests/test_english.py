"""Messages, help, descriptions, docstrings and comments are English; turns once mended stay away.

Read are the string literals of the service, with the help of its commands, the pages, README.md
and docs/; for some more turns the docstrings and comments of all code. Examples between quotation
marks are the words of articles and left out.
"""

import ast
import inspect
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

TURNS = {
    r"(?<!there )\b(?:is|are|was|were) no (?!longer|more|less|later|further)": "is not a ...",
    r"\b(?:is|are) none of\b": "is not one of ...",
    r"\b(?:is|are) wanted\b": "expected ...",
    r"\bleave (?:it|them|the [a-z ]+) away\b": "omit it",
    r"\bat most so many\b": "at most N",
    r"\bit stands there\b": "word for word",
    r"\bthere are [{]": "the settings are ...",
    r"\bgiven out\b": "issued",
    r"\bgo(?:es)? on from there\b": "resumes",
    r"\b(?:is|are) not read here\b": "is not supported",
    r"\bwhole or in part\b": "in full or in part",
    r"\bnot settled\b": "is unclear",
    r"\bsaid like that\b": "said in these words",
    r"\bit has more than\b": "larger than ...",
    r"(?:^|: )it is (?:empty|binary|missing|encrypted|damaged)\b": "empty file; expected ...",
    r"\bgiven to \{": "attributed to ...",
    r"\bwrite (?:it|them) anew\b": "update it with ...",
    r"\b(?:a|one) (?:line|object|statement) a (?:line|source|statement|request)\b": "one per ...",
}
"""A turn as a regular expression, and what to write instead."""

TURNS_OF_CODE = {
    next(iter(TURNS)): "is not a ...",
    r"\bstands? (?:in|there|before|after|behind|beside|between|for|at|above|below|first)\b": "is",
    r"\bstood\b": "was",
    r"\bbehind (?!a paywall|one\b)": "after",
    r"\banew\b": "again",
    r"\bso many (?:\w+ )?at most\b|\bat most so many\b": "at most N",
    r"\bwhere there (?:is|are) none\b": "without one",
    r"\bis told (?:in|by)\b": "... says",
    r"\b(?:that|whom|which) (?:people|a person|somebody) read\b": "hand-labelled ...",
    r"\bwhat the network (?:makes|says)\b": "the network's states",
    r"\bnobody's statement\b": "not a statement",
    r"\bgiven to whom\b": "attributed to ...",
    r"\blikeliest is\b": "returns the most probable ...",
    r"\bwe know not\b": "of unknown ...",
    r"\blest\b": "so that ... not",
    r"\bquick look\b": "a quick check",
    r"\bas it comes\b": "unmodified",
    r"\bcomes? again\b": "recur",
    r"\bis everybody's right\b": "is legitimate",
    r"\bnothing else is asked\b": "overrides ...",
    r"\b(?:for|to) who (?:asks|has|wants|writes|reads)\b": "for callers that ...",
    r"\basks? once more\b": "sends another request",
    next(reversed(TURNS)): "one per ...",
}
"""The same of docstrings and comments."""
CODE = ("service", "bench", "training")
EXAMPLE = re.compile(r"\"[^\"]*\"|“[^”]*”|`[^`]*`|^\s*(?:>>>|\.\.\.|    ).*$", re.MULTILINE)


def _docstrings(tree: ast.Module) -> set[int]:
    """Strings that stand alone are documentation of the code."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _parts(tree: ast.Module) -> set[int]:
    """Strings between the values of an f-string, which is read whole."""
    whole = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
    return {id(part) for node in whole for part in node.values}


def _is_command(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        re.search(r"\b(?:command|group)\b", ast.unparse(one)) for one in node.decorator_list
    )


def _written(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
        return "".join(map(str, parts))
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None


def texts_of(path: Path) -> Iterator[str]:
    """What somebody who does not read the code may read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = _docstrings(tree) | _parts(tree)
    for node in ast.walk(tree):
        if id(node) in skipped or (isinstance(node, ast.FunctionDef) and not _is_command(node)):
            continue
        text = _written(node)
        if text and " " in text.strip():
            yield " ".join(text.split())


def prose_of(path: Path) -> Iterator[str]:
    """Docstrings and comments, without examples."""
    code = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield " ".join(EXAMPLE.sub("", inspect.cleandoc(str(node.value.value))).split())
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT:
            yield EXAMPLE.sub("", token.string)


def _files() -> list[Path]:
    pages = [*ROOT.glob("service/**/*.html"), *ROOT.glob("docs/**/*.md"), ROOT / "README.md"]
    return sorted([*ROOT.glob("service/**/*.py"), *pages])


def _read(path: Path) -> list[str]:
    if path.suffix == ".py":
        return list(texts_of(path))
    return [" ".join(path.read_text(encoding="utf-8").split())]


def _found(path: Path, texts: Iterable[str], turns: Mapping[str, str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {text[max(0, match.start() - 40) : match.end() + 20]!r}"
        f" (better: {better})"
        for text in texts
        for turn, better in turns.items()
        if (match := re.search(turn, text, re.IGNORECASE))
    ]


def test_no_turn_comes_back() -> None:
    found = [one for path in _files() for one in _found(path, _read(path), TURNS)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("room", CODE)
def test_no_turn_comes_back_in_docstrings_and_comments(room: str) -> None:
    paths = sorted((ROOT / room).rglob("*.py"))
    found = [one for path in paths for one in _found(path, prose_of(path), TURNS_OF_CODE)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('"""What stands in a list."""', True),
        ('A = 1\n"""It is no date."""', True),
        ("a = 1  # made anew", True),
        ('"""Statements that people read."""', True),
        ('"""People that read statements."""', False),
        ('"""He said "it stands in the yard", and it is in the text."""', False),
        ('"""Doctest.\n\n>>> behind\n"""', False),
        ('a = "what stands in a list"', False),
    ],
)
def test_docstrings_and_comments_are_read_without_examples(
    tmp_path: Path, code: str, is_found: bool
) -> None:
    path = tmp_path / "a.py"
    path.write_text(code)
    texts = prose_of(path)
    assert any(re.search(turn, text) for text in texts for turn in TURNS_OF_CODE) is is_found


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('raise Wrong(f"{a!r} is no date; b")', ["{} is no date; b"]),
        ('"""It is no date."""\nA = 1\n"""It is none."""', []),
        ('@click.command()\ndef a():\n    """It is\n    no date."""', ["It is no date."]),
        ('def a():\n    """It is no date."""', []),
        ('A = ("one two "\n"three")', ["one two three"]),
    ],
)
def test_messages_and_help_are_read_and_docstrings_are_not(
    tmp_path: Path, code: str, texts: list[str]
) -> None:
    path = tmp_path / "a.py"
    path.write_text(code)
    assert [text for text in texts_of(path) if text != "{}"] == texts


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("'x' is no date", True),
        ("there is no index", False),
        ("it is no longer there", False),
        ("'x' is not a date; expected 2022", False),
        ("a file is wanted", True),
        ("leave it away", True),
    ],
)
def test_turns_are_distinguished_from_english(text: str, is_found: bool) -> None:
    assert any(re.search(turn, text, re.IGNORECASE) for turn in TURNS) is is_found
