"""Statements: what is said, with its cue and its mention.

rules.py reads sentences, passages.py what goes beyond one; turn_labels.py, transcripts.py and
signatures.py read what the layout says, unattributed.py what nobody is named for. clauses.py marks
what is denied, relays.py what is passed on, named_things.py leaves out what is nobody's; foreign.py
reads other languages than English. deciding.py settles between all proposals, the network's too.
Whom a mention means is decided in speakers/.
"""
