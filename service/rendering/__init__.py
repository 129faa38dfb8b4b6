"""Statements and sources as JSON, the same in the API, in an index and in the command."""
