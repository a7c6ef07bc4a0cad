"""Filter `markdown`: what staff wrote, as safe HTML; `{{ entry.body|markdown:3 }}` begins at level 3."""

from django import template

from categories.markdown import render

register = template.Library()


@register.filter
def markdown(text, heading=2):
    """Return the Markdown `text` as HTML whose first headings have the level `heading`."""
    return render(text, heading=heading)
