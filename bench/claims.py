"""Claimed quotations made from true ones by known edits, for bench/verify.py.

Independent of how verification works: words are split at spaces, edits are drawn by chance, and the
expected findings depend only on the edit.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bench import called, edits, forged, pasted
from bench.editor import Claimed, Edit, Editor, exchange, other_word, rewritten
from bench.unsaid import Inventor
from service.domain import SpeakerKind, Statement

PART = (7, 15)
"""Words of a quotation's part."""


def _heavy(editor: Editor, kind: str) -> Claimed | None:
    """Thirty in a hundred words are replaced, removed or preceded by another."""
    claimed, choose = editor.true(kind), editor.random
    words = claimed.quote.split()
    for k in sorted(
        choose.sample(range(len(words)), max(2, round(0.3 * len(words)))), reverse=True
    ):
        other = other_word(editor, words[k])
        match choose.randrange(4):
            case 0 | 1:
                words[k] = other
            case 2:
                del words[k]
            case _:
                words.insert(k, other)
    return replace(claimed, quote=" ".join(words), wording="altered")


def _exchanged(few: bool) -> Edit:
    """Thirty in a hundred words are replaced."""

    def apply(editor: Editor, kind: str) -> Claimed | None:
        if few and not editor.few:
            return None
        claimed = editor.true(kind, few)
        words = claimed.quote.split()
        exchange(editor, words, max(1, round(0.3 * len(words))))
        return replace(claimed, quote=" ".join(words), wording="altered")

    return apply


def _part(editor: Editor, kind: str) -> Claimed | None:
    """Thirty in a hundred words are replaced, in words cut from a longer quotation."""
    claimed, choose = editor.true(kind), editor.random
    words = claimed.quote.split()
    if len(words) <= PART[0]:
        return None
    length = choose.randint(PART[0], min(PART[1], len(words) - 1))
    start = choose.randint(0, len(words) - length)
    cut = words[start : start + length]
    true = ((claimed.true[0][0], " ".join(cut)),)
    exchange(editor, cut, round(0.3 * length))
    return replace(claimed, quote=" ".join(cut), true=true, wording="altered")


def _wrong_speaker(editor: Editor, kind: str) -> Claimed | None:
    claimed = editor.true(kind)
    name = editor.random.choice(editor.names)
    parts = set(re.findall(r"\w+", name.lower()))
    if claimed.speaker is None or parts & set(re.findall(r"\w+", claimed.speaker.lower())):
        return None
    both = {editor.kind_of(name), editor.kind_of(claimed.speaker)} == {SpeakerKind.PERSON}
    attribution = "other_speaker" if both else "other_speaker|unresolved"
    return replace(claimed, speaker=name, attribution=attribution)


def _joined(editor: Editor, kind: str) -> Claimed | None:
    one, other = editor.true(kind), editor.true(kind)
    if one.true == other.true:
        return None
    return replace(
        one,
        quote=f"{one.quote.rstrip('.,')}. {other.quote}",
        true=one.true + other.true,
        wording="pieced",
        attribution="any",
    )


def _reported(editor: Editor, kind: str) -> Claimed | None:
    if not editor.reported:
        return None
    one = editor.random.choice(editor.reported)
    words = one.text.removeprefix("that ")
    return Claimed(kind, words, None, ((one, words),), "paraphrase", "not_claimed")


def _reworded(editor: Editor, kind: str) -> Claimed | None:
    """Fifteen in a hundred of the reporter's words are replaced."""
    claimed = _reported(editor, kind)
    if claimed is None:
        return None
    words = claimed.quote.split()
    exchange(editor, words, max(1, round(0.15 * len(words))))
    return replace(claimed, quote=" ".join(words))


def _never(invent: Callable[[Inventor], str | None]) -> Edit:
    def apply(editor: Editor, kind: str) -> Claimed | None:
        quote = invent(editor.inventor)
        return None if quote is None else Claimed(kind, quote, None, (), "absent", "not_claimed")

    return apply


EDITS: dict[str, Edit] = {
    "none": Editor.true,
    "glyphs": rewritten(edits.marks, "typographic"),
    "typing errors": rewritten(edits.typos, "altered"),
    "words dropped": rewritten(edits.dropped, "altered"),
    "negation put in": rewritten(edits.negated, "altered", "negation"),
    "negation taken out": rewritten(edits.affirmed, "altered", "negation"),
    "number changed": rewritten(edits.numbered, "altered", "number"),
    "ellipsis": rewritten(edits.elided, "elided"),
    "cut short": rewritten(edits.truncated, "verbatim"),
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
    **forged.EDITS,
    **called.EDITS,
    **pasted.EDITS,
}


def editor_of(statements: Sequence[Statement], seed: int) -> Editor:
    """An editor with all kinds of edits."""
    return Editor(statements, seed, EDITS)
