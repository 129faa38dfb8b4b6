"""What changes an index folder, and what checks it."""
