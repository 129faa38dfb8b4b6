"""speakers.toml: what is known about speakers in advance."""

from pathlib import Path

import pytest

from service.domain import KnownSpeaker, SpeakerKind
from service.errors import MisconfiguredService
from service.reading import read_known_speakers

FILE = """
[[speaker]]
name = "Vladimir Putin"
aliases = ["Putin", "В. В. Путин"]
descriptions = ["the Russian leader"]
wikidata = "Q7747"

[[speaker]]
id = "kremlin"
name = "The Kremlin"
kind = "organisation"
"""


def speakers_file(folder: Path, content: str) -> Path:
    path = folder / "speakers.toml"
    path.write_text(content)
    return path


def test_speakers_are_read_in_order(tmp_path: Path) -> None:
    assert read_known_speakers(speakers_file(tmp_path, FILE)) == (
        KnownSpeaker(
            id="vladimir-putin",
            name="Vladimir Putin",
            aliases=("Putin", "В. В. Путин"),
            descriptions=("the Russian leader",),
            wikidata="Q7747",
        ),
        KnownSpeaker(id="kremlin", name="The Kremlin", kind=SpeakerKind.ORGANISATION),
    )


def test_file_without_speakers_knows_none(tmp_path: Path) -> None:
    assert read_known_speakers(speakers_file(tmp_path, "")) == ()


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (
            "[[speaker]]\nname = 'A B'\nalias = ['A']",
            "speaker 1: alias: unknown key; did you mean aliases?",
        ),
        (
            "[[speaker]]\nname = 'A B'\nxyz = 1",
            "speaker 1: xyz: unknown key; the keys are id, name,",
        ),
        ("[[speaker]]\nid = 'a'", "speaker 1: name: missing"),
        ("[[speaker]]\nname = 5", "speaker 1: name: 5 is not a non-empty string"),
        ("[[speaker]]\nname = ' '", "speaker 1: name: ' ' is not a non-empty string"),
        ("[[speaker]]\nname = '?!'", "speaker 1: id: cannot be derived from '?!'"),
        ("[[speaker]]\nname = 'A B'\nid = 'A B'", "speaker 1: id: 'A B' cannot be part of a URL;"),
        ("[[speaker]]\nname = 'A B'\nkind = 'man'", "speaker 1: kind: 'man' is not one of person,"),
        ("[[speaker]]\nname = 'A B'\naliases = 'A'", "speaker 1: aliases: 'A' is not a list"),
        ("[[speaker]]\nname = 'A B'\naliases = [5]", "speaker 1: aliases: 5 in the list"),
        ("[[speaker]]\nname = 'A B'\nwikidata = '7747'", "speaker 1: wikidata: '7747' is no"),
        (
            "[[speaker]]\nname = 'A B'\n[[speaker]]\nname = 'a b'",
            "speaker 2: id: 'a-b' is already the id of",
        ),
        ("[speaker]\nname = 'A B'", "speaker is not a list of tables"),
        ("speaker = [1]", "speaker is not a list of tables"),
        ("[[speakers]]\nname = 'A B'", "unknown key speakers; expected [[speaker]]"),
        ("[[speaker]", "not valid TOML ("),
        ("a = " + "[" * 100_000, "nested too deeply"),
    ],
)
def test_mistake_names_file_entry_and_key(tmp_path: Path, entry: str, problem: str) -> None:
    path = speakers_file(tmp_path, entry)
    with pytest.raises(MisconfiguredService) as caught:
        read_known_speakers(path)
    assert str(caught.value).startswith(f"{path}: {problem}")


def test_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "speakers.toml"
    with pytest.raises(MisconfiguredService, match=r"cannot be read \(No such file"):
        read_known_speakers(path)


def test_file_in_another_encoding_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "speakers.toml"
    path.write_bytes("[[speaker]]\nname = 'José'".encode("latin-1"))
    with pytest.raises(MisconfiguredService, match="is not UTF-8"):
        read_known_speakers(path)
