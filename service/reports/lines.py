"""Lines: text that stays on its line, whatever is in it."""

import unicodedata


def on_one_line(text: str) -> str:
    """As long as ``text``, with a space for each line end and control character.

    >>> on_one_line("no\\nlimits")
    'no limits'
    """
    return "".join(" " if unicodedata.category(c) in _BREAKING else c for c in text)


_BREAKING = frozenset({"Cc", "Zl", "Zp"})
