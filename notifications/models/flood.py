"""The addresses that were about to receive too much, and when the administrators were last told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FloodAlert(models.Model):
    """One address. The administrators are told of it once a day at most."""

    address = models.EmailField(_("adresse"), max_length=254, unique=True)
    alerted_on = models.DateField(_("signalée le"), null=True)

    class Meta:
        verbose_name = _("adresse qui reçoit trop")
        verbose_name_plural = _("adresses qui reçoivent trop")
        ordering = ("pk",)

    def __str__(self):
        return self.address
