"""Fill the demonstration with people and requests; running it again adds only what is missing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from categories.models import Category
from teledemande.demo.sample.canned import load_canned
from teledemande.demo.sample.desk import load_desk
from teledemande.demo.sample.opinions import load_opinions
from teledemande.demo.sample.people import found, load_people
from teledemande.demo.sample.reading import (
    Person,
    Scenario,
    read_canned,
    read_desk,
    read_drafts,
    read_opinions,
    read_people,
    read_scenarios,
)
from teledemande.demo.sample.requests import load_requests
from teledemande.demo.sample.writing import load_drafts


class Command(BaseCommand):
    help = "Charge les personnes et les demandes de la démonstration (jamais hors d’elle)."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "Ces exemples sont réservés à la démonstration (DEMO=1) : rien n’a été chargé."
            )
        people, scenarios = read_people(), read_scenarios()
        refuse_unknown_themes(people, scenarios)
        persons, today = load_people(people), timezone.localdate()
        if persons:  # later, a draft that is not there was filed or erased by whoever plays her
            load_drafts(read_drafts(), people=found(people), today=today)
        requests = load_requests(scenarios, people=found(people), today=today)
        load_opinions(read_opinions())
        load_canned(read_canned(), people=found(people))
        load_desk(read_desk(), people=found(people), today=today)
        if options["verbosity"]:
            self.stdout.write(f"Ajouts : personnes, {persons} ; demandes, {requests}.")


def refuse_unknown_themes(people: list[Person], scenarios: list[Scenario]) -> None:
    """Raise CommandError when a theme of the sample is not in the tree: nothing is written then."""
    named = {theme for person in people for theme in person.themes} | {one.theme for one in scenarios}
    known = Category.objects.filter(slug__in=named).values_list("slug", flat=True)
    if missing := ", ".join(sorted(named.difference(known))):
        raise CommandError(
            f"Thèmes absents : {missing}. Chargez-les d’abord : manage.py load_themes. Rien n’a été chargé."
        )
