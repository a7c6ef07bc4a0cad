"""The Debian packages the tests need, and whether this machine has them."""

import shutil
from ctypes.util import find_library
from pathlib import Path

from tests.services.clamd import clamd_program
from tests.services.dovecot import dovecot_program

POSTGRES_LIBRARIES = Path("/usr/lib/postgresql")
POSTGRES_EXTENSIONS = Path("/usr/share/postgresql")
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def postgres_bin() -> Path | None:
    """Return the folder of initdb and postgres, newest version first; None when there is none."""
    folders = sorted(POSTGRES_LIBRARIES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if folders:
        return folders[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def _has_unaccent() -> bool:
    return any(POSTGRES_EXTENSIONS.glob("*/extension/unaccent.control"))


CHECKS = {
    "postgresql": lambda: postgres_bin() is not None,
    "postgresql-contrib": _has_unaccent,
    "redis-server": lambda: shutil.which("redis-server") is not None,
    "clamav-daemon": lambda: clamd_program() is not None,
    "dovecot-imapd": lambda: dovecot_program() is not None,
    "chromium": lambda: shutil.which("chromium") is not None,
    "fonts-dejavu-core": FONT.exists,
    # What WeasyPrint lays pages out with.
    "libpangoft2-1.0-0": lambda: find_library("pangoft2-1.0") is not None,
    "libharfbuzz-subset0": lambda: find_library("harfbuzz-subset") is not None,
}


def missing(*packages: str) -> list[str]:
    """Return those of `packages` (all by default) that this machine lacks."""
    return [package for package in packages or CHECKS if not CHECKS[package]()]
