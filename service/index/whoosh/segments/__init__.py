"""One segment, read: its records, which of them match, and in which order."""
