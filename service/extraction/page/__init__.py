"""The page: what is on it, before anybody asks what is said or by whom.

layout.py lays the text out in paragraphs, marks.py pairs quotation marks, sentences.py and words.py
cut it, context.py keeps the text around a statement. Imports none of the other three rooms.
"""
