"""Posting: reads submitted sources, extracts their statements and adds them to the index.

Joins reading, extraction and index for the API, which checks authorisation. All sources of a
request are added in one commit; reading and extraction happen before the write lock is taken, so
they delay nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from itertools import islice

from service.api.context.limits import SOURCES_MAXIMUM
from service.api.context.parts import ReopeningIndex
from service.deadline import check_deadline
from service.domain import Changes, Extractor, KnownSpeaker, Source
from service.errors import ERRORS_SHOWN, IndexMissing, UnreadableSource
from service.extraction import annotate
from service.index.port import Index
from service.reading import (
    Declaration,
    declaration_of,
    read_json,
    read_json_lines,
    source_from_text,
)

POSTED = "-"
"""Origin of a text that came in a request: it has no file, so ``--prune`` never removes it."""

WHERE = "the body"


class PostingDesk:
    """``make`` creates an empty index if it is missing; ``tidy`` schedules unfinished clean-up."""

    def __init__(
        self,
        index: ReopeningIndex,
        known: Iterable[KnownSpeaker],
        extractor: Extractor,
        make: Callable[[], None],
        tidy: Callable[[], None],
    ) -> None:
        self._index = index
        self._known = tuple(known)
        self._extractor = extractor
        self._make = make
        self.tidy = tidy

    def read(self, body: bytes, lines: bool, declared: Mapping[str, object]) -> list[Source]:
        """The sources of a JSON body: one object, or one per line. Raises UnreadableSource."""
        if lines:
            return _read_lines(body, declaration_of(declared, WHERE))
        return [
            read_json(body, origin=POSTED, where=WHERE, sidecar=declaration_of(declared, WHERE))
        ]

    def read_text(self, text: str, declared: Mapping[str, object]) -> Source:
        """The source of a plain-text body. Raises InvalidInput."""
        declaration = declaration_of(declared, WHERE)
        return source_from_text(text, origin=POSTED, declared=declaration, where=WHERE)

    def add(self, sources: Iterable[Source]) -> Changes:
        """Adds the sources with their statements, all or none. Raises IndexBusy."""
        annotated = []
        for source in sources:
            check_deadline()
            annotated.append(annotate(source, self._known, self._extractor))
        index = self._opened()
        return self._commit(lambda: index.add(annotated, at_once=True))

    def remove(self, source_id: str) -> None:
        """Removes a source and its statements. Raises NotFound and IndexBusy."""
        index = self._index()
        self._commit(lambda: index.remove([source_id], later=True))

    def _opened(self) -> Index:
        try:
            return self._index()
        except IndexMissing:
            self._make()
            return self._index()

    def _commit(self, change: Callable[[], Changes]) -> Changes:
        """Runs ``change`` on the index as it is now. Raises IndexBusy."""
        changes = change()
        self._index.tell_of_commit()
        self.tidy()
        return changes


def _read_lines(body: bytes, declared: Declaration) -> list[Source]:
    """Raises UnreadableSource, naming each wrong line."""
    sources, wrong = [], []
    for one in read_json_lines(BytesIO(body), origin=POSTED, where=WHERE, sidecar=declared):
        if isinstance(one, Source):
            sources.append(one)
        else:
            wrong.append(str(one))
    if wrong:
        more = f"; and {len(wrong) - ERRORS_SHOWN} more" if len(wrong) > ERRORS_SHOWN else ""
        raise UnreadableSource("; ".join(islice(wrong, ERRORS_SHOWN)) + more)
    if not 0 < len(sources) <= SOURCES_MAXIMUM:
        raise UnreadableSource(
            f"{WHERE} has {len(sources)} sources; expected 1 to {SOURCES_MAXIMUM}, one JSON "
            "object per line"
        )
    _refuse_repeated(sources)
    return sources


def _refuse_repeated(sources: Iterable[Source]) -> None:
    """Raises UnreadableSource if two sources share an id: the index would keep only the later
    one."""
    known: set[str] = set()
    for source in sources:
        if source.id in known:
            raise UnreadableSource(
                f"{WHERE} has two sources with the id {source.id!r}; send only one"
            )
        known.add(source.id)
