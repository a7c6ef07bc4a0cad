"""Answers written once and used many times, each version kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from categories.enums import RoleKind
from categories.models import Category, Service
from categories.querysets import lineage_ids, reached_ids
from tickets.models.versions import WrittenVersion


class CannedScope(models.TextChoices):
    """Who is offered a canned answer."""

    EVERYWHERE = "everywhere", _("tous les gestionnaires")
    SERVICE = "service", _("un service")
    THEME = "theme", _("un thème et ceux au-dessous")
    PERSONAL = "personal", _("moi seulement")


class CannedAnswerQuerySet(models.QuerySet):
    """Canned answers."""

    def offered_to(self, user, ticket):
        """Keep those `user` may put in an answer on `ticket`."""
        hers = Q(scope=CannedScope.EVERYWHERE) | Q(service=ticket.service_id) | Q(owner=user)
        return self.filter(hers | Q(category__in=lineage_ids(ticket.category_id)), is_offered=True)

    def managed_by(self, user):
        """Keep those `user` may write: hers, those of her themes; an administrator, all but others’ own."""
        hers = Q(owner=user) | Q(category__in=reached_ids(user, RoleKind.MANAGER))
        if user.is_superuser:
            hers |= Q(owner__isnull=True)
        return self.filter(hers)


def _belongs(scope, field):
    """Return the condition of an answer of that scope: `field` names where it belongs, nothing else does."""
    absent = {f"{name}__isnull": name != field for name in ("service", "category", "owner")}
    return Q(scope=scope, **absent)


class CannedAnswer(models.Model):
    """One canned answer as it is today. Only `tickets.services.canned` writes it."""

    scope = models.CharField(_("proposée à"), max_length=10, choices=CannedScope.choices)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service")
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("thème")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("propriétaire"),
    )
    title = models.CharField(_("titre"), max_length=120)
    text = models.TextField(_("texte"))
    is_offered = models.BooleanField(_("proposée"), default=True)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    use_count = models.PositiveIntegerField(_("utilisations"), default=0, editable=False)
    updated_at = models.DateTimeField(_("modifiée le"), default=timezone.now, editable=False)

    objects = CannedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("réponse type")
        verbose_name_plural = _("réponses types")
        ordering = ("title", "pk")
        constraints = (
            models.CheckConstraint(
                condition=_belongs(CannedScope.EVERYWHERE, None)
                | _belongs(CannedScope.SERVICE, "service")
                | _belongs(CannedScope.THEME, "category")
                | _belongs(CannedScope.PERSONAL, "owner"),
                name="canned_answer_belongs_where_it_says",
                violation_error_message=_(
                    "Choisissez le service ou le thème qui va avec « proposée à », et lui seul."
                ),
            ),
        )

    def __str__(self):
        return self.title


class CannedAnswerVersion(WrittenVersion):
    """What a canned answer said at one time. Never edited."""

    answer = models.ForeignKey(
        CannedAnswer, on_delete=models.CASCADE, related_name="versions", verbose_name=_("réponse type")
    )
    title = models.CharField(_("titre"), max_length=120)
    text = models.TextField(_("texte"))

    class Meta(WrittenVersion.Meta):
        verbose_name = _("version d’une réponse type")
        verbose_name_plural = _("versions de réponses types")
        constraints = (
            models.UniqueConstraint(
                fields=("answer", "number"),
                name="canned_answer_version_is_unique",
                violation_error_message=_("Deux versions d’une réponse ne peuvent avoir le même numéro."),
            ),
        )

    def __str__(self):
        return f"{self.title} ({self.number})"
