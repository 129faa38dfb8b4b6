"""The index folder on disk: its files, columns, postings and stored records."""
