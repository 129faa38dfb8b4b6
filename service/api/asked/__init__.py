"""What a request asks for: query strings and bodies, parsed strictly."""
