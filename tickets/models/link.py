"""What a request is linked to: another request, or a frequent question."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from categories.models import FaqEntry
from tickets.models.ticket import Ticket


class LinkKind(models.TextChoices):
    """Why two requests are linked."""

    RELATED = "related", _("reliée")
    FOLLOW_UP = "follow_up", _("suite")


class LinkQuerySet(models.QuerySet):
    """Links, from either end."""

    def of(self, ticket):
        """Keep the links one end of which is the request `ticket`."""
        return self.filter(Q(ticket=ticket) | Q(other=ticket))

    def between(self, one, other):
        """Keep the links between two requests, whichever was linked to the other."""
        return self.filter(Q(ticket=one, other=other) | Q(ticket=other, other=one))


class TicketLink(models.Model):
    """The request `ticket` is linked to the request `other`, or to the question `entry`.

    A link opens nothing: each end is shown to those who may read it already. `follow_up`: the requester filed
    `ticket` as the continuation of `other`. `is_shown`: the requester is shown the question too.
    """

    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="links", verbose_name=_("demande")
    )
    other = models.ForeignKey(
        Ticket,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="linked_from",
        verbose_name=_("autre demande"),
    )
    entry = models.ForeignKey(
        FaqEntry,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("question fréquente"),
    )
    kind = models.CharField(_("nature"), max_length=9, choices=LinkKind.choices, default=LinkKind.RELATED)
    is_shown = models.BooleanField(_("montrée au demandeur"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("reliée par")
    )
    at = models.DateTimeField(_("depuis le"), default=timezone.now)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("lien")
        verbose_name_plural = _("liens")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(other__isnull=False, entry__isnull=True, is_shown=False)
                | Q(other__isnull=True, entry__isnull=False, kind=LinkKind.RELATED),
                name="link_leads_to_one_thing",
                violation_error_message=_("Un lien mène à une demande ou à une question."),
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(ticket=models.F("other")),
                name="link_leads_elsewhere",
                violation_error_message=_("Une demande ne se relie pas à elle-même."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=LinkKind.values),
                name="link_kind_is_known",
                violation_error_message=_("Nature de lien inconnue."),
            ),
            models.UniqueConstraint(
                fields=("ticket", "other"),
                name="link_requests_once",
                violation_error_message=_("Ces deux demandes sont déjà reliées."),
            ),
            models.UniqueConstraint(
                fields=("ticket", "entry"),
                name="link_question_once",
                violation_error_message=_("Cette question est déjà reliée à la demande."),
            ),
        )

    def __str__(self):
        return f"{self.ticket_id} – {self.other_id or self.entry_id}"

    def far_key(self, ticket_pk):
        """Return the key of the request at the other end, or None for a question."""
        return self.ticket_id if self.other_id == ticket_pk else self.other_id
