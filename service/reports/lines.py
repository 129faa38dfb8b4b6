"""Lines: keeps any text on one line."""

import unicodedata


def on_one_line(text: str) -> str:
    """``text`` with each line end and control character replaced by a space; same length.

    >>> on_one_line("no\\nlimits")
    'no limits'
    """
    return "".join(" " if unicodedata.category(c) in _BREAKING else c for c in text)


_BREAKING = frozenset({"Cc", "Zl", "Zp"})
