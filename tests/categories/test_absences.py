"""Who is away, who stands in, who may note it, and the page where it is noted."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from categories.absences import (
    AbsenceRefusedError,
    absence_of,
    forget_absence,
    note_absence,
    noted_by,
    present,
    substitutes,
    substitutes_of,
)
from categories.models import Absence

TODAY = timezone.localdate


def away(person, *, by=None, first=0, last=7, substitute=None):
    days = {"first_day": TODAY() + timedelta(days=first), "last_day": TODAY() + timedelta(days=last)}
    return note_absence(person, by=by or person, substitute=substitute, **days)


# --- days --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "last", "is_away"),
    [(0, 0, True), (-3, 0, True), (0, 3, True), (1, 3, False), (-3, -1, False)],
    ids=["today", "ends today", "begins today", "tomorrow", "over"],
)
def test_first_and_last_days_are_included(claire, colette, first, last, is_away):
    absence = away(claire, first=first, last=last, substitute=colette)

    assert absence_of(claire) == (absence if is_away else None)
    stands_in = substitutes_of([claire.pk]).values_list("substitute", flat=True)
    assert list(stands_in) == ([colette.pk] if is_away else [])
    people = present(User.objects.filter(pk__in=(claire.pk, colette.pk)).order_by("pk"))
    assert list(people) == ([colette] if is_away else [claire, colette])


def test_nobody_is_never_away(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert absence_of(None) is None


def test_days_noted_already_are_refused(claire):
    away(claire, first=2, last=4)

    for first, last in ((4, 6), (0, 2), (3, 3), (0, 9)):
        with pytest.raises(AbsenceRefusedError):
            away(claire, first=first, last=last)
    away(claire, first=5, last=6)


def test_database_keeps_the_days_in_order_and_the_substitute_somebody_else(claire):
    wrong = (
        {"first_day": date(2026, 5, 2), "last_day": date(2026, 5, 1)},
        {"first_day": date(2026, 5, 1), "last_day": date(2026, 5, 1), "substitute": claire},
    )
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.create(person=claire, noted_by=claire, **fields)


# --- who ---------------------------------------------------------------------------------------------
def test_each_notes_hers_and_a_manager_those_of_her_themes(
    claire, colette, oscar, mathilde, bruno, lea, adam
):
    whom = {one.first_name: [p.first_name for p in noted_by(one)] for one in (claire, mathilde, bruno, adam)}

    assert whom == {
        "Claire": ["Claire"],
        "Mathilde": ["Claire", "Mathilde", "Oscar", "Colette"],
        "Bruno": ["Bruno"],
        "Adam": ["Adam"],
    }
    assert list(noted_by(lea)) == []


def test_absence_of_somebody_else_is_neither_noted_nor_taken_back(claire, colette, mathilde, bruno):
    absence = away(claire, by=mathilde)

    for one in (colette, bruno):
        with pytest.raises(AbsenceRefusedError):
            away(claire, by=one, first=20, last=21)
        forget_absence(absence.pk, by=one)
    assert list(Absence.objects.all()) == [absence]
    forget_absence(absence.pk, by=claire)
    assert not Absence.objects.exists()


def test_substitutes_act_on_some_theme(claire, oscar, mathilde, lea):
    assert list(substitutes()) == [claire, mathilde]


# --- the page ----------------------------------------------------------------------------------------
def form(absent, **changes):
    days = {"first_day": TODAY().isoformat(), "last_day": (TODAY() + timedelta(days=3)).isoformat()}
    return {"person": absent.pk, **days} | changes


def test_page_notes_shows_and_takes_back(claire, colette, client_of):
    browser, address = client_of(claire), reverse("admin:absences")

    noted = browser.post(address, form(claire, substitute=colette.pk))
    absence = Absence.objects.get()
    shown = browser.get(address).content.decode()
    taken = browser.post(reverse("admin:absence_forget", args=[absence.pk]))

    assert [(one.status_code, one.url) for one in (noted, taken)] == [(302, address)] * 2
    assert (absence.person, absence.substitute, absence.noted_by) == (claire, colette, claire)
    assert "Colette Roux" in shown.partition("Noter une absence")[0]
    assert not Absence.objects.exists()


def test_page_shows_only_the_absences_the_reader_may_note(claire, bruno, mathilde, client_of):
    away(claire)
    away(bruno)

    listed = [client_of(one).get(reverse("admin:absences")).context["absences"] for one in (mathilde, bruno)]

    assert [[one.person for one in rows] for rows in listed] == [[claire], [bruno]]


@pytest.mark.parametrize("case", ["order", "over", "too long", "herself", "somebody else's", "twice"])
def test_page_says_what_is_wrong(claire, bruno, client_of, case):
    changes = {
        "order": {"first_day": (TODAY() + timedelta(days=9)).isoformat()},
        "over": {"first_day": "2020-01-01", "last_day": "2020-01-02"},
        "too long": {"last_day": (TODAY() + timedelta(days=900)).isoformat()},
        "herself": {"substitute": claire.pk},
        "somebody else's": {"person": bruno.pk},
        "twice": {},
    }[case]
    if case == "twice":
        away(claire)
    before = Absence.objects.count()

    answer = client_of(claire).post(reverse("admin:absences"), form(claire, **changes))

    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    assert Absence.objects.count() == before


def test_page_is_for_staff(lea, client_of):
    assert client_of(lea).get(reverse("admin:absences")).status_code == 404
