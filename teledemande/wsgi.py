"""The WSGI entry point: `gunicorn teledemande.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teledemande.settings")

_ALPHABETS = {"utf-8", "utf8"}


def in_our_alphabet(serve):
    """Refuse, before Django reads anything, what is said to be written otherwise than in UTF-8.

    Python knows codecs that are no alphabet (`hex`), that break on what they cannot read (`idna`), or that
    make half characters no database takes (`unicode_escape`): Django would decode every address with them.
    """

    def door(environ, start_response):
        if _alphabet(environ.get("CONTENT_TYPE", "")) in _ALPHABETS:
            return serve(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return ["Cette requête n’est pas en UTF-8.\n".encode()]

    return door


def _alphabet(content_type):
    try:
        _kind, parameters = parse_header_parameters(content_type)
    except (LookupError, ValueError):  # a parameter in an alphabet nobody knows
        return ""
    return parameters.get("charset", "utf-8").lower()


application = in_our_alphabet(get_wsgi_application())
