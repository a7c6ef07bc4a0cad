"""`{{ entry.message|with_mentions:entry.mentioned }}`: words in paragraphs, colleagues named marked."""

from django import template
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import mark_safe

from tickets.mentions import MENTION

register = template.Library()


@register.filter
def with_mentions(words, mentioned):
    """Return `words` as HTML; `mentioned` are the logins of those who were told."""
    if not mentioned:
        return mark_safe(linebreaks(words, autoescape=True))  # noqa: S308 -- escaped by Django
    parts, place = [], 0
    for found in MENTION.finditer(words):
        if found[1].lower() in mentioned:
            parts += [conditional_escape(words[place : found.start()]), _marked(found.group())]
            place = found.end()
    parts.append(conditional_escape(words[place:]))
    # Each part is escaped, or made by `_marked`.
    return mark_safe(linebreaks("".join(parts)))  # noqa: S308


def _marked(name):
    return format_html('<strong class="mention">{}</strong>', name)
