"""What a text requires and the requester has not sent: asked for by a notice (CRPA, L114-5), item by item."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models.event import TicketEvent
from tickets.models.ticket import Ticket


class MissingItemsNotice(models.Model):
    """One demand for missing items: which text requires them, until when, whether nothing goes on without.

    `event` says by whom and when it was sent. What the delay of the silence becomes is reckoned from here:
    the day of the event, `deadline`, and the days its items came.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="notices", verbose_name=_("demande")
    )
    event = models.OneToOneField(
        TicketEvent, on_delete=models.PROTECT, related_name="notice", verbose_name=_("événement")
    )
    legal_basis = models.CharField(_("texte qui les exige"), max_length=300)
    deadline = models.DateField(_("à envoyer au plus tard le"), help_text=_("Dernier jour, à Paris."))
    is_indispensable = models.BooleanField(
        _("indispensables"),
        help_text=_("Sans eux, la demande ne peut pas être instruite (CRPA, L114-5-1)."),
    )

    class Meta:
        verbose_name = _("demande de pièces")
        verbose_name_plural = _("demandes de pièces")
        ordering = ("pk",)

    def __str__(self):
        return f"{self.ticket} – {self.deadline}"


class RequiredItemQuerySet(models.QuerySet):
    """Items asked for."""

    def due(self):
        """Keep those that still have to come."""
        return self.filter(provided_at__isnull=True, given_up_at__isnull=True)


class RequiredItem(models.Model):
    """One piece or information a text requires: expected, provided, or given up by the requester.

    `ticket` repeats that of the notice: what is due on a request is asked for on each of its pages.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="required_items", verbose_name=_("demande")
    )
    notice = models.ForeignKey(
        MissingItemsNotice,
        on_delete=models.PROTECT,
        related_name="items",
        verbose_name=_("demande de pièces"),
    )
    label = models.CharField(_("élément"), max_length=200)
    provided_at = models.DateTimeField(_("reçu le"), null=True, blank=True)
    provided_with = models.ForeignKey(
        TicketEvent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="provided_items",
        verbose_name=_("reçu avec"),
    )
    given_up_at = models.DateTimeField(
        _("abandonné le"),
        null=True,
        blank=True,
        help_text=_("Le demandeur a dit qu’il n’enverrait rien de plus."),
    )

    objects = RequiredItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("élément exigé")
        verbose_name_plural = _("éléments exigés")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(provided_at__isnull=True) | Q(given_up_at__isnull=True),
                name="item_provided_or_given_up",
                violation_error_message=_("Un élément reçu n’est pas abandonné."),
            ),
            models.CheckConstraint(
                condition=Q(provided_at__isnull=True, provided_with__isnull=True)
                | Q(provided_at__isnull=False, provided_with__isnull=False),
                name="item_provided_with_an_event",
                violation_error_message=_("Un élément reçu l’est avec un événement."),
            ),
        )

    def __str__(self):
        return self.label

    @property
    def is_due(self):
        """Whether it still has to come."""
        return self.provided_at is None and self.given_up_at is None
