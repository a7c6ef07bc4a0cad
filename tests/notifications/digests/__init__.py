"""Summaries of staff."""
