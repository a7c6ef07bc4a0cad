"""Which requests somebody opened, and which she marked to find them again."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class Visit(models.Model):
    """The last time a person opened a request. `bookmarked_at` is empty unless she put a bookmark there.

    It belongs to the person, not to the request: no event is written. Nobody else reads it, but that staff
    are told whether the requester has opened her request since a mail was sent.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="visits", verbose_name=_("personne")
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="visits", verbose_name=_("demande")
    )
    at = models.DateTimeField(_("ouverte le"), default=timezone.now)
    bookmarked_at = models.DateTimeField(_("signet posé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("visite")
        verbose_name_plural = _("visites")
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "ticket"),
                name="visit_is_unique",
                violation_error_message=_("Une visite par personne et par demande."),
            ),
        )
        indexes = (models.Index(fields=("person", "-at", "-id"), name="visit_latest"),)

    def __str__(self):
        return f"{self.person_id} – {self.ticket_id}"
