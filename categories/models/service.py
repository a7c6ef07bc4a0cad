"""The departments of the university that answer requests."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Service(models.Model):  # type: ignore[django-manager-missing]
    """A department of the university. A receipt must bear all four mentions (CRPA, R112-11-1)."""

    slug = models.SlugField(_("identifiant"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    postal_address = models.CharField(_("adresse postale"), max_length=300)
    email = models.EmailField(_("adresse électronique"))
    phone = models.CharField(_("téléphone"), max_length=30)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(postal_address="") & ~Q(email="") & ~Q(phone=""),
                name="service_has_all_mentions",
                violation_error_message=_(
                    "Un service a un nom, une adresse postale, un courriel et un téléphone."
                ),
            ),
        )

    def __str__(self):
        return self.name
