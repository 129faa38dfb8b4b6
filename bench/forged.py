"""Forged quotations: words in brackets, another word, an invented end, a splice."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

from bench.editor import Claimed, Edit, Editor, rewritten
from bench.unsaid import bare, is_said

_NEGATION = re.compile(r"(?<=\w )(?:not|never)(?= \w)")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|will|would|can|could|should|has|have|does|do)(?= )")
_PRONOUN = re.compile(r"(?<=\w )(?:he|she|they|him|her|them)(?= \w)")
_ADVERBS = ("always", "secretly", "often", "gladly", "badly", "only", "still", "truly")
_OPPOSITES = {
    one: other
    for pair in [
        "good bad",
        "more less",
        "right wrong",
        "strong weak",
        "win lose",
        "rich poor",
        "support oppose",
        "up down",
        "first last",
        "love hate",
        "better worse",
        "always never",
        "high low",
        "old new",
        "increase decrease",
        "easy hard",
        "long short",
        "open closed",
        "friends enemies",
        "friend enemy",
        "war peace",
        "true false",
    ]
    for one, other in (pair.split(), reversed(pair.split()))
}
_TENSES = {"is": "was", "are": "were", "has": "had", "have": "had", "was": "is", "were": "are"}
_FEW_LETTERS = 4
"""Shorter words more often serve grammar than carry meaning."""


def _before_word(choose: Random, text: str, put_in: str) -> str | None:
    words = text.split(" ")
    k = choose.randrange(1, len(words))
    return " ".join([*words[:k], put_in, *words[k:]])


def bracketed(choose: Random, text: str) -> str | None:
    """Inserts a word that nobody said, in brackets."""
    return _before_word(choose, text, f"[{choose.choice(_ADVERBS)}]")


def negated_in_brackets(choose: Random, text: str) -> str | None:
    found = list(_AUXILIARY.finditer(text))
    if not found or "n't" in text or "n’t" in text or " not " in text:
        return None
    one = choose.choice(found)
    return f"{text[: one.end()]} [{choose.choice(['not', 'never'])}]{text[one.end() :]}"


def bracket_for_negation(choose: Random, text: str) -> str | None:
    """Makes "should [always] be" of "should not be"."""
    found = list(_NEGATION.finditer(text))
    if not found:
        return None
    one = choose.choice(found)
    return f"{text[: one.start()]}[{choose.choice(_ADVERBS)}]{text[one.end() :]}"


def bracket_for_word(choose: Random, text: str) -> str | None:
    words = text.split(" ")
    telling = [k for k, word in enumerate(words) if word.isalpha() and len(word) > _FEW_LETTERS]
    telling = [k for k in telling if words[k].islower()]
    if not telling:
        return None
    words[choose.choice(telling)] = f"[{choose.choice(['terrible', 'wonderful', 'secret'])}]"
    return " ".join(words)


def bracket_for_pronoun(choose: Random, text: str) -> str | None:
    """Makes "[Jane Doe] is right" of "she is right", as writers do openly."""
    found = list(_PRONOUN.finditer(text))
    if not found or "[" in text:
        return None
    one = choose.choice(found)
    return f"{text[: one.start()]}[Jane Doe]{text[one.end() :]}"


def opposite(choose: Random, text: str) -> str | None:
    return _replaced(choose, text, _OPPOSITES)


def tense(choose: Random, text: str) -> str | None:
    return _replaced(choose, text, _TENSES)


def _replaced(choose: Random, text: str, others: Mapping[str, str]) -> str | None:
    words = text.split(" ")
    found = [k for k, word in enumerate(words) if word in others]
    if not found:
        return None
    k = choose.choice(found)
    words[k] = others[words[k]]
    return " ".join(words)


def _word(editor: Editor, kind: str) -> Claimed | None:
    """Replaces one informative word."""
    claimed, choose = editor.true(kind), editor.random
    words = claimed.quote.split(" ")
    telling = [
        k
        for k, word in enumerate(words)
        if word.isalpha() and len(word) > 5 and word.islower() and word in editor.telling
    ]
    other = choose.choice(editor.inventor.telling)
    if not telling or not (other.isalpha() and len(other) > 5 and other.islower()):
        return None
    k = choose.choice(telling)
    if words[k][:3] == other[:3]:
        return None
    words[k] = other
    quote = " ".join(words)
    return replace(claimed, quote=quote, wording="altered", flag="word")


def _tail(editor: Editor, kind: str) -> Claimed | None:
    """Appends as many invented words to a true sentence."""
    claimed = editor.true(kind)
    invented = editor.inventor.exchanged() or ""
    tail = invented.split()[: max(4, len(claimed.quote.split()))]
    if len(tail) < 4 or is_said(" ".join(tail), editor.said):
        return None
    quote = f"{claimed.quote.rstrip('.,')}, and {' '.join(tail)}"
    return replace(claimed, quote=quote, wording="altered", flag="addition")


def _spliced(openly: bool) -> Edit:
    """Joins the beginning of one quotation and the end of another, from another source."""

    def apply(editor: Editor, kind: str) -> Claimed | None:
        one, other = editor.true(kind), editor.true(kind)
        first, second = one.quote.split(), other.quote.split()
        apart = one.true[0][0].source.id != other.true[0][0].source.id
        if not apart or len(first) < 12 or len(second) < 12:
            return None
        left, right = " ".join(first[: len(first) // 2]), " ".join(second[len(second) // 2 :])
        if bare(first[0]) == "" or ".." in left + right or "…" in left + right:
            return None
        quote = f"{left} ... {right}" if openly else f"{left} {right}"
        true = ((one.true[0][0], left), (other.true[0][0], right))
        return replace(one, quote=quote, true=true, wording="pieced", attribution="any")

    return apply


Rewrite = Callable[[Random, str], str | None]

EDITS: Mapping[str, Edit] = {
    "[word] put in": rewritten(bracketed, "altered"),
    "[not] put in": rewritten(negated_in_brackets, "altered", "negation"),
    "[word] for not": rewritten(bracket_for_negation, "altered", "negation"),
    "[word] for a word": rewritten(bracket_for_word, "altered"),
    "[name] for pronoun": rewritten(bracket_for_pronoun, "elided"),
    "opposite": rewritten(opposite, "altered", "opposite"),
    "tense": rewritten(tense, "altered", "tense"),
    "one word": _word,
    "invented tail": _tail,
    "spliced": _spliced(openly=False),
    "spliced by dots": _spliced(openly=True),
}
