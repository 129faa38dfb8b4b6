"""Where in an index a claim may stand, whole, in pieces or as nobody's words."""
