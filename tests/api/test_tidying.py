"""A source withdrawn from a large index: gone at once, and soon from the disk."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.client import HTTPConnection
from pathlib import Path
from shutil import copytree

import pytest

from service.app import create_app
from service.index.whoosh import check_index, open_index
from service.index.whoosh.writing.commits import SMALL
from service.rendering.statement_json import STATEMENT_JSON
from service.settings import Settings
from tests.index.articles import article

TOKEN = "write-write-write-1"
MAY = {"Authorization": f"Bearer {TOKEN}"}
PATIENCE = 60


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An index so large that a request rewrites nothing."""
    folder = tmp_path_factory.mktemp("large") / "index"
    index = open_index(folder, create=True, rendering=STATEMENT_JSON)
    said = [("Xi", f"Thing {number}") for number in range(SMALL)]
    index.add([article("many", *said), article("secret", ("Putin", "Unutterable"))])
    index.close()
    return folder


def is_on_disk(folder: Path) -> bool:
    return any(b"nutterable" in one.read_bytes() for one in folder.rglob("*") if one.is_file())


def wait_until_gone(folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while is_on_disk(folder):
        assert time.monotonic() < until, "the words are still in the files"
        time.sleep(0.1)


def test_words_leave_the_disk_soon_after_the_answer(large: Path, tmp_path: Path) -> None:
    folder = copytree(large, tmp_path / "index")
    client = create_app(Settings(index=folder, write_tokens=TOKEN)).test_client()
    assert client.delete("/sources/secret", headers=MAY).status_code == 204
    assert client.get("/search?q=unutterable").get_json()["total"] == 0
    assert is_on_disk(folder)
    wait_until_gone(folder)
    assert client.get("/readyz").get_json()["index"]["sources"] == 1
    assert not check_index(folder).damages


def test_server_does_what_one_that_was_stopped_has_left(
    large: Path,
    tmp_path: Path,
    free_port: Callable[[], int],
    serving: Callable[..., AbstractContextManager[object]],
) -> None:
    folder = copytree(large, tmp_path / "index")
    index = open_index(folder)
    index.remove(["secret"], later=True)
    index.close()
    port = free_port()
    command = [Path(sys.executable).parent / "onrecord", "serve", "--bind", f"127.0.0.1:{port}"]
    settings = {"ONRECORD_INDEX": str(folder), "ONRECORD_WRITE_TOKENS": TOKEN}
    settings["ONRECORD_EXTRACTOR"] = "rules"
    with serving(command, port, tmp_path, **settings):
        wait_until_gone(folder)
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/quotes?limit=1")
        assert connection.getresponse().status == 200
        connection.close()
