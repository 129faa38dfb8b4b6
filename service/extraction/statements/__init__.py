"""Statements: finds what is said, with its cue and its mention.

rules.py reads sentences, passages.py what spans several; turn_labels.py, turn_paragraphs.py,
transcripts.py and signatures.py read the layout; unattributed.py adds quotations without a speaker.
clauses.py marks denied statements, relays.py those passed on by somebody else, named_things.py
drops quoted names; foreign.py reads languages other than English. deciding.py chooses between all
proposals, the network's included. Mentions are resolved in speakers/.
"""
