"""Names: the parts of a person's name, and whether two names may be the same person's.

Shared by extraction, which distinguishes the people of one article, and by the index, which joins
them across articles. Names are found in texts by extraction.
"""
