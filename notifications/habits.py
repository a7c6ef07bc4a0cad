"""When members of staff want their summaries: asking, choosing, stopping."""

from typing import Final

from accounts.models import User
from notifications.models import DigestKind, MailHabits

# By day, and never in the hour that the clocks skip or repeat.
HOURS: Final = tuple(range(6, 21))
_SWITCHES: Final = {DigestKind.DAILY.value: "has_daily", DigestKind.OVERVIEW.value: "has_overview"}


def habits_of(person: User) -> MailHabits:
    """Return the habits of `person`, the usual ones if she chose none."""
    return MailHabits.objects.filter(person=person).first() or MailHabits(person=person)


def wants(person: User, kind: str) -> bool:
    """Whether `person` did not stop the summaries of that kind."""
    return bool(getattr(habits_of(person), _SWITCHES[kind]))


def keep_habits(
    person: User, *, hours: list[int], has_daily: bool, has_overview: bool, groups_mails: bool = False
) -> None:
    """Write the habits of `person`. `hours` are hours of Paris, each one of HOURS, at least one."""
    kept = {
        "digest_hours": sorted(set(hours)),
        "has_daily": has_daily,
        "has_overview": has_overview,
        "groups_mails": groups_mails,
    }
    MailHabits.objects.update_or_create(person=person, defaults=kept)


def switch(person: User, kind: str, *, is_on: bool) -> None:
    """Send `person` the summaries of that kind, or no more. Done twice, it changes nothing."""
    MailHabits.objects.update_or_create(person=person, defaults={_SWITCHES[kind]: is_on})
