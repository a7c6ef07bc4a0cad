"""Fifteen seconds to take an answer back: until then nobody outside of staff knows of it."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from categories.roles import revoke_role
from notifications.models import MailState, OutgoingEmail
from tests.factories import file_ticket, invite, move, move_draft, pdf, ticket_in
from tickets.admin.queues import count_queues
from tickets.lifecycle.enums import Status
from tickets.lifecycle.refusals import AlreadyGoneError, NotAllowedError, OvertakenError
from tickets.models import Attachment, Draft, DraftFile, HeldAnswer, Ticket
from tickets.search.matching import tickets_with
from tickets.services.taking_back import draft_key_of, release_answers
from tickets.statistics.facts import Facts
from tickets.statistics.scope import Scope
from tickets.timeline import shared_entries, staff_entries

HOLD = timedelta(seconds=15)
SECRET = "Le quetzal est vert."


@pytest.fixture
def ticket(lea, claire, transcripts):
    return ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)


def send(ticket, person, name="comment", files=(), **given):
    draft = move_draft(ticket, name, person, files=files)
    move(ticket, name, person, message=SECRET, hold=HOLD, key=draft.key, **given)
    return ticket.events.filter(kind=name).last()


def take_back(ticket, person, **given):
    return move(ticket, "take_back", person, key=uuid.uuid4(), **given)


def later(seconds):
    return time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False)


def mails_of(event):
    return set(OutgoingEmail.objects.filter(event=event).values_list("state", flat=True))


def seen_by(client_of, person, ticket, *more):
    browser = client_of(person)
    pages = [ticket.get_absolute_url(), reverse("tickets:dashboard"), *more]
    return "".join(browser.get(page).content.decode() for page in pages)


# --- until it leaves --------------------------------------------------------------------------------------
def test_answer_on_its_way_is_for_staff_alone(client_of, lea, marc, claire, ticket):
    invite(ticket, marc)
    answer = send(ticket, claire, files=[pdf("quetzal.pdf")])
    file = answer.attachments.get()

    for person in (lea, marc):
        assert "quetzal" not in seen_by(client_of, person, ticket)
        assert client_of(person).get(file.get_absolute_url()).status_code == 404
        assert list(tickets_with("quetzal", reader=person)) == []
    staff = reverse("admin:tickets_ticket_change", args=[ticket.pk])
    assert SECRET in client_of(claire).get(staff).content.decode()
    assert list(tickets_with("quetzal", reader=claire)) == [ticket]
    with later(20):
        assert release_answers(timezone.now()) == 1
        assert release_answers(timezone.now()) == 0
        for person in (lea, marc):
            assert SECRET in seen_by(client_of, person, ticket)
            assert client_of(person).get(file.get_absolute_url()).status_code == 200
            assert list(tickets_with("quetzal", reader=person)) == [ticket]
    assert HeldAnswer.objects.count() == 0


def test_what_is_seen_does_not_wait_for_the_sweep(client_of, lea, claire, ticket):
    send(ticket, claire)

    with later(20):
        assert SECRET in seen_by(client_of, lea, ticket)


def test_mails_wait_as_long(claire, lea, ticket):
    answer = send(ticket, claire)

    mail = OutgoingEmail.objects.get(event=answer)
    assert (mail.recipient, SECRET in mail.body_text) == (lea, True)
    assert HOLD < mail.due_at - answer.at < HOLD + timedelta(seconds=3)


def test_mail_about_something_else_does_not_tell_of_it(claire, colette, lea, ticket):
    send(ticket, claire)
    move(ticket, "change_subject", colette, subject="Autre objet")

    mail = OutgoingEmail.objects.get(event__kind="change_subject", recipient=lea)
    assert "quetzal" not in mail.body_text + mail.body_html


def test_answer_taken_back_gives_the_last_word_back(claire, lea, ticket):
    move(ticket, "comment", lea)
    assert count_queues(claire)["reponse-recue"] == 1
    send(ticket, claire)
    assert count_queues(claire)["reponse-recue"] == 0

    take_back(ticket, claire)

    assert count_queues(claire)["reponse-recue"] == 1


def test_question_on_its_way_has_not_changed_what_the_requester_reads(client_of, claire, lea, ticket):
    before = seen_by(client_of, lea, ticket)
    send(ticket, claire, "ask")
    move(ticket, "change_subject", claire, subject="Autre objet")

    page = seen_by(client_of, lea, ticket)

    assert Ticket.objects.get(pk=ticket.pk).status == Status.WAITING
    assert before.count("Votre réponse est attendue") == page.count("Votre réponse est attendue")
    assert "répondre" not in page.lower().split("<main", 1)[1]
    told = {mail.event.kind: mail.body_text for mail in OutgoingEmail.objects.filter(recipient=lea)}
    assert "Votre réponse est attendue" not in told["change_subject"]
    assert "Votre réponse est attendue" in told["ask"]
    with later(20):
        assert "Votre réponse est attendue" in client_of(lea).get(ticket.get_absolute_url()).content.decode()


def test_legal_acts_go_at_once(claire, ticket):
    move(ticket, "close", claire, hold=HOLD)

    assert HeldAnswer.objects.count() == 0
    assert OutgoingEmail.objects.filter(event__kind="close", due_at__lte=timezone.now()).exists()


# --- taken back -------------------------------------------------------------------------------------------
def test_answer_taken_back_was_never_sent(client_of, claire, lea, ticket, stored):
    answer = send(ticket, claire, files=[pdf("quetzal.pdf")])
    key = uuid.uuid4()

    with later(10):
        move(ticket, "take_back", claire, key=key)

    draft = Draft.objects.get()
    assert (draft.key, draft.owner, draft.ticket, draft.move) == (
        draft_key_of(key),
        claire,
        ticket,
        "comment",
    )
    assert draft.values == {"message": SECRET}
    assert [file.name for file in draft.files.all()] == ["quetzal.pdf"]
    assert [str(path) for path in stored()] == [draft.files.get().content.path]
    assert (Attachment.objects.count(), mails_of(answer)) == (0, {MailState.CANCELLED})
    assert list(ticket.events.values_list("kind", flat=True))[-2:] == ["comment", "take_back"]
    with later(60):
        release_answers(timezone.now())
        assert "quetzal" not in seen_by(client_of, lea, ticket)
        assert [entry.kind for entry in shared_entries(ticket, lea)] == ["submit", "take"]
        assert list(tickets_with("quetzal", reader=lea)) == []


def test_staff_read_that_it_was_taken_back(client_of, claire, colette, ticket):
    send(ticket, claire)
    take_back(ticket, claire)

    page = client_of(colette).get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()

    entry = staff_entries(ticket, colette)[-2]
    assert (entry.message, entry.is_taken_back, entry.is_on_its_way) == (SECRET, True, False)
    assert "Reprise avant envoi" in page
    assert "Citer dans la réponse" in page  # of the first message
    assert f'value="{entry.sequence}" formnovalidate data-quote="form-comment"' not in page


def test_words_taken_back_are_sent_again_once_mended(claire, lea, ticket):
    send(ticket, claire, files=[pdf("quetzal.pdf")])
    take_back(ticket, claire)
    draft = Draft.objects.get()

    move(ticket, "comment", claire, message="Le quetzal est rouge.", key=draft.key)

    assert [entry.message for entry in shared_entries(ticket, lea)][-1] == "Le quetzal est rouge."
    assert [file.name for file in ticket.attachments.all()] == ["quetzal.pdf"]
    assert (Draft.objects.count(), DraftFile.objects.count()) == (0, 0)


def test_latest_answer_is_taken_back_first(claire, ticket):
    for words in ("un", "deux"):
        move(ticket, "comment", claire, message=words, hold=HOLD)

    take_back(ticket, claire)
    take_back(ticket, claire)

    assert [draft.values["message"] for draft in Draft.objects.order_by("created_at")] == ["deux", "un"]


def test_answer_named_is_the_one_taken_back(claire, ticket):
    move(ticket, "comment", claire, message="un", hold=HOLD)
    rank = ticket.events.get(kind="comment").sequence
    move(ticket, "comment", claire, message="deux", hold=HOLD)

    take_back(ticket, claire, sequence=rank)

    assert Draft.objects.get().values == {"message": "un"}


def test_question_taken_back_leaves_the_request_as_it_was(claire, lea, transcripts):
    ticket = ticket_in("postponed", requester=lea, category=transcripts, handler=claire)
    before = Ticket.objects.get(pk=ticket.pk)
    send(ticket, claire, "ask")

    after = take_back(ticket, claire)

    assert (after.status, after.recall_on) == (Status.POSTPONED, before.recall_on)
    assert Draft.objects.get().move == "ask"
    after.full_clean()


def test_first_reaction_is_not_an_answer_taken_back(lea, claire, transcripts):
    ticket = file_ticket(lea, transcripts)
    move(ticket, "comment", claire, message=SECRET, hold=HOLD)
    take_back(ticket, claire)

    today = timezone.localdate()
    assert Facts(Scope(claire, today, today)).reaction.count == 0


# --- refused ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("seconds", "is_in_time"), [(14, True), (15.5, True), (17, False), (3600, False)])
def test_answer_that_has_left_stays(claire, ticket, seconds, is_in_time):
    answer = send(ticket, claire)

    with later(seconds):
        if is_in_time:
            take_back(ticket, claire)
        else:
            with pytest.raises(AlreadyGoneError):
                take_back(ticket, claire)

    assert mails_of(answer) == {MailState.CANCELLED if is_in_time else MailState.QUEUED}
    assert Draft.objects.exists() == is_in_time


def test_answer_of_a_colleague_is_hers(claire, colette, mathilde, ticket):
    send(ticket, claire)

    for person in (colette, mathilde):
        with pytest.raises(NotAllowedError):
            take_back(ticket, person)
    assert ticket.events.last().kind == "comment"


def test_whoever_lost_her_role_takes_nothing_back(claire, ticket):
    send(ticket, claire)
    revoke_role(claire.roles.get())

    with pytest.raises(NotAllowedError):
        take_back(ticket, claire)


def test_answer_is_taken_back_once(claire, ticket):
    send(ticket, claire)
    take_back(ticket, claire)

    with pytest.raises(AlreadyGoneError):
        take_back(ticket, claire)


def test_click_repeated_acts_once(claire, ticket):
    send(ticket, claire)
    key = uuid.uuid4()

    for _time in range(2):
        move(ticket, "take_back", claire, key=key)

    assert (Draft.objects.count(), ticket.events.filter(kind="take_back").count()) == (1, 1)


def test_question_others_acted_upon_stays(claire, lea, ticket):
    send(ticket, claire, "ask")
    move(ticket, "comment", lea)

    with pytest.raises(OvertakenError):
        take_back(ticket, claire)

    assert Ticket.objects.get(pk=ticket.pk).status == Status.WAITING


def test_mail_that_is_leaving_keeps_the_answer(claire, ticket):
    answer = send(ticket, claire)
    OutgoingEmail.objects.filter(event=answer).update(state=MailState.SENDING)

    with pytest.raises(AlreadyGoneError):
        take_back(ticket, claire)

    assert (Draft.objects.count(), ticket.events.last().kind) == (0, "comment")
    assert not HeldAnswer.objects.filter(taken_back_at__isnull=False).exists()
