"""The learned tagger: a small transformer that proposes statements and marks people's names.

pieces.py prepares the model's input, session.py opens the model on first use, network.py runs it,
decoding.py reads statements off its scores. How it was trained is in training/. Choosing between
proposals is left to statements/deciding.py.
"""

from service.extraction.tagger.tagging import open_tagger, read_by_model

__all__ = ["open_tagger", "read_by_model"]
