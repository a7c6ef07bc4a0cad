"""What came in by mail, exactly as it came, and what was made of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.models.outgoing import OutgoingEmail
from tickets.models import Ticket, TicketEvent
from tickets.models.file import private_storage


def letter_name(instance, filename):
    """Return a storage name that tells nothing of the mail, in a folder of their own."""
    name = uuid.uuid4().hex
    return f"courriels/{name[:2]}/{name}"


class Fate(models.TextChoices):
    """What became of a mail that came in."""

    RECEIVED = "received", _("à lire")
    APPLIED = "applied", _("ajouté à la demande")
    AUTOMATIC = "automatic", _("réponse automatique, sans effet")
    BOUNCE = "bounce", _("avis de non-remise")
    LOOP = "loop", _("l’un des nôtres, revenu")
    UNSIGNED = "unsigned", _("adressé à aucune demande")
    QUARANTINED = "quarantined", _("mis de côté")
    UNREADABLE = "unreadable", _("illisible")


class IncomingEmail(models.Model):
    """One mail as it was fetched. It is kept first and understood next: what fails is still there.

    `digest` is that of its bytes: the same mail fetched again is known. `attempts` bounds how often a mail
    that makes its reader fail is read.
    """

    digest = models.CharField(_("empreinte SHA-256"), max_length=64, unique=True, editable=False)
    content = models.FileField(_("original"), storage=private_storage, upload_to=letter_name, max_length=100)
    size = models.PositiveBigIntegerField(_("taille (octets)"))
    received_at = models.DateTimeField(_("reçu le"), default=timezone.now)
    fate = models.CharField(_("suite"), max_length=11, choices=Fate.choices, default=Fate.RECEIVED)
    reason = models.CharField(_("raison"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(_("lectures"), default=0)
    sender = models.CharField(_("expéditeur"), max_length=254, blank=True)
    subject = models.CharField(_("objet"), max_length=250, blank=True)
    message_id = models.CharField(_("identifiant du message"), max_length=250, blank=True)
    text = models.TextField(_("texte"), blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="letters",
        verbose_name=_("personne"),
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, related_name="letters", verbose_name=_("demande")
    )
    event = models.OneToOneField(
        TicketEvent, on_delete=models.PROTECT, null=True, related_name="letter", verbose_name=_("événement")
    )
    mail = models.ForeignKey(
        OutgoingEmail,
        on_delete=models.PROTECT,
        null=True,
        related_name="reports",
        verbose_name=_("courriel non remis"),
    )
    answered_at = models.DateTimeField(_("renvoyé vers le formulaire le"), null=True, blank=True)

    class Meta:
        verbose_name = _("courriel reçu")
        verbose_name_plural = _("courriels reçus")
        ordering = ("-received_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(fate__in=Fate.values),
                name="letter_fate_is_known",
                violation_error_message=_("Suite inconnue."),
            ),
            models.CheckConstraint(
                condition=Q(fate="applied", event__isnull=False)
                | (~Q(fate="applied") & Q(event__isnull=True)),
                name="letter_applied_exactly_with_event",
                violation_error_message=_("Un courriel ajouté à une demande y a un événement."),
            ),
        )
        indexes = (
            models.Index(fields=("received_at",), name="letter_to_read", condition=Q(fate="received")),
            models.Index(fields=("sender", "answered_at"), name="letter_answered"),
            models.Index(fields=("-received_at", "-id"), name="letter_latest"),
        )

    def __str__(self):
        return self.subject or self.sender or self.digest[:12]
