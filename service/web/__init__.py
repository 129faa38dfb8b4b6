"""Pages for people: templates and static files. Nothing in them is loaded from elsewhere."""
