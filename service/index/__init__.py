"""Keeping and finding statements: the Index port, the query language, the engines."""
