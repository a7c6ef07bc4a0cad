"""Words of mails that those who manage a theme wrote, each version kept."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from categories.models import Category
from categories.querysets import distance_from, lineage_ids
from tickets.models import WrittenVersion


class WordingQuerySet(models.QuerySet):
    """Words of mails."""

    def in_force_on(self, category_id):
        """Keep those that hold for the theme, nearest first: its own, those above, those of every theme."""
        above = Q(category__isnull=True) | Q(category__in=lineage_ids(category_id))
        steps = distance_from(category_id, "notifications_mailwording.category_id")
        held = self.filter(above, is_in_force=True).select_related("category").annotate(steps=steps)
        return held.order_by(F("steps").asc(nulls_last=True), "pk")


class MailWording(models.Model):
    """The words of one message for one theme and those below, or for every theme.

    `texts`: zone → language → words; a zone left out says what it says without us. Out of force, the theme
    takes the words of the one above. Only `notifications.wordings.writing` writes it.
    """

    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("thème"),
        help_text=_("Vide : tous les thèmes."),
    )
    message = models.CharField(_("modèle"), max_length=40)
    texts = models.JSONField(_("textes"), default=dict, blank=True)
    is_in_force = models.BooleanField(_("en vigueur"), default=True)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    updated_at = models.DateTimeField(_("modifié le"), default=timezone.now, editable=False)

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("texte de courriel")
        verbose_name_plural = _("textes de courriels")
        ordering = ("message", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("message", "category"),
                name="mail_wording_is_one_a_theme",
                violation_error_message=_("Ce thème a déjà un texte pour ce courriel."),
            ),
            models.UniqueConstraint(
                fields=("message",),
                condition=Q(category__isnull=True),
                name="mail_wording_is_one_for_all",
                violation_error_message=_("Un texte existe déjà pour tous les thèmes."),
            ),
        )

    def __str__(self):
        return f"{self.message} ({self.version})"


class MailWordingVersion(WrittenVersion):
    """What the words were at one time. Never edited."""

    wording = models.ForeignKey(
        MailWording, on_delete=models.CASCADE, related_name="versions", verbose_name=_("texte de courriel")
    )
    texts = models.JSONField(_("textes"), default=dict, blank=True)
    is_in_force = models.BooleanField(_("en vigueur"), default=True)
    restores = models.PositiveIntegerField(_("reprend la version"), null=True, blank=True)

    class Meta(WrittenVersion.Meta):
        verbose_name = _("version d’un texte de courriel")
        verbose_name_plural = _("versions de textes de courriels")
        constraints = (
            models.UniqueConstraint(
                fields=("wording", "number"),
                name="mail_wording_version_is_unique",
                violation_error_message=_("Deux versions d’un texte ne peuvent avoir le même numéro."),
            ),
        )

    def __str__(self):
        return f"{self.wording_id} ({self.number})"
