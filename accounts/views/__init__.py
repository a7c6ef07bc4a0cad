"""Pages of accounts: each reads a form, calls one service and redirects."""
