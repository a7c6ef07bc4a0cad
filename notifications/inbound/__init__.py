"""Mails that come in: kept first, whatever they are, then understood. None of them acts by itself."""
