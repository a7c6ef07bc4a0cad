"""The short time during which an administrator reads a confidential request."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class AdminAccessQuerySet(models.QuerySet):
    """Openings."""

    def open(self):
        """Keep those that have not ended."""
        return self.filter(until__gt=timezone.now())

    def of(self, user):
        """Keep what `user` may read now: an administrator who is one no more reads nothing."""
        return self.open().filter(user=user) if user.is_superuser else self.none()


class AdminAccess(models.Model):
    """Opened by a reason typed in, which is an event of the request; it ends by itself, and gives no act."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="admin_accesses", verbose_name=_("demande")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="admin_accesses",
        verbose_name=_("administrateur"),
    )
    at = models.DateTimeField(_("ouvert le"), default=timezone.now)
    until = models.DateTimeField(_("ouvert jusqu’à"))

    objects = AdminAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("accès d’administrateur")
        verbose_name_plural = _("accès d’administrateurs")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("user", "until"), name="admin_access_open"),)

    def __str__(self):
        return f"{self.user} – {self.ticket}"
