"""People invited: what they see, do and are told; what they never see; how they leave."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from categories.enums import RoleKind
from notifications.models import OutgoingEmail
from tests import factories
from tests.factories import file_ticket, invite, move, pdf
from tickets import typing_keys
from tickets.guest_links import LIFETIME, guest_of, link_of
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import (
    ConfidentialGuestError,
    GuestThereError,
    MissingInputError,
    NotAllowedError,
    TooManyActsError,
    TooManyGuestsError,
    UnsuitableGuestError,
)
from tickets.lifecycle.transitions import TRANSITIONS, moves_open_to
from tickets.models import Attachment, Participant, Ticket
from tickets.search.matching import tickets_with
from tickets.services.participating import GUESTS_MAX, account_of

ADDRESS = "claude.petit@example.org"


@pytest.fixture
def ticket(lea, transcripts, claire):
    """A request in charge, with a shared file, and a note with its own."""
    ticket = file_ticket(lea, transcripts, subject="Relevé introuvable", files=[pdf("partagé.pdf")])
    move(ticket, "take", claire)
    note = factories.move_draft(ticket, "note", claire, files=[pdf("interne.pdf")])
    move(ticket, "note", claire, message="Zibeline confidentielle", key=note.key)
    ticket.refresh_from_db()
    return ticket


def page(ticket):
    return ticket.get_absolute_url()


def messages_to(person):
    """Return the messages `person` (or an address) was sent, in order."""
    if isinstance(person, str):
        mails = OutgoingEmail.objects.filter(to=person, recipient=None)
    else:
        mails = OutgoingEmail.objects.filter(recipient=person)
    return list(mails.order_by("pk").values_list("event__kind", "message"))


# --- seeing ------------------------------------------------------------------------------------------
def test_person_invited_sees_the_request_everywhere_and_as_staff_nowhere(ticket, marc, ines, client_of):
    invite(ticket, marc)
    shared, internal = ticket.attachments.get(name="partagé.pdf"), ticket.attachments.get(name="interne.pdf")
    browser = client_of(marc)

    assert [list(Ticket.objects.visible_to(one)) for one in (marc, ines)] == [[ticket], []]
    assert list(Ticket.objects.staffed_by(marc)) == []
    assert list(Attachment.objects.visible_to(marc)) == [shared]
    assert list(tickets_with("introuvable", reader=marc)) == [ticket]
    assert list(tickets_with("zibeline", reader=marc)) == []
    assert [browser.get(file.get_absolute_url()).status_code for file in (shared, internal)] == [200, 404]
    assert "Relevé introuvable" in browser.get(reverse("tickets:dashboard")).content.decode()
    shown = browser.get(page(ticket)).content.decode()
    assert "partagé.pdf" in shown
    assert "Zibeline" not in shown
    assert "interne.pdf" not in shown


def test_person_removed_sees_nothing_at_once(ticket, lea, marc, client_of):
    guest = invite(ticket, marc)
    browser = client_of(marc)
    before = browser.get(page(ticket)).status_code

    move(ticket, "uninvite", lea, guest=guest)

    file = ticket.attachments.get(name="partagé.pdf")
    addresses = [page(ticket), file.get_absolute_url(), f"{page(ticket)}commenter/"]
    assert before == 200
    assert [browser.get(address).status_code for address in addresses] == [404, 404, 404]
    assert list(Ticket.objects.visible_to(marc)) == list(tickets_with("introuvable", reader=marc)) == []
    assert list(Attachment.objects.visible_to(marc)) == []


def test_invitation_gives_nothing_in_the_workbench(ticket, bruno, client_of):
    invite(ticket, bruno)

    assert client_of(bruno).get(page(ticket)).status_code == 200
    assert client_of(bruno).get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).status_code == 404


def test_inactive_guest_sees_nothing(ticket, marc):
    invite(ticket, marc)
    marc.is_active = False

    assert list(Ticket.objects.visible_to(marc)) == []
    assert not standing_of(marc, ticket).is_participant


@pytest.mark.parametrize("count", [1, 3])
def test_seeing_costs_one_query_to_a_guest(lea, marc, transcripts, django_assert_num_queries, count):
    tickets = [file_ticket(lea, transcripts) for _each in range(count)]
    for one in tickets:
        invite(one, marc)

    with django_assert_num_queries(1):
        assert len(list(Ticket.objects.visible_to(marc))) == count


# --- doing -------------------------------------------------------------------------------------------
def test_guest_comments_and_joins_a_file_on_the_page(ticket, marc, client_of):
    invite(ticket, marc)
    key = typing_keys.sign(typing_keys.new_key(), marc)

    answer = client_of(marc).post(
        f"{page(ticket)}commenter/", {"key": key, "message": "Je confirme.", "files": [pdf("preuve.pdf")]}
    )

    event = ticket.events.get(kind="comment")
    assert (answer.status_code, answer.url) == (302, page(ticket))
    assert (event.actor, event.words, event.is_internal) == (marc, "Je confirme.", False)
    assert [file.name for file in event.attachments.all()] == ["preuve.pdf"]


def test_guest_answers_the_question_asked(ticket, marc, claire):
    invite(ticket, marc)
    move(ticket, "ask", claire)

    assert move(ticket, "answer", marc).status == "in_progress"


def test_guest_is_offered_her_moves_alone(ticket, marc):
    invite(ticket, marc)

    offered = [one.name for one in moves_open_to(standing_of(marc, ticket), ticket)]
    assert offered == ["comment", "leave", "withdraw_file"]


def test_guest_finds_none_of_the_other_moves(ticket, marc, client_of):
    invite(ticket, marc)
    browser = client_of(marc)
    found = {name: browser.get(f"{page(ticket)}{one.slug}/").status_code for name, one in TRANSITIONS.items()}

    served = [name for name, status in found.items() if status == 200]
    assert served == ["answer", "comment", "leave", "withdraw_file"]
    assert set(found.values()) == {200, 404}


def test_guest_who_acts_without_end_is_stopped(ticket, marc, settings):
    invite(ticket, marc)
    settings.ACTS_PER_HOUR = 2
    for _each in range(2):
        move(ticket, "comment", marc)

    with pytest.raises(TooManyActsError):
        move(ticket, "comment", marc)


def test_guest_leaves_by_herself_and_lands_on_her_dashboard(ticket, lea, marc, client_of):
    invite(ticket, marc)
    browser = client_of(marc)
    asked = browser.get(f"{page(ticket)}ne-plus-suivre/")
    key = typing_keys.sign(typing_keys.new_key(), marc)

    answer = browser.post(f"{page(ticket)}ne-plus-suivre/", {"key": key})

    assert (asked.status_code, answer.status_code, answer.url) == (200, 302, reverse("tickets:dashboard"))
    assert browser.get(page(ticket)).status_code == 404
    assert ("leave", "left") in messages_to(lea)
    assert not [kind for kind, _message in messages_to(marc) if kind == "leave"]


# --- inviting ----------------------------------------------------------------------------------------
def test_requester_invites_sees_and_removes_on_her_page(ticket, lea, marc, client_of):
    browser = client_of(lea)

    def send(slug, **values):
        key = typing_keys.sign(typing_keys.new_key(), lea)
        return browser.post(f"{page(ticket)}{slug}/", {"key": key, **values})

    invited = send("inviter", email=" Marc.Aubert@Example.org ")
    guest = ticket.participants.get()
    shown = browser.get(page(ticket)).content.decode()
    removed = send("retirer-une-personne", guest=guest.pk)

    assert (invited.status_code, removed.status_code) == (302, 302)
    assert (guest.user, guest.email, guest.invited_by) == (marc, "marc.aubert@example.org", lea)
    assert "marc.aubert@example.org" in shown
    assert "Marc Aubert" not in shown  # whether an account has this address is not said
    assert list(ticket.participants.current()) == []
    assert list(ticket.events.values_list("kind", flat=True))[-2:] == ["invite", "uninvite"]


def test_event_keeps_the_row_and_not_the_address(ticket, marc):
    guest = invite(ticket, marc)

    event = ticket.events.get(kind="invite")
    assert event.after["guest_id"] == guest.pk
    assert "marc.aubert" not in str((event.before, event.after))


def test_guest_does_not_see_who_else_is_invited(ticket, marc, client_of):
    invite(ticket, marc)
    invite(ticket, ADDRESS)

    assert ADDRESS not in client_of(marc).get(page(ticket)).content.decode()


@pytest.mark.parametrize("whom", ["herself", "twice", "same person"])
def test_whoever_follows_is_not_invited_again(ticket, lea, marc, whom):
    guest = invite(ticket, marc)
    email = {"herself": lea.email.upper(), "twice": guest.email, "same person": f"{guest.email} "}[whom]

    with pytest.raises(GuestThereError):
        move(ticket, "invite", lea, email=email)


@pytest.mark.parametrize(
    ("email", "error"), [("", MissingInputError), ("sans arobase", UnsuitableGuestError)], ids=["none", "bad"]
)
def test_address_that_is_none_is_refused(ticket, lea, email, error):
    with pytest.raises(error):
        move(ticket, "invite", lea, email=email)


def test_only_so_many_people_are_invited(ticket, lea):
    for rank in range(GUESTS_MAX):
        invite(ticket, f"personne{rank}@example.net")

    with pytest.raises(TooManyGuestsError):
        move(ticket, "invite", lea)


def test_handler_removes_whom_she_invited_and_nobody_else(ticket, lea, marc, claire, colette, mathilde):
    of_lea, of_claire = invite(ticket, marc), invite(ticket, ADDRESS, by=claire)

    for actor, guest in ((claire, of_lea), (colette, of_claire)):
        with pytest.raises(NotAllowedError):
            move(ticket, "uninvite", actor, guest=guest)
    move(ticket, "uninvite", claire, guest=of_claire)
    move(ticket, "uninvite", mathilde, guest=of_lea)

    assert list(ticket.participants.current()) == []


def test_guest_of_another_request_is_not_removed_from_here(ticket, lea, marc, transcripts):
    invite(ticket, ADDRESS)
    elsewhere = invite(file_ticket(lea, transcripts), marc)

    with pytest.raises(UnsuitableGuestError):
        move(ticket, "uninvite", lea, guest=elsewhere)


def test_confidential_request_has_guests_of_its_requester_and_its_managers_only(lea, marc, alert):
    handler = factories.handler_on(alert)
    manager = factories.handler_on(alert, RoleKind.MANAGER)
    ticket = file_ticket(lea, alert)

    with pytest.raises(ConfidentialGuestError):
        move(ticket, "invite", handler, email=marc.email)
    offered = [one.name for one in moves_open_to(standing_of(handler, ticket), ticket)]
    invite(ticket, marc)
    invite(ticket, ADDRESS, by=manager)

    assert "invite" not in offered
    assert list(Ticket.objects.visible_to(marc)) == [ticket]


# --- by an address -----------------------------------------------------------------------------------
def test_address_names_the_local_account_first_then_the_only_cas_one(lea, marc):
    factories.PersonFactory(login="deux.a", email="deux@etu.example.org")
    factories.PersonFactory(login="deux.b", email="deux@etu.example.org")
    factories.PersonFactory(login="marc.bis", email=marc.email)

    assert [account_of(one) for one in (marc.email, lea.email, "deux@etu.example.org", ADDRESS)] == [
        marc,
        lea,
        None,
        None,
    ]


def test_link_reads_shows_no_note_and_opens_no_file(ticket, client):
    guest = invite(ticket, ADDRESS)
    path = link_of(guest).removeprefix(settings.SITE_URL)

    answer = client.get(path)
    shown = answer.content.decode()

    assert (answer.status_code, client.post(path).status_code) == (200, 405)
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "Relevé introuvable" in shown
    assert "partagé.pdf" in shown
    assert "/pieces/" not in shown
    assert "Zibeline" not in shown
    assert "interne.pdf" not in shown
    assert "(vous)" not in shown


def test_link_dies_with_the_invitation_with_time_and_when_forged(ticket, lea, client):
    guest = invite(ticket, ADDRESS)
    path = link_of(guest).removeprefix(settings.SITE_URL)
    token = path.rstrip("/").rpartition("/")[2]

    assert guest_of(token) == guest
    assert guest_of(f"{token}x") is None
    with time_machine.travel(timezone.now() + LIFETIME + timedelta(minutes=1)):
        assert client.get(path).status_code == 404
    move(ticket, "uninvite", lea, guest=guest)
    assert client.get(path).status_code == 404


def test_link_sends_whoever_sees_the_request_to_its_page(ticket, lea, client_of):
    path = link_of(invite(ticket, ADDRESS)).removeprefix(settings.SITE_URL)

    assert client_of(lea).get(path).url == page(ticket)


def test_account_created_later_with_the_address_is_hers_and_a_cas_one_is_not(ticket):
    invite(ticket, ADDRESS)
    cas = factories.PersonFactory(login="claude.petit", email=ADDRESS)
    local = factories.LocalPersonFactory(email=ADDRESS)

    assert [list(Ticket.objects.visible_to(one)) for one in (cas, local)] == [[], [ticket]]
    assert standing_of(local, ticket).is_participant


# --- told --------------------------------------------------------------------------------------------
def test_guests_are_told_of_what_the_requester_is_told_and_of_no_note(ticket, lea, marc, claire):
    invite(ticket, marc)
    invite(ticket, ADDRESS)
    move(ticket, "comment", claire)
    move(ticket, "note", claire)
    move(ticket, "comment", marc)
    move(ticket, "close", claire)

    news = [("comment", "guest_news"), ("comment", "guest_news"), ("close", "guest_news")]
    assert messages_to(ADDRESS) == [("invite", "guest_invited"), *news]
    assert messages_to(marc) == [
        ("invite", "guest_invited"),
        ("invite", "guest_news"),
        ("comment", "guest_news"),
        ("close", "guest_news"),
    ]
    assert messages_to(lea)[-3:] == [("comment", "commented"), ("comment", "commented"), ("close", "closed")]


def test_person_removed_is_told_so_once_and_nothing_more(ticket, lea, marc, claire):
    guest = invite(ticket, marc)
    move(ticket, "uninvite", lea, guest=guest)
    move(ticket, "comment", claire)

    assert messages_to(marc) == [("invite", "guest_invited"), ("uninvite", "guest_removed")]


def test_mail_to_an_address_holds_her_link_which_works_and_is_erased_once_sent(ticket, claire, client):
    guest = invite(ticket, ADDRESS)
    move(ticket, "comment", claire, message="Votre relevé arrive.")

    mail = OutgoingEmail.objects.get(to=ADDRESS, event__kind="comment")
    (path,) = set(re.findall(r"/demandes/invitation/[^/\s]+/", mail.body_text))

    assert client.get(path).status_code == 200
    assert "Votre relevé arrive." in mail.body_text
    assert (mail.is_secret, mail.is_legal, mail.recipient) == (True, False, None)
    assert guest.email == mail.to


def test_mail_about_a_confidential_request_tells_a_guest_nothing(lea, marc, alert):
    handler = factories.handler_on(alert)
    ticket = file_ticket(lea, alert, subject="Sujet délicat")
    invite(ticket, marc)
    move(ticket, "comment", handler, message="Parole délicate")

    mails = OutgoingEmail.objects.filter(recipient=marc)
    assert [mail.message for mail in mails] == ["guest_confidential"] * 2
    for mail in mails:
        text = f"{mail.subject}{mail.body_text}{mail.body_html}"
        assert ticket.reference in text
        assert not re.search("délicat|Léa|Fontaine|Signalement", text)


def test_closed_account_is_told_nothing(ticket, marc, claire):
    invite(ticket, marc)
    marc.is_active = False
    marc.save(update_fields=["is_active"])

    move(ticket, "comment", claire)

    assert messages_to(marc) == [("invite", "guest_invited")]
    assert messages_to(marc.email) == []


def test_guest_with_a_role_is_told_as_staff(ticket, colette, claire, lea):
    invite(ticket, colette)

    move(ticket, "release", claire)

    assert ("release", "staff_news") in messages_to(colette)
    assert Participant.objects.current().count() == 1
