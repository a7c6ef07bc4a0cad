"""The Celery application. The broker only wakes workers up: what must be done is in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teledemande.settings")

app = Celery("teledemande")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
