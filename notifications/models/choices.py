"""What each member of staff wants to be told by mail, theme by theme."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from categories.models import Category


class Profile(models.TextChoices):
    """The ready answers to « which mails do you want? »."""

    ALL = "all", _("toutes")
    CREATION = "creation", _("à la création")
    IN_CHARGE = "in_charge", _("celles dont je suis en charge")
    DIGEST = "digest", _("résumé quotidien")
    NONE = "none", _("aucune")


class MailChoice(models.Model):
    """What a person chose for a theme and what stands below it; without a theme, for all of them."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mail_choices",
        verbose_name=_("personne"),
    )
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("thème")
    )
    profile = models.CharField(_("choix"), max_length=9, choices=Profile.choices)

    class Meta:
        verbose_name = _("choix de courriels")
        verbose_name_plural = _("choix de courriels")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "category"),
                name="mail_choice_once_per_person_and_theme",
                violation_error_message=_("Un seul choix par personne et par thème."),
            ),
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(category__isnull=True),
                name="mail_choice_once_for_all_themes",
                violation_error_message=_("Un seul choix par personne pour tous les thèmes."),
            ),
            models.CheckConstraint(
                condition=Q(profile__in=Profile.values),
                name="mail_choice_is_known",
                violation_error_message=_("Choix inconnu."),
            ),
        )

    def __str__(self):
        return f"{self.person} : {self.get_profile_display()}"
