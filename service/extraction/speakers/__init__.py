"""Speakers: resolves mentions to the people, bodies and documents that an article names.

names.py finds names, cast.py joins those of one figure, mentions.py takes a mention apart,
by_rule.py asks the other modules (pronouns, descriptions, groups, documents, organisations) in
turn, choices.py and ranker.py weigh persons, and resolving.py decides the answer. Which words are a
mention is decided in tagger/ and statements/.
"""
