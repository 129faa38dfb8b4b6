"""The application: joins reading, extraction, index and API.

gunicorn runs ``service.app:create_app()``. The application starts even if the index cannot be
opened; calls that need it answer 503 until it can.
"""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from service.api.context.parts import Check, Extract, Parts, ReopeningIndex
from service.api.front.registration import register
from service.checking import check_draft
from service.domain import AnnotatedSource, DraftFormat, Extractor, FileFormat, KnownSpeaker
from service.errors import IndexUnavailable
from service.extraction import annotate
from service.index.port import Snapshot
from service.index.whoosh import open_index
from service.posting import POSTED, PostingDesk
from service.reading import declaration_of, read_known_speakers, source_from_text
from service.reading.drafts import read_draft, read_file
from service.rendering.statement_json import STATEMENT_JSON
from service.reviews import ReviewStore
from service.settings import Settings
from service.tidying import Tidier
from service.verification.placing import CheckedDraft

logger = logging.getLogger(__name__)


class Application(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Returns ``func`` unchanged: no view is a coroutine, and checking took 5 % of the time of
        a page of statements."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """The complete WSGI application. Raises MisconfiguredService if the settings cannot be used."""
    settings = settings or Settings.from_environment()
    app = Application(__name__, template_folder="web/templates", static_folder="web/static")
    known = read_known_speakers(settings.speakers)
    index = ReopeningIndex(
        partial(open_index, settings.index, known=known, rendering=STATEMENT_JSON)
    )
    extract = _extract_with(known, settings.extractor)
    check = _check_with(known, settings.extractor)
    make = partial(_make_index, settings.index)
    parts = Parts(
        index=index,
        extract=extract,
        check=check,
        desk=PostingDesk(index, known, settings.extractor, make, Tidier(settings.index, index).ask),
        reviews=ReviewStore(settings.index),
        reach=settings.reach,
        permalinks=settings.permalinks(),
        access=settings.access,
        rate=settings.rate,
    )
    register(app, parts, settings.deadline)
    try:
        index()
    except IndexUnavailable as error:
        logger.warning("%s", error)
    return app


def _make_index(path: Path) -> None:
    open_index(path, create=True).close()


def _extract_with(known: Iterable[KnownSpeaker], extractor: Extractor) -> Extract:
    def extract(text: str, **declared: str) -> AnnotatedSource:
        declaration = declaration_of(declared, where="the body")
        return annotate(
            source_from_text(text, origin=POSTED, declared=declaration), known, extractor
        )

    return extract


def _check_with(known: Iterable[KnownSpeaker], extractor: Extractor) -> Check:
    def check(
        snapshot: Snapshot, document: str | bytes, written: DraftFormat | FileFormat
    ) -> CheckedDraft:
        if isinstance(document, str):
            draft = read_draft(document, DraftFormat(written))
        else:
            draft = read_file(document, FileFormat(written), where="the body")
        return check_draft(snapshot, draft, known, extractor)

    return check
