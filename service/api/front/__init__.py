"""What handles a request before the application: access, limits, cached answers."""
