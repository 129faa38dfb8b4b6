"""Published figures are those of bench/history.jsonl, and what measures them exists."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_modules_of_bench_in_the_figures_exist() -> None:
    for module in re.findall(r"python -m ([\w.]+)", _text(ROOT / "bench/history.jsonl")):
        assert (ROOT / f"{module.replace('.', '/')}.py").exists(), module
    for test in re.findall(r"pytest (\S+\.py)", _text(ROOT / "bench/history.jsonl")):
        assert (ROOT / test).exists(), test


def test_published_figures_are_those_of_the_history() -> None:
    command = [sys.executable, "-m", "bench.figures", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_readme_keeps_six_figures() -> None:
    table = _text(ROOT / "README.md").partition("<!-- figures")[2].partition("<!-- end")[0]
    assert table.count("\n| ") == 6 + 2
