"""Writing into speakers.toml who is who."""

from pathlib import Path

import pytest

from service.domain import KnownSpeaker, Speaker, SpeakerKind
from service.errors import MisconfiguredService
from service.reading import read_known_speakers
from service.reading.declaring import merge_speakers, split_speaker

REID = Speaker("harry-reid", "Harry Reid", SpeakerKind.PERSON)
BARE = Speaker("reid", "Reid", SpeakerKind.PERSON)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "speakers.toml"


def test_merging_makes_the_file_and_names_aliases(path: Path) -> None:
    merge_speakers(path, REID, [BARE])
    assert read_known_speakers(path) == (
        KnownSpeaker("harry-reid", "Harry Reid", aliases=("Reid",)),
    )
    assert [one.name for one in path.parent.iterdir()] == ["speakers.toml"]


def test_merging_twice_changes_nothing(path: Path) -> None:
    merge_speakers(path, REID, [BARE])
    before = path.read_bytes()
    merge_speakers(path, REID, [BARE])
    assert path.read_bytes() == before


def test_what_somebody_wrote_is_left_unchanged(path: Path) -> None:
    path.write_text(
        '# ours\n[[speaker]]\nname = "Harry Reid"  # of Nevada\naliases = ["H. Reid"]\n\n'
        '[[speaker]]\nname = "Ann Bell"\n',
        encoding="utf-8",
    )
    merge_speakers(path, REID, [BARE])
    assert path.read_text(encoding="utf-8") == (
        '# ours\n[[speaker]]\nname = "Harry Reid"  # of Nevada\naliases = ["H. Reid", "Reid"]\n\n'
        '[[speaker]]\nname = "Ann Bell"\n'
    )


def test_merging_a_declared_speaker_takes_over_what_is_declared_of_it(path: Path) -> None:
    path.write_text(
        '[[speaker]]\nname = "Harry Reid"\n\n[[speaker]]\nname = "Mr X"\nid = "reid"\n'
        'aliases = ["X"]\ndescriptions = ["the boss"]\nwikidata = "Q1"\n',
        encoding="utf-8",
    )
    merge_speakers(path, REID, [Speaker("reid", "Mr X", SpeakerKind.PERSON)])
    assert read_known_speakers(path) == (
        KnownSpeaker(
            "harry-reid",
            "Harry Reid",
            aliases=("Mr X", "X"),
            descriptions=("the boss",),
            wikidata="Q1",
        ),
    )


def test_splitting_takes_an_alias_back_and_merging_it_again(path: Path) -> None:
    merge_speakers(path, REID, [BARE])
    split_speaker(path, REID, ["Reid"])
    assert read_known_speakers(path) == (KnownSpeaker("harry-reid", "Harry Reid", apart=("Reid",)),)
    merge_speakers(path, REID, [BARE])
    [again] = read_known_speakers(path)
    assert (again.aliases, again.apart) == (("Reid",), ())


def test_body_keeps_its_kind_and_an_id_of_its_own(path: Path) -> None:
    body = Speaker("fed", "Federal Reserve", SpeakerKind.ORGANISATION)
    split_speaker(path, body, ["Fed"])
    [known] = read_known_speakers(path)
    assert (known.id, known.kind) == ("fed", SpeakerKind.ORGANISATION)


@pytest.mark.parametrize("content", ["[[speaker]\n", 'speaker = [{name = "A B"}]\n', "name = 1\n"])
def test_file_that_cannot_be_read_is_left_alone(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MisconfiguredService, match=r"speakers\.toml"):
        merge_speakers(path, REID, [BARE])
    assert path.read_text(encoding="utf-8") == content


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MisconfiguredService, match="No such file or directory"):
        merge_speakers(tmp_path / "gone" / "speakers.toml", REID, [BARE])
