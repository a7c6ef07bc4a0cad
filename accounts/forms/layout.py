"""How the forms of accounts are laid out."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout


class AccountHelper(FormHelper):
    """Lay out fields: a name is one line, a tuple is fields side by side on wide screens, a Div is itself.

    The page brings the form element, its token, its summary of errors and its button.
    """

    form_tag = False
    disable_csrf = True
    form_show_errors = True
    include_media = False
    template = "accounts/_fields.html"  # crispy's own repeats the summary of errors of the page

    def __init__(self, *rows):
        super().__init__()
        self.layout = Layout(
            *(Div(*row, css_class="form-row") if isinstance(row, tuple) else row for row in rows)
        )
