"""One form field for each thing a move may ask (tickets.lifecycle.moves.Ask)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from categories.enums import Priority, TimeAsked
from categories.models import Category
from categories.roles import people_on
from teledemande.fields import LineField, MessageField
from tickets.forms import required_items
from tickets.forms.filing import files_field
from tickets.forms.linking import ReferenceField, entry_field, link_field, linked_field
from tickets.forms.publishing import question_field, solution_field
from tickets.lifecycle.enums import Outcome, Satisfaction
from tickets.lifecycle.moves import Ask
from tickets.lifecycle.refusals import (
    BadDateError,
    UnsuitableAssigneeError,
    UnsuitableGuestError,
    UnsuitableThemeError,
)
from tickets.models import Ticket
from tickets.services.participating import account_named

LONGEST_DAY_OF_WORK = 24 * 60  # minutes


class PersonChoiceField(forms.ModelChoiceField):
    """A colleague, by name."""

    def label_from_instance(self, person):
        """Return the name, and the capacity when known."""
        return f"{person} – {person.capacity}" if person.capacity else str(person)


class ThemeChoiceField(forms.ModelChoiceField):
    """A theme, by its name and its service."""

    def label_from_instance(self, category):
        """Return the name, and who handles it."""
        return f"{category.name} – {category.service.name}"


def _outcome(move, ticket):
    return forms.ChoiceField(
        label=_("Issue"),
        choices=[("", _("Choisissez")), *Outcome.choices],
        error_messages={"required": _("Choisissez ce qu’il est advenu de la demande.")},
    )


def _assignee(move, ticket):
    return PersonChoiceField(
        label=_("Gestionnaire"),
        queryset=people_on(ticket.category_id).exclude(pk=ticket.requester_id),
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez un collègue."),
            "invalid_choice": UnsuitableAssigneeError.sentence,
        },
    )


def _recall_on(move, ticket):
    return forms.DateField(
        label=_("Reprendre le"),
        help_text=_("La demande reviendra ce jour-là, à 7 h, dans les demandes en cours."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": BadDateError.sentence,
            "invalid": _("Indiquez une date au format jj/mm/aaaa."),
        },
    )


def _satisfaction(move, ticket):
    return forms.TypedChoiceField(
        label=_("Êtes-vous satisfait du service rendu ? (facultatif)"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        choices=[("", _("Je ne souhaite pas le dire")), *Satisfaction.choices],
    )


def _category(move, ticket):
    return ThemeChoiceField(
        label=_("Nouveau thème"),
        queryset=Category.objects.fileable().exclude(pk=ticket.category_id).select_related("service"),
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez le thème."),
            "invalid_choice": UnsuitableThemeError.sentence,
        },
    )


def _administration(move, ticket):
    return LineField(
        label=_("Administration compétente"),
        max_length=200,
        error_messages={"required": _("Nommez l’administration à laquelle vous transmettez la demande.")},
    )


def _contact(move, ticket):
    return LineField(
        label=_("Où s’adresser"),
        help_text=_("Adresse, téléphone ou site : le demandeur s’en servira."),
        max_length=300,
        error_messages={"required": _("Dites au demandeur où s’adresser.")},
    )


def _other(move, ticket):
    candidates = Ticket.objects.filter(requester=ticket.requester_id).exclude(pk=ticket.pk).open()
    return ReferenceField(
        candidates=candidates,
        label=_("Numéro de l’autre demande"),
        help_text=_("Exemple : TD-2026-000123. C’est elle qui continuera."),
        error_messages={"required": _("Indiquez le numéro de l’autre demande.")},
    )


def _subject(move, ticket):
    return LineField(
        label=_("Objet"),
        max_length=200,
        initial=ticket.subject,
        error_messages={"required": _("Écrivez l’objet de la demande.")},
    )


def _priority(move, ticket):
    return forms.TypedChoiceField(
        label=_("Priorité"), coerce=int, choices=Priority.choices, initial=ticket.priority
    )


def _email(move, ticket):
    return forms.EmailField(
        label=_("Adresse électronique de la personne à inviter"),
        help_text=_(
            "Elle lira toute la demande : vos réponses, vos messages, vos fichiers. Avec un compte, elle "
            "pourra aussi écrire ; sans compte, elle recevra un lien pour lire."
        ),
        max_length=254,
        error_messages={
            "required": _("Indiquez son adresse électronique."),
            "invalid": _("Indiquez une adresse électronique, comme nom@example.org."),
        },
    )


class AccountField(LineField):
    """Somebody who has an account, by its CAS login or its e-mail address."""

    default_error_messages = {"unknown": _("Aucun compte ouvert n’a cet identifiant ni cette adresse.")}

    def clean(self, value):
        """Return the person, or say that there is none."""
        name = super().clean(value)
        person = account_named(name) if name else None
        if name and person is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return person


def _person(move, ticket):
    return AccountField(
        label=_("Nouveau demandeur"),
        help_text=_(
            "Identifiant du CAS ou adresse électronique de son compte. Cette personne lira toute la "
            "demande ; l’ancien demandeur ne la verra plus."
        ),
        max_length=254,
        error_messages={"required": _("Indiquez qui devient le demandeur.")},
    )


def _guest(move, ticket):
    return forms.ModelChoiceField(
        label=_("Personne à retirer"),
        queryset=ticket.participants.current(),
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez une personne."),
            "invalid_choice": UnsuitableGuestError.sentence,
        },
    )


def _minutes(move, ticket):
    asked = ticket.category.time_asked
    if asked == TimeAsked.NEVER:
        return None
    is_required = asked == TimeAsked.REQUIRED
    return forms.IntegerField(
        label=_("Temps passé, en minutes") if is_required else _("Temps passé, en minutes (facultatif)"),
        help_text=_("Pour les statistiques du service : le demandeur ne le voit pas."),
        required=is_required,
        min_value=0,
        max_value=LONGEST_DAY_OF_WORK,
        error_messages={
            "required": _("Indiquez le temps passé : ce thème le demande. Une estimation suffit."),
            "invalid": _("Indiquez un nombre de minutes."),
            "min_value": _("Indiquez un nombre de minutes."),
            "max_value": _("Indiquez au plus %(limit_value)d minutes."),
        },
    )


def _message(move, ticket):
    return MessageField(label=move.prompt, required=Ask.REQUIRED_MESSAGE in move.asks)


def _files(move, ticket):
    return files_field()


# In the order of the form. Several asks may give the same field.
FIELDS = (
    ((Ask.OUTCOME,), "outcome", _outcome),
    ((Ask.ASSIGNEE,), "assignee", _assignee),
    ((Ask.CATEGORY,), "category", _category),
    ((Ask.ADMINISTRATION,), "administration", _administration),
    ((Ask.CONTACT,), "contact", _contact),
    ((Ask.OTHER,), "other", _other),
    ((Ask.LINKED,), "linked", linked_field),
    ((Ask.LINKED, Ask.ENTRY), "entry", entry_field),
    ((Ask.LINK,), "link", link_field),
    ((Ask.QUESTION,), "question", question_field),
    ((Ask.SOLUTION,), "solution", solution_field),
    ((Ask.EMAIL,), "email", _email),
    ((Ask.GUEST,), "guest", _guest),
    ((Ask.PERSON,), "person", _person),
    ((Ask.RECALL_ON,), "recall_on", _recall_on),
    ((Ask.ITEMS,), "items", required_items.items),
    ((Ask.LEGAL_BASIS,), "legal_basis", required_items.legal_basis),
    ((Ask.DEADLINE,), "deadline", required_items.deadline),
    ((Ask.INDISPENSABLE,), "is_indispensable", required_items.is_indispensable),
    ((Ask.SUBJECT,), "subject", _subject),
    ((Ask.PRIORITY,), "priority", _priority),
    ((Ask.SATISFACTION,), "satisfaction", _satisfaction),
    ((Ask.MESSAGE, Ask.REQUIRED_MESSAGE, Ask.MESSAGE_OR_FILES), "message", _message),
    ((Ask.MINUTES,), "minutes", _minutes),
    ((Ask.FILES, Ask.MESSAGE_OR_FILES), "files", _files),
)
# What only some readers are asked, last in the form (tickets.forms.moves).
OF_SOME = ("file", "supplied", "gives_up")
TYPED = (*(name for _asks, name, _make in FIELDS if name != "files"), *OF_SOME)
SEVERAL = ("supplied",)  # those that hold several values


def fields_of(move, ticket):
    """Return the fields `move` asks for on `ticket`, by name, in order; its theme may do without one."""
    asked = ((name, make) for asks, name, make in FIELDS if any(ask in move.asks for ask in asks))
    made = {name: make(move, ticket) for name, make in asked}
    return {name: field for name, field in made.items() if field is not None}
