"""Extraction: who said what in a source, with spans.

``annotate`` is the way in. The taggers propose statements (passages.py and rules.py, by rules),
attribution.py decides, speakers.py resolves.
"""

from service.extraction.annotate import annotate, fingerprint

__all__ = ["annotate", "fingerprint"]
