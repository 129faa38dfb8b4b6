"""A claim beside one passage: alignment, flags, and how far chance explains the similarity."""
