"""What all calls share: the parts injected into the service, its limits, its address."""
