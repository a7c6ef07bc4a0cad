"""The outbox: what was, is being and will be sent, exactly as it reads."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models import Ticket, TicketEvent


class MailState(models.TextChoices):
    """Where a mail is."""

    QUEUED = "queued", _("à envoyer")
    SENDING = "sending", _("en cours d’envoi")
    DEFERRED = "deferred", _("différé, nouvel essai prévu")
    SENT = "sent", _("envoyé")
    BOUNCED = "bounced", _("envoyé, non remis")
    FAILED = "failed", _("échec")
    CANCELLED = "cancelled", _("annulé avant l’envoi")


# Whoever is to be sent, at its hour; and whoever has not left yet.
TO_SEND: Final = (MailState.QUEUED, MailState.DEFERRED)
WAITING: Final = (*TO_SEND, MailState.SENDING)


class OutgoingEmail(models.Model):
    """One mail to one recipient, written in the transaction of the event it tells.

    Subject and bodies are rendered once: what is read here is what was sent. `claimed_until` lets a mail
    whose worker died be taken up again.
    """

    uuid = models.UUIDField(_("identifiant"), default=uuid.uuid4, unique=True, editable=False)
    message = models.CharField(_("modèle"), max_length=40)
    event = models.ForeignKey(
        TicketEvent, on_delete=models.PROTECT, null=True, related_name="mails", verbose_name=_("événement")
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, related_name="mails", verbose_name=_("demande")
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="mails",
        verbose_name=_("destinataire"),
    )
    to = models.EmailField(_("adresse"), max_length=254)
    subject = models.CharField(_("objet"), max_length=250)
    body_text = models.TextField(_("texte"))
    body_html = models.TextField(_("HTML"))
    headers = models.JSONField(_("en-têtes"), default=dict)
    is_legal = models.BooleanField(_("à valeur juridique"), default=False)
    is_secret = models.BooleanField(
        _("contient un lien à usage unique"), default=False, help_text=_("Le corps est effacé après l’envoi.")
    )
    state = models.CharField(_("état"), max_length=9, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("tentatives"), default=0)
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now)
    due_at = models.DateTimeField(_("à envoyer à partir de"), default=timezone.now)
    grouped_until = models.DateTimeField(_("regroupé jusqu’à"), null=True, blank=True)
    grouped_in = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("joint au courriel"),
    )
    claimed_until = models.DateTimeField(_("réservé jusqu’à"), null=True, blank=True)
    held_at = models.DateTimeField(
        _("retenu le"),
        null=True,
        blank=True,
        help_text=_("Trop de courriels en une heure pour cette adresse : celui-ci a attendu son tour."),
    )
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    answer = models.CharField(_("réponse du serveur"), max_length=500, blank=True)
    server = models.CharField(
        _("serveur qui l’a accepté"), max_length=253, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = _("courriel")
        verbose_name_plural = _("courriels")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=MailState.values),
                name="mail_state_is_known",
                violation_error_message=_("État inconnu."),
            ),
            models.UniqueConstraint(
                fields=("event", "recipient"),
                name="mail_once_per_event_and_recipient",
                violation_error_message=_("Un seul courriel par événement et par destinataire."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("sent", "bounced"), sent_at__isnull=False)
                | (~Q(state__in=("sent", "bounced")) & Q(sent_at__isnull=True)),
                name="mail_sent_exactly_when_dated",
                violation_error_message=_("Un courriel envoyé a une date d’envoi."),
            ),
            models.CheckConstraint(
                condition=~Q(state="deferred") | ~Q(answer=""),
                name="mail_deferred_says_why",
                violation_error_message=_("Un courriel différé garde la réponse du serveur."),
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at", "id"),
                name="mail_to_send",
                condition=Q(state__in=("queued", "deferred", "sending")),
            ),
            # Those of a request to one address leave one after the other.
            models.Index(
                fields=("ticket", "to", "id"),
                name="mail_in_line",
                condition=Q(state__in=("queued", "deferred", "sending")),
            ),
            models.Index(
                fields=("grouped_until",),
                name="mail_to_group",
                condition=Q(state="queued", grouped_until__isnull=False),
            ),
            models.Index(fields=("created_at",), name="mail_failed", condition=Q(state="failed")),
            models.Index(fields=("-created_at", "-id"), name="mail_latest"),
            # What one person was sent, lately or ever; what left in a period.
            models.Index(fields=("to", "due_at"), name="mail_by_address"),
            models.Index(fields=("sent_at",), name="mail_sent", condition=Q(sent_at__isnull=False)),
        )

    def __str__(self):
        return self.subject


class Heartbeat(models.Model):
    """The last sign of life of work in the background: beat asked for it, a worker wrote it.

    A row, because any web node reads it, whatever became of the broker and of the worker's machine.
    """

    name = models.CharField(_("nom"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("dernier signe"))

    class Meta:
        verbose_name = _("signe de vie")
        verbose_name_plural = _("signes de vie")

    def __str__(self):
        return self.name
