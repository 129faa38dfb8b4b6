"""The structure of service/: no circle of imports, few floors in a room, short functions.

Which room may import which is import-linter's (pyproject.toml); this is what its layers leave open.
"""

import ast
import statistics
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = 5
LONGEST = 45
"""Lines of a function without its docstring."""
MEDIAN = 6

Graph = Mapping[str, frozenset[str]]


def _trees() -> dict[str, ast.Module]:
    paths = (ROOT / "service").rglob("*.py")
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in paths
    }


def _imported(node: ast.AST) -> Iterator[str]:
    """While the module loads: what only types need is not imported."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return
    if isinstance(node, ast.ImportFrom) and node.module:
        yield from (f"{node.module}.{one.name}" for one in node.names)
    elif isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    for child in ast.iter_child_nodes(node):
        yield from _imported(child)


@cache
def _graph() -> Graph:
    trees = _trees()
    found = {}
    for name, tree in trees.items():
        known = (one if one in trees else one.rpartition(".")[0] for one in _imported(tree))
        found[name] = frozenset(one for one in known if one in trees and one != name)
    return found


def _rooms(graph: Graph, room: str) -> dict[str, frozenset[str]]:
    """The direct parts of ``room``, each with the parts of ``room`` that it imports."""

    def part(name: str) -> str:
        return name.removeprefix(f"{room}.").split(".")[0] if name.startswith(f"{room}.") else ""

    found: dict[str, set[str]] = {part(name): set() for name in graph if part(name)}
    for name, imported in graph.items():
        if part(name):
            found[part(name)] |= {part(one) for one in imported} - {"", part(name)}
    return {name: frozenset(others) for name, others in found.items()}


def test_no_module_imports_itself_through_others() -> None:
    graph = _graph()
    assert len(graph) > 300
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)  # raises CycleError


@pytest.mark.parametrize("room", ["service.api", "service.index.whoosh", "service.verification"])
def test_room_has_few_floors(room: str) -> None:
    rooms = _rooms(_graph(), room)
    floors: dict[str, int] = {}
    for name in TopologicalSorter(rooms).static_order():
        floors[name] = 1 + max((floors[one] for one in rooms[name]), default=0)
    assert max(floors.values()) <= FLOORS


def _lines(node: ast.FunctionDef) -> int:
    first = node.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def test_functions_are_short() -> None:
    lines = {
        f"{module}.{node.name}": _lines(node)
        for module, tree in _trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: number for name, number in lines.items() if number > LONGEST} == {}
    assert statistics.median(lines.values()) <= MEDIAN
