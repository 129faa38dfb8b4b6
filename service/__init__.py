"""On Record: who said what, and where it stands, word for word."""
