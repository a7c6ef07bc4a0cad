"""When somebody is away, and who stands in for her."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AbsenceQuerySet(models.QuerySet):
    """Absences."""

    def on(self, day=None):
        """Keep those that cover `day`, today in Paris unless told."""
        day = day or timezone.localdate()
        return self.filter(first_day__lte=day, last_day__gte=day)

    def to_come(self):
        """Keep those that are not over."""
        return self.filter(last_day__gte=timezone.localdate())


class Absence(models.Model):
    """From the first day to the last one, both included. The substitute acts by roles of her own."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="absences",
        verbose_name=_("personne"),
    )
    first_day = models.DateField(_("premier jour"))
    last_day = models.DateField(_("dernier jour"))
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("remplacée par"),
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("notée par")
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("first_day", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="absence_ends_after_it_begins",
                violation_error_message=_("Le dernier jour ne peut pas précéder le premier."),
            ),
            models.CheckConstraint(
                condition=Q(substitute__isnull=True) | ~Q(substitute=F("person")),
                name="absence_substitute_is_somebody_else",
                violation_error_message=_("Choisissez quelqu’un d’autre pour la remplacer."),
            ),
        )
        indexes = (models.Index(fields=("last_day", "first_day"), name="absence_by_day"),)

    def __str__(self):
        return f"{self.person} ({self.first_day:%d/%m/%Y} – {self.last_day:%d/%m/%Y})"
