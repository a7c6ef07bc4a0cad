"""Pages of the service as a whole."""
