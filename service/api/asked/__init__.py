"""What a request asks for: query strings and bodies, taken strictly."""
