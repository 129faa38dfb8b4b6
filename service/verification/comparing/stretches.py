"""Stretches: the part of a long statement that may hold a claim, so that only this is folded.

A statement as long as a speech shares most words of any claim, and there may be hundreds of them: a
draft of 40 quotations of 2 kB took 12 s beside statements of 50 kB to 1 MB that were folded in
full, and takes 2.2 s by their outlines (python -m bench.costs).
"""

from service.verification.comparing.alignment import locate
from service.verification.texts.outlines import Outline, outlined
from service.verification.texts.words import Folded

LONG = 4_000
"""Characters; a statement of news has 200 and hardly one in a thousand has more."""
ROOM = 200
"""Words on each side, to include the sentences that the claim was cut from."""


def is_long(text: str) -> bool:
    """Whether only a stretch of the text is compared."""
    return len(text) > LONG


def stretch_in(text: str, claimed: Folded) -> tuple[int, int]:
    """Start and end of the stretch that contains all that alignment would find in the text; (0, 0)
    if it would find nothing.
    """
    ours, theirs = outlined(claimed.text), outlined(text)
    blocks = locate(ours.line, ours.line_of(theirs), _cuts(claimed, ours))
    if not blocks:
        return 0, 0
    last = blocks[-1]
    start = blocks[0].j - blocks[0].i - ROOM
    end = last.j + len(ours.words) - last.i + ROOM
    return (
        int(theirs.starts[start]) if start > 0 else 0,
        int(theirs.starts[end]) if end < len(theirs.starts) else len(text),
    )


def _cuts(claimed: Folded, ours: Outline) -> frozenset[int]:
    """Indices of the outline's words that "..." precedes."""
    inner = claimed.elisions - {0, len(claimed.words)}
    places = ours.starts.searchsorted([claimed.edges[word][0] for word in inner])
    return frozenset(places.tolist())


def lines_of(claimed: Folded, text: str) -> tuple[str, str]:
    """Both texts as lines of one character per word, to be counted and aligned."""
    ours = outlined(claimed.text)
    return ours.line, ours.line_of(outlined(text))
