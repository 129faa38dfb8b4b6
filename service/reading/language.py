"""Language: detects the language of a text by its character statistics (language_model.py).

English is recognised by its commonest words first: opening the model takes half a second, which a
second start of the service would spend on nothing else.
"""

import re
from functools import cache

from service.reading.language_model import LanguageModel

_SURE = 0.5
"""Sentences of 30 or more characters reach it; names, numbers and single words stay below 0.3."""

_ENOUGH = 5_000
"""Characters examined; more take time and change nothing."""

_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
_COMMON = re.compile(
    r"\b(?:the|and|to|that|were|are|for|with|by|it|s?he|his|their|said|from|has|have|been)\b"
)
_WORDS, _SHARE = 50, 0.12
"""Of the first number of words and more, the second number are among these in 88 of 89 articles (84
of PolNeAR's dev and the seeds; half of them have a fifth); what has fewer is left to py3langid."""

_NO_LANGUAGE = frozenset({"und", "zxx"})


def language_of(text: str) -> str | None:
    """The ISO 639 code of the language; None if the text is too short to tell.

    >>> language_of("The two leaders said that they would meet again in Moscow.")
    'en'
    >>> language_of("Moscow 2024") is None
    True
    """
    start = text[:_ENOUGH].lower()
    words = len(_WORD.findall(start))
    if words >= _WORDS and len(_COMMON.findall(start)) >= _SHARE * words:
        return "en"
    if _LETTER.search(text) is None:
        return None
    code, confidence = _model().classify(text[:_ENOUGH])
    return None if confidence < _SURE or code in _NO_LANGUAGE else code


@cache
def _model() -> LanguageModel:
    return LanguageModel()
