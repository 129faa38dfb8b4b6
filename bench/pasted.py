"""True quotations as copied from pages, files and chats, without a change of what is said."""

import re
from collections.abc import Mapping
from dataclasses import replace
from random import Random

from bench.editor import Claimed, Edit, Editor, rewritten

_TRUE = "typographic|verbatim"


def broken(choose: Random, text: str) -> str | None:
    """A word hyphenated at a line's end."""
    words = text.split(" ")
    long = [k for k, word in enumerate(words) if word.isalpha() and len(word) > 6]
    if not long:
        return None
    k = choose.choice(long)
    at = choose.randrange(3, len(words[k]) - 2)
    words[k] = f"{words[k][:at]}-\n{words[k][at:]}"
    return " ".join(words)


def hyphenated(choose: Random, text: str) -> str | None:
    """ "co-operative" for "cooperative" or the reverse."""
    found = list(re.finditer(r"(?<=\w{2})-(?=\w{2})", text))
    if found:
        one = choose.choice(found)
        return text[: one.start()] + text[one.end() :]
    prefixed = re.search(r"\b(?:co|re|pre|non|anti)(?=[a-z]{4,})", text)
    return prefixed and f"{text[: prefixed.end()]}-{text[prefixed.end() :]}"


def reported(choose: Random, text: str) -> str | None:
    """The quotation with its "he said"."""
    if re.search(r"[\"“”]", text):
        return None
    words = text.split(" ")
    k = choose.randrange(2, len(words) - 1)
    said = choose.choice(["he said", "she said", "Smith told reporters", "the senator added"])
    match choose.randrange(3):
        case 0:
            return f"“{text.rstrip('.,')},” {said}."
        case 1:
            return f"“{' '.join(words[:k]).rstrip(',')},” {said}, “{' '.join(words[k:])}”"
        case _:
            return f"{said[0].upper()}{said[1:]}: “{text}”"


def escaped(choose: Random, text: str) -> str | None:
    other = re.sub(r"[^\x00-\x7f]", lambda one: f"\\u{ord(one[0]):04x}", text)
    return other if other != text else None


def misread(choose: Random, text: str) -> str | None:
    """UTF-8 read as Windows-1252."""
    other = "".join(
        one if one.isascii() else one.encode().decode("cp1252", "replace") for one in text
    )
    return None if other == text or "\ufffd" in other else other


def footnoted(choose: Random, text: str) -> str | None:
    words = text.split(" ")
    k = choose.randrange(1, len(words))
    if not words[k - 1][-1:].isalpha():
        return None
    words[k - 1] += choose.choice(["¹", "²³", "[12]", "[3]"])
    return " ".join(words)


def other_end(choose: Random, text: str) -> str | None:
    return text[:-1] + ("." if text[-1] in "?!" else "?") if text[-1] in "?!." else None


def _scare(editor: Editor, kind: str) -> Claimed | None:
    """A single word of a quotation."""
    claimed = editor.true(kind)
    word = editor.random.choice(claimed.quote.split())
    if not word.isalpha():
        return None
    true = ((claimed.true[0][0], word),)
    return replace(
        claimed, quote=word, true=true, wording="too_short", attribution="unresolved|not_claimed"
    )


EDITS: Mapping[str, Edit] = {
    "line-end hyphen": rewritten(broken, _TRUE),
    "hyphen": rewritten(hyphenated, _TRUE),
    "with its he said": rewritten(reported, _TRUE),
    "escaped": rewritten(escaped, _TRUE),
    "mojibake": rewritten(misread, _TRUE),
    "footnote marks": rewritten(footnoted, _TRUE),
    "mark at the end": rewritten(other_end, _TRUE),
    "scare words": _scare,
}
