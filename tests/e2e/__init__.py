"""The service lived in a browser: people, pages, bad input and failures."""
