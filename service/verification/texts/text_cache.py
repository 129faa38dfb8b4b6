"""Text cache: results for the latest texts, bounded by the texts' total length.

Quotations of one draft are compared with the same statements repeatedly; a number of texts would
not bound memory, as one may have a megabyte.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Caches the results of ``make`` for the latest texts, up to ``most`` characters in total."""

    def __init__(self, make: Callable[[str], T], most: int) -> None:
        self._make, self._most = make, most
        self._lock = Lock()
        self._made: OrderedDict[str, T] = OrderedDict()
        self._characters = 0

    def __call__(self, text: str) -> T:
        with self._lock:
            if text in self._made:
                self._made.move_to_end(text)
                return self._made[text]
        made = self._make(text)
        with self._lock:
            if text not in self._made and len(text) <= self._most:
                self._made[text] = made
                self._characters += len(text)
                while self._characters > self._most:
                    gone, _ = self._made.popitem(last=False)
                    self._characters -= len(gone)
        return made
