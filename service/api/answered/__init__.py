"""What answers look like: schemas, problems, pages of lists, validators, headers."""
