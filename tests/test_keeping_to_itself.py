"""Nothing leaves the machine, and nothing is left on it but the index.

Real processes under the kernel's eye, because a library's native code answers to nobody else.
"""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from service.index.exported import exported
from service.index.whoosh import open_index
from tests.conftest import environment_with
from tests.system_calls import TRACED, forbidding, written

ONRECORD = Path(sys.executable).with_name("onrecord")
DRAFT = "“The relations are a model of efficiency,” Putin said. “We never met,” Xi said.\n"

WITH_MODEL = [
    ("index", "--jobs", "2", "seeds", "more.jsonl"),
    ("extract", "draft.txt"),
    ("check", "draft.txt"),
]
WITHOUT_MODEL = [
    ("index", "--jobs", "2", "--extractor", "rules", "seeds", "more.jsonl"),
    ("extract", "--extractor", "rules", "draft.txt"),
    ("check", "--extractor", "rules", "draft.txt"),
    ("confirm", "--extractor", "rules", "--confirmed", "seeds/confirmed.jsonl", "draft.txt"),
    ("verify", "a new era of cooperation"),
    ("search", "new"),
    ("quotes", "Putin"),
    ("stats",),
    ("check-index",),
    ("export",),
    ("export", "--output", "export.jsonl"),
    ("index", "--from-export", "export.jsonl"),
    ("remove", "a-bc46cc16dca6"),
    ("index", "--extractor", "rules", "--prune", "seeds"),
    ("openapi",),
    ("--help",),
]


class Desk:
    """A working folder, with an unused home and an unused folder for temporary files."""

    def __init__(self, folder: Path, seeds: Path, index: Path) -> None:
        self.folder, self.home, self.temporary = (
            folder / name for name in ("work", "home", "temporary")
        )
        for one in (self.folder, self.home, self.temporary):
            one.mkdir()
        shutil.copytree(seeds, self.folder / "seeds")
        shutil.copytree(index, self.folder / "index")
        (self.folder / "draft.txt").write_text(DRAFT, encoding="utf-8")
        lines = (json.dumps({"id": f"m{number}", "text": DRAFT}) for number in range(40))
        (self.folder / "more.jsonl").write_text("\n".join(lines), encoding="utf-8")
        with closing(open_index(index)) as opened:
            written = exported(opened.snapshot())
            (self.folder / "export.jsonl").write_bytes(b"".join(written))

    @property
    def environment(self) -> dict[str, str]:
        settings = {"HOME": self.home, "TMPDIR": self.temporary}
        variables = environment_with({name: str(path) for name, path in settings.items()})
        moved = {name: value for name, value in variables.items() if not name.startswith("XDG_")}
        return {**moved, "PYTHONDONTWRITEBYTECODE": "1"}

    def assert_nothing_is_left(self) -> None:
        assert list(self.home.rglob("*")) == []
        assert list(self.temporary.rglob("*")) == []
        assert {path.name for path in self.folder.iterdir()} == {
            *("draft.txt", "export.jsonl", "index", "more.jsonl", "seeds")
        }


@pytest.fixture
def desk(tmp_path: Path, seeds: Path, seeds_index: Path) -> Desk:
    return Desk(tmp_path, seeds, seeds_index)


def command_on(desk: Desk, *command: str | Path, **options: object) -> "subprocess.Popen[str]":
    process: subprocess.Popen[str] = subprocess.Popen(
        command,
        cwd=desk.folder,
        env=desk.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )
    return process


@pytest.mark.parametrize("arguments", WITH_MODEL + WITHOUT_MODEL, ids=" ".join)
def test_command_opens_no_socket_and_leaves_no_file(desk: Desk, arguments: tuple[str, ...]) -> None:
    noting_imports = (sys.executable, "-X", "importtime", ONRECORD)
    process = command_on(desk, *noting_imports, *arguments, preexec_fn=forbidding("socket"))
    _, imports = process.communicate(timeout=120)
    assert process.returncode == (1 if arguments[0] in {"check", "verify"} else 0), imports[-2000:]
    assert ("onnxruntime" in imports) is (arguments in WITH_MODEL)
    desk.assert_nothing_is_left()


def test_socket_that_is_forbidden_ends_the_process(desk: Desk) -> None:
    asking = "import socket; socket.getaddrinfo('example.org', 80)"
    process = command_on(desk, sys.executable, "-c", asking, preexec_fn=forbidding("socket"))
    process.communicate(timeout=60)
    assert process.returncode == -31  # SIGSYS


@pytest.mark.skipif(
    "CI" not in os.environ and shutil.which("strace") is None, reason="strace is not installed"
)
@pytest.mark.parametrize("arguments", [WITH_MODEL[0], ("stats",)], ids=" ".join)
def test_command_writes_nowhere_else(
    desk: Desk, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    log = tmp_path / "calls"
    tracing = ("strace", "-f", "-y", "-z", "-o", log, "-e", f"trace={TRACED}")
    process = command_on(desk, *tracing, ONRECORD, *arguments)
    process.communicate(timeout=240)
    paths = set(written(log, desk.folder))
    allowed = (desk.folder / "index", desk.temporary, Path("/dev/null"), Path("/dev/shm"))
    assert [path for path in paths if not any(map(path.is_relative_to, allowed))] == []
    assert any(path.is_relative_to(desk.folder / "index") for path in paths) is (
        arguments[0] == "index"
    )


def test_server_connects_to_nobody_and_loads_the_model_when_it_is_needed(
    desk: Desk,
    serving: Callable[..., object],
    free_port: Callable[[], int],
) -> None:
    port = free_port()
    command = [ONRECORD, "serve", "--workers", "1", "--bind", f"127.0.0.1:{port}"]
    settings = {"HOME": str(desk.home), "TMPDIR": str(desk.temporary)}
    logs = desk.home.with_name("logs")
    logs.mkdir()
    with serving(
        command,
        port,
        logs,
        forbidding("connect"),
        ONRECORD_INDEX=str(desk.folder / "index"),
        **settings,
    ) as server:
        for path in (
            "/quotes?speaker=Putin",
            "/search?q=new",
            "/speakers",
            "/verify?quote=new+era",
        ):
            ask(port, path)
        assert not has_loaded_the_model(server)
        assert b'"Putin"' in ask(port, "/extract", DRAFT.encode())
        assert has_loaded_the_model(server)
    assert "Booting worker" in (logs / "server.log").read_text()
    assert (logs / "server.log").read_text().count("Booting worker") == 1
    desk.assert_nothing_is_left()


def ask(port: int, path: str, body: bytes | None = None) -> bytes:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", body, {"Content-Type": "text/plain"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: bytes = answer.read()
        return found


def has_loaded_the_model(server: "subprocess.Popen[bytes]") -> bool:
    (worker,) = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    processes = (str(server.pid), worker)
    return any("onnxruntime" in Path(f"/proc/{one}/maps").read_text() for one in processes)
