"""The examples of README.md and of docs/ are true.

A block fenced as ```console is run, line by line in one folder:

- a line that begins with "$ " is a command for bash; one that ends with a backslash goes on in
  the next line;
- the lines up to the next command are what it must print, on stdout and stderr together;
- "..." within a line stands for anything, alone on a line for any number of lines;
- white space at the ends of lines does not count.

All pages share one folder, README.md first. It has seeds/ and nothing else, so ``onrecord index
seeds`` makes the index of the commands after it. At 127.0.0.1:8000 a server answers from an index
of seeds/ (on a port of its own, put in for 8000). Where there is no curl, tests/readme/curl stands
in for it with the options -s -i -X -H -d. What is not to be run is fenced as ```sh.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
BIN = Path(sys.executable).parent
CURL_FOLDER = Path(__file__).parent / "readme"
PUBLISHED = "127.0.0.1:8000"

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    command: str
    output: str


def examples_in(text: str) -> Iterator[Example]:
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = re.sub(r"\\\n\s*", "", part).partition("\n")
            yield Example(command, output)


def pattern_of(output: str) -> str:
    lines = [
        r"(?:.*\n)*?" if line.strip() == "..." else _line(line.rstrip()) + r"[ \t]*\n"
        for line in output.rstrip("\n").splitlines()
    ]
    return "".join(lines)


def _line(line: str) -> str:
    return ".*?".join(map(re.escape, line.split("...")))


def _folders() -> Iterator[str]:
    yield str(BIN)
    yield os.environ["PATH"]
    if shutil.which("curl") is None:
        yield str(CURL_FOLDER)


@dataclass(frozen=True)
class Shell:
    folder: Path
    address: str

    def run(self, command: str) -> str:
        done = subprocess.run(
            ["bash", "-c", command.replace(PUBLISHED, self.address)],
            cwd=self.folder,
            env={"PATH": os.pathsep.join(_folders()), "LC_ALL": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=120,
        )
        return done.stdout.decode().replace(self.address, PUBLISHED)


@pytest.fixture(scope="module")
def shell(
    tmp_path_factory: pytest.TempPathFactory,
    serving: Callable[..., object],
    free_port: Callable[[], int],
    seeds: Path,
    seeds_index: Path,
) -> Iterator[Shell]:
    folder, logs = tmp_path_factory.mktemp("readme"), tmp_path_factory.mktemp("logs")
    (folder / "seeds").symlink_to(seeds)
    port = free_port()
    address = f"127.0.0.1:{port}"
    command = [BIN / "onrecord", "serve", "--bind", address]
    with serving(command, port, logs, ONRECORD_INDEX=str(seeds_index)):
        yield Shell(folder, address)


@pytest.mark.parametrize("page", PAGES)
def test_examples_print_what_the_page_says(shell: Shell, page: str) -> None:
    for example in examples_in((ROOT / page).read_text(encoding="utf-8")):
        printed = shell.run(example.command)
        wanted = re.fullmatch(pattern_of(example.output), printed.rstrip("\n") + "\n")
        assert wanted or printed.strip() == example.output.strip(), (
            f"$ {example.command}\n{printed}--- {page} has:\n{example.output}"
        )


@pytest.mark.parametrize("page", ["README.md", "docs/searching.md", "docs/drafts.md"])
def test_pages_for_users_have_examples(page: str) -> None:
    assert list(examples_in((ROOT / page).read_text(encoding="utf-8")))


def test_curl_of_the_tests_shows_status_and_body(shell: Shell) -> None:
    shown = shell.run(f"{CURL_FOLDER}/curl -s -i -H 'Accept: */*' http://{PUBLISHED}/quotes/none")
    assert shown.startswith("HTTP/1.1 404 ")
    assert "application/problem+json" in shown
    posted = shell.run(
        f'{CURL_FOLDER}/curl -s -d \'{{"text": "“No,” Ann Lee said."}}\''
        f" -H 'Content-Type: application/json' http://{PUBLISHED}/extract"
    )
    assert '"Ann Lee"' in posted


@pytest.mark.parametrize(
    ("output", "printed", "fits"),
    [
        ("one\ntwo\n", "one\ntwo\n", True),
        ("one\n", "one\ntwo\n", False),
        ("one\n...\n", "one\ntwo\nthree\n", True),
        ("...\nthree\n", "one\ntwo\nthree\n", True),
        ("o...e (1)\n", "one (1)\n", True),
        ("o...e (1)\n", "one 1\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_output_is_matched_as_described(output: str, printed: str, fits: bool) -> None:
    assert bool(re.fullmatch(pattern_of(output), printed)) is fits


def test_commands_are_found_with_their_output() -> None:
    text = "# T\n\n```console\n$ one \\\n    --two\nout\n\n$ three\n```\n\n```sh\n$ four\n```\n"
    assert list(examples_in(text)) == [Example("one --two", "out\n\n"), Example("three", "")]
