"""Scheduled work of the service itself."""

from celery import shared_task

from notifications.health import beat


@shared_task
def heartbeat():
    """Show that beat asks and that a worker answers: one sign proves both."""
    beat()
