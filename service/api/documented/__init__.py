"""The interface written down: openapi.yaml, its examples, the page /docs."""
