"""What happened to a request: append-only, guarded by triggers in both databases."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.lifecycle.transitions import past_label
from tickets.models.ticket import Ticket
from tickets.querysets import EventQuerySet


class TicketEvent(models.Model):
    """One change of a request: who, when, before and after. Never edited, never deleted.

    `kind` is the name of the move. `key` is the idempotence key of the form that made it: a form replayed
    finds its event instead of making another.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="events", verbose_name=_("demande")
    )
    sequence = models.PositiveIntegerField(_("rang"))
    kind = models.CharField(_("nature"), max_length=30)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("auteur"),
        help_text=_("Vide : Télé-demande a agi d’elle-même."),
    )
    at = models.DateTimeField(_("date"), default=timezone.now)
    is_internal = models.BooleanField(_("interne"), default=False)
    before = models.JSONField(_("avant"), default=dict)
    after = models.JSONField(_("après"), default=dict)
    key = models.UUIDField(_("clé d’idempotence"), null=True, blank=True, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("événement")
        verbose_name_plural = _("événements")
        ordering = ("sequence", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "sequence"),
                name="ticket_event_rank_is_unique",
                violation_error_message=_("Deux événements d’une demande ne peuvent avoir le même rang."),
            ),
        )
        indexes = (models.Index(fields=("kind", "at"), name="ticket_event_by_kind"),)

    def __str__(self):
        return f"{self.label} ({self.sequence})"

    @property
    def label(self):
        """What the timeline says of this event."""
        return past_label(self.kind)

    @property
    def changes_holder(self):
        """Whether the request changed hands by this event."""
        return self.before.get("assignee_id") != self.after.get("assignee_id", self.before.get("assignee_id"))

    @property
    def words(self):
        """The words written with this event, or an empty string."""
        return self.message.text if hasattr(self, "message") else ""

    @property
    def leaves_at(self):
        """When the answer leaves, if it was held back; None for what goes at once."""
        return self.hold.until if hasattr(self, "hold") else None

    @property
    def is_taken_back(self):
        """Whether the answer was taken back before it left."""
        return hasattr(self, "hold") and self.hold.taken_back_at is not None


class TicketMessage(models.Model):
    """The words of an event, apart from it: they may have to be erased one day, the event never."""

    event = models.OneToOneField(
        TicketEvent, on_delete=models.PROTECT, related_name="message", verbose_name=_("événement")
    )
    text = models.TextField(_("texte"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self):
        return self.text[:60]
