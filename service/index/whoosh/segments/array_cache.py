"""Array cache: keeps arrays that took time to compute, as many as fit.

A key names the segment as one generation sees it; so commits invalidate nothing, and what no
generation uses any more is evicted first.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from service.index.whoosh.format.columns import Numbers
from service.index.whoosh.format.postings import Postings


class KeptLists:
    """Caches what ``read`` returns for a field and a term; cleared once it exceeds ``limit`` bytes.

    Thread-safe. Tracking the least recently used entry would take more time than reading the lists
    again.
    """

    def __init__(self, read: Callable[[str, str], Postings | None], limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._read = read
        self._lists: dict[tuple[str, str], Postings | None] = {}

    def get(self, field: str, term: str) -> Postings | None:
        key = field, term
        try:
            return self._lists[key]
        except KeyError:
            found = self._read(field, term)
        self.size += OVERHEAD + (0 if found is None else found.size)
        if self.size > self.limit:
            self._lists, self.size = {}, 0
        else:
            self._lists[key] = found
        return found


class KeptArrays:
    """The most recently used arrays, in ``limit`` bytes. Thread-safe; arrays must not be
    modified."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._arrays: OrderedDict[Hashable, Numbers] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Numbers]) -> Numbers:
        """The array under ``key``; if missing, ``make`` is called, outside the lock."""
        with self._lock:
            array = self._arrays.get(key)
            if array is not None:
                self._arrays.move_to_end(key)
                return array
        array = make()
        array.flags.writeable = False
        with self._lock:
            if key not in self._arrays:
                self._arrays[key] = array
                self.size += array.nbytes + OVERHEAD
            while self.size > self.limit:
                _, oldest = self._arrays.popitem(last=False)
                self.size -= oldest.nbytes + OVERHEAD
        return array


OVERHEAD = 400
"""Bytes of an entry besides its numbers: key, array object and place in the dictionary."""
