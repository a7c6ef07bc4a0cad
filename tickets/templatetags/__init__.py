"""Filters of the pages of requests."""
