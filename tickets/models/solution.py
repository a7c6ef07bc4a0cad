"""What a request may teach everybody, until a manager has judged it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from categories.enums import RoleKind
from categories.models import FaqEntry
from categories.querysets import reached_ids
from tickets.models.ticket import Ticket


class SolutionState(models.TextChoices):
    """Where a proposal is."""

    PENDING = "pending", _("à valider")
    PUBLISHED = "published", _("publiée")
    DECLINED = "declined", _("écartée")


class SolutionQuerySet(models.QuerySet):
    """Proposals, as those who judge them see them."""

    def pending(self):
        """Keep what waits for a manager."""
        return self.filter(state=SolutionState.PENDING)

    def managed_by(self, user):
        """Keep those of the themes `user` manages, as they stand today."""
        return self.filter(ticket__category__in=reached_ids(user, RoleKind.MANAGER))


class Solution(models.Model):
    """A question and an answer drawn from a request, without its persons, for the frequent questions."""

    ticket = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="solutions", verbose_name=_("demande")
    )
    question = models.CharField(_("question"), max_length=200)
    answer = models.TextField(_("réponse"))
    state = models.CharField(
        _("état"), max_length=9, choices=SolutionState.choices, default=SolutionState.PENDING
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposée par")
    )
    proposed_at = models.DateTimeField(_("proposée le"), default=timezone.now)
    entry = models.ForeignKey(
        FaqEntry,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("question fréquente"),
    )

    objects = SolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("solution proposée")
        verbose_name_plural = _("solutions proposées")
        ordering = ("proposed_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=SolutionState.values),
                name="solution_state_is_known",
                violation_error_message=_("État inconnu."),
            ),
            models.UniqueConstraint(
                fields=("ticket",),
                condition=Q(state=SolutionState.PENDING),
                name="solution_pending_once",
                violation_error_message=_("Une solution tirée de cette demande attend déjà."),
            ),
        )

    def __str__(self):
        return self.question
