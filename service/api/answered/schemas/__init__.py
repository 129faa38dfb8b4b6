"""Schemas: every JSON shape that the API answers with, defined once.

They dump the domain's own types, keys in declared order. What a query or a body may contain is in
asked/parameters.py.
"""

from service.api.answered.schemas.checks import (
    KeptCheckSchema,
    PostedDraftSchema,
    PostedVerificationSchema,
    TicketSchema,
    WithdrawnSchema,
)
from service.api.answered.schemas.drafts import CheckedDraftSchema
from service.api.answered.schemas.operation import (
    EntranceSchema,
    HealthSchema,
    ProblemSchema,
    ReadinessSchema,
)
from service.api.answered.schemas.reviews import GoogleClaimsSchema, google_claim
from service.api.answered.schemas.verification import ClusterSchema, VerificationSchema
from service.rendering.sources import ReprintedSourceSchema, SourcePageSchema, SourceSchema
from service.rendering.speakers import SpeakerPageSchema, SpeakerSummarySchema
from service.rendering.statements import (
    ExtractionSchema,
    StatementPageSchema,
    StatementSchema,
    SuggestionsSchema,
)

__all__ = [
    "CheckedDraftSchema",
    "ClusterSchema",
    "EntranceSchema",
    "ExtractionSchema",
    "GoogleClaimsSchema",
    "HealthSchema",
    "KeptCheckSchema",
    "PostedDraftSchema",
    "PostedVerificationSchema",
    "ProblemSchema",
    "ReadinessSchema",
    "ReprintedSourceSchema",
    "SourcePageSchema",
    "SourceSchema",
    "SpeakerPageSchema",
    "SpeakerSummarySchema",
    "StatementPageSchema",
    "StatementSchema",
    "SuggestionsSchema",
    "TicketSchema",
    "VerificationSchema",
    "WithdrawnSchema",
    "google_claim",
]
