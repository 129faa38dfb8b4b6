"""deploy/onrecord.service, as far as it can be tested without systemd running."""

import configparser
import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from service.gunicorn_settings import graceful_timeout
from tests.conftest import ONRECORD, environment_with

UNIT = Path(__file__).parents[2] / "deploy" / "onrecord.service"


def service() -> configparser.SectionProxy:
    unit = configparser.ConfigParser(interpolation=None, strict=False, comment_prefixes=("#",))
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(UNIT)
    return unit["Service"]


@pytest.mark.skipif(
    "CI" not in os.environ and shutil.which("systemd-analyze") is None,
    reason="systemd is not installed",
)
def test_systemd_has_nothing_against_it(tmp_path: Path) -> None:
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text().replace("/opt/onrecord/bin/onrecord", str(ONRECORD)))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", here], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_server_says_when_it_is_ready_and_stops_in_good_order(
    seeds_index: Path, tmp_path: Path, free_port: Callable[[], int]
) -> None:
    messages = service()
    assert (messages["Type"], messages["KillMode"]) == ("notify", "mixed")
    assert int(messages["TimeoutStopSec"]) > graceful_timeout
    command = messages["ExecStart"].split()
    assert command[0].endswith("/bin/onrecord")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notified:
        notified.bind(str(tmp_path / "notify"))
        notified.settimeout(60)
        settings = {
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
            "ONRECORD_INDEX": str(seeds_index),
            "ONRECORD_BIND": f"127.0.0.1:{free_port()}",
        }
        with (tmp_path / "log").open("wb") as log:
            server = subprocess.Popen(
                [ONRECORD, *command[1:]], env=environment_with(settings), stderr=log
            )
        try:
            assert b"READY=1" in notified.recv(4096)
            server.terminate()
            assert server.wait(int(messages["TimeoutStopSec"])) == 0
        finally:
            server.kill()
            server.wait()
    assert os.environ.get("NOTIFY_SOCKET") is None
