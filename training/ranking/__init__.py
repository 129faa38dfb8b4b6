"""Ranking: learns to resolve pronouns and descriptions, from hand-labelled mentions.

mentions.py reads the files of mentions and records each choice as the service meets it; learning.py
learns the ranker's weights and the projection of the states it needs.
"""
