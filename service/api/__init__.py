"""The JSON API over HTTP: schemas, routes, problems.

Uses the index through its port and extraction through context/parts.py; app.py injects both.
"""
