"""A language model's client queries the index over standard input and output."""

import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from tests.conftest import ONRECORD, environment_with

TOOLS = {"search_quotes", "get_source_text", "verify_quote", "verify_document", "list_speakers"}
CLAIM = "close neighbors bound by centuries-old traditions of friendship and trust"

# The client starts this; it forbids itself to open a socket before it becomes the server.
WITHOUT_SOCKETS = (
    "import os, sys; from tests.system_calls import forbidding\n"
    "forbidding('socket')(); os.execv(sys.argv[1], sys.argv[1:])"
)


@pytest.fixture
def talk(seeds_index: Path, tmp_path: Path) -> Callable[..., Any]:
    """Runs a function with a client connected to ``onrecord mcp``."""
    root = str(Path(__file__).parents[2])
    environment = environment_with({"ONRECORD_INDEX": str(seeds_index), "PYTHONPATH": root})

    def talked(conversation: Callable[[Client], Awaitable[Any]]) -> Any:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-c", WITHOUT_SOCKETS, str(ONRECORD), "mcp"],
            env=environment,
            cwd=tmp_path,
        )

        async def connect() -> Any:
            async with Client(server) as client:
                return await conversation(client)

        return anyio.run(connect)

    return talked


async def answer(client: Client, tool: str, **arguments: object) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    content: dict[str, Any] = result.structured_content
    return content


def test_model_finds_verifies_and_reads(talk: Callable[..., Any], seeds: Path) -> None:
    async def conversation(client: Client) -> None:
        listed = await client.list_tools()
        assert {tool.name for tool in listed.tools} == TOOLS
        assert all(tool.description and tool.annotations.read_only_hint for tool in listed.tools)
        found = await answer(client, "search_quotes", words="friendship", speaker="Putin")
        assert found["total"] == 2
        statement = found["items"][0]
        page = await answer(client, "search_quotes", speaker="Putin", limit=1)
        more = await answer(
            client, "search_quotes", speaker="Putin", limit=1, cursor=page["next_cursor"]
        )
        assert page["items"] != more["items"]
        claims = await answer(client, "search_quotes", speaker="Putin", kind="claims")
        assert {one["form"] for one in claims["items"]} == {"indirect"}
        source = await answer(client, "get_source_text", source=statement["source"]["id"])
        span = statement["spans"][0]
        assert source["text"][span["start"] : span["end"]] == statement["text"]
        assert (source["start"], source["next_start"]) == (0, None)
        assert source["length"] == source["end"] == len(source["text"])
        verified = await answer(client, "verify_quote", quote=CLAIM, speaker="Xi Jinping")
        assert (verified["verdict"], verified["wording"]) == ("misattributed", "verbatim")
        draft = f"“{CLAIM},” Putin said. “We never met in Moscow that winter,” Xi said."
        checked = await answer(client, "verify_document", text=draft)
        verdicts = [one["verification"]["verdict"] for one in checked["quotations"]]
        assert verdicts == ["verbatim", "not_found"]
        speakers = await answer(client, "list_speakers", name="Xi")
        assert "Xi Jinping" in [one["name"] for one in speakers["items"]]

    talk(conversation)


def test_model_is_sent_the_error(talk: Callable[..., Any]) -> None:
    async def conversation(client: Client) -> list[str]:
        errors = []
        for tool, arguments in (
            ("get_source_text", {"source": "a-nothing"}),
            ("search_quotes", {"words": '"friendship'}),
            ("search_quotes", {"since": "yesterday"}),
            ("verify_quote", {"quote": " "}),
            ("search_quotes", {"limit": 1_000}),
        ):
            result = await client.call_tool(tool, arguments)
            assert result.is_error
            errors.append(result.content[0].text)
        return errors

    missing, words, day, empty, limit = talk(conversation)
    assert "no source has the id 'a-nothing'" in missing
    assert "q: " in words
    assert "'yesterday' is not a date" in day
    assert "quote: empty" in empty
    assert "50" in limit


def test_without_the_extra_or_an_index_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("")
    code = "import sys; sys.modules['mcp'] = None; from service.cli import main; main()"
    for command, message in (
        ([sys.executable, "-c", code, "mcp"], "pip install 'onrecord[mcp]'"),
        ([ONRECORD, "mcp"], "there is no index"),
    ):
        done = subprocess.run(
            [*command], cwd=tmp_path, capture_output=True, text=True, timeout=60, stdin=-3
        )
        assert done.returncode == 1
        assert message in done.stderr
        assert (len(done.stderr.splitlines()), done.stdout) == (1, "")


def test_sockets_are_really_forbidden() -> None:
    forbids = WITHOUT_SOCKETS.partition("; os.execv")[0]
    code = f"{forbids}; import socket; socket.socket()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert done.returncode == -31  # SIGSYS
