"""Lists of answers several forms share: components, doctoral schools …"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoiceList(models.Model):
    """A list of answers, named by the questions that offer it."""

    slug = models.SlugField(_("identifiant"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=200)

    class Meta:
        verbose_name = _("liste de réponses")
        verbose_name_plural = _("listes de réponses")
        ordering = ("name", "pk")

    def __str__(self):
        return self.name


class ChoiceItem(models.Model):
    """One answer of a list. It is switched off rather than deleted: old requests bear it."""

    choice_list = models.ForeignKey(
        ChoiceList, on_delete=models.CASCADE, related_name="items", verbose_name=_("liste")
    )
    slug = models.SlugField(_("identifiant"), max_length=80)
    name = models.CharField(_("nom"), max_length=200)
    position = models.PositiveIntegerField(_("ordre"), default=0)
    is_active = models.BooleanField(_("proposée"), default=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("réponse")
        verbose_name_plural = _("réponses")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("choice_list", "slug"),
                name="choice_item_once_in_a_list",
                violation_error_message=_("Cette liste a déjà une réponse de cet identifiant."),
            ),
        )

    def __str__(self):
        return self.name

    def clean(self):
        """Keep one answer on: a question that must be answered may offer this list."""
        if self._state.adding or self.is_active:
            return
        siblings = type(self).objects.filter(choice_list=self.choice_list_id, is_active=True)
        if not siblings.exclude(pk=self.pk).exists():
            sentence = _("C’est la dernière réponse proposée : sans elle, la liste ne servirait plus à rien.")
            raise ValidationError({"is_active": sentence})
