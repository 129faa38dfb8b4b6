"""Statements and sources as JSON, identical in the API, in an index and in the command."""
