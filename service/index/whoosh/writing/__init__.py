"""Changing an index folder, and checking it."""
