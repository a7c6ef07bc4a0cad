"""The WSGI entry point: `gunicorn teledemande.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teledemande.settings")

application = get_wsgi_application()
