"""Parts: what the API needs of the rest of the service, injected by app.py."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, cast

from flask import Flask, current_app

from service.domain import AnnotatedSource, DraftFormat
from service.errors import IndexUnavailable
from service.index.port import Index
from service.verification.placing import CheckedDraft

EXTENSION = "onrecord"


class Extract(Protocol):
    def __call__(self, text: str, **declared: str) -> AnnotatedSource:
        """The statements of a text that is not kept.

        ``declared`` has title, publisher, published, url, language, those that were given.
        Raises InvalidInput for a value that cannot be used.
        """
        ...


class Check(Protocol):
    def __call__(self, document: str, written: DraftFormat) -> CheckedDraft:
        """Every quotation of a draft beside the index; nothing is kept.

        Raises InvalidInput for a draft that cannot be read, IndexUnavailable.
        """
        ...


class ReopeningIndex:
    """The index, opened once it can be: a failed opening is tried again by the next call."""

    def __init__(self, open_index: Callable[[], Index]) -> None:
        self._open_index = open_index
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._watched = False

    def __call__(self) -> Index:
        """Raises IndexUnavailable."""
        present = self._index
        if present is not None:
            return present
        with self._lock:
            if self._index is None:
                self._index = self._open_index()
                if self._watched:
                    self._index.watch()
            return self._index

    def prepare(self) -> None:
        """It is opened, if it can be, and ready for the first call."""
        with suppress(IndexUnavailable):
            self().prepare()

    def watch(self) -> None:
        """It looks for commits by itself, once it is open."""
        self._watched = True
        with suppress(IndexUnavailable):
            self().watch()

    def forget(self) -> None:
        """The next call opens it anew."""
        with self._lock:
            self._index = None


@dataclass(frozen=True, slots=True)
class Parts:
    index: ReopeningIndex
    extract: Extract
    check: Check


def inject(app: Flask, parts: Parts) -> None:
    app.extensions[EXTENSION] = parts


def index() -> Index:
    """The index of the present app. Raises IndexUnavailable."""
    return _parts().index()


def prepare_index() -> None:
    _parts().index.prepare()


def watch_index() -> None:
    _parts().index.watch()


def forget_index() -> None:
    _parts().index.forget()


def extract() -> Extract:
    return _parts().extract


def check() -> Check:
    return _parts().check


def _parts() -> Parts:
    return cast(Parts, current_app.extensions[EXTENSION])
