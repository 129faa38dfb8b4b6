"""Deadline: limits how long one request may be worked on.

The front of the service opens ``deadline_of``; long loops call ``check_deadline`` between rounds,
in whichever room they are. Without a deadline, as in a command, work is unlimited. Signals would
not do: only the main thread of a process receives them.
"""

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from time import monotonic
from typing import TypeVar

from service.errors import DeadlinePassed

T = TypeVar("T")


_present: ContextVar[tuple[float, float] | None] = ContextVar("deadline", default=None)
"""The seconds allowed, and the end as time.monotonic()."""


class deadline_of:  # noqa: N801  # used like a function; contextmanager took twice the time
    """Context manager: work inside it may take at most ``seconds``."""

    __slots__ = ("_seconds", "_token")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._token = _present.set((self._seconds, monotonic() + self._seconds))

    def __exit__(self, *_: object) -> None:
        _present.reset(self._token)


def check_deadline() -> None:
    """Raises DeadlinePassed once the present deadline has passed."""
    present = _present.get()
    if present is None:
        return
    seconds, end = present
    if monotonic() > end:
        raise DeadlinePassed(f"stopped after {seconds:g} seconds; ask for less at once")


def seconds_left(most: float) -> float:
    """``most`` seconds, or fewer if the deadline comes first. Raises DeadlinePassed if it has
    passed."""
    check_deadline()
    present = _present.get()
    return most if present is None else min(most, present[1] - monotonic())


def in_time(several: Iterable[T]) -> Iterator[T]:
    """Yields ``several``, checking the deadline before each. Raises DeadlinePassed.

    >>> list(in_time("ab"))
    ['a', 'b']
    """
    for one in several:
        check_deadline()
        yield one
