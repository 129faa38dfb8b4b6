"""Ranking: learns whom a pronoun or a description means, from mentions that people read.

mentions.py reads the files of mentions and takes down each choice as the service meets it;
learning.py learns the ranker's weights and what the tagger is to keep of each piece for it.
"""
