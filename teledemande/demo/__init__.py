"""The demonstration: one command, one address, nothing to install beside. Present only with `DEMO=1`."""
