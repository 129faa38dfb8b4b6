"""From what was found to a label, and what in a draft is not judged."""
