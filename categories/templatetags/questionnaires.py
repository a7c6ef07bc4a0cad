"""`{{ condition|condition_words:definition }}`: when a question is asked, in words."""

from django import template

from categories.questionnaire.words import condition_words

register = template.Library()
register.filter(condition_words)
