"""Identifying: the commands that settle who is who where articles leave it open."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import click

from service.cli.command import index_option
from service.domain import KnownSpeaker, Speaker
from service.errors import InvalidInput, NotFound
from service.index.names import name_words
from service.index.port import Snapshot
from service.index.whoosh import open_index
from service.paths import escaped, shown
from service.reading import read_known_speakers
from service.reading.declaring import merge_speakers, split_speaker
from service.settings import Settings

MOST_SHOWN = 5
"""Names listed in a message, to keep it to a line or two; `onrecord quotes NAME` shows all."""


@click.group()
def speakers() -> None:
    """Merge and split speakers permanently.

    Decisions are saved in the file that ONRECORD_SPEAKERS names (speakers.toml) and also apply to
    articles indexed later. A running server reads the file when it restarts.

    \b
    onrecord speakers merge harry-reid reid
    onrecord speakers split harry-reid Reid
    """


@speakers.command()
@click.argument("speaker")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@index_option
@click.pass_obj
def merge(settings: Settings, /, speaker: str, others: tuple[str, ...]) -> None:
    """Make every OTHER the same speaker as SPEAKER; each is an id or a name in the index.

    A name must match one speaker only; "onrecord quotes NAME" lists its matches and their ids.

    \b
    onrecord speakers merge harry-reid reid
    onrecord speakers merge 'Barack Obama' obama
    """
    path = _file_of(settings)
    with closing(open_index(settings.index, known=_known(path))) as opened:
        snapshot = opened.snapshot()
        kept = _meant(snapshot, speaker)
        merged = list(dict.fromkeys(_meant(snapshot, other) for other in others))
    if kept in merged:
        raise InvalidInput(
            f"{kept.name} ({kept.id}) is both SPEAKER and OTHER; name two different speakers"
        )
    merge_speakers(path, kept, merged)
    for one in merged:
        _say(f"{one.name} ({one.id}) is {kept.name} ({kept.id})", path)


@speakers.command()
@click.argument("speaker")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@index_option
@click.pass_obj
def split(settings: Settings, /, speaker: str, names: tuple[str, ...]) -> None:
    """Make every NAME a speaker other than SPEAKER, who is an id or a name in the index.

    NAME is one of the names that the index has for SPEAKER. Afterwards it is a separate speaker.

    \b
    onrecord speakers split harry-reid Reid
    """
    path = _file_of(settings)
    with closing(open_index(settings.index, known=_known(path))) as opened:
        snapshot = opened.snapshot()
        kept = _meant(snapshot, speaker)
        _check_names(names, kept, snapshot.speaker(kept.id).aliases)
    split_speaker(path, kept, names)
    for name in names:
        _say(f"{name} is not {kept.name} ({kept.id})", path)


def _file_of(settings: Settings) -> Path:
    if settings.speakers is None:
        raise InvalidInput(
            "ONRECORD_SPEAKERS is not set, so there is nowhere to save this; set it to "
            "speakers.toml, which is created if missing"
        )
    return settings.speakers


def _known(path: Path) -> tuple[KnownSpeaker, ...]:
    return read_known_speakers(path if path.exists() else None)


def _meant(snapshot: Snapshot, name: str) -> Speaker:
    """The one speaker that an id or name means: by id, by full name, or as the only match."""
    found = snapshot.speakers(name, limit=MOST_SHOWN + 1).speakers
    exact = [one for one in found if name_words(one.name) == name_words(name)]
    if len(found) > 1 and len(exact) == 1:
        found = (exact[0],)
    if not found:
        raise NotFound(f"no speaker in the index is called {name!r}")
    if len(found) > 1:
        fitting = ", ".join(f"{one.name} ({one.id})" for one in found[:MOST_SHOWN])
        more = ", ..." if len(found) > MOST_SHOWN else ""
        raise InvalidInput(f"{name!r} may mean {fitting}{more}; give an id")
    return found[0]


def _check_names(names: Iterable[str], speaker: Speaker, aliases: Iterable[str]) -> None:
    known = {name_words(alias) for alias in aliases}
    for name in names:
        if name_words(name) == name_words(speaker.name):
            raise InvalidInput(
                f"{name!r} is the main name of {speaker.id}; split off its other names"
            )
        if name_words(name) not in known:
            raise NotFound(f"{speaker.name} ({speaker.id}) is not called {name!r} in the index")


def _say(what: str, path: Path) -> None:
    click.echo(escaped(f"{what}: written to {shown(path)}"))
