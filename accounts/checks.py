"""System checks of the accounts."""
