"""Mails in the words of those who manage a theme, around the parts that stay ours."""
