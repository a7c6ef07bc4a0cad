"""System checks of the service: configuration mistakes, each with a hint and a code."""
