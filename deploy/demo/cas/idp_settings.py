"""Settings of the demonstration's CAS server: a site of its own, in a process of its own.

django-cas-server is under the GPL v3 and calls for an older Django than we may want one day: nothing of
it is imported by the application, which only speaks the CAS protocol to it. `serve.py` sets the
environment read here.
"""

import os
import secrets
from pathlib import Path

HERE = Path(__file__).resolve().parent
VAR_DIR = Path(os.environ["IDP_VAR_DIR"])
PERSONAS_FILE = Path(os.environ.get("IDP_PERSONAS", HERE.parent / "personas.json"))


def kept_secret(path: Path) -> str:
    """Return the key of this server, made once: a restart ends nobody's session, as with a real server."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8")


SECRET_KEY = kept_secret(VAR_DIR / "secret-key")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "idp_urls"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
TIME_ZONE = "Europe/Paris"
LANGUAGE_CODE = "fr"  # without LocaleMiddleware, whatever the browser asks

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "cas_server",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,  # the XML answers of the protocol
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "idp_personas.context",
            ],
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "cas.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}

# Cookies ignore ports: with the usual names the two sites of 127.0.0.1 would end each other's sessions.
SESSION_COOKIE_NAME = "demo_cas_session"
CSRF_COOKIE_NAME = "demo_cas_csrf"

CAS_AUTH_CLASS = "idp_personas.PersonaUser"
CAS_LOGIN_TEMPLATE = "login.html"
CAS_WARN_TEMPLATE = "message.html"
CAS_LOGGED_TEMPLATE = "message.html"
CAS_LOGOUT_TEMPLATE = "message.html"
CAS_COMPONENT_URLS: dict[str, str] = {}
# Both ask the package registry for the latest release, from the login page.
CAS_NEW_VERSION_HTML_WARNING = False
CAS_NEW_VERSION_EMAIL_WARNING = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
