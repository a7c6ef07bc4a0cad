"""The forms of what a member of staff keeps of her list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from teledemande.fields import LineField
from tickets.forms.layout import PlainHelper


class SavedViewForm(forms.Form):
    """The name of a view, and who is offered it."""

    name = LineField(
        label=_("Nom de la vue"),
        max_length=60,
        help_text=_("Exemple : Inscriptions tardives à prendre."),
        error_messages={
            "required": _("Donnez un nom à la vue."),
            "max_length": _("Choisissez un nom plus court : %(limit_value)d caractères au plus."),
        },
    )
    is_shared = forms.BooleanField(
        label=_("Partager cette vue avec les gestionnaires de mes thèmes"),
        required=False,
        help_text=_(
            "Chacun n’y voit que les demandes qu’il a le droit de voir ; vos collègues liront le nom donné."
        ),
    )

    helper = PlainHelper()


class DisplayForm(forms.Form):
    """Columns of the list and keyboard shortcuts."""

    columns = forms.MultipleChoiceField(
        label=_("Colonnes, en plus du numéro et de l’objet"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    has_shortcuts = forms.BooleanField(
        label=_("Raccourcis clavier d’une seule touche"),
        required=False,
        help_text=_("Les désactiver si un logiciel de dictée ou d’assistance les déclenche."),
    )

    helper = PlainHelper()

    def __init__(self, *args, columns, **options):
        super().__init__(*args, **options)
        self.fields["columns"].choices = columns
