"""Generations: all segments of a commit as one immutable state."""
