"""What people look for here and find elsewhere: Parcoursup, Mon Master, the CROUS …"""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SignpostQuerySet(models.QuerySet):
    """Signposts."""

    def published(self):
        """Keep what the public may see, in order."""
        return self.filter(is_published=True).order_by("position", "pk")


class Signpost(models.Model):
    """A page that says where to go for what the service does not handle."""

    slug = models.SlugField(_("identifiant"), max_length=80, unique=True)
    title = models.CharField(_("titre"), max_length=200)
    body = models.TextField(_("explication"), help_text=_("En Markdown."))
    url = models.URLField(_("adresse où aller"), max_length=300, blank=True)
    url_label = models.CharField(_("nom de cette adresse"), max_length=120, blank=True)
    synonyms = models.TextField(_("synonymes"), blank=True)
    position = models.PositiveIntegerField(_("ordre"), default=0)
    is_published = models.BooleanField(_("publiée"), default=True)
    updated_at = models.DateTimeField(_("mise à jour le"), default=timezone.now)

    objects = SignpostQuerySet.as_manager()

    class Meta:
        verbose_name = _("démarche à faire ailleurs")
        verbose_name_plural = _("démarches à faire ailleurs")
        ordering = ("position", "pk")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("categories:signpost", args=[self.slug])
