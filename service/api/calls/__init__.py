"""The calls themselves, one module per resource."""
