"""Claimed quotations made from true ones by known edits, for bench/verify.py.

Knows nothing of how verification works: words are cut at spaces, edits are drawn by chance, and
what each edit should be called is decided by the edit alone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from bench import edits
from bench.unsaid import Inventor, bare, folded
from service.domain import Form, Statement

SHORTEST = 6
"""Words of a quotation that is edited."""
FEW = (3, 5)
"""Words of a quotation that is hard to find again once it is edited."""
PART = (7, 15)
"""Words of a quotation's part."""
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
        self.random = Random(seed)
        told = [(one, words) for one in statements for words in quoted_words(one)]
        self.quoted = [pair for pair in told if len(pair[1].split()) >= SHORTEST]
        self.few = [pair for pair in told if FEW[0] <= len(pair[1].split()) <= FEW[1]]
        self.inventor = Inventor(self.random, self.quoted)
        self.reported = [
            one
            for one in statements
            if one.form is Form.INDIRECT and len(one.text.split()) >= SHORTEST
        ]
        self.said = folded(one.text for one in statements)
        self.names = sorted({one.speaker.name for one in statements if one.speaker})

    def claims(self, count: int) -> list[Claimed]:
        """So many, a kind after the other; one that fits nothing is left out."""
        made: list[Claimed] = []
        kinds = list(EDITS)
        while len(made) < count:
            kind = kinds[len(made) % len(kinds)]
            claimed = self.claim(kind)
            if claimed is None:
                kinds.remove(kind)
            else:
                made.append(claimed)
        return made

    def claim(self, kind: str) -> Claimed | None:
        """An edit that does not fit a quotation (no number in it) or makes one that somebody said
        is tried on another; None where it fits none of many (nobody negates anything)."""
        tried = (EDITS[kind](self, kind) for _ in range(MOST_TRIES))
        return next((one for one in tried if one and not self._stands(one)), None)

    def _stands(self, claimed: Claimed) -> bool:
        """Whether words that should be called altered stand somewhere just so."""
        return claimed.wording == "altered" and folded([claimed.quote]) in self.said

    def true(self, edit: str, few: bool = False) -> Claimed:
        """A quotation as it stands, with its speaker; one of ``few`` words."""
        statement, words = self.random.choice(self.few if few else self.quoted)
        name = statement.speaker.name if statement.speaker else None
        attribution = "as_claimed" if name else "not_claimed"
        return Claimed(edit, words, name, ((statement, words),), "verbatim", attribution)


Edit = Callable[[Editor, str], Claimed | None]


def quoted_words(statement: Statement) -> list[str]:
    """What stands between quotation marks, if the statement is in one piece."""
    if len(statement.spans) > 1 or statement.form is Form.INDIRECT:
        return []
    start = statement.spans[0].start
    return [statement.text[one.start - start : one.end - start] for one in statement.quoted]


def _rewrite(
    edit: Callable[[Random, str], str | None], wording: str, flag: str | None = None
) -> Edit:
    def apply(editor: Editor, kind: str) -> Claimed | None:
        claimed = editor.true(kind)
        quote = edit(editor.random, claimed.quote)
        if quote is None or (quote.split() == claimed.quote.split() and wording != "typographic"):
            return None
        return replace(claimed, quote=quote, wording=wording, flag=flag)

    return apply


def _heavy(editor: Editor, kind: str) -> Claimed | None:
    """Thirty in a hundred words: another word, none, or one more."""
    claimed, choose = editor.true(kind), editor.random
    words = claimed.quote.split()
    for k in sorted(
        choose.sample(range(len(words)), max(2, round(0.3 * len(words)))), reverse=True
    ):
        other = _other_word(editor, words[k])
        match choose.randrange(4):
            case 0 | 1:
                words[k] = other
            case 2:
                del words[k]
            case _:
                words.insert(k, other)
    return replace(claimed, quote=" ".join(words), wording="altered")


def _exchanged(few: bool) -> Edit:
    """Thirty in a hundred words are others."""

    def apply(editor: Editor, kind: str) -> Claimed | None:
        if few and not editor.few:
            return None
        claimed = editor.true(kind, few)
        words = claimed.quote.split()
        _exchange(editor, words, max(1, round(0.3 * len(words))))
        return replace(claimed, quote=" ".join(words), wording="altered")

    return apply


def _part(editor: Editor, kind: str) -> Claimed | None:
    """Thirty in a hundred words exchanged, out of words cut out of a longer quotation."""
    claimed, choose = editor.true(kind), editor.random
    words = claimed.quote.split()
    if len(words) <= PART[0]:
        return None
    length = choose.randint(PART[0], min(PART[1], len(words) - 1))
    start = choose.randint(0, len(words) - length)
    cut = words[start : start + length]
    true = ((claimed.true[0][0], " ".join(cut)),)
    _exchange(editor, cut, round(0.3 * length))
    return replace(claimed, quote=" ".join(cut), true=true, wording="altered")


def _exchange(editor: Editor, words: list[str], number: int) -> None:
    for k in editor.random.sample(range(len(words)), number):
        words[k] = _other_word(editor, words[k])


def _other_word(editor: Editor, word: str) -> str:
    while True:
        other = editor.random.choice(editor.random.choice(editor.quoted)[1].split())
        if bare(other) not in ("", bare(word)):
            return other


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


def _reworded(editor: Editor, kind: str) -> Claimed | None:
    """Fifteen in a hundred words of the reporter's are others."""
    claimed = _reported(editor, kind)
    if claimed is None:
        return None
    words = claimed.quote.split()
    _exchange(editor, words, max(1, round(0.15 * len(words))))
    return replace(claimed, quote=" ".join(words))


def _never(invent: Callable[[Inventor], str | None]) -> Edit:
    def apply(editor: Editor, kind: str) -> Claimed | None:
        quote = invent(editor.inventor)
        return None if quote is None else Claimed(kind, quote, None, (), "absent", "not_claimed")

    return apply


EDITS: dict[str, Edit] = {
    "none": Editor.true,
    "glyphs": _rewrite(edits.marks, "typographic"),
    "typing errors": _rewrite(edits.typos, "altered"),
    "words dropped": _rewrite(edits.dropped, "altered"),
    "negation put in": _rewrite(edits.negated, "altered", "negation"),
    "negation taken out": _rewrite(edits.affirmed, "altered", "negation"),
    "number changed": _rewrite(edits.numbered, "altered", "number"),
    "ellipsis": _rewrite(edits.elided, "elided"),
    "cut short": _rewrite(edits.truncated, "verbatim"),
    "30 % of words": _heavy,
    "30 % exchanged": _exchanged(few=False),
    "30 % of 3 to 5": _exchanged(few=True),
    "30 % of a part": _part,
    "wrong speaker": _wrong_speaker,
    "two joined": _joined,
    "reported speech": _reported,
    "... reworded": _reworded,
    "never: word pairs": _never(Inventor.chain),
    "never: one's words": _never(Inventor.of_one_speaker),
    "never: exchanged": _never(Inventor.exchanged),
}
