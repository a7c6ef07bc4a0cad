"""Read the environment: embedded values by default, every value named in production.

`PRODUCTION=1` gives no default to what a real service must decide; the names that are missing are
collected while the settings are read, and one error names them all.
"""

import os
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

# `NAME_FILE` is read too, so that a secret may come from a file the service manager protects.
env = environ.FileAwareEnv()

IS_PRODUCTION = env.bool("PRODUCTION", default=False)
IS_DEMO = env.bool("DEMO", default=False) and not IS_PRODUCTION
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / ".var")))

_missing: list[str] = []


def needed(name: str, embedded: str) -> str:
    """Return the value of `name`, or `embedded` outside production; note it as missing otherwise."""
    if name in os.environ or f"{name}_FILE" in os.environ:
        return env.str(name)
    if IS_PRODUCTION:
        _missing.append(name)
    return embedded


def refuse_missing() -> None:
    """Raise ImproperlyConfigured, naming every value that production lacks, in one message."""
    if _missing:
        names = ", ".join(sorted(set(_missing)))
        message = f"PRODUCTION=1, mais ces variables d’environnement manquent : {names}."
        raise ImproperlyConfigured(message)


def embedded_secret_key() -> str:
    """Return a key drawn once and kept in `VAR_DIR`, so that sessions survive a restart."""
    path = VAR_DIR / "secret-key"
    if IS_PRODUCTION:
        return "absent"
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text() or _waited_for(path)
    with os.fdopen(descriptor, "w") as file:
        file.write(key := secrets.token_urlsafe(50))
    return key


def _waited_for(path: Path) -> str:
    # Another process created the file and has not written it yet: a few milliseconds at most.
    for _ in range(1000):
        if key := path.read_text():
            return key
    message = f"Le fichier {path.name} est vide : supprimez-le et recommencez."
    raise ImproperlyConfigured(message)
