"""The caller of the tests may have settings of their own and ignore any signal."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TOUCHY = (
    "tests/cli/test_indexing.py::test_interrupt_leaves_a_good_index_and_says_what_to_do",
    "tests/cli/test_indexing.py::test_standard_input_is_a_source",
    "tests/cli/test_command.py::test_colours_in_a_terminal_only",
    "tests/cli/test_verifying.py::test_terminal_has_colours_and_rows_below_each_other",
    "tests/cli/test_serving.py::test_new_sources_show_without_a_restart",
)
"""Tests that interrupt a process, write to a process's own index, examine colours, query a
server."""


def ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def test_tests_heed_no_setting_of_the_shell_and_write_to_no_index_of_it(tmp_path: Path) -> None:
    exported = {
        "ONRECORD_INDEX": str(tmp_path / "somebody"),
        "ONRECORD_EXTRACTOR": "none",
        "ONRECORD_SPEAKERS": str(tmp_path / "nowhere"),
        "FORCE_COLOR": "1",
        "COLUMNS": "20",
        "TERM": "dumb",
        "http_proxy": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--basetemp", tmp_path / "tests", *TOUCHY],
        cwd=ROOT,
        env={**os.environ, **exported},
        preexec_fn=ignore_interrupts,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "skipped" not in done.stdout
    assert not (tmp_path / "somebody").exists()
