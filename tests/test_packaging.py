"""What is installed: the locks, and the package outside its checkout."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
ALONE = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
LOCKS = ("requirements.lock", "requirements-development.lock")


def locked(name: str) -> dict[str, str]:
    """The version of each distribution."""
    lines = (ROOT / name).read_text().splitlines()
    pinned = [line.partition(" ")[0].partition("==") for line in lines if "==" in line]
    return {distribution: version for distribution, _, version in pinned}


def declared() -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = project["project"]["optional-dependencies"]
    running = project["project"]["dependencies"] + extras["formats"]
    development = extras["mcp"] + extras["development"]
    build = project["build-system"]["requires"]
    assert build == project["dependency-groups"]["build"]
    return dict(zip(LOCKS, ([*running, *build], [*running, *development]), strict=True))


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_what_is_declared(name: str) -> None:
    versions = locked(name)
    for declaration in declared()[name]:
        requirement = Requirement(declaration)
        distribution = re.sub(r"[-_.]+", "-", requirement.name).lower()
        assert versions[distribution] in requirement.specifier, f"{declaration}: run make lock"


def test_locks_agree() -> None:
    running, development = map(locked, LOCKS)
    assert {name: development.get(name, version) for name, version in running.items()} == running


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_names_versions_and_hashes_alone(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text().strip())
    requirements = [block for block in blocks if not block.startswith("#")]
    assert requirements
    for block in requirements:
        first, *hashes = block.split(" \\\n    ")
        assert re.fullmatch(r"[a-z0-9-]+==[0-9a-z.]+( ; .+)?", first)
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands folder of an environment with the built package and our libraries."""
    folder = tmp_path_factory.mktemp("installed")
    source, environment = folder / "source", folder / "environment"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "service", source / "service")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source]
    subprocess.run([*pip, *build], check=True, env=ALONE)
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", environment], check=True, env=ALONE
    )
    python = environment / "bin" / "python"
    (wheel,) = folder.glob("onrecord-*.whl")
    subprocess.run([*pip, "--python", python, "install", "--no-deps", wheel], check=True, env=ALONE)
    (site_packages,) = environment.glob("lib/python*/site-packages")
    (site_packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return environment / "bin"


def test_installed_command_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "“We will stay here,” President Jane Doe said.\n", encoding="utf-8"
    )
    for arguments in (
        ["--help"],
        ["index", "a.txt"],
        ["quotes", "Doe"],
        ["extract", "a.txt", "--format", "html"],
        ["openapi"],
    ):
        done = subprocess.run(
            [installed / "onrecord", *arguments],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            env=ALONE,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert done.stdout


def test_installed_package_is_the_one_that_was_built(installed: Path, tmp_path: Path) -> None:
    where = "import service; print(service.__file__)"
    done = subprocess.run(
        [installed / "python", "-c", where],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        env=ALONE,
    )
    assert Path(done.stdout.decode().strip()).is_relative_to(installed.parent)
