"""One account, or one signed key, does not fill the disk nor the mailboxes of the staff."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from notifications.models import OutgoingEmail
from tests import factories
from tests.pages import words_of
from tickets import typing_keys
from tickets.lifecycle.refusals import TooManyActsError
from tickets.models import Draft, DraftFile, Ticket, TicketEvent
from tickets.services.drafts import add_files, fork_draft, keep_draft
from tickets.services.filing import open_ticket

TOO_OFTEN = (
    "Vous avez fait beaucoup d’actions en une heure : recommencez plus tard. Votre texte est conservé."
)


def test_drafts_left_longest_ago_give_way_with_their_files(settings, lea, marc, transcripts, stored):
    settings.DRAFTS_MAX_COUNT = 2
    factories.draft_of(marc, transcripts)
    first = factories.draft_of(lea, transcripts, files=[factories.pdf()])
    second = factories.draft_of(lea, transcripts)
    keep_draft(first.key, owner=lea, category=transcripts, values={"message": "Je reprends."})

    third = factories.draft_of(lea, transcripts)

    assert set(Draft.objects.filter(owner=lea)) == {first, third}
    assert not Draft.objects.filter(pk=second.pk).exists()
    assert Draft.objects.filter(owner=marc).count() == 1
    assert len(stored()) == 1


@pytest.mark.django_db(transaction=True)
def test_files_of_a_draft_that_gives_way_leave_the_disk(settings, lea, transcripts, stored):
    settings.DRAFTS_MAX_COUNT = 1
    factories.draft_of(lea, transcripts, files=[factories.pdf()])

    factories.draft_of(lea, transcripts)

    assert stored() == []


def test_signed_key_stores_no_more_than_its_owner_may(settings, client, lea, transcripts):
    """Nobody is signed in: the keys alone are replayed, as after an expired session."""
    settings.DRAFTS_MAX_COUNT = 3
    page = reverse("tickets:write", args=[transcripts.slug])

    for _number in range(5):
        client.post(page, {"key": typing_keys.sign(uuid.uuid4(), lea), "subject": "x", "message": "y"})

    assert Draft.objects.count() == 3


def test_files_of_a_day_are_bounded_over_drafts_and_requests(settings, lea, marc, transcripts):
    size = len(factories.pdf_bytes())
    settings.FILES_MAX_BYTES_A_DAY = 2 * size
    factories.file_ticket(lea, transcripts, files=[factories.pdf()])
    draft = factories.draft_of(lea, transcripts, files=[factories.pdf()])

    refusals = add_files(draft, [factories.pdf("un de trop.pdf")])

    said = "« un de trop.pdf » n’est pas joint : on peut envoyer"
    assert [refusal.startswith(said) for refusal in refusals] == [True]
    assert DraftFile.objects.filter(draft=draft).count() == 1
    assert add_files(factories.draft_of(marc, transcripts), [factories.pdf()]) == []


def test_tabs_that_write_apart_copy_no_more_than_a_day_allows(settings, lea, transcripts):
    """Each conflict copies the files of the draft: a script may cause as many as it likes."""
    size = len(factories.pdf_bytes())
    settings.FILES_MAX_BYTES_A_DAY = 3 * size
    draft = factories.draft_of(lea, transcripts, files=[factories.pdf("a.pdf"), factories.pdf("b.pdf")])

    twins = [fork_draft(draft, {"message": f"onglet {number}"}) for number in range(2)]

    assert [twin.files.count() for twin in twins] == [1, 0]
    assert [twin.values["message"] for twin in twins] == ["onglet 0", "onglet 1"]
    assert draft.files.count() == 2


def test_files_of_yesterday_are_not_counted(settings, lea, transcripts, time_machine):
    settings.FILES_MAX_BYTES_A_DAY = len(factories.pdf_bytes())
    time_machine.move_to("2026-03-02T10:00:00+01:00", tick=False)
    factories.file_ticket(lea, transcripts, files=[factories.pdf()])
    time_machine.shift(timedelta(hours=24))

    assert add_files(factories.draft_of(lea, transcripts), [factories.pdf()]) == []


def test_filing_without_end_stops_and_keeps_the_draft(settings, client_of, lea, transcripts):
    settings.ACTS_PER_HOUR = 2
    for _number in range(2):
        factories.file_ticket(lea, transcripts)
    draft = factories.draft_of(lea, transcripts)
    page = reverse("tickets:check", args=[transcripts.slug])

    answer = client_of(lea).post(page, {"key": typing_keys.sign(draft.key, lea), "terms": "on"}, follow=True)

    assert TOO_OFTEN in words_of(answer)
    assert "Bonjour." in answer.content.decode()
    assert (Ticket.objects.count(), Draft.objects.count()) == (2, 1)


def test_writing_without_end_tells_staff_no_more(settings, client_of, lea, claire, transcripts):
    settings.ACTS_PER_HOUR = 3
    ticket = factories.file_ticket(lea, transcripts)
    for _number in range(2):
        factories.move(ticket, "comment", lea)
    mails = OutgoingEmail.objects.count()
    page = reverse("tickets:move", args=[ticket.reference, "commenter"])

    answer = client_of(lea).post(page, {"key": typing_keys.sign(uuid.uuid4(), lea), "message": "Encore."})

    assert TOO_OFTEN in words_of(answer)
    assert "Encore." in answer.content.decode()
    assert (TicketEvent.objects.count(), OutgoingEmail.objects.count()) == (3, mails)


def test_patience_is_of_an_hour_and_of_one_person(settings, lea, marc, transcripts, time_machine):
    settings.ACTS_PER_HOUR = 1
    time_machine.move_to("2026-03-02T10:00:00+01:00", tick=False)
    factories.file_ticket(lea, transcripts)
    factories.file_ticket(marc, transcripts)
    with pytest.raises(TooManyActsError):
        factories.file_ticket(lea, transcripts)

    time_machine.shift(timedelta(hours=1))

    assert factories.file_ticket(lea, transcripts).requester == lea


def test_replay_of_a_filed_form_is_no_act(settings, lea, transcripts):
    settings.ACTS_PER_HOUR = 1
    draft = factories.draft_of(lea, transcripts)
    ticket = open_ticket(draft.key, requester=lea)

    assert open_ticket(draft.key, requester=lea) == ticket


def test_staff_act_as_often_as_their_work_needs(settings, lea, claire, transcripts):
    settings.ACTS_PER_HOUR = 1
    ticket = factories.file_ticket(lea, transcripts)

    for _number in range(3):
        factories.move(ticket, "note", claire)

    assert factories.file_ticket(claire, transcripts).requester == claire
