"""What meets a request before the application does: who may ask, and answers that are ready."""
