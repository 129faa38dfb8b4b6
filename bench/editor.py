"""An editor: makes claimed quotations out of true ones, each with its expected findings.

The kinds of edits are in claims.py, called.py, forged.py and pasted.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from bench.unsaid import Inventor, bare, folded
from service.domain import Form, SpeakerKind, Statement

SHORTEST = 6
"""Fewest words of a quotation that is edited."""
FEW = (3, 5)
"""Words of a quotation that is hard to find again once it is edited."""
MOST_TRIES = 2000


@dataclass(frozen=True)
class Claimed:
    """``true`` are the statements it was made from, with the words taken from each; empty for one
    that was never said.

    ``wording`` and ``attribution`` are the expected findings ("a|b": either), ``flag`` the expected
    flag.
    """

    edit: str
    quote: str
    speaker: str | None
    true: tuple[tuple[Statement, str], ...]
    wording: str
    attribution: str
    flag: str | None = None


class Editor:
    """Makes claimed quotations of each kind in turn, the same ones for the same seed."""

    def __init__(
        self, statements: Sequence[Statement], seed: int, edits: Mapping[str, "Edit"]
    ) -> None:
        self.random, self.edits = Random(seed), edits
        pairs = [(one, words) for one in statements for words in quoted_words(one)]
        self.quoted = [pair for pair in pairs if len(pair[1].split()) >= SHORTEST]
        self.few = [pair for pair in pairs if FEW[0] <= len(pair[1].split()) <= FEW[1]]
        self.inventor = Inventor(self.random, self.quoted)
        self.reported = [
            one
            for one in statements
            if one.form is Form.INDIRECT and len(one.text.split()) >= SHORTEST
        ]
        self.said = folded(one.text for one in statements)
        self._kinds = {one.speaker.name: one.speaker.kind for one in statements if one.speaker}
        self.names = sorted(self._kinds)

    @cached_property
    def telling(self) -> frozenset[str]:
        return frozenset(self.inventor.telling)

    def kind_of(self, name: str) -> SpeakerKind:
        return self._kinds[name]

    def claims(self, count: int) -> list[Claimed]:
        """Returns ``count`` claims, cycling through the kinds; a kind that fits nothing is
        left out.
        """
        made: list[Claimed] = []
        kinds = list(self.edits)
        while len(made) < count:
            kind = kinds[len(made) % len(kinds)]
            claimed = self.claim(kind)
            if claimed is None:
                kinds.remove(kind)
            else:
                made.append(claimed)
        return made

    def claim(self, kind: str) -> Claimed | None:
        """A claim of this kind. If an edit does not fit a quotation (no number in it), or makes one
        that somebody said, another is tried; None after many attempts (nobody negates anything).
        """
        tried = (self.edits[kind](self, kind) for _ in range(MOST_TRIES))
        return next((one for one in tried if one and not self._is_said(one)), None)

    def _is_said(self, claimed: Claimed) -> bool:
        """Whether words expected to be altered occur somewhere unchanged."""
        return claimed.wording == "altered" and folded([claimed.quote]) in self.said

    def true(self, edit: str, few: bool = False) -> Claimed:
        """An unchanged quotation, with its speaker; one of ``few`` words if so asked."""
        statement, words = self.random.choice(self.few if few else self.quoted)
        name = statement.speaker.name if statement.speaker else None
        attribution = "as_claimed" if name else "not_claimed"
        return Claimed(edit, words, name, ((statement, words),), "verbatim", attribution)


Edit = Callable[[Editor, str], Claimed | None]


def quoted_words(statement: Statement) -> list[str]:
    """The quoted stretches, if the statement is in one piece."""
    if len(statement.spans) > 1 or statement.form is Form.INDIRECT:
        return []
    start = statement.spans[0].start
    return [statement.text[one.start - start : one.end - start] for one in statement.quoted]


def rewritten(
    edit: Callable[[Random, str], str | None], wording: str, flag: str | None = None
) -> Edit:
    def apply(editor: Editor, kind: str) -> Claimed | None:
        claimed = editor.true(kind)
        quote = edit(editor.random, claimed.quote)
        if quote is None or (
            quote.split() == claimed.quote.split() and "typographic" not in wording
        ):
            return None
        return replace(claimed, quote=quote, wording=wording, flag=flag)

    return apply


def exchange(editor: Editor, words: list[str], number: int) -> None:
    """Replaces this number of the words."""
    for k in editor.random.sample(range(len(words)), number):
        words[k] = other_word(editor, words[k])


def other_word(editor: Editor, word: str) -> str:
    while True:
        other = editor.random.choice(editor.random.choice(editor.quoted)[1].split())
        if bare(other) not in ("", bare(word)):
            return other
