"""Numbers in the code say why they are what they are, and documentation names files that exist.

A constant is a name in capitals that a module or a class sets to a number, or to a table of
numbers. Its reason stands in a string below it, in a comment at its line or in one above it; for
several constants in a row one reason below the last, or above the first, is enough.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(ROOT.glob("service/**/*.py"))

SELF_EVIDENT = {0, 1, 2, -1, 100, 1000}
"""Numbers that need no reason: none, one, both, the last, a percentage or a thousand."""


def _is_number(node: ast.expr) -> bool:
    """A number, arithmetic of numbers, or a tuple of them."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return not isinstance(value, bool)
        case ast.UnaryOp(operand=operand):
            return _is_number(operand)
        case ast.BinOp(left=left, right=right):
            return _is_number(left) and _is_number(right)
        case ast.Tuple(elts=elements):
            return bool(elements) and all(map(_is_number, elements))
    return False


def _constant(node: ast.stmt) -> str | None:
    """The name that is set to a number which needs a reason."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            pass
        case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id=name), *_])], value=value):
            pass
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            pass
        case _:
            return None
    if not name.lstrip("_").isupper() or not _is_number(value):
        return None
    return None if isinstance(value, ast.Constant) and value.value in SELF_EVIDENT else name


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _comments(lines: list[str], node: ast.stmt) -> bool:
    here = lines[node.lineno - 1 : node.end_lineno]
    above = lines[node.lineno - 2] if node.lineno > 1 else ""
    return any("# " in line for line in here) or above.lstrip().startswith("#")


def unexplained(source: str) -> Iterator[str]:
    """The constants without a reason beside them."""
    lines = source.splitlines()
    for block in ast.walk(ast.parse(source)):
        if not isinstance(block, ast.Module | ast.ClassDef):
            continue
        row: list[str] = []  # constants one below the other, with one reason for all
        explained = False
        for node in [*block.body, ast.Pass()]:
            name = _constant(node)
            if name is None:
                if not explained and not (row and _is_text(node)):
                    yield from row
                row, explained = [], False
                continue
            if row and lines[node.lineno - 2].strip() == "":
                if not explained:
                    yield from row
                row, explained = [], False
            row.append(name)
            explained = explained or _comments(lines, node)


def test_every_number_has_its_reason_beside_it() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in MODULES
        for name in unexplained(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("SIZE = 7\n", ["SIZE"]),
        ('SIZE = 7\n"""As measured."""\n', []),
        ("SIZE = 7  # as measured\n", []),
        ("# as measured\nSIZE = 7\n", []),
        ('A = 7\nB = 8\n"""As measured."""\n', []),
        ('A = 7\n\nB = 8\n"""As measured."""\n', ["A"]),
        ("class A:\n    SIZE = 3.5\n", ["SIZE"]),
        ("NONE = 0\nsize = 7\nNAME = 'x'\n", []),
        ("SIZES = (7, 8)\n", ["SIZES"]),
        ("SIZE = -7 * 10\n\n\ndef f() -> None: ...\n", ["SIZE"]),
    ],
)
def test_reasons_are_found(source: str, names: list[str]) -> None:
    assert list(unexplained(source)) == names


_FILE = re.compile(r"(?<![\w/.~*<{-])((?:[\w-]+/)*[a-z_]+\.(?:py|toml|md|npz|onnx))\b")

FOLDERS = ("service", "tests", "bench", "training", "docs", "seeds")

OF_USERS = {"speakers.toml", "alerts.toml", "draft.md", "article.md"}
"""What a user writes."""


def _documentation(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


@pytest.fixture(scope="module")
def files() -> set[str]:
    """Every file by all the ways to write it: "a/b.py", "b.py"."""
    found = [one for folder in map(ROOT.joinpath, FOLDERS) for one in folder.rglob("*.*")]
    parts = [path.relative_to(ROOT).parts for path in [*found, *ROOT.glob("*.*")]]
    return {"/".join(one[first:]) for one in parts for first in range(len(one))}


@pytest.mark.parametrize("folder", ["service", "bench", "training"])
def test_files_named_in_documentation_exist(folder: str, files: set[str]) -> None:
    missing = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted(ROOT.glob(f"{folder}/**/*.py"))
        for text in _documentation(path)
        for name in _FILE.findall(text)
        if name not in OF_USERS and name not in files
    ]
    assert not missing, "\n".join(missing)
