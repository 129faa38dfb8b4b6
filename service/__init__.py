"""On Record: who said what, and where, word for word."""
