"""Proposal: what a tagger believes to be a statement, before anything is decided.

tagger/ and the rules of statements/ propose; statements/deciding.py decides.
"""

from msgspec import Struct

from service.domain import Span

LAID_OUT = 0.95
"""Confidence of what the page's layout itself says."""


class Proposal(Struct, frozen=True, gc=False):
    """Content spans in reading order, the cue's and the mention's words, how sure the tagger is.

    ``block``: a block quotation, all of it the speaker's own words without marks.
    ``settled``: the page's layout says whose it is; nobody else's opinion is asked.
    ``follows``: nobody is named here; the speaker is the statement's before it.
    ``denied``: the article says that the words were never uttered. ``relay`` are the words for
    whoever passes on what somebody else said.
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
