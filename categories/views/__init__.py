"""Public pages of the themes and of the questions."""
