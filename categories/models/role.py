"""Who handles what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from categories.enums import RoleKind
from categories.models.category import Category


class Role(models.Model):
    """What somebody may do on a theme, inherited down the tree until a confidential theme."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles", verbose_name=_("personne")
    )
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="roles", verbose_name=_("thème")
    )
    kind = models.CharField(_("rôle"), max_length=8, choices=RoleKind.choices, default=RoleKind.HANDLER)

    class Meta:
        verbose_name = _("rôle")
        verbose_name_plural = _("rôles")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "category"),
                name="role_once_per_person_and_category",
                violation_error_message=_("Cette personne a déjà un rôle sur ce thème."),
            ),
        )

    def __str__(self):
        return f"{self.user} : {self.get_kind_display()} – {self.category}"
