"""Pages about mails, for whoever receives them."""
