"""`manage.py seed_corpus --tickets N --seed S`: fill a database with invented requests.

A tool to measure and to try things, never for a service people use. It writes in bulk around the services
(teledemande/corpus says what that means, and which tests answer for it).
"""

import time
from datetime import date, datetime
from datetime import time as clock

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from categories.models import Category
from teledemande.corpus.hours import PARIS
from teledemande.corpus.writing import today_at_midnight, write_corpus
from tickets.models import Ticket

MOST = 5_000_000


class Command(BaseCommand):
    help = "Remplit la base de demandes inventées, pour mesurer et essayer (jamais en production)."

    def add_arguments(self, parser):
        parser.add_argument("--tickets", type=int, required=True, help="nombre de demandes à écrire")
        parser.add_argument("--seed", type=int, default=1, help="le même nombre donne les mêmes demandes")
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            help="rien n’arrive à partir de ce jour (AAAA-MM-JJ ; aujourd’hui par défaut)",
        )
        parser.add_argument("--add", action="store_true", help="ajouter à une base qui a déjà des demandes")

    def handle(self, *args, tickets, seed, until, add, verbosity, **options):
        _refuse(tickets, add=add)
        started = time.monotonic()

        def tell_progress(written):
            rate = 60 * written / (time.monotonic() - started)
            if verbosity:
                self.stdout.write(f"{written} demandes sur {tickets} ({rate:.0f} par minute)")
                self.stdout.flush()

        end = datetime.combine(until, clock.min, tzinfo=PARIS) if until else today_at_midnight()
        write_corpus(tickets, seed=seed, until=end, tell_progress=tell_progress)


def _refuse(tickets: int, *, add: bool) -> None:
    if settings.PRODUCTION:
        raise CommandError("Ces demandes sont inventées : jamais en production. Rien n’a été écrit.")
    if not 1 <= tickets <= MOST:
        raise CommandError(f"Demandez de 1 à {MOST} demandes. Rien n’a été écrit.")
    if not add and Ticket.objects.exists():
        raise CommandError(
            "Cette base a déjà des demandes : ajoutez --add pour y ajouter. Rien n’a été écrit."
        )
    if not Category.objects.fileable().exists():
        raise CommandError("Aucun thème ouvert : chargez-les (manage.py load_themes). Rien n’a été écrit.")
