"""Summaries: how each member of staff wants hers, and which were made."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.models.outgoing import OutgoingEmail

USUAL_HOURS = (8,)


class DigestKind(models.TextChoices):
    """Which summary."""

    DAILY = "daily", _("résumé quotidien")
    OVERVIEW = "overview", _("bilan de la semaine")


def usual_hours():
    """Return the hours of whoever chose none."""
    return list(USUAL_HOURS)


class MailHabits(models.Model):
    """When a person wants her summaries, and whether she stopped them."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="mail_habits",
        verbose_name=_("personne"),
    )
    digest_hours = models.JSONField(_("heures du résumé"), default=usual_hours)
    has_daily = models.BooleanField(_("reçoit le résumé quotidien"), default=True)
    groups_mails = models.BooleanField(_("courriels regroupés"), default=False)
    has_overview = models.BooleanField(_("reçoit le bilan de la semaine"), default=True)

    class Meta:
        verbose_name = _("habitudes de courriel")
        verbose_name_plural = _("habitudes de courriel")

    def __str__(self):
        return str(self.person)


class Digest(models.Model):
    """A summary that was due, and what came of it: the row is written first, so that it is made once.

    `day` and `hour` are those of Paris; an overview has the Monday of its week and no hour. `until` is up to
    when it tells; without `mail`, there was nothing to say.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="digests",
        verbose_name=_("personne"),
    )
    kind = models.CharField(_("sorte"), max_length=8, choices=DigestKind.choices)
    day = models.DateField(_("jour"))
    hour = models.PositiveSmallIntegerField(_("heure"), default=0)
    until = models.DateTimeField(_("jusqu’à"))
    mail = models.OneToOneField(
        OutgoingEmail, on_delete=models.PROTECT, null=True, related_name="digest", verbose_name=_("courriel")
    )

    class Meta:
        verbose_name = _("résumé")
        verbose_name_plural = _("résumés")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind", "day", "hour"),
                name="digest_once_per_person_and_hour",
                violation_error_message=_("Un seul résumé par personne et par heure."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DigestKind.values),
                name="digest_kind_is_known",
                violation_error_message=_("Sorte de résumé inconnue."),
            ),
        )
        indexes = (models.Index(fields=("person", "kind", "-until"), name="digest_latest"),)

    def __str__(self):
        return f"{self.get_kind_display()} – {self.day}"
