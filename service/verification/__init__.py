"""Verification: was it ever said like that?

The room knows the index by its port and nothing of how sources are read or statements found.
"""
