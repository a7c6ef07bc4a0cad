"""The daily summary: at her hours, on working days, deadlines first, only what she may see, once."""

from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from categories.absences import note_absence
from categories.roles import revoke_role
from notifications.choices import choose
from notifications.digests.slots import due_slots
from notifications.digests.writing import write_digest
from notifications.habits import keep_habits, switch
from notifications.models import Digest, OutgoingEmail, Profile
from notifications.tasks import send_digests
from tests import factories
from tickets.lifecycle.enums import Status

# In 2026: Thursday 2 April, then Easter Monday on the 6th. Paris is two hours ahead of UTC.


def words(mail):
    return " ".join(mail.body_text.split())


def test_summary_tells_deadlines_first_then_what_arrived_then_hers(
    summed, lea, claire, transcripts, at, run_at
):
    at(2026, 2, 10, 9)
    old = factories.ticket_in(
        Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire, subject="Ancienne demande"
    )
    at(2026, 4, 1, 8)
    new = factories.file_ticket(lea, transcripts, subject="Nouvelle demande")
    mine = factories.ticket_in(
        Status.IN_PROGRESS, requester=lea, category=transcripts, handler=summed, subject="La sienne"
    )
    run_at(2026, 4, 1, 9)
    at(2026, 4, 1, 15)
    factories.move(mine, "comment", lea)
    fresh = factories.file_ticket(lea, transcripts, subject="Dernière demande")

    mail = run_at(2026, 4, 2, 6, 5)[-1]

    text = words(mail)
    assert (mail.recipient, mail.message, mail.is_legal, mail.to) == (
        summed,
        "digest_daily",
        False,
        summed.email,
    )
    assert mail.subject == "Votre résumé du jeudi 2 avril 2026"
    order = [
        "Échéances",
        f"{old.reference} – Ancienne demande (échéance : vendredi 10 avril 2026)",
        "Demandes arrivées",
        f"{fresh.reference} – Dernière demande (Relevé de notes)",
        "Du nouveau sur les demandes dont vous êtes en charge",
        f"{mine.reference} – La sienne (Relevé de notes)",
    ]
    assert sorted(text.index(one) for one in order) == [text.index(one) for one in order]
    assert new.reference not in text
    for one in (old, fresh, mine):
        assert f"/gestion/tickets/ticket/{one.pk}/change/" in mail.body_html


def test_deadline_passed_is_said_so(summed, lea, claire, transcripts, at, run_at):
    at(2026, 1, 20, 9)
    factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)

    assert "(échéance passée : vendredi 20 mars 2026)" in words(run_at(2026, 4, 1, 9)[0])


def test_nothing_to_say_is_no_mail_and_is_not_asked_again(summed, run_at):
    assert run_at(2026, 4, 1, 6) == []
    assert Digest.objects.filter(person=summed, mail=None).count() == 1


def test_work_run_again_and_late_writes_one_summary(summed, lea, transcripts, at, run_at):
    at(2026, 4, 1, 4)
    factories.file_ticket(lea, transcripts)

    counts = [
        len(run_at(2026, 4, 1, hour, minute)) for hour, minute in [(5, 59), (6, 0), (6, 0), (6, 10), (14, 0)]
    ]

    assert counts == [0, 1, 1, 1, 1]


def test_hours_are_hers_and_a_late_run_tells_all_once(summed, lea, transcripts, at, run_at):
    keep_habits(summed, hours=[14, 9, 17], has_daily=True, has_overview=True)
    at(2026, 4, 1, 4)
    first = factories.file_ticket(lea, transcripts)
    assert [len(run_at(2026, 4, 1, hour)) for hour in (6, 7)] == [0, 1]
    second = factories.file_ticket(lea, transcripts)

    mails = run_at(2026, 4, 1, 16)  # those of 14 h and 17 h are both past: 18 h in Paris

    assert [mails[0].body_text.count(one.reference) for one in (first, second)] == [1, 0]
    assert [mails[1].body_text.count(one.reference) for one in (first, second)] == [0, 1]
    assert len(mails) == len(run_at(2026, 4, 1, 18)) == 2


@pytest.mark.parametrize(
    "moment",
    [(2026, 4, 4, 9), (2026, 4, 5, 9), (2026, 4, 6, 9), (2026, 7, 14, 9)],
    ids=["saturday", "sunday", "easter monday", "14 july"],
)
def test_closed_days_have_no_summary(summed, lea, transcripts, at, run_at, moment):
    at(*moment[:3], 4)
    factories.file_ticket(lea, transcripts)

    assert run_at(*moment) == []


def test_summary_after_days_off_tells_of_them_all(summed, lea, transcripts, at, run_at):
    run_at(2026, 4, 3, 6)
    at(2026, 4, 4, 10)
    ticket = factories.file_ticket(lea, transcripts)

    assert run_at(2026, 4, 6, 9) == []
    assert ticket.reference in run_at(2026, 4, 7, 6)[0].body_text


@pytest.mark.parametrize(
    ("moment", "count"),
    [((2026, 3, 27, 6, 59), 0), ((2026, 3, 27, 7), 1), ((2026, 3, 30, 5, 59), 0), ((2026, 3, 30, 6), 1)],
    ids=["winter, early", "winter", "summer, early", "summer"],
)
def test_hour_is_that_of_paris_on_either_side_of_the_change(
    summed, lea, transcripts, at, run_at, moment, count
):
    at(*moment[:3], 3)
    factories.file_ticket(lea, transcripts)

    assert len(run_at(*moment)) == count


def test_only_the_themes_she_chose_it_for(summed, lea, transcripts, late_enrolment, at, run_at):
    choose(summed, late_enrolment.pk, Profile.CREATION)
    at(2026, 4, 1, 4)
    told, other = factories.file_ticket(lea, transcripts), factories.file_ticket(lea, late_enrolment)

    text = run_at(2026, 4, 1, 6)[0].body_text

    assert (told.reference in text, other.reference in text) == (True, False)


def test_only_what_she_may_see(summed, lea, transcripts, alert, refunds, at, run_at):
    at(2026, 4, 1, 4)
    seen = factories.file_ticket(lea, transcripts)
    unseen = [
        factories.file_ticket(lea, alert),
        factories.file_ticket(lea, refunds),
        factories.file_ticket(summed, transcripts),
    ]

    text = run_at(2026, 4, 1, 6)[0].body_text

    assert seen.reference in text
    assert [one for one in unseen if one.reference in text] == []


def test_confidential_request_is_its_reference_alone(summed, lea, alert, at, run_at):
    factories.grant_role(summed, alert, "handler")
    at(2026, 4, 1, 4)
    ticket = factories.file_ticket(lea, alert, subject="Ce que m’a fait mon voisin")

    mail = run_at(2026, 4, 1, 6)[0]

    for body in (mail.subject, mail.body_text, mail.body_html):
        assert [word for word in ("voisin", "Signalement", "Fontaine") if word in body] == []
    assert ticket.reference in mail.body_text


def test_whoever_lost_her_role_left_or_is_away_has_none(summed, lea, transcripts, at, run_at):
    at(2026, 4, 1, 4)
    factories.file_ticket(lea, transcripts)
    today = timezone.localdate()
    note_absence(summed, by=summed, first_day=today, last_day=today)
    assert run_at(2026, 4, 1, 9) == []

    revoke_role(summed.roles.get())
    assert run_at(2026, 4, 2, 9) == []


def test_summary_stopped_then_chosen_again(summed, lea, transcripts, at, run_at):
    switch(summed, "daily", is_on=False)
    at(2026, 4, 1, 4)
    factories.file_ticket(lea, transcripts)
    assert run_at(2026, 4, 1, 9) == []

    choose(summed, None, Profile.DIGEST)
    assert len(run_at(2026, 4, 1, 9)) == 1


def test_long_list_is_cut_and_says_so(summed, lea, transcripts, at, run_at):
    at(2026, 4, 1, 4)
    for _number in range(32):
        factories.file_ticket(lea, transcripts)

    text = run_at(2026, 4, 1, 6)[0].body_text

    assert text.count("TD-2026-") == 30
    assert "Et d’autres, à lire dans la liste." in text
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= 72


@pytest.mark.parametrize("count", [1, 3])
def test_summary_costs_the_same_whatever_it_tells(
    summed, lea, transcripts, at, count, django_assert_num_queries
):
    at(2026, 4, 1, 4)
    for _number in range(count):
        factories.file_ticket(lea, transcripts)
    at(2026, 4, 1, 6)
    now = timezone.now()
    (slot,) = due_slots(now)

    # Savepoint and release, her summary made or not, made now; up to when the last one told; her choices, the
    # tree, three sections, the confidential themes; mails of the hour, the mail, the row.
    with django_assert_num_queries(17):
        write_digest(slot, now)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one(summed, lea, transcripts, at):
    at(2026, 4, 1, 4)
    factories.file_ticket(lea, transcripts)
    at(2026, 4, 1, 6)
    now = timezone.now()
    slots = due_slots(now)

    def work():
        for slot in slots:
            write_digest(slot, now)
        connection.close()

    workers = [Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert OutgoingEmail.objects.filter(message="digest_daily").count() == 1
    send_digests()
    assert OutgoingEmail.objects.filter(message="digest_daily").count() == 1
