"""The fields that name another request or a frequent question."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from categories.enums import FaqAudience
from categories.models import FaqEntry
from teledemande.fields import LineField
from tickets.lifecycle.moves import Ask
from tickets.lifecycle.refusals import UnsuitableEntryError, UnsuitableLinkError, UnsuitableRequestError
from tickets.models import LinkKind, Ticket, TicketLink

ONE_OF_THEM = _("Indiquez le numéro d’une demande ou choisissez une question, pas les deux.")


class ReferenceField(LineField):
    """The number of another request of the same person: TD-2026-000123."""

    default_error_messages = {"unknown": UnsuitableRequestError.sentence}

    def __init__(self, *, candidates, **options):
        super().__init__(max_length=20, **options)
        self.candidates = candidates

    def clean(self, value):
        """Return the request, or say what is expected."""
        reference = super().clean(value)
        ticket = self.candidates.by_reference(reference).first() if reference else None
        if reference and ticket is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return ticket


class LinkChoiceField(forms.ModelChoiceField):
    """A link, by what stands at its other end."""

    def label_from_instance(self, link):
        """Return the title of the question; the reader's page names the requests."""
        return str(link.entry or link)


def linked_field(move, ticket):
    """Return the field of the number of the request to link; `narrow` leaves those the reader may read."""
    return ReferenceField(
        candidates=Ticket.objects.exclude(pk=ticket.pk),
        required=False,
        label=_("Numéro d’une autre demande"),
        help_text=_("Exemple : TD-2026-000123. Le demandeur n’en sait rien."),
        error_messages={"unknown": UnsuitableLinkError.sentence},
    )


def entry_field(move, ticket):
    """Return the field of a frequent question: those of everybody, then those of the theme."""
    known = Q(audience__in=(FaqAudience.EVERYBODY, FaqAudience.SIGNED_IN)) | Q(categories=ticket.category_id)
    entries = FaqEntry.objects.published().answers().filter(known)
    if Ask.ENTRY in move.asks:
        entries = entries.filter(pk__in=FaqEntry.objects.visible_to(ticket.requester).values("pk"))
    return forms.ModelChoiceField(
        label=_("Question fréquente"),
        queryset=entries.distinct().order_by("title", "pk"),
        required=Ask.ENTRY in move.asks,
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez une question."),
            "invalid_choice": UnsuitableEntryError.sentence,
        },
    )


def link_field(move, ticket):
    """Return the field of the link to undo."""
    return LinkChoiceField(
        label=_("Lien à retirer"),
        queryset=TicketLink.objects.of(ticket).filter(kind=LinkKind.RELATED).select_related("entry"),
        empty_label=_("Choisissez"),
        error_messages={
            "required": _("Choisissez un lien."),
            "invalid_choice": UnsuitableLinkError.sentence,
        },
    )


def narrow(form, reader):
    """Leave in the fields of `form` what `reader` may read as staff: what she may not does not exist."""
    seen = Ticket.objects.staffed_by(reader)
    if "linked" in form.fields:
        form.fields["linked"].candidates = seen.exclude(pk=form.ticket.pk)
    if "link" in form.fields:
        field, keys = form.fields["link"], seen.order_by().values("pk")
        field.queryset = field.queryset.filter(Q(entry__isnull=False) | Q(ticket__in=keys, other__in=keys))
    return form
