"""The gunicorn worker: it reads requests completely before a thread answers them.

gunicorn's own gthread gives a thread to any client that has sent one byte, for as long as the
client likes; here a slow or silent client costs one entry in a list and is closed at a time limit.
gunicorn parses heads, writes answers and manages the processes. The application knows nothing of
this room.
"""
