"""Reports: findings about a quotation, in words for people and for their tools.

The room verification decides what is found and what it is called; the callers decide on layout.
"""
