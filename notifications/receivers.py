"""Listen to what happens to requests."""
