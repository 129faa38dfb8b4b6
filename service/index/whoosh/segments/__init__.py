"""Reading one segment: its records, matching and ranking."""
