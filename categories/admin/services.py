"""Services, for administrators. Everything is written by the services of the app."""

from django.contrib import admin

from categories.models import Service
from categories.services import save_service
from teledemande.gestion import AdministratorsRoom


@admin.register(Service)
class ServiceAdmin(AdministratorsRoom):
    """The departments, with the mentions receipts must bear."""

    list_display = ("name", "email", "phone")
    ordering = ("name", "pk")

    def get_readonly_fields(self, request, service=None):
        """Keep the identifier by which `load_themes` knows a service again."""
        return () if service is None else ("slug",)

    def save_model(self, request, service, form, change):
        """Write through the service."""
        save_service(service)
