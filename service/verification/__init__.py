"""Verification: was it ever said like that?

``verify`` takes a claimed quotation, ``verify_document`` every quotation of a draft, ``cluster``
follows one statement through all its wordings. The room knows the index by its port and nothing
of how sources are read or statements found.
"""

from service.verification.drafts import verify_document
from service.verification.searching.clusters import cluster, mentions_of
from service.verification.verify import verify

__all__ = ["cluster", "mentions_of", "verify", "verify_document"]
