"""What a theme asks: the definition of its form, by version, and the reading of answers.

A definition is plain data (JSON in `FormVersion.definition`); this package reads it, checks it, makes a
Django form of it, and puts stored answers in words. Nothing here knows of requests.
"""
