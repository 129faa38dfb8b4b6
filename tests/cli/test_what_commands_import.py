"""A command imports no more of the service than it needs."""

import re
import subprocess
import sys
from pathlib import Path

ONRECORD = Path(sys.executable).with_name("onrecord")


def imported_by(*arguments: str | Path) -> set[str]:
    """The service's modules that a command has imported by its end."""
    command = [sys.executable, "-X", "importtime", str(ONRECORD), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return set(re.findall(r"\|\s+(service[\w.]*)$", done.stderr, re.MULTILINE))


def test_indexing_needs_neither_api_nor_verification(seeds: Path, tmp_path: Path) -> None:
    imported = imported_by(
        "index", seeds, "--index", tmp_path / "index", "--extractor", "rules", "--jobs", "1"
    )
    assert "service.rendering.statement_json" in imported
    assert not [name for name in imported if re.match(r"service\.(api|verification)\b", name)]
