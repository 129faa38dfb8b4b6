"""Alerts: questions that are kept, and what is new to them is sent to who wants to know.

Nothing is sent but by the command ``onrecord alerts send``, to addresses that a setting lists.
"""
