"""Summaries of staff: a daily one at the hours each chose, and a Monday overview for managers."""
