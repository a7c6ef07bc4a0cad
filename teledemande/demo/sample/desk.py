"""What staff keep for themselves, so that whoever tries the workbench finds each thing alive."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from categories.absences import note_absence
from categories.models import Absence
from teledemande.demo.sample.requests import filed
from tickets.models import Follow, SavedView, Visit
from tickets.services.following import follow
from tickets.services.visits import set_bookmark
from tickets.services.worklist import save_view

Entries = list[dict[str, Any]]


def load_desk(desk: Mapping[str, Entries], *, people: Mapping[str, User], today: date) -> None:
    """Write each kind of thing of `desk` when there is none of it yet: what visitors changed stays."""
    if not SavedView.objects.exists():
        _save_views(desk["views"], people)
    if not Follow.objects.exists():
        _follow(desk["followed"], people)
    if not Visit.objects.exists():
        _mark(desk["marked"], people)
    if not Absence.objects.exists():
        _note_absences(desk["absences"], people, today)


def _save_views(entries: Entries, people: Mapping[str, User]) -> None:
    for entry in entries:
        named = {name: entry[name] for name in ("name", "query", "is_shared")}
        save_view(people[entry["by"]], **named)


def _follow(entries: Entries, people: Mapping[str, User]) -> None:
    for entry in entries:
        if ticket := filed(entry["request"]):
            follow(ticket, people[entry["by"]])


def _mark(entries: Entries, people: Mapping[str, User]) -> None:
    for entry in entries:
        if ticket := filed(entry["request"]):
            set_bookmark(people[entry["by"]], ticket, is_on=True, now=timezone.now())


def _note_absences(entries: Entries, people: Mapping[str, User], today: date) -> None:
    for entry in entries:
        note_absence(
            people[entry["person"]],
            by=people[entry["by"]],
            first_day=today + timedelta(days=entry["first"]),
            last_day=today + timedelta(days=entry["last"]),
            substitute=people[entry["substitute"]],
        )
