"""Clients of the whole application that send requests like a browser, on real indexes."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.domain import AnnotatedSource
from service.index.whoosh import open_index
from service.settings import Settings

CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

Browse = Callable[..., FlaskClient]


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """A browser on an index of some sources; ``settings`` are ONRECORD_* variables."""

    def made(*sources: AnnotatedSource, **settings: str) -> FlaskClient:
        with closing(open_index(tmp_path / "index", create=True)) as index:
            index.add(sources)
        return browser(tmp_path / "index", **settings)

    return made


@pytest.fixture(scope="session")
def seeds_browser(seeds_index: Path) -> FlaskClient:
    return browser(seeds_index)


def browser(index: Path, **settings: str) -> FlaskClient:
    environment = {f"ONRECORD_{name.upper()}": value for name, value in settings.items()}
    environment |= {"ONRECORD_INDEX": str(index), "ONRECORD_EXTRACTOR": "rules"}
    client = create_app(Settings.from_environment(environment)).test_client()
    client.environ_base["HTTP_ACCEPT"] = CHROMIUM
    return client
