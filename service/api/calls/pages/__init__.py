"""Pages: which queries each page makes beyond its JSON answer, and which template shows them.

What they look like is in web/.
"""
