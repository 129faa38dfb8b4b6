"""The page: its text, before statements and speakers are read.

layout.py splits the text into paragraphs, marks.py pairs quotation marks, sentences.py and words.py
split it further, context.py keeps the text around a statement. Imports none of the other three
rooms.
"""
