"""The only code that writes requests. Each function is one transaction."""
