"""Deadline: until when the work for one request may go on.

Who takes a request opens ``deadline_of``; loops that may go on for long ask ``check_deadline``
between two rounds, in whichever room they are. What nobody set a deadline for, such as a command,
takes as long as it takes. Signals would not do: only a process's main thread gets them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from service.errors import DeadlinePassed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Deadline:
    seconds: float
    end: float


_present: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def deadline_of(seconds: float) -> Iterator[None]:
    """What is done inside takes so long at most."""
    token = _present.set(_Deadline(seconds, monotonic() + seconds))
    try:
        yield
    finally:
        _present.reset(token)


def check_deadline() -> None:
    """Raises DeadlinePassed where the time is up."""
    present = _present.get()
    if present is not None and monotonic() > present.end:
        raise DeadlinePassed(
            f"this takes more than {present.seconds:g} seconds and was stopped; "
            "ask for less at once"
        )


def in_time(several: Iterable[T]) -> Iterator[T]:
    """``several``, one by one as long as there is time. Raises DeadlinePassed.

    >>> list(in_time("ab"))
    ['a', 'b']
    """
    for one in several:
        check_deadline()
        yield one
