"""The tree of errors in the docstring of errors.py matches the classes."""

import re

from service import errors


def _drawn() -> list[tuple[int, str, int]]:
    """Depth, name and status of each line of the tree."""
    lines = (errors.__doc__ or "").splitlines()
    found = (re.match(r"    ([│├└─ ]*)(\w+) +(\d{3})\b", line) for line in lines)
    return [(len(one[1]) // 4, one[2], int(one[3])) for one in found if one]


def _defined(error: type[errors.OnRecordError], depth: int = 0) -> list[tuple[int, str, int]]:
    """Leaves out the errors that other modules derive for themselves."""
    here = [one for one in error.__subclasses__() if one.__module__ == errors.__name__]
    below = [line for one in here for line in _defined(one, depth + 1)]
    return [(depth, error.__name__, int(error.status)), *below]


def test_the_tree_is_drawn_as_the_classes_are_defined() -> None:
    assert _drawn() == _defined(errors.OnRecordError)
