"""Claimed quotations made from true ones by known edits, for bench/verify.py.

Knows nothing of how verification works: words are cut at spaces, edits are drawn by chance, and
what each edit should be called is decided by the edit alone.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.domain import Form, Statement

SHORTEST = 6
"""Words of a quotation that is edited."""

MOST_TRIES = 2000


@dataclass(frozen=True)
class Claimed:
    """``true`` are the statements it was made from, with the words each gave; none for one that
    was never said.

    ``wording`` and ``attribution`` are what it should be called, ``flag`` what must be flagged.
    """

    edit: str
    quote: str
    speaker: str | None
    true: tuple[tuple[Statement, str], ...]
    wording: str
    attribution: str
    flag: str | None = None


class Editor:
    """Makes claimed quotations of the same kinds in turn; the same seed makes the same."""

    def __init__(self, statements: Sequence[Statement], seed: int) -> None:
        self.random = random.Random(seed)
        self.quoted = [(one, words) for one in statements for words in quoted_words(one)]
        self.reported = [
            one
            for one in statements
            if one.form is Form.INDIRECT and len(one.text.split()) >= SHORTEST
        ]
        self.names = sorted({one.speaker.name for one in statements if one.speaker})
        self.follow: dict[str, list[str]] = {}
        for _, words in self.quoted:
            for left, right in pairwise(["", *words.split(), ""]):
                self.follow.setdefault(left, []).append(right)

    def claims(self, count: int) -> list[Claimed]:
        """An edit that does not fit a quotation (no number in it) is tried on another; one that
        fits none of many (nobody negates anything) is left out."""
        made: list[Claimed] = []
        kinds = list(EDITS)
        while len(made) < count:
            kind = kinds[len(made) % len(kinds)]
            tried = (EDITS[kind](self, kind) for _ in range(MOST_TRIES))
            claimed = next((one for one in tried if one is not None), None)
            if claimed is None:
                kinds.remove(kind)
            else:
                made.append(claimed)
        return made

    def true(self, edit: str) -> Claimed:
        """A quotation as it stands, with its speaker."""
        statement, words = self.random.choice(self.quoted)
        name = statement.speaker.name if statement.speaker else None
        attribution = "as_claimed" if name else "not_claimed"
        return Claimed(edit, words, name, ((statement, words),), "verbatim", attribution)


def quoted_words(statement: Statement) -> list[str]:
    """What stands between quotation marks, if it is long enough and in one piece."""
    if len(statement.spans) > 1 or statement.form is Form.INDIRECT:
        return []
    start = statement.spans[0].start
    found = [statement.text[one.start - start : one.end - start] for one in statement.quoted]
    return [words for words in found if len(words.split()) >= SHORTEST]


def _rewrite(
    edit: Callable[[random.Random, str], str | None], wording: str, flag: str | None = None
) -> Callable[[Editor, str], Claimed | None]:
    def apply(editor: Editor, kind: str) -> Claimed | None:
        claimed = editor.true(kind)
        quote = edit(editor.random, claimed.quote)
        if quote is None or (quote.split() == claimed.quote.split() and wording != "typographic"):
            return None
        return replace(claimed, quote=quote, wording=wording, flag=flag)

    return apply


def _marks(choose: random.Random, text: str) -> str | None:
    """Other glyphs for the same marks, another kind of space, all in capitals or none."""
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


def _typos(choose: random.Random, text: str) -> str | None:
    """One letter doubled, lost or changed places in up to three long words."""
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


def _dropped(choose: random.Random, text: str) -> str | None:
    """One to three words within it lost."""
    words = text.split()
    gone = set(choose.sample(range(1, len(words) - 1), choose.randint(1, min(3, len(words) // 3))))
    if any(not re.search(r"\w", words[k]) for k in gone):
        return None
    return " ".join(word for k, word in enumerate(words) if k not in gone)


_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|has|have|does|do)\b (?!not)"
)
_NEGATIVE = re.compile(r"(?<=\w )(?:not|never|no) (?=\w)|(?<=\w)n['’]t\b|(?<= can)not\b")


def _negated(choose: random.Random, text: str) -> str | None:
    found = list(_AUXILIARY.finditer(text))
    if not found:
        return None
    one = choose.choice(found)
    added = choose.choice(["not", "never", "no longer"])
    return f"{text[: one.end()]}{added} {text[one.end() :]}"


def _affirmed(choose: random.Random, text: str) -> str | None:
    found = list(_NEGATIVE.finditer(text))
    if not found:
        return None
    one = choose.choice(found)
    return text[: one.start()] + text[one.end() :]


_COUNTED = re.compile(
    r"\b(?:\d[\d,.]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|million)\b"
)


def _numbered(choose: random.Random, text: str) -> str | None:
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


def _elided(choose: random.Random, text: str) -> str | None:
    words = text.split(" ")
    if len(words) < 9 or "..." in text or "…" in text:
        return None
    start = choose.randint(3, len(words) - 6)
    end = choose.randint(start + 1, len(words) - 3)
    if not re.search(r"\w", " ".join(words[start:end])):
        return None
    dots = choose.choice(["...", "…", "[...]", "[…]", ". . ."])
    return " ".join([*words[:start], dots, *words[end:]])


def _truncated(choose: random.Random, text: str) -> str | None:
    words = text.split(" ")
    kept = choose.randint(5, len(words))
    start = choose.choice([0, len(words) - kept])
    return None if kept == len(words) else " ".join(words[start : start + kept])


def _heavy(editor: Editor, kind: str) -> Claimed | None:
    """Thirty in a hundred words: another word, none, one more, or changed places."""
    claimed, choose = editor.true(kind), editor.random
    words = claimed.quote.split()
    for k in sorted(
        choose.sample(range(len(words)), max(2, round(0.3 * len(words)))), reverse=True
    ):
        other = choose.choice(choose.choice(editor.quoted)[1].split())
        match choose.randrange(4):
            case 0 | 1:
                words[k] = other
            case 2:
                del words[k]
            case _:
                words.insert(k, other)
    return replace(claimed, quote=" ".join(words), wording="altered")


def _wrong_speaker(editor: Editor, kind: str) -> Claimed | None:
    claimed = editor.true(kind)
    name = editor.random.choice(editor.names)
    parts = set(re.findall(r"\w+", name.lower()))
    if claimed.speaker is None or parts & set(re.findall(r"\w+", claimed.speaker.lower())):
        return None
    return replace(claimed, speaker=name, attribution="other_speaker")


def _joined(editor: Editor, kind: str) -> Claimed | None:
    one, other = editor.true(kind), editor.true(kind)
    if one.true == other.true:
        return None
    return replace(
        one,
        quote=f"{one.quote.rstrip('.,')}. {other.quote}",
        true=one.true + other.true,
        wording="altered",
        flag="pieced",
        attribution="any",
    )


def _reported(editor: Editor, kind: str) -> Claimed | None:
    if not editor.reported:
        return None
    one = editor.random.choice(editor.reported)
    words = one.text.removeprefix("that ")
    return Claimed(kind, words, None, ((one, words),), "paraphrase", "not_claimed")


def _never(editor: Editor, kind: str) -> Claimed | None:
    """Words that follow each other somewhere in the quotations, by chance: fluent to two words."""
    words: list[str] = []
    word = ""
    while len(words) < 40 and (word := editor.random.choice(editor.follow[word])):
        words.append(word)
    if len(words) < SHORTEST:
        return None
    return Claimed(kind, " ".join(words), None, (), "absent", "not_claimed")


EDITS: dict[str, Callable[[Editor, str], Claimed | None]] = {
    "none": Editor.true,
    "glyphs": _rewrite(_marks, "typographic"),
    "typing errors": _rewrite(_typos, "altered"),
    "words dropped": _rewrite(_dropped, "altered"),
    "negation put in": _rewrite(_negated, "altered", "negation"),
    "negation taken out": _rewrite(_affirmed, "altered", "negation"),
    "number changed": _rewrite(_numbered, "altered", "number"),
    "ellipsis": _rewrite(_elided, "elided"),
    "cut short": _rewrite(_truncated, "verbatim"),
    "30 % of words": _heavy,
    "wrong speaker": _wrong_speaker,
    "two joined": _joined,
    "reported speech": _reported,
    "never said": _never,
}
