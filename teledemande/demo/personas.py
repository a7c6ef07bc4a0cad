"""The people of the demonstration, read from deploy/demo/personas.json.

The CAS server reads the same file by itself. Passwords are demonstration values, shown on screen.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

PERSONAS_FILE = Path(settings.BASE_DIR, "deploy", "demo", "personas.json")


@dataclass(frozen=True)
class Persona:
    """Somebody of the university, who signs in through CAS; `themes` are slugs, for handlers and managers."""

    uid: str
    email: str
    first_name: str
    last_name: str
    role: str
    title: str
    password: str
    themes: tuple[str, ...]
    attributes: dict[str, str | list[str]]


@dataclass(frozen=True)
class Outsider:
    """Somebody from outside, with a local account."""

    email: str
    first_name: str
    last_name: str
    title: str
    password: str


def _read() -> dict[str, list[dict]]:
    return json.loads(PERSONAS_FILE.read_text(encoding="utf-8"))


def _persona(entry: dict) -> Persona:
    attributes = entry["attributes"]
    return Persona(
        uid=attributes["uid"],
        email=attributes["mail"],
        first_name=attributes["givenName"],
        last_name=attributes["sn"],
        role=entry["role"],
        title=entry["title"],
        password=entry["password"],
        themes=tuple(entry["themes"]),
        attributes=attributes,
    )


def personas() -> list[Persona]:
    """Return the people who sign in through CAS, in the order of the file."""
    return [_persona(entry) for entry in _read()["personas"]]


def outsiders() -> list[Outsider]:
    """Return the people who have a local account."""
    return [Outsider(**entry) for entry in _read()["outsiders"]]
