"""The Whoosh engine: an index in a folder, without a server."""

from service.index.whoosh.asking import WhooshSnapshot
from service.index.whoosh.checking import IndexCheck, check_index
from service.index.whoosh.engine import WhooshIndex, open_index

__all__ = ["IndexCheck", "WhooshIndex", "WhooshSnapshot", "check_index", "open_index"]
