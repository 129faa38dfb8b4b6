"""The Whoosh engine: an index in a folder, without a server."""

from service.index.whoosh.engine import WhooshIndex, open_index
from service.index.whoosh.questions.asking import WhooshSnapshot
from service.index.whoosh.writing.checking import IndexCheck, check_index

__all__ = ["IndexCheck", "WhooshIndex", "WhooshSnapshot", "check_index", "open_index"]
