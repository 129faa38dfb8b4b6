"""deploy/Dockerfile, its steps done one after the other without Docker.

Paths of the image lie in a folder of the test, and libraries that are locked are those that are
installed here already, so that pip finds nothing to fetch.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import WITHOUT_PRIVILEGE
from tests.system_calls import TRACED, written

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
TOKEN = "write-write-write-1"


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines) if name]


class Image:
    """The files of an image, and its settings for running them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.user, self.command, self.health = "root", [], []  # type: ignore[var-annotated]
        self.environment: dict[str, str] = {}
        self._folder = root

    def here(self, text: str) -> str:
        """With the paths of the image, and our user instead of its own."""
        moved = re.sub(r"(?<![\w/])/(opt/onrecord|var/lib/onrecord|src)", rf"{self.root}/\1", text)
        return moved.replace("10001", str(os.getuid()))

    def do(self, name: str, rest: str) -> None:
        """A single instruction."""
        match name:
            case "WORKDIR":
                self._folder = Path(self.here(rest))
                self._folder.mkdir(parents=True)
            case "COPY" if not rest.startswith("--from"):
                self._copy(*rest.split())
            case "RUN":
                self._run(rest)
            case "ENV":
                self.environment |= dict(one.split("=", 1) for one in shlex.split(rest))
            case "USER":
                self.user = rest
            case "HEALTHCHECK":
                self.health = json.loads(rest.partition("CMD ")[2])
            case "CMD":
                self.command = json.loads(rest)

    def _copy(self, *paths: str) -> None:
        *sources, target = paths
        for source in sources:
            if (ROOT / source).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / source, self._folder / target, ignore=ignored)
            else:
                shutil.copy(ROOT / source, self._folder / target)

    def _run(self, command: str) -> None:
        (self.root / "var" / "lib").mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["bash", "-euc", self.here(command)],
            cwd=self._folder,
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        if "-m venv" in command:
            (packages,) = self.root.glob("opt/onrecord/lib/python*/site-packages")
            (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))

    def settings(self, port: int) -> dict[str, str]:
        moved = {name: self.here(value) for name, value in self.environment.items()}
        path = moved["PATH"].replace("$PATH", os.environ["PATH"])
        return {**moved, "PATH": path, "ONRECORD_BIND": f"127.0.0.1:{port}"}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    made = Image(tmp_path_factory.mktemp("image"))
    for name, rest in instructions():
        made.do(name, rest)
    return made


def test_it_is_nobody_in_particular_and_takes_nothing_from_elsewhere(image: Image) -> None:
    assert image.user == "10001:10001"
    names = [name for name, _ in instructions()]
    assert "ADD" not in names
    assert names.index("USER") > max(n for n, name in enumerate(names) if name in ("RUN", "COPY"))
    kept = [line[1:] for line in (ROOT / "deploy" / "Dockerfile.dockerignore").read_text().split()]
    copied = [rest.split()[:-1] for name, rest in instructions() if name == "COPY"]
    for source in (one for several in copied for one in several):
        assert source in kept or source.startswith(("--from=", "/opt/"))


@pytest.fixture
def server(
    image: Image,
    serving: Callable[..., Any],
    free_port: Callable[[], int],
    tmp_path: Path,
) -> Iterator[int]:
    if shutil.which("strace") is None and "CI" not in os.environ:
        pytest.skip("strace is not installed")
    port = free_port()
    tracing = ["strace", "-f", "-y", "-z", "-o", tmp_path / "calls", "-e", f"trace={TRACED}"]
    found = shutil.which(image.command[0], path=image.settings(port)["PATH"])
    assert found is not None
    assert Path(found).is_relative_to(image.root)
    powerless = WITHOUT_PRIVILEGE if os.geteuid() == 0 else ()
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    more = {"TMPDIR": str(temporary), "ONRECORD_WRITE_TOKENS": TOKEN, "HOME": "/nonexistent"}
    command = [*powerless, *tracing, found, *image.command[1:]]
    with serving(command, port, tmp_path, **image.settings(port), **more) as tracer:
        yield port
        os.kill(traced_by(tracer.pid), signal.SIGTERM)  # strace does not take this signal


def traced_by(tracer: int) -> int:
    return int(Path(f"/proc/{tracer}/task/{tracer}/children").read_text().split()[0])


def test_it_answers_and_writes_to_its_volume_alone(
    image: Image, server: int, tmp_path: Path
) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server}/sources",
        "“We will stay,” Jane Doe said.".encode(),
        {"Content-Type": "text/plain", "Authorization": f"Bearer {TOKEN}"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 201
    probe = [one.replace(":8000", f":{server}") for one in image.health]
    checked = subprocess.run(probe, env=image.settings(server), check=False)
    assert checked.returncode == 0
    allowed = (image.root / "var" / "lib" / "onrecord", tmp_path / "tmp", Path("/dev"))
    paths = set(written(tmp_path / "calls", tmp_path))
    assert [one for one in paths if not any(map(one.is_relative_to, allowed))] == []
    assert any(one.is_relative_to(allowed[0]) for one in paths)


def test_health_is_bad_where_nobody_answers(image: Image, free_port: Callable[[], int]) -> None:
    port = free_port()
    probe = [one.replace(":8000", f":{port}") for one in image.health]
    done = subprocess.run(probe, env=image.settings(port), capture_output=True, check=False)
    assert done.returncode != 0
