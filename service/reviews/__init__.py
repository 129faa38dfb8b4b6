"""Reviews: others' checks of claims, as schema.org ClaimReviews, stored beside the index.

They are imported, never fetched, and shown next to what the service finds itself; their ratings are
the checker's. reading.py reads them, store.py stores them, known.py finds them.
"""

from service.reviews.known import Asked, KnownReviews
from service.reviews.reading import ReadReviews, read_reviews
from service.reviews.review import ClaimReview
from service.reviews.store import ReviewChanges, ReviewStore

__all__ = [
    "Asked",
    "ClaimReview",
    "KnownReviews",
    "ReadReviews",
    "ReviewChanges",
    "ReviewStore",
    "read_reviews",
]
