"""The forms of what a member of staff keeps of her list."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from teledemande.fields import LineField
from tickets.forms.layout import PlainHelper
from tickets.lifecycle.holding import CHOICES_SECONDS, USUAL_SECONDS


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


def _delay_words(seconds):
    if not seconds:
        return _("Aucun : la réponse part aussitôt")
    if seconds < 60:
        return format_lazy(_("{number} secondes"), number=seconds)
    return _("1 minute") if seconds == 60 else _("2 minutes et 30 secondes")


class DisplayForm(forms.Form):
    """Columns of the list, keyboard shortcuts, time to take an answer back."""

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
    take_back_seconds = forms.TypedChoiceField(
        label=_("Temps pour reprendre une réponse envoyée"),
        coerce=int,
        required=False,
        empty_value=USUAL_SECONDS,  # type: ignore[arg-type]
        choices=[(seconds, _delay_words(seconds)) for seconds in CHOICES_SECONDS],
        help_text=_(
            "Vos messages et vos questions au demandeur attendent ce temps avant de partir. Une clôture, un "
            "refus ou une transmission partent toujours aussitôt."
        ),
    )

    helper = PlainHelper()

    def __init__(self, *args, columns, **options):
        super().__init__(*args, **options)
        self.fields["columns"].choices = columns
