"""How the forms of requests are laid out: one helper, no HTML in Python."""

from crispy_forms.helper import FormHelper


class PlainHelper(FormHelper):
    """The fields alone: the page brings the form, its button and its files."""

    form_tag = False
    disable_csrf = True
    show_errors_first = False
    form_show_errors = True
    help_text_inline = False
    include_media = False
