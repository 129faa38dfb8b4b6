"""Texts as words to compare: folding, typography, markup, and the words that decide a meaning."""
