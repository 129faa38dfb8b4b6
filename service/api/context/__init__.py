"""What every call shares: what the service was given to work with, its limits, its address."""
