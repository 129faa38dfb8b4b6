"""The questions of the port, answered from one generation."""
