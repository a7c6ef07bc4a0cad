"""Who was invited to follow a request, by whom, until when."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket


class ParticipantQuerySet(models.QuerySet):
    """People invited."""

    def current(self):
        """Keep those who have not left."""
        return self.filter(left_at__isnull=True)

    def of(self, user):
        """Keep the invitations in force of `user`: by her account, or by the address she proved.

        Only a local account proves its address; that of a CAS account is what the directory says.
        """
        held = Q(user=user)
        if not user.is_cas:
            held |= Q(user__isnull=True, email=user.identity.removeprefix("mail:"))
        return self.current().filter(held)


class Participant(models.Model):
    """Somebody invited: an account, or an address alone, which reads by a signed link and does nothing.

    `email` is the address she was invited by: whoever invites learns of no account. `uuid` names the row in
    the link, which dies with `left_at`.
    """

    uuid = models.UUIDField(_("identifiant"), default=uuid.uuid4, unique=True, editable=False)
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="participants", verbose_name=_("demande")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("personne"),
    )
    email = models.EmailField(_("adresse électronique"), max_length=254)
    language = models.CharField(_("langue"), max_length=2, default=settings.LANGUAGE_CODE)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("invitée par")
    )
    at = models.DateTimeField(_("invitée le"), default=timezone.now)
    left_at = models.DateTimeField(_("partie le"), null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("personne invitée")
        verbose_name_plural = _("personnes invitées")
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "email"),
                condition=Q(left_at__isnull=True),
                name="participant_once_per_address",
                violation_error_message=_("Cette adresse est déjà invitée."),
            ),
            models.UniqueConstraint(
                fields=("ticket", "user"),
                condition=Q(left_at__isnull=True),
                name="participant_once_per_person",
                violation_error_message=_("Cette personne est déjà invitée."),
            ),
        )
        indexes = (
            # What each page asks: am I invited here, and where am I invited?
            models.Index(
                fields=("email",),
                name="participant_by_address",
                condition=Q(left_at__isnull=True, user__isnull=True),
            ),
        )

    def __str__(self):
        return self.email
