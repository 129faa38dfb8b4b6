"""Settings: what ``ONRECORD_*`` variables say, read once and in one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.domain import Extractor
from service.errors import MisconfiguredService

PREFIX = "ONRECORD_"


@dataclass(frozen=True, slots=True)
class Settings:
    """``index`` is the index folder, ``bind`` where to listen as HOST:PORT,
    ``extractor`` how statements are found, ``speakers`` the optional file of known speakers
    (speakers.toml), ``deadline`` the seconds that the work for one request may take."""

    index: Path = Path("index")
    bind: str = "127.0.0.1:8000"
    extractor: Extractor = Extractor.MODEL
    speakers: Path | None = None
    deadline: float = 30.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Settings as the environment has them; an unknown ONRECORD_* variable is an error."""
        given = {
            name.removeprefix(PREFIX).lower(): value
            for name, value in (os.environ if environment is None else environment).items()
            if name.startswith(PREFIX) and value
        }
        unknown = sorted(set(given) - set(cls.__dataclass_fields__))
        if unknown:
            known = ", ".join(PREFIX + name.upper() for name in cls.__dataclass_fields__)
            raise MisconfiguredService(
                f"{PREFIX}{unknown[0].upper()} is no setting; there are {known}"
            )
        return cls(
            index=Path(given.get("index", cls().index)),
            bind=given.get("bind", cls().bind),
            extractor=_extractor(given.get("extractor", cls().extractor)),
            speakers=Path(given["speakers"]) if "speakers" in given else None,
            deadline=_seconds(given["deadline"]) if "deadline" in given else cls().deadline,
        )


def _extractor(name: str) -> Extractor:
    if name not in set(Extractor):
        known = " and ".join(Extractor)
        raise MisconfiguredService(
            f"{PREFIX}EXTRACTOR: {name!r} is no extractor; there are {known}"
        )
    return Extractor(name)


LONGEST_DEADLINE = 3600
"""Seconds: nobody waits an hour for an answer, and a worker that is given up is waited for."""


def _seconds(given: str) -> float:
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_DEADLINE:
        raise MisconfiguredService(
            f"{PREFIX}DEADLINE: {given!r} is not a number of seconds from above 0 to "
            f"{LONGEST_DEADLINE}"
        )
    return seconds
