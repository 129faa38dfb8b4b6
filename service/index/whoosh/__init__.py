"""The Whoosh engine: an index in a folder, without a server."""

from service.index.whoosh.engine import WhooshIndex, open_index

__all__ = ["WhooshIndex", "open_index"]
