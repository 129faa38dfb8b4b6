"""Stretches: where in a long statement a claim may be, so that only this is folded.

A statement as long as a speech shares most words of any claim, and there may be hundreds of them:
a draft of 40 quotations of 2 kB took 12 s beside statements of 50 kB to 1 MB that were folded
whole, and takes 2.2 s by their outlines (python -m bench.costs).
"""

from service.verification.comparing.alignment import locate
from service.verification.texts.outlines import Outline, outlined
from service.verification.texts.words import Folded

LONG = 4_000
"""Characters; a statement of news has 200 and hardly one in a thousand has more."""
ROOM = 200
"""Words on each side: sentences that the claim is cut out of begin and end there."""


def is_long(text: str) -> bool:
    return len(text) > LONG


def stretch_in(text: str, claimed: Folded) -> tuple[int, int]:
    """Where the stretch begins and ends that has all that alignment would find in the text;
    empty where it would find nothing."""
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
    """The words of the outline before which "..." is."""
    inner = claimed.elisions - {0, len(claimed.words)}
    places = ours.starts.searchsorted([claimed.edges[word][0] for word in inner])
    return frozenset(places.tolist())


def lines_of(claimed: Folded, text: str) -> tuple[str, str]:
    """A letter a word of both, to be counted and laid side by side."""
    ours = outlined(claimed.text)
    return ours.line, ours.line_of(outlined(text))
