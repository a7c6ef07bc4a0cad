from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = "demandes"

    def ready(self):
        from tickets import receivers  # noqa: F401, PLC0415 -- apps ready
