"""Paths as text."""

import os

from hypothesis import given
from hypothesis import strategies as st

from service.paths import path_of, shown


@given(st.binary().map(lambda name: name.replace(b"\0", b"")))
def test_any_path_is_written_in_what_prints_and_read_back(name: bytes) -> None:
    path = os.fsdecode(name)
    written = shown(path)
    assert written.isprintable()
    written.encode()  # it is Unicode
    assert path_of(written) == path


@given(st.text(), st.text())
def test_folder_is_written_as_the_beginning_of_what_is_in_it(folder: str, name: str) -> None:
    assert shown(f"{folder}/{name}") == f"{shown(folder)}/{shown(name)}"


@given(st.text())
def test_what_nobody_wrote_so_is_read_somehow(written: str) -> None:
    assert isinstance(path_of(written), str)
