"""Searches an index for a claim: whole, in pieces, or without a speaker."""
