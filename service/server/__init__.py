"""The worker that gunicorn runs: requests are taken in whole before a thread answers them.

gunicorn's own gthread gives a thread to whoever has sent one byte, for as long as that client
likes; here a slow or silent client costs a place in a list and ends at a time limit. gunicorn
parses heads, writes answers, keeps the processes. The application knows nothing of this room.
"""
