"""Put the people of the demonstration in the database. Whoever is there already is left as she is."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User, cas_identity, mail_identity
from categories.enums import RoleKind
from categories.models import Category
from categories.roles import grant_role
from teledemande.demo.sample.reading import Person

ROLES = {"handler": RoleKind.HANDLER, "manager": RoleKind.MANAGER}
ADDRESS = ("address_line1", "address_line2", "postal_code", "city", "country")
ARRIVED_AGO = timedelta(days=400)


def load_people(people: list[Person]) -> int:
    """Create those who do not exist, with their roles; return how many."""
    return sum(_load(person) for person in people)


def found(people: list[Person]) -> dict[str, User]:
    """Return the users of `people`, by login."""
    users = User.objects.in_bulk([identity(person) for person in people], field_name="identity")
    return {person.login: users[identity(person)] for person in people}


def identity(person: Person) -> str:
    """Return the identity of `person`, by the door she comes through."""
    return cas_identity(person.login) if person.is_cas else mail_identity(person.login)


@transaction.atomic
def _load(person: Person) -> bool:
    if User.objects.filter(identity=identity(person)).exists():
        return False
    user = _create(person)
    for theme in Category.objects.filter(slug__in=person.themes):
        grant_role(user, theme, ROLES[person.role])
    return True


def _create(person: Person) -> User:
    is_admin = person.role == "admin"
    fields = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "affiliations": list(person.affiliations),
        "capacity": person.capacity,
        "is_staff": is_admin,
        "is_superuser": is_admin,
        "date_joined": timezone.now() - ARRIVED_AGO,
        **person.profile,
        **dict(zip(ADDRESS, person.address, strict=False)),  # some have no address yet
    }
    if person.is_cas:
        return User.objects.create_cas(person.login, email=person.email, **fields)
    return User.objects.create_local(person.email, person.password, **fields)
