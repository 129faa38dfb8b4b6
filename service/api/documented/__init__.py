"""The documented interface: openapi.yaml, its examples, the page /docs."""
