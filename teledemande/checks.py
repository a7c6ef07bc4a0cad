"""System checks of the service: configuration mistakes, each with a hint and a code."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


@register(Tags.database, deploy=True)
def database_is_a_server(app_configs, **kwargs):
    """SQLite serves one machine; several web nodes and workers need PostgreSQL."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return []
    return [
        Error(
            "La base de données n’est pas PostgreSQL.",
            hint="Donnez à DATABASE_URL une adresse postgres://… (deploy/README.md).",
            id="teledemande.E001",
        )
    ]


@register(Tags.security, deploy=True)
def site_is_encrypted(app_configs, **kwargs):
    """Sessions, passwords and personal data cross the network: https only."""
    if urlsplit(settings.SITE_URL).scheme == "https":
        return []
    return [
        Error(
            "SITE_URL n’est pas en https.",
            hint="Donnez l’adresse publique du service, par exemple https://tele-demande.example.org.",
            id="teledemande.E002",
        )
    ]


@register(Tags.security, deploy=True)
def broker_is_a_server(app_configs, **kwargs):
    """The embedded broker is folders of one machine."""
    if not settings.CELERY_BROKER_URL.startswith(("filesystem:", "memory:")):
        return []
    return [
        Error(
            "Le courtier de tâches embarqué ne convient pas à un service réel.",
            hint="Donnez à CELERY_BROKER_URL une adresse redis://…",
            id="teledemande.E003",
        )
    ]


@register(Tags.security)
def attachments_are_private(app_configs, **kwargs):
    """A file reachable without the download gate is a leak."""
    attachments = Path(settings.STORAGES["attachments"]["OPTIONS"]["location"]).resolve()
    public = [
        Path(settings.STATIC_ROOT).resolve(),
        *(Path(folder).resolve() for folder in settings.STATICFILES_DIRS),
    ]
    if not any(attachments == folder or folder in attachments.parents for folder in public):
        return []
    return [
        Error(
            "Les pièces jointes sont rangées dans un dossier servi au public.",
            hint="Donnez à ATTACHMENTS_DIR un dossier hors de STATIC_ROOT.",
            id="teledemande.E004",
        )
    ]


@register(Tags.security, deploy=True)
def proxy_is_counted(app_configs, **kwargs):
    """Behind a proxy that is not counted, every caller has its address and one lock stops everybody."""
    if settings.PROXY_COUNT:
        return []
    return [
        Warning(
            "PROXY_COUNT vaut 0 : l’adresse des visiteurs est celle de qui se connecte à nous.",
            hint="S’il y a un serveur mandataire (nginx), mettez PROXY_COUNT=1.",
            id="teledemande.W005",
        )
    ]


@register(Tags.security)
def antivirus_is_understood(app_configs, **kwargs):
    """A mistake here would hold every file, or open them all."""
    url, errors = urlsplit(settings.CLAMD_URL), []
    if settings.CLAMD_URL and not (
        (url.scheme == "tcp" and url.hostname) or (url.scheme == "unix" and url.path.startswith("/"))
    ):
        hint = "Écrivez tcp://hote:3310 ou unix:///chemin/de/la/prise."
        errors.append(Error("CLAMD_URL ne se comprend pas.", hint=hint, id="teledemande.E006"))
    if settings.ANTIVIRUS_DOWN not in ("hold", "pass"):
        hint = "Écrivez « hold » (retenir) ou « pass » (laisser passer)."
        errors.append(Error("ANTIVIRUS_DOWN ne se comprend pas.", hint=hint, id="teledemande.E007"))
    return errors


@register(Tags.security, deploy=True)
def antivirus_is_set_up(app_configs, **kwargs):
    """Without it, staff open what anybody sends."""
    if settings.CLAMD_URL:
        return []
    return [
        Warning(
            "Aucun antivirus : les gestionnaires ouvrent des fichiers que rien n’a vérifiés.",
            hint="Installez clamav-daemon et donnez CLAMD_URL (deploy/README.md).",
            id="teledemande.W008",
        )
    ]


@register()
def retries_have_delays(app_configs, **kwargs):
    """Without a delay, a mail put off would come back at once and for ever."""
    if settings.MAIL_RETRY_SECONDS and all(seconds > 0 for seconds in settings.MAIL_RETRY_SECONDS):
        return []
    hint = "Écrivez des secondes séparées par des virgules : 60,300,900,3600."
    return [Error("MAIL_RETRY_SECONDS ne se comprend pas.", hint=hint, id="teledemande.E009")]
