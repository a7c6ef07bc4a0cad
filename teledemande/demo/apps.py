"""The demonstration as a Django application."""

from celery.signals import beat_embedded_init, worker_ready
from django.apps import AppConfig

from teledemande.demo.lifetime import die_with_current_parent


def tie_beat_to_its_worker(**kwargs):
    """Beat lives in a process of the worker's: a killed worker must not leave it ticking."""
    die_with_current_parent()


def show_a_first_sign_of_life(sender, **kwargs):
    """The page of health waits for one; beat would send the first only after a whole period."""
    sender.app.send_task("teledemande.tasks.heartbeat")


class DemoConfig(AppConfig):
    name = "teledemande.demo"
    label = "demo"
    verbose_name = "démonstration"

    def ready(self):
        beat_embedded_init.connect(tie_beat_to_its_worker, weak=False)
        worker_ready.connect(show_a_first_sign_of_life, weak=False)
