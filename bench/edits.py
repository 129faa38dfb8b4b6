"""Edits of a quotation's text, for bench/claims.py: what people and typesetters do to words.

Each takes a random generator and a text, and returns the edited text or, if the edit does not fit,
None. The expected findings are in claims.py.
"""

import re
from random import Random

ELLIPSIS = re.compile(r"…|\.\s?\.")


def marks(choose: Random, text: str) -> str | None:
    """Other glyphs for the same marks, another kind of space, upper or lower case."""
    straight = str.maketrans("“”‘’—–", "\"\"''--")
    curly = str.maketrans("'\"-", "’”–")
    changed = choose.choice(
        [
            text.translate(straight),
            text.translate(curly),
            text.upper(),
            text.lower(),
            text.replace(" ", "\u00a0", 2),
            text.replace(" ", "\n", 1),
            text.replace(" ", "  "),
        ]
    )
    return None if changed == text else changed


def typos(choose: Random, text: str) -> str | None:
    """A letter doubled, dropped or transposed in up to three long words."""
    words = text.split()
    long = [k for k, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if not long:
        return None
    for k in choose.sample(long, min(len(long), choose.randint(1, 3))):
        word, at = words[k], choose.randint(1, len(words[k]) - 3)
        words[k] = choose.choice(
            [
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    return " ".join(words)


def dropped(choose: Random, text: str) -> str | None:
    """One to three words within it dropped; not beside dots, which would mark the omission."""
    words = text.split()
    if ELLIPSIS.search(text):
        return None
    gone = set(choose.sample(range(1, len(words) - 1), choose.randint(1, min(3, len(words) // 3))))
    if any(not re.search(r"\w", words[k]) for k in gone):
        return None
    return " ".join(word for k, word in enumerate(words) if k not in gone)


_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|has|have|does|do)\b (?!not)"
)
_NEGATIVE = re.compile(r"(?<=\w )(?:not|never|no) (?=\w)|(?<=\w)n['’]t\b|(?<= can)not\b")


def negated(choose: Random, text: str) -> str | None:
    found = list(_AUXILIARY.finditer(text))
    if not found:
        return None
    one = choose.choice(found)
    added = choose.choice(["not", "never", "no longer"])
    return f"{text[: one.end()]}{added} {text[one.end() :]}"


def affirmed(choose: Random, text: str) -> str | None:
    found = list(_NEGATIVE.finditer(text))
    if not found:
        return None
    one = choose.choice(found)
    return text[: one.start()] + text[one.end() :]


_COUNTED = re.compile(
    r"\b(?:\d[\d,.]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|million)\b"
)


def numbered(choose: Random, text: str) -> str | None:
    found = list(_COUNTED.finditer(text))
    if not found:
        return None
    one = choose.choice(found)
    old = one.group()
    if old[0].isdigit():
        digits = [k for k, character in enumerate(old) if character.isdigit()]
        at = choose.choice(digits)
        new = old[:at] + choose.choice([d for d in "123456789" if d != old[at]]) + old[at + 1 :]
    else:
        new = choose.choice([word for word in ("twelve", "four", "nine", "billion") if word != old])
    return text[: one.start()] + new + text[one.end() :]


def elided(choose: Random, text: str) -> str | None:
    words = text.split(" ")
    if len(words) < 9 or ELLIPSIS.search(text):
        return None
    start = choose.randint(3, len(words) - 6)
    end = choose.randint(start + 1, len(words) - 3)
    if not re.search(r"\w", " ".join(words[start:end])):
        return None
    dots = choose.choice(["...", "…", "[...]", "[…]", ". . ."])
    return " ".join([*words[:start], dots, *words[end:]])


def truncated(choose: Random, text: str) -> str | None:
    words = text.split(" ")
    kept = choose.randint(5, len(words))
    start = choose.choice([0, len(words) - kept])
    return None if kept == len(words) else " ".join(words[start : start + kept])
