"""What docs/, CONTRIBUTING.md and SECURITY.md say of the code is so. Their commands run in
test_readme.py."""

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))

_LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)\)")
_PATH = re.compile(
    r"`((?:service|tests|bench|training|docs|seeds)/[\w./-]*\w/?|[\w-]+\.(?:toml|md|yaml))`"
)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _names() -> Counter[str]:
    """How often each class is defined in the service."""
    trees = (ast.parse(_text(path)) for path in ROOT.glob("service/**/*.py"))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return Counter(node.name for node in nodes if isinstance(node, ast.ClassDef))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_paths_lead_somewhere(page: Path) -> None:
    text = _text(page)
    links = [link for link in _LINK.findall(text) if not (page.parent / link).exists()]
    assert not links
    if page.name != "CHANGELOG.md":  # which is about files that no longer exist
        made = ("speakers.toml", "alerts.toml", "README.md", "confirmed.jsonl")
        paths = [path for path in _PATH.findall(text) if "NAME" not in path and path not in made]
        assert not [path for path in paths if not (ROOT / path).exists()]


def test_each_type_of_the_glossary_exists_once() -> None:
    rows = re.findall(r"^\| ([^|]+) \| .* \| `(\w+)` \|$", _text(ROOT / "docs/glossary.md"), re.M)
    assert len(rows) > 20
    names = _names()
    assert {name: names[name] for _, name in rows if names[name] != 1} == {}
    words = re.findall(r"^\| ([^|]+) \| ", _text(ROOT / "docs/glossary.md"), re.M)
    assert [word for word, count in Counter(words).items() if count > 1] == []


def test_layers_of_the_architecture_are_those_of_import_linter() -> None:
    project = tomllib.loads(_text(ROOT / "pyproject.toml"))
    text = _text(ROOT / "docs/architecture.md")
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = {one["containers"][0]: one["layers"] for one in contracts if one["type"] == "layers"}
    documented = {
        name: re.findall(r"^- (.*)$", block, re.M)
        for name, block in re.findall(r"<!-- layers: (\S+) -->\n\n((?:- .*\n)+)", text)
    }
    assert documented == layers


def test_every_room_is_in_the_architecture() -> None:
    rooms = {path.parent.name for path in ROOT.glob("service/*/__init__.py")}
    documented = re.findall(r"^\| `service/(\w+)` \|", _text(ROOT / "docs/architecture.md"), re.M)
    assert set(documented) == rooms


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision_is_numbered_dated_and_short(path: Path) -> None:
    number = DECISIONS.index(path) + 1
    lines = _text(path).splitlines()
    assert path.name.startswith(f"{number:04d}-")
    assert lines[0].startswith(f"# {number:04d}. ")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", lines[2])
    parts = [line.split("**")[1] for line in lines if line.startswith("**")]
    assert parts == ["Problem.", "Decision.", "Figure.", "Price."]
    (figure,) = [line for line in lines if line.startswith("**Figure.**")]
    assert re.search(r"\d", figure)
    assert len(lines) <= 12


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_targets_of_make_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", _text(ROOT / "Makefile"), re.M))
    asked = set(re.findall(r"(?:`|^|\$ )make ([a-z]+)", _text(ROOT / name), re.M))
    assert asked
    assert asked <= targets


def _hooks() -> dict[str, list[str]]:
    config = yaml.safe_load(_text(ROOT / ".pre-commit-config.yaml"))
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]
    return {hook["id"]: shlex.split(hook["entry"]) for hook in hooks}


@pytest.mark.parametrize(
    ("hook", "code"),
    [("ruff", "import os\n"), ("format", "a=1\n")],
)
def test_hooks_refuse_what_ci_would(tmp_path: Path, hook: str, code: str) -> None:
    command, *options = _hooks()[hook]
    tool = Path(sys.executable).parent / Path(command).name
    for source, refused in ((code, True), ("a = 1\n", False)):
        file = tmp_path / "a.py"
        file.write_text(source)
        done = subprocess.run([tool, *options, file], cwd=ROOT, capture_output=True, check=False)
        assert bool(done.returncode) is refused


def test_hook_checks_openapi_as_ci_does() -> None:
    assert " ".join(_hooks()["openapi"][1:]) in _text(ROOT / "Makefile")
