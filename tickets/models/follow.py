"""Which requests a member of staff wants to hear of."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class Follow(models.Model):
    """Somebody follows a request: she is told of what happens to it as long as she may read it as staff.

    It gives no right, and is no event: it concerns her alone.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="follows", verbose_name=_("demande")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows", verbose_name=_("personne")
    )
    at = models.DateTimeField(_("depuis le"), default=timezone.now)

    class Meta:
        verbose_name = _("suivi")
        verbose_name_plural = _("suivis")
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "user"),
                name="follow_once_per_person",
                violation_error_message=_("Vous suivez déjà cette demande."),
            ),
        )

    def __str__(self):
        return f"{self.user} – {self.ticket}"
