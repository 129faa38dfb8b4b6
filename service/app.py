"""The application: joins reading, extraction, index and API.

gunicorn runs ``service.app:create_app()``. An index that cannot be opened yet does not keep the
application from starting: calls that need it say so until it can be.
"""

import logging
from functools import partial
from pathlib import Path

from flask import Flask

from service.api.parts import Parts, ReopeningIndex
from service.api.registration import register
from service.domain import KnownSpeaker
from service.errors import IndexUnavailable
from service.index.whoosh import open_index
from service.reading import read_known_speakers
from service.settings import Settings

logger = logging.getLogger(__name__)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole service. Raises MisconfiguredService for settings that cannot be used."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, template_folder="web/templates", static_folder="web/static")
    known = _known_speakers(settings.speakers)
    index = ReopeningIndex(partial(open_index, settings.index, known=known))
    register(app, Parts(index))
    try:
        index()
    except IndexUnavailable as error:
        logger.warning("%s", error)
    return app


def _known_speakers(path: Path | None) -> tuple[KnownSpeaker, ...]:
    return () if path is None else tuple(read_known_speakers(path))
