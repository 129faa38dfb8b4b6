"""The Whoosh engine fulfils the contract of the index."""

import pytest

from service.index.whoosh import open_index as open_whoosh
from tests.index.contract import IndexContract


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def open_index():
    return open_whoosh


class TestWhooshIndex(IndexContract):
    pass
