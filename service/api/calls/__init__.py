"""The calls themselves, a module a resource."""
