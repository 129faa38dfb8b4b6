"""Schemas: every JSON shape the API answers with, written once.

They dump the domain's own types; keys come in the order they are declared in. What a query or
a body may say is in parameters.py.
"""

from service.api.schemas.operation import (
    EntranceSchema,
    HealthSchema,
    ProblemSchema,
    ReadinessSchema,
)
from service.api.schemas.sources import SourcePageSchema, SourceSchema
from service.api.schemas.speakers import SpeakerPageSchema, SpeakerSummarySchema
from service.api.schemas.statements import (
    ExtractionSchema,
    StatementPageSchema,
    StatementSchema,
    SuggestionsSchema,
)
from service.api.schemas.verification import (
    CheckedDraftSchema,
    ClusterSchema,
    VerificationSchema,
)

__all__ = [
    "CheckedDraftSchema",
    "ClusterSchema",
    "EntranceSchema",
    "ExtractionSchema",
    "HealthSchema",
    "ProblemSchema",
    "ReadinessSchema",
    "SourcePageSchema",
    "SourceSchema",
    "SpeakerPageSchema",
    "SpeakerSummarySchema",
    "StatementPageSchema",
    "StatementSchema",
    "SuggestionsSchema",
    "VerificationSchema",
]
