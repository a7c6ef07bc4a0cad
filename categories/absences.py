"""Absences of staff: who is away, who stands in, who may note it."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from categories.enums import RoleKind
from categories.models import Absence, Role
from categories.querysets import reached_ids


class AbsenceRefusedError(Exception):
    """The absence may not be noted by this person, or covers days noted already."""


def present(people, day=None):
    """Keep of the queryset `people` those who are not away on `day`, today unless told."""
    return people.exclude(Exists(Absence.objects.on(day).filter(person=OuterRef("pk"))))


def absence_of(person):
    """Return the absence of `person` today with its substitute, or None. One query, none for nobody."""
    if person is None:
        return None
    return Absence.objects.on().filter(person=person).select_related("substitute").order_by("pk").last()


def substitutes_of(people_ids):
    """Return the ids of those who stand in today for people of these ids, as a subquery."""
    absences = Absence.objects.on().filter(person__in=people_ids, substitute__isnull=False)
    return absences.order_by().values("substitute")


def noted_by(user):
    """Return the people whose absences `user` may note: herself, and the people of themes she manages."""
    managed = Role.objects.filter(user=OuterRef("pk"), category_id__in=reached_ids(user, RoleKind.MANAGER))
    people = get_user_model().objects.filter(Q(pk=user.pk) | Q(Exists(managed)), is_active=True)
    return people.filter(is_staff=True).order_by("last_name", "first_name", "pk")


def substitutes():
    """Return the people who may stand in for somebody: those who act on some theme."""
    roles = Role.objects.filter(user=OuterRef("pk"), kind__in=(RoleKind.HANDLER, RoleKind.MANAGER))
    people = get_user_model().objects.filter(Exists(roles), is_active=True)
    return people.order_by("last_name", "first_name", "pk")


@transaction.atomic
def note_absence(person, *, by, first_day, last_day, substitute=None):
    """Note that `person` is away and return the absence. Raises AbsenceRefusedError.

    Her row is locked: two people who note the same days at once note them once.
    """
    people = noted_by(by).select_for_update(of=("self",), no_key=True)
    if not people.filter(pk=person.pk).exists() or person == substitute:
        raise AbsenceRefusedError
    if Absence.objects.filter(person=person, first_day__lte=last_day, last_day__gte=first_day).exists():
        raise AbsenceRefusedError
    return Absence.objects.create(
        person=person, first_day=first_day, last_day=last_day, substitute=substitute, noted_by=by
    )


@transaction.atomic
def forget_absence(pk, *, by):
    """Take back an absence: she is there after all. Nothing when it is not hers to take back, or gone."""
    Absence.objects.filter(pk=pk, person__in=noted_by(by)).delete()
