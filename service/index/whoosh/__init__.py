"""The Whoosh engine: an index in a folder, without a server."""

from service.index.whoosh.checking import IndexCheck, check_index
from service.index.whoosh.engine import WhooshIndex, open_index

__all__ = ["IndexCheck", "WhooshIndex", "check_index", "open_index"]
