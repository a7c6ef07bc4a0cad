from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "courriels"

    def ready(self):
        from notifications import receivers  # noqa: F401, PLC0415 -- app ready
