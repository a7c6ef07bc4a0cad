"""Filters of the templates of themes."""
