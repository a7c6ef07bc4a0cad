"""Requests whose every step has its day, for figures."""

import csv
import datetime
import io

import time_machine
from django.urls import reverse

from tests import factories

YEAR = {"depuis": "2026-01-01", "jusque": "2026-12-31"}
_HERS = ("approve", "contest", "withdraw", "answer", "reopen", "settle", "comment")


def on(month, day, make, *args, hour=12, **words):
    """Do something at this hour of a day of 2026, in winter."""
    with time_machine.travel(datetime.datetime(2026, month, day, hour - 1, tzinfo=datetime.UTC), tick=False):
        return make(*args, **words)


def lived(requester, handler, category, steps, **given):
    """Make a request from (month, day, move) steps, the first of which files it."""
    (month, day, _filing), *moves = steps
    ticket = on(month, day, factories.file_ticket, requester, category)
    for month, day, name in moves:
        actor = requester if name in _HERS else handler
        on(month, day, factories.move, ticket, name, actor, **given.get(name, {}))
    return ticket


def sheet(browser, slug, **asked):
    """Return the rows of the CSV of a figure."""
    response = browser.get(reverse("admin:statistics_export", args=[slug, "csv"]), YEAR | asked)
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def happened(lines):
    """Keep the lines that hold something but zeros."""
    return {name: numbers for name, numbers in lines.items() if set(numbers) - {"0", ""}}
