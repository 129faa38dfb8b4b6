"""Keeping: arrays that took time to make, for those who ask again, as many as fit.

What is kept belongs to a segment as some generation sees it, and says so in its key; so a commit
makes nothing in here wrong, and what no generation asks for any more is the first to go.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from service.index.whoosh.format.columns import Numbers
from service.index.whoosh.format.postings import Postings


class KeptLists:
    """What ``read`` gave for a field and a term, as long as all of it is no more than ``limit``
    bytes: then it is let go. Any thread may ask.

    To find out what was asked for longest ago would take longer each time than to read what is
    asked for again takes in all.
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
    """Those asked for last, in ``limit`` bytes. Any thread may ask; nobody may change an array."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._arrays: OrderedDict[Hashable, Numbers] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Numbers]) -> Numbers:
        """The array of this key; ``make`` is called, outside the lock, if it is missing."""
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
"""Bytes of an entry beside its numbers: key, array object and place in the dictionary."""
