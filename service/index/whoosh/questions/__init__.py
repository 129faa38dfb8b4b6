"""The port's queries, answered from one generation."""
