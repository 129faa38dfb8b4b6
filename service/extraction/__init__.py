"""Extraction: who said what in a source, with spans.

``annotate`` is the way in. Taggers propose statements (the learned one in tagger/, rules in
passages.py), attribution.py decides, speakers.py resolves.
"""

from service.extraction.annotate import annotate, fingerprint
from service.extraction.proposal import Proposal
from service.extraction.tagger import open_tagger
from service.extraction.unattributed import with_unattributed

__all__ = ["Proposal", "annotate", "fingerprint", "open_tagger", "with_unattributed"]
