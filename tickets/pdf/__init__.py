"""A whole request as one PDF: what it holds, and the program apart that writes it."""
