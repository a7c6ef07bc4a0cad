"""`{{ file.size|size_words }}`."""

from django import template

from tickets.files.sizes import size_words

register = template.Library()
register.filter(size_words)
