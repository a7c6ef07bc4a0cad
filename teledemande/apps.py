"""App configurations of the service itself and of the staff's admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class TeledemandeConfig(AppConfig):
    name = "teledemande"
    verbose_name = "télé-demande"

    def ready(self):
        from teledemande import checks  # noqa: F401, PLC0415 -- app ready


class GestionConfig(AdminConfig):
    """The Django admin, served at /gestion/ behind our own login."""

    default_site = "teledemande.gestion.GestionSite"
