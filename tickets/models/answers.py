"""What a requester answered to the form of the theme: apart, for it may have to be erased one day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class TicketAnswers(models.Model):
    """The answers to the form version of the request, as cleaned on the day it was filed.

    `values`: name of the question → answer (text, number, list of texts, or list of answers for a repeated
    block). `absences`: name of the piece → why it is not joined. `beneficiary`: for whom the request was
    filed, when the requester acts for somebody else; empty otherwise.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.PROTECT, related_name="answers", verbose_name=_("demande")
    )
    values = models.JSONField(_("réponses"), default=dict)
    absences = models.JSONField(_("pièces absentes"), default=dict)
    beneficiary = models.JSONField(_("pour le compte de"), default=dict)

    class Meta:
        verbose_name = _("réponses au formulaire")
        verbose_name_plural = _("réponses aux formulaires")

    def __str__(self):
        return f"{self.ticket_id}"
