"""One base for every place: the environment decides (docs: deploy/README.md, deploy/environment.example)."""

from datetime import timedelta
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from teledemande.environment import (
    BASE_DIR,
    IS_DEMO,
    IS_PRODUCTION,
    VAR_DIR,
    embedded_secret_key,
    env,
    needed,
    refuse_missing,
)
from teledemande.schedule import schedule

PRODUCTION = IS_PRODUCTION
DEMO = IS_DEMO
DEBUG = env.bool("DEBUG", default=False) and not PRODUCTION
SECRET_KEY = needed("SECRET_KEY", "") or embedded_secret_key()

# --- where it is served -------------------------------------------------------------------------
PORT = env.int("PORT", default=8000)
SITE_URL = needed("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname or "127.0.0.1", "127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "teledemande.urls"
WSGI_APPLICATION = "teledemande.wsgi.application"
# How many reverse proxies append to X-Forwarded-For before us: 0 trusts no header at all.
PROXY_COUNT = env.int("PROXY_COUNT", default=0)

# --- rooms ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "teledemande.apps.TeledemandeConfig",
    "accounts.apps.AccountsConfig",
    "categories.apps.CategoriesConfig",
    "tickets.apps.TicketsConfig",
    "notifications.apps.NotificationsConfig",
    "teledemande.apps.GestionConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_cas_ng",
    "axes",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "tree_queries",
]
if DEMO:
    INSTALLED_APPS.append("teledemande.demo")

MIDDLEWARE = [
    "teledemande.middleware.real_address",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "teledemande.middleware.response_headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "teledemande.languages.speak",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "teledemande.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- data -----------------------------------------------------------------------------------------
DATABASES = {
    "default": env.db_url_config(needed("DATABASE_URL", f"sqlite:///{VAR_DIR / 'teledemande.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Without IMMEDIATE, a transaction that reads then writes fails at once instead of waiting.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url_config(needed("CACHE_URL", "locmemcache://"))}

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media"},
    },
    # Private: no address leads here but the download gate (tickets/views/files.py).
    "attachments": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": needed("ATTACHMENTS_DIR", str(VAR_DIR / "attachments")),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": env.str("STATICFILES_BACKEND", default="teledemande.static_files.ManifestStorage")
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG

# --- files sent by requesters -----------------------------------------------------------------------
FILE_MAX_BYTES = env.int("FILE_MAX_BYTES", default=20_000_000)
FILES_MAX_COUNT = env.int("FILES_MAX_COUNT", default=10)
FILES_MAX_BYTES = env.int("FILES_MAX_BYTES", default=60_000_000)
FILES_MAX_BYTES_A_REQUEST = env.int("FILES_MAX_BYTES_A_REQUEST", default=300_000_000)  # its whole life long
# What one person may ask for: files kept in a day, acts on her own requests in an hour, drafts at a time.
FILES_MAX_BYTES_A_DAY = env.int("FILES_MAX_BYTES_A_DAY", default=500_000_000)
ACTS_PER_HOUR = env.int("ACTS_PER_HOUR", default=60)
DRAFTS_MAX_COUNT = env.int("DRAFTS_MAX_COUNT", default=50)
MESSAGE_MAX_LENGTH = env.int("MESSAGE_MAX_LENGTH", default=20_000)
DRAFT_LIFETIME = timedelta(days=30)
DRAFT_WARNING = timedelta(days=5)  # before it is erased, its author is told
# What somebody typed before logging in waits for her login, and no longer.
VISITOR_DRAFT_LIFETIME = timedelta(days=2)
VISITOR_DRAFT_MAX_LENGTH = env.int("VISITOR_DRAFT_MAX_LENGTH", default=200_000)
DRAFT_TOKEN_LIFETIME = timedelta(days=7)
# ClamAV, which checks them before staff open them: tcp://host:port or unix:///path; empty, none is set up.
CLAMD_URL = needed("CLAMD_URL", "")
CLAMD_TIMEOUT = env.int("CLAMD_TIMEOUT", default=120)  # seconds, for one file
CLAMD_MAX_BYTES = env.int("CLAMD_MAX_BYTES", default=25_000_000)  # StreamMaxLength of clamd.conf
# When it does not answer: « hold » what waits, or « pass » it after a while, to be checked later anyway.
ANTIVIRUS_DOWN = env.str("ANTIVIRUS_DOWN", default="hold")
ANTIVIRUS_PATIENCE = timedelta(seconds=env.int("ANTIVIRUS_PATIENCE", default=600))
FILE_UPLOAD_HANDLERS = [
    "tickets.files.upload_handler.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Forms are read whole so that an over-long message comes back with its text and an explanation.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 200
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a block of twenty items of thirty boxes, several times

# --- people -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.LocalBackend",
    "accounts.cas.backend.CASBackend",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "tickets:dashboard"
LOGOUT_REDIRECT_URL = "home"
# These addresses must use CAS; sub-domains are included.
UNIVERSITY_DOMAINS = env.list("UNIVERSITY_DOMAINS", default=["univ-amu.fr"])
ACTIVATION_LINK_LIFETIME = timedelta(hours=24)
PASSWORD_LINK_LIFETIME = timedelta(hours=1)
# accounts may not know notifications (it stands below it): it is told by name who carries its mails.
ACCOUNT_MAILER = "notifications.account_mails.send"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "first_name", "last_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # single logout needs server-side sessions
SESSION_COOKIE_AGE = env.int("SESSION_COOKIE_AGE", default=8 * 3600)
SESSION_COOKIE_NAME = "td_session"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "td_csrf"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "teledemande.views.errors.csrf_failure"

AXES_FAILURE_LIMIT = 10
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "accounts.throttling.locked_out"
# Never a header of the caller: the address our own proxies give (teledemande.middleware.real_address).
AXES_CLIENT_IP_CALLABLE = "accounts.throttling.client_address"
AXES_USERNAME_FORM_FIELD = "username"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True

CAS_SERVER_URL = needed("CAS_SERVER_URL", f"http://127.0.0.1:{PORT + 1}/cas/")
CAS_ROOT_PROXIED_AS = SITE_URL  # else the service address would come from the Host header
CAS_STORE_NEXT = False  # `next`, cleaned by our view, travels in the service address
CAS_APPLY_ATTRIBUTES_TO_USER = False  # it would write any attribute into the user, is_superuser included
CAS_TIMEOUT = (3.05, 5)  # seconds to connect, to answer

# --- mails and work in the background -----------------------------------------------------------------
EMAIL_CONFIG = env.email_url_config(needed("EMAIL_URL", "dummymail://" if DEMO else "consolemail://"))
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = needed("DEFAULT_FROM_EMAIL", "Télé-demande <ne-pas-repondre@tele-demande.example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Seconds between two tries of a mail put off; the last delay is repeated, for two days in all.
MAIL_RETRY_SECONDS = env.list("MAIL_RETRY_SECONDS", cast=int, default=[60, 300, 900, 3600])
# Courtesy mails of one request, to the staff who ask for it, are put together during that time; 0: never.
MAIL_GROUP_MINUTES = env.int("MAIL_GROUP_MINUTES", default=5)
# The mailbox answers come back to, and how it is read: imap+ssl://user:password@host:993/INBOX. None: no
# answer by mail.
INBOUND_ADDRESS = env.str("INBOUND_ADDRESS", default="")
INBOUND_URL = env.str("INBOUND_URL", default="")
INBOUND_TIMEOUT = env.int("INBOUND_TIMEOUT", default=20)
INBOUND_SECONDS = env.int("INBOUND_SECONDS", default=60)  # between two readings of the mailbox
# The name our own server signs its Authentication-Results with (RFC 8601); empty: they are not read.
INBOUND_AUTHSERV_ID = env.str("INBOUND_AUTHSERV_ID", default="")
# Bodies that hold a single-use link are wiped once sent; the demonstration keeps them to be read.
OUTBOX_KEEPS_SECRETS = DEMO

# Beyond so many automatic mails an hour to one address, courtesy mails wait their turn; 0: no bound.
MAILS_PER_HOUR = env.int("MAILS_PER_HOUR", default=60)
# Webhooks: seconds for one call, names and answer included; private networks they may call all the same.
WEBHOOK_TIMEOUT = env.int("WEBHOOK_TIMEOUT", default=10)
WEBHOOK_ALLOWED_NETWORKS = env.list("WEBHOOK_ALLOWED_NETWORKS", default=[])

_broker_dir = VAR_DIR / "broker"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str | int]
CELERY_BROKER_URL = needed("CELERY_BROKER_URL", "filesystem://localhost/")
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT = "teledemande.broker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_broker_dir / "queue"),
        "data_folder_out": str(_broker_dir / "queue"),
        "control_folder": str(_broker_dir / "control"),
    }
else:
    # Unacknowledged messages of a killed worker come back within minutes, not hours.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
    }
CELERY_TASK_PUBLISH_RETRY = False  # the web request never waits for a broker: the sweep will do
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = schedule(
    sweep_seconds=60.0 if not DEMO else 10.0, inbound_seconds=float(INBOUND_SECONDS)
)

# --- security of pages --------------------------------------------------------------------------------
_cas = urlsplit(CAS_SERVER_URL)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # A browser applies form-action to redirects too: logging out leads to the CAS server.
        "form-action": [SELF, f"{_cas.scheme}://{_cas.netloc}"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION and _site.scheme == "https"
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=PRODUCTION)
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
# Preloading commits the whole domain of the university for years: not for one service to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if PRODUCTION and PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- language and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "td_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = PRODUCTION
LOCALE_PATHS = [BASE_DIR / "teledemande" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

# --- logs: ids, kinds and durations only ----------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "teledemande.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    # A probe that asks every second whether all is ready must not fill the log with its own answers.
    "filters": {"not_probe": {"()": "teledemande.probes.NotProbe"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["not_probe"]}
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "WARNING"}},
}

refuse_missing()
