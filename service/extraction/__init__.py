"""Extraction: who said what in a source, with spans.

Start at ``annotate``. Each of the four rooms answers one question: page/ what is on the page?
tagger/ what does the network see? statements/ what is said? speakers/ who is meant?

page/ is below the others, which do not import one another; annotate.py joins them. Their shared
word lists are in lexicon/.
"""

from service.extraction.annotate import annotate, fingerprint, way
from service.extraction.proposal import Proposal
from service.extraction.statements.unattributed import with_unattributed
from service.extraction.tagger import open_tagger

__all__ = ["Proposal", "annotate", "fingerprint", "open_tagger", "way", "with_unattributed"]
