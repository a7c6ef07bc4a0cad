from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "comptes"

    def ready(self):
        from accounts import checks  # noqa: F401, PLC0415 -- app ready
