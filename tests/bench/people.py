"""Who asks: sessions opened in the database, forms filled in without a browser."""

import uuid
from random import Random
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
from django.utils import timezone

from categories.models import Category
from categories.questionnaire.form import PREFIX
from categories.questionnaire.lists import offered_by
from categories.questionnaire.versions import current_version, form_of
from teledemande.corpus.answers import answers_to
from teledemande.corpus.prose import Prose
from tests.factories import pdf_bytes
from tickets import typing_keys
from tickets.forms.filing import RequestForm, as_posted

KEY = "cle"  # of a form of the floor
ALL_READ = 999_999_999  # she has read all of the request, however many events it has by then
FILE_BYTES = 200_000
_TOKEN = CSRF_ALLOWED_CHARS[:CSRF_SECRET_LENGTH]
_BACKENDS = {True: "accounts.cas.backend.CASBackend", False: "accounts.backends.LocalBackend"}
_BOUNDARY = "bench-7f3c9a"


class Reader:
    """Somebody whose session is open."""

    def __init__(self, user):
        self.user = user
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = _BACKENDS[user.is_cas]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        self._cookie = (
            f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={_TOKEN}"
        )

    def get(self, path):
        """Return a GET as bytes."""
        return self._head("GET", path) + b"\r\n"

    def post(self, path, **values):
        """Return the POST of a form as bytes."""
        body = urlencode({"csrfmiddlewaretoken": _TOKEN, **values}).encode()
        return self._with_body(path, "application/x-www-form-urlencoded", body)

    def post_file(self, path, values, content):
        """Return the POST of a form with one file as bytes."""
        fields = {"csrfmiddlewaretoken": _TOKEN, **values}
        parts = [
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        parts.append(
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="bench.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n".encode()
        )
        body = b"".join([*parts, content, f"\r\n--{_BOUNDARY}--\r\n".encode()])
        return self._with_body(path, f"multipart/form-data; boundary={_BOUNDARY}", body)

    def key(self, key):
        """Return what a form of ours carries for the draft `key`."""
        return typing_keys.sign(key, self.user)

    def _with_body(self, path, content_type, body):
        head = self._head("POST", path)
        return head + f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    def _head(self, method, path):
        return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self._cookie}\r\n".encode()


def fillable_form(person):
    """Return (category, values) of a theme whose form `person` can file as it is, with no piece required."""
    for category in Category.objects.fileable():
        form = form_of(current_version(category))
        prose = Prose(Random(1), category.name, "D00000001", timezone.localdate())
        drawn = answers_to(form, offered_by(form.questions), prose)
        values = {"subject": category.name[:150], "message": prose.message()}
        values |= {PREFIX + name: str(answer) for name, answer in drawn.items()}
        if RequestForm(form, as_posted(values), category=category, person=person).is_valid():
            return category, values
    raise LookupError("no theme can be filed without a piece")


def heavy_file():
    """Return a PDF of FILE_BYTES, which no compression makes smaller."""
    content = pdf_bytes()
    return content + b"%" + Random(1).randbytes(FILE_BYTES - len(content) - 1)


def new_key():
    """Return a key of a form."""
    return uuid.uuid4()
