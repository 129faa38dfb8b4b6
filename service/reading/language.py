"""Language: which one a text is in, told by py3langid's character statistics."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SURE = 0.5
"""Sentences of 30 characters and more reach it; names, numbers and single words stay below 0.3."""

_ENOUGH = 5_000
"""Characters that settle it; more cost time and change nothing."""

_NO_LANGUAGE = frozenset({"und", "zxx"})


def language_of(text: str) -> str | None:
    """The ISO 639 code of the language; None where the text is too little to tell.

    >>> language_of("The two leaders said that they would meet again in Moscow.")
    'en'
    >>> language_of("Moscow 2024") is None
    True
    """
    code, confidence = _identifier().classify(text[:_ENOUGH])
    return None if confidence < _SURE or code in _NO_LANGUAGE else code


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
