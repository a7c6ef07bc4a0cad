"""Who asks and who handles. Everybody is invented; addresses lead to example.org."""

import uuid
from datetime import datetime, timedelta
from random import Random

from django.utils.text import slugify

from accounts.models import User, cas_identity, mail_identity
from categories.enums import RoleKind
from categories.models import Category
from categories.roles import grant_role, people_on
from teledemande.corpus.prose import words

# Who manages everything that is not confidential: nobody sees more requests.
OVERSEER = "Responsable du guichet"
_TEAM = 4
_FROM_CAS = 0.7
_REQUESTS_EACH = 4
_REGULARS_SHARE, _REGULARS_REQUESTS = 0.02, 0.12  # a few people write all the time


class People:
    """Invents people. Numbers go on from those already there, so that nobody is made twice."""

    def __init__(self, rng: Random, *, since: datetime) -> None:
        self._rng, self._since = rng, since
        self._number = User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def invent(self, **fields) -> User:
        """Return an unsaved person with no password: one sees her, nobody is her."""
        rng, self._number = self._rng, self._number + 1
        first, last = rng.choice(words()["first_names"]), rng.choice(words()["last_names"])
        login = f"{slugify(first)}.{slugify(last)}.{self._number}"
        is_cas = bool(fields) or rng.random() < _FROM_CAS
        email = f"{login}@{'etu.' if is_cas else ''}example.org"
        postal_code, city = rng.choice(words()["towns"]).split(" ", 1)
        return User(
            identity=cas_identity(login) if is_cas else mail_identity(email),
            password=f"!{uuid.UUID(int=rng.getrandbits(128)).hex}",
            email=email,
            first_name=first,
            last_name=last,
            address_line1=f"{rng.randint(1, 150)} {rng.choice(words()['streets'])}",
            postal_code=postal_code,
            city=city,
            date_joined=self._since,
            **fields,
        )

    def requesters(self, count: int) -> list[User]:
        """Return saved people, about one for `_REQUESTS_EACH` of `count` requests."""
        people = [self.invent() for _one in range(max(3, count // _REQUESTS_EACH))]
        return User.objects.bulk_create(people, batch_size=2000)

    def teams(self, places: dict[int, Category]) -> dict[int, tuple[list[User], User]]:
        """Return for each place that gives roles (its pk) its handlers and a manager, completed if need be.

        One person, of capacity `OVERSEER`, manages every place that is not confidential.
        """
        overseer = User.objects.filter(capacity=OVERSEER).order_by("pk").first() or self._made(OVERSEER)
        distinct = {place.pk: place for place in places.values()}
        return {pk: self._team(place, overseer) for pk, place in sorted(distinct.items())}

    def _team(self, place: Category, overseer: User) -> tuple[list[User], User]:
        handlers = [one for one in people_on(place.pk).order_by("pk") if one != overseer]
        for _missing in range(_TEAM - len(handlers)):
            handlers.append(self._hired(place, RoleKind.HANDLER))
        manager = people_on(place.pk, RoleKind.MANAGER).exclude(pk=overseer.pk).order_by("pk").first()
        if not place.is_confidential:
            grant_role(overseer, place, RoleKind.MANAGER)
        return handlers, manager or self._hired(place, RoleKind.MANAGER)

    def _hired(self, place: Category, kind: RoleKind) -> User:
        capacity = self._rng.choice(words()["capacities"])
        person = self._made("Responsable de service" if kind == RoleKind.MANAGER else capacity)
        grant_role(person, place, kind)
        return person

    def _made(self, capacity: str) -> User:
        person = self.invent(capacity=capacity)
        person.save(force_insert=True)
        return person


def draw_requester(rng: Random, requesters: list[User]) -> User:
    """Return who asks: most people ask a few times, a few regulars much more, however many they are."""
    if rng.random() < _REGULARS_REQUESTS:
        return requesters[rng.randrange(max(1, int(len(requesters) * _REGULARS_SHARE)))]
    return rng.choice(requesters)


def long_ago(until: datetime) -> datetime:
    """Return when everybody arrived: before the first request."""
    return until - timedelta(days=800)
