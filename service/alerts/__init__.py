"""Alerts: saved queries whose new results are sent to a webhook.

Messages are sent only by the command ``onrecord alerts send``, to addresses that a setting lists.
"""
