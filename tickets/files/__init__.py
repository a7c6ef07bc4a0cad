"""Files that come in: bounded while they arrive, recognised by their content, stored under random names."""
