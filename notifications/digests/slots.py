"""Which summaries are due now. The clock is that of Paris; a day without offices has none."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from categories.absences import present
from categories.enums import RoleKind
from categories.models import Role
from notifications.models import Digest, DigestKind, MailChoice, Profile
from notifications.models.digests import USUAL_HOURS
from tickets.clock.working_days import is_worked, worked_from

OVERVIEW_HOUR: Final = 8


@dataclass(frozen=True)
class Slot:
    """A summary due to a person."""

    person_id: int
    kind: str
    day: date
    hour: int = 0


def due_slots(now: datetime) -> list[Slot]:
    """Return the summaries due at `now` that nobody has made yet: four queries."""
    local = timezone.localtime(now)
    return [*_daily(local), *_overviews(local)] if is_worked(local.date()) else []


def _daily(local: datetime) -> list[Slot]:
    day = local.date()
    chose = MailChoice.objects.filter(person=OuterRef("pk"), profile=Profile.DIGEST)
    people = present(_staff(), day).filter(Exists(chose)).exclude(mail_habits__has_daily=False)
    made = _made(DigestKind.DAILY, day)
    slots = []
    for pk, hours in people.values_list("pk", "mail_habits__digest_hours"):
        past = [hour for hour in hours or USUAL_HOURS if hour <= local.hour]
        # Late, one summary tells what the hours missed would have told.
        if past and (pk, max(past)) not in made:
            slots.append(Slot(pk, DigestKind.DAILY.value, day, max(past)))
    return slots


def _overviews(local: datetime) -> list[Slot]:
    """From the first working day of the week on: a Monday may be a holiday, a manager away that day."""
    day = local.date()
    monday = day - timedelta(days=day.weekday())
    if day < worked_from(monday, 1)[0] or local.hour < OVERVIEW_HOUR:
        return []
    manages = Role.objects.filter(user=OuterRef("pk"), kind=RoleKind.MANAGER)
    people = present(_staff(), day).filter(Exists(manages)).exclude(mail_habits__has_overview=False)
    made = _made(DigestKind.OVERVIEW, monday)
    keys = people.values_list("pk", flat=True)
    return [Slot(pk, DigestKind.OVERVIEW.value, monday) for pk in keys if (pk, 0) not in made]


def _staff():
    return User.objects.filter(is_active=True, is_staff=True).order_by("pk")


def _made(kind: DigestKind, day: date) -> set[tuple[int, int]]:
    return set(Digest.objects.filter(kind=kind, day=day).values_list("person_id", "hour"))
