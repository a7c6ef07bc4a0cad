"""The fields of what a text requires: asked for by staff, supplied or given up by the requester."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teledemande.fields import LineField, MessageField
from tickets.clock.working_days import worked_after
from tickets.lifecycle.moves import Ask
from tickets.lifecycle.refusals import BadDeadlineError, UnsuitableItemError
from tickets.lifecycle.transitions import COUNT_ANSWER
from tickets.missing_items import missing_pieces, required_labels
from tickets.services.required_items import FEWEST_DAYS, ITEMS_MAX, MOST_DAYS, may_be_deadline

PROPOSED_DAYS = 30
_LABEL_MAX = 200
_BASIS_MAX = 300
_KEY_DIGITS = 18  # of a primary key, in both databases
_BULLETS = "-–•* \t"


class ItemsField(MessageField):
    """Things asked for, one a line."""

    default_error_messages = {
        "too_many": _("Demandez %(most)d éléments au plus à la fois."),
        "too_long": _("Chaque élément tient en %(most)d caractères : « %(start)s… » est trop long."),
    }

    def clean(self, value):
        """Return the lines that say something, each once, without their bullets."""
        lines = [line.strip(_BULLETS) for line in super().clean(value).splitlines()]
        labels = tuple(dict.fromkeys(" ".join(line.split()) for line in lines if line))
        if self.required and not labels:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(labels) > ITEMS_MAX:
            self._refuse("too_many", most=ITEMS_MAX)
        if long := next((one for one in labels if len(one) > _LABEL_MAX), None):
            self._refuse("too_long", most=_LABEL_MAX, start=long[:30])
        return labels

    def _refuse(self, code, **params):
        raise forms.ValidationError(self.error_messages[code], code=code, params=params)


def items(move, ticket):
    """Return the field of what is missing, which proposes what the form of the theme wanted."""
    required = required_labels(ticket)
    help_text = _("Un élément par ligne : seulement ce qu’un texte exige.")
    if required:
        help_text = _("%(how)s Pièces que le formulaire exige : %(pieces)s.") % {
            "how": help_text,
            "pieces": " ; ".join(required),
        }
    return ItemsField(
        label=_("Ce qui manque"),
        help_text=help_text,
        initial="\n".join(str(piece.label) for piece in missing_pieces(ticket)),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez au moins un élément, un par ligne.")},
    )


def legal_basis(move, ticket):
    """Return the field of the text: a notice that names none asks for what no text requires."""
    texts = dict.fromkeys(str(piece.legal_basis) for piece in missing_pieces(ticket) if piece.legal_basis)
    proposed = " ; ".join(texts)
    return LineField(
        label=_("Texte qui l’exige"),
        help_text=_("Loi, code, décret ou arrêté, avec l’article. Exemple : code de l’éducation, D612-1."),
        max_length=_BASIS_MAX,
        initial=proposed if len(proposed) <= _BASIS_MAX else next(iter(texts))[:_BASIS_MAX],
        error_messages={
            "required": _("Nommez le texte ; si aucun ne l’exige, posez plutôt une question au demandeur.")
        },
    )


def _leave_time(day):
    if not may_be_deadline(day, timezone.now()):
        raise forms.ValidationError(BadDeadlineError.sentence, code="bad_deadline")


def deadline(move, ticket):
    """Return the field of the last day, a working one unless staff choose otherwise."""
    today = timezone.localdate()
    first, last = today + timedelta(days=FEWEST_DAYS), today + timedelta(days=MOST_DAYS)
    limits = {"type": "date", "min": first.isoformat(), "max": last.isoformat()}
    return forms.DateField(
        label=_("À envoyer au plus tard le"),
        help_text=_("Quinze jours au moins. Un jour ouvré évite qu’une difficulté reste sans réponse."),
        initial=worked_after(today + timedelta(days=PROPOSED_DAYS)),
        widget=forms.DateInput(attrs=limits, format="%Y-%m-%d"),
        validators=[_leave_time],
        error_messages={
            "required": BadDeadlineError.sentence,
            "invalid": _("Indiquez une date au format jj/mm/aaaa."),
        },
    )


def is_indispensable(move, ticket):
    """Return the field of whether nothing goes on without: nothing is chosen beforehand."""
    return forms.TypedChoiceField(
        label=_("Peut-on instruire la demande sans ces éléments ?"),
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("Non, ils sont indispensables")),
            ("no", _("Oui, l’instruction continue en attendant")),
        ],
        error_messages={"required": _("Dites si ces éléments sont indispensables.")},
    )


class SuppliedField(forms.ModelMultipleChoiceField):
    """Which of the items due come with the words."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {
        "invalid_choice": UnsuitableItemError.sentence,
        "invalid_pk_value": UnsuitableItemError.sentence,
    }

    def clean(self, value):
        """Return the items, as a tuple; a number no key may be is as good as unknown."""
        if any(len(str(one)) > _KEY_DIGITS for one in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return tuple(super().clean(value))


_BY_HER = (
    _("Ce que vous envoyez avec ce message"),
    _("Cochez ce que votre message ou vos fichiers apportent. Ce qui n’est pas coché reste attendu."),
)
_BY_MAIL = (
    _("Ce que ce courriel apporte"),
    _("Cochez ce que son texte ou ses fichiers apportent. Ce qui n’est pas coché reste attendu."),
)


def supply_fields(move, ticket, person):
    """Return the fields by which `person` says what comes; none if nothing is due.

    Only the requester says that nothing more will. One query.
    """
    if Ask.SUPPLIED not in move.asks or not ticket.is_open:
        return {}
    due = ticket.required_items.due()
    if not due.exists():
        return {}
    label, help_text = _BY_MAIL if move.name == COUNT_ANSWER else _BY_HER
    fields = {
        "supplied": SuppliedField(label=label, help_text=help_text, queryset=due, required=False),
    }
    if person.pk == ticket.requester_id:
        fields["gives_up"] = forms.BooleanField(
            label=_("Je n’enverrai rien de plus : traitez ma demande avec ce que vous avez."), required=False
        )
    return fields
