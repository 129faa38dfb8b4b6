"""Identifiers say what they are: words with several meanings stay out of names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("service", "bench", "training", "tests", "examples")

WORDS = frozenset(
    ("told", "heard", "given", "plain", "front", "standing", "own", "behind", "thin", "readymade")
) | {"look", "looks", "looked", "stand", "stands"}
ENGLISH = frozenset(("own", "look", "looks", "looked"))
TERMS = re.compile(r"front_?matter|plain_(?:text|whoosh|lists)|given_names?", re.IGNORECASE)
"""Terms of the field that contain one of these words, and a benchmark's name."""


def _defined(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Each name that a module binds, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node.lineno
            case ast.arg():
                yield node.arg, node.lineno
            case ast.Name(ctx=ast.Store()):
                yield node.id, node.lineno
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr, node.lineno
            case ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name, node.lineno


def words_of(name: str) -> set[str]:
    """
    >>> sorted(words_of("PlainWord_told"))
    ['plain', 'told', 'word']
    """
    rest = TERMS.sub("", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name))
    return set(rest.lower().split("_"))


def _is_unclear(name: str) -> bool:
    """The name of a test is a sentence, in which "its own" and "looks like" are English."""
    return bool((WORDS - ENGLISH if name.startswith("test_") else WORDS) & words_of(name))


def unclear(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [(path.stem, 1), *_defined(tree)]
    return [f"{path}:{line}: {name}" for name, line in names if _is_unclear(name)]


@pytest.mark.parametrize("room", ROOMS)
def test_names_have_no_word_of_several_meanings(room: str) -> None:
    found = [one for path in sorted((ROOT / room).rglob("*.py")) for one in unclear(path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("told = 1", True),
        ("def of(*, given): ...", True),
        ("class Standing: ...", True),
        ("self._heard = 1", True),
        ("for _, own in (): ...", True),
        ("import a as plain", True),
        ("PLAIN_WORDS = 4", True),
        ("def test_draft_that_stands_passes(): ...", True),
        ("def test_page_has_its_own_style(): ...", False),
        ("front_matter = told.given", False),
        ("class FrontMatter: ...", False),
        ("owner = a(own=1)", False),
    ],
)
def test_what_is_defined_is_found(tmp_path: Path, code: str, is_found: bool) -> None:
    path = tmp_path / "a.py"
    path.write_text(code)
    assert bool(unclear(path)) is is_found
