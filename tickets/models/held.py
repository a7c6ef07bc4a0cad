"""Answers on their way: sent by a handler, not gone yet, so that she may take them back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.event import TicketEvent
from tickets.querysets import HeldAnswerQuerySet


class HeldAnswer(models.Model):
    """What holds back the event of an answer until an instant, or for good once it was taken back.

    Until then nobody outside of staff reads it and no mail leaves. The event itself is never edited. The row
    of an answer that has left goes with the next sweep; that of an answer taken back stays.
    """

    event = models.OneToOneField(
        TicketEvent, on_delete=models.PROTECT, related_name="hold", verbose_name=_("événement")
    )
    until = models.DateTimeField(_("retenue jusqu’à"))
    taken_back_at = models.DateTimeField(_("reprise le"), null=True, blank=True)

    objects = HeldAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse retenue")
        verbose_name_plural = _("réponses retenues")
        indexes = (
            models.Index(
                fields=("until",), condition=models.Q(taken_back_at__isnull=True), name="held_to_release"
            ),
        )

    def __str__(self):
        return f"{self.event_id}"
