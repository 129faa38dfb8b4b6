"""Proposal: what a tagger takes to be a statement, before anything is decided.

tagger/ and the rules of statements/ propose; statements/deciding.py decides.
"""

from msgspec import Struct

from service.domain import Span

LAID_OUT = 0.95
"""Confidence of what the page's layout shows."""


class Proposal(Struct, frozen=True, gc=False):
    """A possible statement: content spans in reading order, the spans of cue and mention, and the
    tagger's confidence.

    ``block``: a block quotation, all of it the speaker's own words without marks. ``settled``: the
    page's layout shows the speaker, which overrides all other proposals. ``follows``: no speaker is
    named here; it is the speaker of the statement before. ``denied``: the article says that the
    words were never uttered. ``relay`` is the mention of whoever passes on what somebody else said.
    """

    spans: tuple[Span, ...]
    cue: Span | None
    mention: Span | None
    confidence: float
    block: bool = False
    follows: bool = False
    settled: bool = False
    denied: bool = False
    relay: Span | None = None
