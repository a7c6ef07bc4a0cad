"""Who may sign in to the demonstration's CAS server: the personas of a JSON file, and nobody else."""

import json
import secrets

from cas_server.auth import AuthUser
from django.conf import settings


def personas():
    """Return the personas of the file by identifier; it is read each time, so that a test may change it."""
    entries = json.loads(settings.PERSONAS_FILE.read_text(encoding="utf-8"))["personas"]
    return {entry["attributes"]["uid"]: entry for entry in entries}


def context(request):
    """Give the login page the accounts it shows: it is a demonstration."""
    return {"personas": personas().values()}


class PersonaUser(AuthUser):
    """What django-cas-server asks of an account."""

    def __init__(self, username):
        super().__init__(username.strip().lower())
        self.persona = personas().get(self.username)

    def test_password(self, password):
        return self.persona is not None and secrets.compare_digest(
            password.encode(), self.persona["password"].encode()
        )

    def attributs(self):
        return self.persona["attributes"] if self.persona else {}
