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

    def save_model(self, request, service, form, change):
        """Write through the service."""
        save_service(service)
