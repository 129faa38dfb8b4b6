"""Holding back drafts: the pre-commit hook and the workflow of docs/drafts.md."""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.cli.test_verifying import CHANGED, TRUE
from tests.conftest import ONRECORD, ROOT

HOOK = """#!/bin/sh
git diff --cached --name-only --diff-filter=ACM | grep -E '{files}' | xargs {entry}
"""


@pytest.fixture
def shell(tmp_path: Path, seeds_index: Path):
    """Runs a command in an empty folder with ``onrecord`` on its path and an index."""
    environment = {
        **os.environ,
        "PATH": f"{ONRECORD.parent}{os.pathsep}{os.environ['PATH']}",
        "ONRECORD_INDEX": str(seeds_index),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }

    def run(command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-ec", command],
            cwd=tmp_path,
            env={**environment, **settings},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_hook_holds_a_commit_back_until_its_quotations_pass(tmp_path: Path, shell) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert shell("git init -q . && git config user.email a@b.example && git config user.name A")
    script = tmp_path / ".git/hooks/pre-commit"
    files = hook["files"].replace("(?:", "(")
    script.write_text(HOOK.format(files=files, entry=hook["entry"]))
    script.chmod(0o755)
    (tmp_path / "notes.csv").write_text(CHANGED)
    (tmp_path / "draft.md").write_text(CHANGED)
    refused = shell("git add . && git commit -qm Draft")
    assert refused.returncode == 1
    assert "draft.md:1:2: WORDS DIFFER" in refused.stdout + refused.stderr
    (tmp_path / "draft.md").write_text(TRUE)
    assert shell("git add . && git commit -qm Draft").returncode == 0
    assert shell("git log --oneline").stdout.count("Draft") == 1


def workflow() -> dict:
    """The workflow as printed in docs/drafts.md."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/drafts.md").read_text(), re.DOTALL)
    (parsed,) = [read for block in blocks if "jobs" in (read := yaml.safe_load(block))]
    return parsed


@pytest.mark.parametrize(("draft", "code", "results"), [(TRUE, 0, 0), (CHANGED, 1, 1)])
def test_workflow_of_the_docs_fails_where_a_quotation_does(
    tmp_path: Path, shell, draft: str, code: int, results: int
) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts/draft.md").write_text(draft)
    (tmp_path / "articles").symlink_to(ROOT / "seeds")
    steps = workflow()["jobs"]["quotations"]["steps"]
    commands = {step["name"]: step["run"] for step in steps if "run" in step}
    assert list(commands) == ["Install", "Index", "Check"]
    environment = {"ONRECORD_INDEX": str(tmp_path / "index"), "ONRECORD_EXTRACTOR": "rules"}
    assert shell(commands["Index"], **environment).returncode == 0
    assert shell(commands["Check"], **environment).returncode == code
    (upload,) = [step["with"] for step in steps if "sarif" in step.get("uses", "")]
    report = json.loads((tmp_path / upload["sarif_file"]).read_text())
    assert len(report["runs"][0]["results"]) == results


def test_hook_of_the_docs_is_the_one_there_is() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert f"- id: {hook['id']}" in (ROOT / "docs/drafts.md").read_text()
    assert shlex.split(hook["entry"]) == ["onrecord", "check"]
