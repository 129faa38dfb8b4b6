"""Reviews: checks that others made of claims, as schema.org's ClaimReview, kept beside the index.

They are imported, never fetched, and shown beside what the service finds by itself: what a checker
says is the checker's. How they are read is in reading.py, kept in store.py, found in known.py.
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
