"""Where in an index a claim may be, whole, in pieces or as nobody's words."""
