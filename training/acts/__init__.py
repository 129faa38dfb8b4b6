"""Acts: learns whether statements report speech or an attitude, from hand-labelled statements.

reading.py reads the file of statements and pairs each with what the service finds there;
learning.py learns the weights of statements/acts.py.
"""
