"""What an answer looks like: schemas, problems, pages, validators, headers."""
