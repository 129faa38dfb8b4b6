"""The label for what was found, and what in a draft is not judged."""
