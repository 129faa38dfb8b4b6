"""Speakers: who is meant by a mention, in the words of the article.

names.py finds names, cast.py joins those of one figure, mentions.py takes a mention apart,
by_rule.py asks the modules beside it (pronouns, descriptions, groups, documents, organisations) in
turn, choices.py and ranker.py weigh persons, and resolving.py settles whom to name. Which words are
a mention is decided in tagger/ and statements/.
"""
