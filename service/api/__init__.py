"""JSON over HTTP: schemas, routes, problems.

Speaks to the index through its port and to extraction through parts.py; app.py injects both.
"""
