"""Filters: `day_words`, `instant_words`, `weekday_words`, `hour_words` (teledemande.french_dates)."""

from django import template

from teledemande.french_dates import day_words, hour_words, instant_words, weekday_words

register = template.Library()
for function in (day_words, hour_words, instant_words, weekday_words):
    register.filter(function)
