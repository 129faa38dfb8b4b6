"""Names: what a person's name is made of, and whether one name may be another's.

Shared by extraction, which tells the people of one article apart, and by the index, which joins
them across articles. Where a text names somebody is found in extraction.
"""
