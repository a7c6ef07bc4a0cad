"""Find requests by their words: French stemming on PostgreSQL, FTS5 on SQLite, accents ignored on both."""
