"""Named rules: the parts of the resolution of mentions, each with its own name.

A rule answers or leaves the mention to others. A rule that is switched off never answers, so that
its contribution can be measured: ``python -m bench.identities --without NAME``. In the service all
are on, at the cost of a call.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar

_Asked = ParamSpec("_Asked")
_Answered = TypeVar("_Answered")
_Otherwise = TypeVar("_Otherwise")
_Left = TypeVar("_Left", covariant=True)

_meanings: dict[str, str] = {}
_off: ContextVar[frozenset[str]] = ContextVar("rules that are off", default=frozenset())
_switching: list[frozenset[str]] = []
"""What is off in any thread; while it is empty no rule asks its own context, which takes longer."""


class _Register(Protocol[_Left]):
    def __call__(
        self, rule: Callable[_Asked, _Answered], /
    ) -> Callable[_Asked, _Answered | _Left]: ...


def named_rule(name: str, otherwise: _Otherwise) -> _Register[_Otherwise]:
    """Registers a function under ``name``; while the rule is off it returns ``otherwise``."""

    def register(rule: Callable[_Asked, _Answered]) -> Callable[_Asked, _Answered | _Otherwise]:
        name_weight(name, " ".join((rule.__doc__ or "").split()))

        @wraps(rule)
        def ask(*args: _Asked.args, **keywords: _Asked.kwargs) -> _Answered | _Otherwise:
            if _switching and name in _off.get():
                return otherwise
            return rule(*args, **keywords)

        return ask

    return register


def name_weight(name: str, meaning: str) -> None:
    """Registers a rule that is not a function; the code that uses it asks ``is_off``."""
    if name in _meanings:
        raise ValueError(f"two rules are named {name}")
    _meanings[name] = meaning


def rule_names() -> tuple[str, ...]:
    """Names of all rules, in alphabetical order."""
    return tuple(sorted(_meanings))


def rule_meaning(name: str) -> str:
    """The docstring of the rule of this name."""
    return _meanings[name]


def is_off(name: str) -> bool:
    """Whether the rule of this name is switched off."""
    return name in _off.get()


@contextmanager
def without(names: Iterable[str]) -> Iterator[None]:
    """Switches these rules off within the context, for this thread. Raises ValueError for an
    unknown rule.
    """
    off = frozenset(names)
    unknown = ", ".join(sorted(off - _meanings.keys()))
    if unknown:
        raise ValueError(f"unknown rule {unknown}; expected one of {', '.join(rule_names())}")
    token = _off.set(off)
    _switching.append(off)
    try:
        yield
    finally:
        _switching.remove(off)
        _off.reset(token)
