"""Deadline: until when the work for one request may go on.

Whoever takes a request opens ``deadline_of``; loops that may go on for long ask ``check_deadline``
between two rounds, in whichever room they are. What nobody set a deadline for, such as a command,
takes as long as it takes. Signals would not do: only a process's main thread gets them.
"""

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from time import monotonic
from typing import TypeVar

from service.errors import DeadlinePassed

T = TypeVar("T")


_present: ContextVar[tuple[float, float] | None] = ContextVar("deadline", default=None)
"""How many seconds there are, and when they end by time.monotonic()."""


class deadline_of:  # noqa: N801  # read as the function it could be, at twice the time
    """What is done inside takes ``seconds`` at most."""

    __slots__ = ("_seconds", "_token")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        self._token = _present.set((self._seconds, monotonic() + self._seconds))

    def __exit__(self, *_: object) -> None:
        _present.reset(self._token)


def check_deadline() -> None:
    """Raises DeadlinePassed where the time is up."""
    present = _present.get()
    if present is None:
        return
    seconds, end = present
    if monotonic() > end:
        raise DeadlinePassed(f"stopped after {seconds:g} seconds; ask for less at once")


def seconds_left(most: float) -> float:
    """``most``, or less where the time is up before. Raises DeadlinePassed where it is up now."""
    check_deadline()
    present = _present.get()
    return most if present is None else min(most, present[1] - monotonic())


def in_time(several: Iterable[T]) -> Iterator[T]:
    """``several``, one by one as long as there is time. Raises DeadlinePassed.

    >>> list(in_time("ab"))
    ['a', 'b']
    """
    for one in several:
        check_deadline()
        yield one
