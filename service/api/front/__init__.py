"""What meets a request before the application does: access, limits, and answers that are ready."""
