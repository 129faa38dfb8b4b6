"""All segments of a commit together, as one state that never changes."""
