"""`{{ file|file_states }}`: what the line of a file says beside its name and its size."""

from django import template

from tickets.files.gate import metadata_words, words_on

register = template.Library()


@register.filter
def file_states(file):
    """Return the sentences about `file`; the files of a draft are its reader's own."""
    checked = getattr(file, "words", None)
    if checked is None:
        checked = words_on(file, is_mine=True)
    return [words for words in (checked, metadata_words(file)) if words]
