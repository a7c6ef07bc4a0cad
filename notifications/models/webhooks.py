"""Who else is told of what happens to requests, and each call made to tell it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from categories.enums import RoleKind
from categories.models import Category
from categories.querysets import reached_ids
from tickets.models import Ticket, TicketEvent


class WebhookQuerySet(models.QuerySet):
    """Webhooks."""

    def managed_by(self, user):
        """Keep those `user` may write: of the themes she manages; all of them for an administrator."""
        if not user.is_active or not user.is_staff:
            return self.none()
        return self if user.is_superuser else self.filter(category__in=reached_ids(user, RoleKind.MANAGER))


class Webhook(models.Model):
    """An address to call when something happens under a theme. It is switched off after repeated failures.

    The secret signs each call: it is stored as it is, because it is needed to sign, and shown once.
    """

    name = models.CharField(_("nom"), max_length=100)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        related_name="webhooks",
        verbose_name=_("thème"),
        help_text=_("Et tout ce qu’il contient, sauf les thèmes confidentiels, qui ont les leurs."),
    )
    url = models.CharField(_("adresse URL"), max_length=500)
    events = models.JSONField(_("événements"), default=list)
    secret = models.CharField(_("secret"), max_length=64, editable=False)
    is_active = models.BooleanField(_("activé"), default=True)
    failures = models.PositiveIntegerField(_("échecs de suite"), default=0, editable=False)
    failing_since = models.DateTimeField(_("en échec depuis le"), null=True, editable=False)
    switched_off_at = models.DateTimeField(_("désactivé d’office le"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("créé par"),
    )
    created_at = models.DateTimeField(_("créé le"), default=timezone.now, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("name", "pk")

    def __str__(self):
        return self.name


class CallState(models.TextChoices):
    """Where a call is: the states of mails, which the same functions write."""

    QUEUED = "queued", _("à appeler")
    SENDING = "sending", _("appel en cours")
    SENT = "sent", _("reçu")
    DEFERRED = "deferred", _("remis à plus tard")
    FAILED = "failed", _("échec")
    CANCELLED = "cancelled", _("annulé")


class WebhookCall(models.Model):
    """One call, written in the transaction of its event; a test has none. `body` is what is signed."""

    uuid = models.UUIDField(_("identifiant"), default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(
        Webhook, on_delete=models.PROTECT, related_name="calls", verbose_name=_("webhook")
    )
    event = models.ForeignKey(
        TicketEvent, on_delete=models.PROTECT, null=True, related_name="calls", verbose_name=_("événement")
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, null=True, related_name="calls", verbose_name=_("demande")
    )
    body = models.TextField(_("corps"))
    state = models.CharField(_("état"), max_length=9, choices=CallState.choices, default=CallState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("tentatives"), default=0)
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now)
    due_at = models.DateTimeField(_("à appeler à partir de"), default=timezone.now)
    claimed_until = models.DateTimeField(_("réservé jusqu’à"), null=True)
    sent_at = models.DateTimeField(_("reçu le"), null=True)
    status = models.PositiveSmallIntegerField(_("code de la réponse"), null=True)
    answer = models.CharField(_("réponse"), max_length=500, blank=True)
    milliseconds = models.PositiveIntegerField(_("durée (ms)"), null=True)

    class Meta:
        verbose_name = _("appel d’un webhook")
        verbose_name_plural = _("appels de webhooks")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=CallState.values),
                name="call_state_is_known",
                violation_error_message=_("État inconnu."),
            ),
            models.UniqueConstraint(
                fields=("webhook", "event"),
                name="call_once_per_event",
                violation_error_message=_("Un seul appel par événement et par webhook."),
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="call_sent_exactly_when_dated",
                violation_error_message=_("Un appel reçu a une date."),
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",),
                name="call_to_make",
                condition=Q(state__in=("queued", "sending", "deferred")),
            ),
            models.Index(fields=("webhook", "-created_at", "-id"), name="call_latest"),
        )

    def __str__(self):
        return str(self.uuid)
