"""The service as a whole: settings, addresses, workers, health. No business rule lives here."""

from teledemande.celery import app as celery_app

__all__ = ["celery_app"]
