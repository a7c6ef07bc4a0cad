"""The demonstration as a Django application."""

from celery.signals import beat_embedded_init
from django.apps import AppConfig

from teledemande.demo.lifetime import die_with_current_parent


def tie_beat_to_its_worker(**kwargs):
    """Beat lives in a process of the worker's: a killed worker must not leave it ticking."""
    die_with_current_parent()


class DemoConfig(AppConfig):
    name = "teledemande.demo"
    label = "demo"
    verbose_name = "démonstration"

    def ready(self):
        beat_embedded_init.connect(tie_beat_to_its_worker, weak=False)
