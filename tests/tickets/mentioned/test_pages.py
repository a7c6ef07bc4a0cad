"""Whatever a page, a file, a mail, a figure mentions, its reader sees: each person, every request.

Who reads what is worked out by hand (tests/tickets/lifecycle/walks/reading.py), not by the queries tested.
"""

import io
import re
import zipfile
from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from notifications.models import OutgoingEmail
from tests.gestion.corpus import YEAR
from tests.tickets.lifecycle.walks.reading import reads, reads_as_staff
from tests.tickets.mentioned.conftest import visit_everything
from tickets.admin.queues import QUEUES
from tickets.forms.search import themes_asked
from tickets.guest_links import link_of
from tickets.lifecycle.enums import OPEN, Status
from tickets.models import Attachment
from tickets.services.worklist import save_view
from tickets.statistics.chapters import CHAPTERS, MAKERS

PEOPLE = (
    "lea",
    "marc",
    "ines",
    "claire",
    "colette",
    "oscar",
    "mathilde",
    "bruno",
    "guardian",
    "adam",
    "curious",
)
NAMED = re.compile(r"TD-\d{4}-\d{6}|Objet\d{3}x")


class Reader:
    """One person, her browser, and what she reads by the rules."""

    def __init__(self, person, requests, manager, secret_theme):
        self.person, self.requests, self.browser = person, requests, Client()
        self.manager, self.secret_theme = manager, secret_theme
        person.refresh_from_db()
        self.browser.force_login(person)
        self.sees = {ticket for ticket in requests if reads(person, ticket)}
        self.staffs = {one for one in requests if person.is_staff and reads_as_staff(person, one)}
        self.names = {name: one for one in requests for name in (one.reference, one.subject.split()[0])}

    def get(self, address, **asked):
        return self.browser.get(address, asked)

    def mentioned(self, answer):
        """Return the requests that an answer names, whatever the answer is."""
        content = b"".join(answer) if answer.streaming else answer.content
        text = content.decode("utf-8", "replace") + "".join(answer.headers.values())
        if content[:2] == b"PK":  # the names inside an archive, and its texts
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                text += "".join(archive.namelist())
                text += "".join(archive.read(one).decode("utf-8", "replace") for one in archive.namelist())
        return {self.names[name] for name in NAMED.findall(text) if name in self.names}


def lists_of_the_requesters_pages_are_what_she_sees(reader):
    visit_everything(reader.person, reader.requests)
    hers = {one for one in reader.sees if one.requester == reader.person}
    invited = {
        one for one in reader.sees if one.participants.filter(user=reader.person, left_at=None).exists()
    }

    found = {
        "dashboard": reader.mentioned(reader.get(reverse("tickets:dashboard"))),
        "shelf": reader.mentioned(reader.get(reverse("tickets:shelf"))),
        "search": reader.mentioned(reader.get(reverse("tickets:search"), q="cigale")),
        "all": reader.mentioned(reader.get(reverse("tickets:search"), status="")),
        "themes": set(themes_asked(reader.person)),
    }

    told = {one for one in reader.sees if "cigale" in one.subject}
    expected = {"dashboard": hers | invited, "shelf": reader.sees, "search": told, "all": reader.sees}
    assert found.pop("themes") - {one.category for one in reader.sees} == set()
    assert found == expected


def search_by_number_finds_what_she_sees(reader):
    found = set()
    for ticket in reader.requests:
        page = reader.get(reverse("tickets:search"), q=ticket.reference)
        found |= set(page.context["page_obj"])

    assert found == reader.sees


def pages_of_requests_open_to_who_reads_them_and_mention_nothing_else(reader):
    opened, foreign = set(), set()
    for ticket in reader.requests:
        for address in (ticket.get_absolute_url(), reverse("tickets:archive", args=[ticket.reference])):
            answer = reader.get(address)
            assert answer.status_code in (200, 404)
            if answer.status_code == 200:
                opened.add(ticket)
                foreign |= reader.mentioned(answer) - reader.sees

    assert (opened, foreign) == (reader.sees, set())


def files_open_to_who_reads_them(reader):
    opened = {one for one in Attachment.objects.all() if _is_given(reader.get(one.get_absolute_url()))}

    shared = {one for one in Attachment.objects.filter(is_internal=False) if one.ticket in reader.sees}
    internal = {one for one in Attachment.objects.filter(is_internal=True) if one.ticket in reader.staffs}
    assert opened == shared | internal


def _is_given(answer):
    list(answer)  # read to its end, so that the file is closed
    return answer.status_code == 200


def mails_mention_what_their_reader_sees(reader):
    for mail in OutgoingEmail.objects.filter(recipient=reader.person).select_related("ticket"):
        named = {reader.names[name] for name in NAMED.findall(mail.subject + mail.body_text + mail.body_html)}
        assert named - {mail.ticket} <= reader.sees, mail.message
        # What she could see then, and sees no more since it moved or changed hands, she was told of.
        was_hers = mail.ticket.events.filter(kind__in=("move", "change_requester"), pk__gte=mail.event_id)
        assert mail.ticket in reader.sees or was_hers.exists(), mail.message


# --- the workbench ----------------------------------------------------------------------------------------
LIST = reverse("admin:tickets_ticket_changelist")


def workbench_exists_for_staff_alone(reader):
    assert reader.get(LIST).status_code == (200 if reader.person.is_staff else 404)
    assert reader.person.is_staff or reader.staffs == set()


def listed(reader, **asked):
    answer = reader.get(LIST, **asked)
    return set(answer.context["cl"].result_list) if answer.status_code == 200 else set()


def list_of_the_workbench_is_what_she_reads_as_staff(reader):
    own_search = {one for one in reader.staffs if "cigale" in one.subject}

    assert listed(reader) == reader.staffs
    assert listed(reader, q="cigale") == own_search
    for queue in QUEUES:
        assert listed(reader, vue=queue.slug) <= reader.staffs
        assert reader.mentioned(reader.get(LIST, vue=queue.slug)) <= reader.staffs
    for ticket in reader.requests:
        assert listed(reader, q=ticket.reference) == ({ticket} & reader.staffs)


def counters_count_what_she_reads_as_staff(reader):
    answer = reader.get(reverse("admin:tickets_ticket_counters"))
    statuses = Counter(one.status for one in reader.staffs)
    mine = [one for one in reader.staffs if one.assignee == reader.person and one.status in OPEN]

    counted = answer.json() if answer.status_code == 200 else {}
    kept = ("a-prendre", "en-attente", "a-approuver", "reportees", "les-miennes")
    expected = [statuses[Status.SUBMITTED], statuses[Status.WAITING], statuses[Status.CLOSED], 0, len(mine)]
    assert [counted.get(name, 0) for name in kept] == expected


def pages_of_the_workbench_open_to_staff_and_mention_what_they_see(reader):
    opened, reached, foreign = set(), set(), set()
    for ticket in reader.requests:
        place = reverse("admin:tickets_ticket_change", args=[ticket.pk])
        answer = reader.get(place, vue="toutes")
        if answer.status_code == 200:
            opened.add(ticket)
            foreign |= reader.mentioned(answer) - reader.sees
            joining = reverse("admin:tickets_ticket_move", args=[ticket.pk, "joindre"])
            readers = reverse("admin:tickets_ticket_readers", args=[ticket.pk])
            foreign |= reader.mentioned(reader.get(joining)) - reader.sees
            foreign |= reader.mentioned(reader.get(readers)) - reader.sees
        jumped = reader.get(reverse("admin:tickets_ticket_jump"), numero=ticket.reference)
        if jumped.status_code == 302 and jumped.url.startswith(place):
            reached.add(ticket)

    assert (opened, reached, foreign) == (reader.staffs, reader.staffs, set())


def saved_view_of_a_colleague_shows_her_own_requests(reader):
    save_view(reader.manager, name="Cigales", query="q=cigale", is_shared=True)

    assert listed(reader, q="cigale") <= reader.staffs
    answer = reader.get(reverse("admin:tickets_ticket_views"))
    assert answer.status_code == 404 or reader.mentioned(answer) <= reader.sees


def statistics_count_what_she_reads_as_staff(reader):
    alert = reader.secret_theme
    if not reader.person.is_staff:
        return
    year = f"{reader.requests[0].submitted_at.year}"
    period = {name: f"{year}{day[4:]}" for name, day in YEAR.items()}
    has_secret = any(one.category == alert for one in reader.staffs)

    volumes = reader.get(reverse("admin:statistics_export", args=["volumes", "csv"]), **period)
    rows = volumes.content.decode("utf-8-sig")
    for name in MAKERS:
        for kind in ("csv", "ods"):
            sheet = reader.get(reverse("admin:statistics_export", args=[name, kind]), **period)
            assert reader.mentioned(sheet) <= reader.staffs, name
            assert has_secret or "Signalement" not in _words(sheet), name
    for chapter in CHAPTERS:
        place = (
            reverse("admin:statistics_chapter", args=[chapter.slug]) if chapter.slug else "admin:statistics"
        )
        page = reader.get(place if chapter.slug else reverse(place), **period)
        assert reader.mentioned(page) <= reader.staffs
        is_offered = f'value="{alert.slug}"' in page.content.decode()
        assert not is_offered or has_secret or not reader.person.is_superuser

    assert _total_filed(rows) == len(reader.staffs)


def _words(sheet):
    if sheet.content[:2] != b"PK":
        return sheet.content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(sheet.content)) as archive:
        return archive.read("content.xml").decode()


def _total_filed(rows):
    """Return the total of what was filed: the last line of the sheet, first number."""
    lines = [line.split(";") for line in rows.splitlines() if line]
    total = [line for line in lines if line[0].strip('"') == "Ensemble"]
    return int(total[-1][1].strip('"') or 0) if total else 0


CHECKS = (
    lists_of_the_requesters_pages_are_what_she_sees,
    search_by_number_finds_what_she_sees,
    pages_of_requests_open_to_who_reads_them_and_mention_nothing_else,
    files_open_to_who_reads_them,
    mails_mention_what_their_reader_sees,
    workbench_exists_for_staff_alone,
    list_of_the_workbench_is_what_she_reads_as_staff,
    counters_count_what_she_reads_as_staff,
    pages_of_the_workbench_open_to_staff_and_mention_what_they_see,
    saved_view_of_a_colleague_shows_her_own_requests,
    statistics_count_what_she_reads_as_staff,
)


@pytest.mark.parametrize("who", PEOPLE)
def test_whatever_is_mentioned_is_seen(request, who, requests, mathilde, alert):
    reader = Reader(request.getfixturevalue(who), requests, mathilde, alert)

    for check in CHECKS:
        check(reader)


# --- by a link ---------------------------------------------------------------------------------------------
def test_link_of_an_invitation_mentions_its_request_alone(requests, client):
    joined = next(one for one in requests if one.participants.filter(user=None).exists())
    guest = joined.participants.get(user=None)

    page = client.get(link_of(guest).partition("//")[2].partition("/")[2].join(("/", "")))

    named = set(NAMED.findall(page.content.decode()))
    assert named == {joined.reference, joined.subject.split()[0]}
