"""Verification: was it ever said like that?

``verify`` takes a claimed quotation, ``verify_document`` every quotation of a draft, ``cluster``
follows one statement through all its wordings. This package uses the index through its port, and
depends neither on how sources are read nor on how statements are found.
"""

from service.verification.drafts import verify_document
from service.verification.searching.clusters import cluster, mentions_of
from service.verification.verify import verify

__all__ = ["cluster", "mentions_of", "verify", "verify_document"]
