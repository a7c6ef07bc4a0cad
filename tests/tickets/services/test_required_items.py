"""What a text requires is asked for, comes in part, comes whole, or never will: the request knows it all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from categories.enums import RoleKind
from notifications.models import OutgoingEmail
from tests.factories import GIVEN, handler_on, invite, move, move_draft, pdf, ticket_in
from tickets.lifecycle.refusals import (
    BadDeadlineError,
    MissingInputError,
    NotAllowedError,
    UnsuitableItemError,
)
from tickets.models import MissingItemsNotice, RequiredItem, TicketEvent


@pytest.fixture
def asked(lea, claire, transcripts):
    """A request on which two items are due."""
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    return move(ticket, "ask_items", claire)


def due(ticket):
    return [item.label for item in ticket.required_items.due()]


def first_of(ticket):
    return (ticket.required_items.due()[0],)


def kept(ticket):
    return TicketEvent.objects.filter(ticket=ticket).latest("sequence").after


# --- asking --------------------------------------------------------------------------------------------
def test_notice_keeps_what_the_legal_clock_will_want(asked):
    notice = MissingItemsNotice.objects.get(ticket=asked)

    event = asked.events.get(kind="ask_items")
    assert (asked.status, notice.event, notice.legal_basis) == (
        "waiting",
        event,
        "Code de l’éducation, D612-4",
    )
    assert (notice.deadline, notice.is_indispensable) == (timezone.localdate() + timedelta(days=30), True)
    assert due(asked) == ["Attestation CVEC", "Justificatif du motif du retard"]
    assert event.after["items"] == due(asked)
    assert event.after["deadline"] == notice.deadline.isoformat()
    assert (event.after["legal_basis"], event.after["is_indispensable"]) == (notice.legal_basis, True)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"items": ()}, MissingInputError),
        ({"items": ("  ",)}, MissingInputError),
        ({"items": tuple(f"Pièce {n}" for n in range(21))}, MissingInputError),
        ({"legal_basis": " "}, MissingInputError),
        ({"deadline": None}, MissingInputError),
        ({"is_indispensable": None}, MissingInputError),
        ({"deadline": timezone.localdate() + timedelta(days=14)}, BadDeadlineError),
        ({"deadline": timezone.localdate() + timedelta(days=367)}, BadDeadlineError),
    ],
)
def test_notice_that_lacks_something_is_refused(given, error, lea, claire, transcripts):
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    with pytest.raises(error):
        move(ticket, "ask_items", claire, **given)

    assert not RequiredItem.objects.exists()


@pytest.mark.parametrize("days", [15, 366])
def test_deadline_may_be_the_first_or_the_last_day_allowed(days, lea, claire, transcripts):
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    move(ticket, "ask_items", claire, deadline=timezone.localdate() + timedelta(days=days))

    assert MissingItemsNotice.objects.filter(ticket=ticket).exists()


# --- supplying -----------------------------------------------------------------------------------------
def test_request_goes_on_when_the_last_item_is_there(asked, lea):
    draft = move_draft(asked, "answer", lea, files=[pdf()])
    partly = move(asked, "answer", lea, supplied=first_of(asked), message="", key=draft.key)

    assert (partly.status, due(asked)) == ("waiting", ["Justificatif du motif du retard"])
    answer = asked.events.get(kind="answer")
    came = asked.required_items.get(label="Attestation CVEC")
    assert (came.provided_at, came.provided_with, came.given_up_at) == (answer.at, answer, None)
    assert answer.after["provided"] == ["Attestation CVEC"]
    assert answer.after["due"] == ["Justificatif du motif du retard"]
    assert answer.attachments.count() == 1

    whole = move(asked, "answer", lea, supplied=first_of(asked))
    assert (whole.status, due(asked), kept(asked)["due"]) == ("in_progress", [], [])


def test_answer_that_supplies_nothing_leaves_everything_due(asked, lea):
    assert move(asked, "answer", lea).status == "waiting"
    assert len(due(asked)) == 2
    assert "due" not in kept(asked)


def test_requester_who_sends_no_more_has_her_request_go_on(asked, lea):
    ticket = move(
        asked, "answer", lea, supplied=first_of(asked), gives_up=True, message="Je n’ai pas l’autre."
    )

    assert (ticket.status, due(asked)) == ("in_progress", [])
    assert kept(asked)["given_up"] == ["Justificatif du motif du retard"]
    left = asked.required_items.get(label="Justificatif du motif du retard")
    assert (left.given_up_at, left.provided_at) == (asked.events.get(kind="answer").at, None)


def test_giving_up_needs_no_word(asked, lea):
    assert move(asked, "answer", lea, message="", gives_up=True).status == "in_progress"


def test_ticking_alone_supplies_nothing(asked, lea):
    with pytest.raises(MissingInputError):
        move(asked, "answer", lea, message="", supplied=first_of(asked))


def test_person_invited_supplies_and_never_gives_up(asked, marc):
    invite(asked, marc)

    with pytest.raises(NotAllowedError):
        move(asked, "answer", marc, gives_up=True)
    assert move(asked, "answer", marc, supplied=tuple(asked.required_items.due())).status == "in_progress"


@pytest.mark.parametrize("name", ["comment", "answer"])
def test_what_is_not_due_here_is_not_supplied(name, asked, lea, claire, transcripts):
    other = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    move(other, "ask_items", claire)
    elsewhere = first_of(other)

    with pytest.raises(UnsuitableItemError):
        move(asked, name, lea, supplied=elsewhere)
    assert (len(due(asked)), len(due(other))) == (2, 2)


def test_what_came_already_does_not_come_twice(asked, lea):
    item = first_of(asked)
    move(asked, "answer", lea, supplied=item)

    with pytest.raises(UnsuitableItemError):
        move(asked, "answer", lea, supplied=item)
    with pytest.raises(UnsuitableItemError):
        move(ticket_in("waiting", requester=lea, category=asked.category), "answer", lea, gives_up=True)


def test_staff_supply_nothing(asked, claire):
    with pytest.raises(NotAllowedError):
        move(asked, "comment", claire, supplied=first_of(asked))


# --- what stays ----------------------------------------------------------------------------------------
def test_plain_message_leaves_items_due(asked, lea):
    assert move(asked, "comment", lea).status == "waiting"
    assert len(due(asked)) == 2


def test_items_stay_due_whatever_staff_do_and_a_message_may_bring_them(asked, lea, claire, colette):
    move(asked, "take", colette)
    move(asked, "release", colette)
    ticket = move(asked, "take", claire)
    assert (ticket.status, len(due(asked))) == ("in_progress", 2)

    ticket = move(asked, "comment", lea, supplied=tuple(asked.required_items.due()))

    assert (ticket.status, due(asked)) == ("in_progress", [])


def test_question_answered_does_not_hide_what_is_due(asked, lea, claire):
    move(asked, "ask", claire)

    assert move(asked, "answer", lea).status == "waiting"


def test_moved_and_joined_requests_keep_their_items(asked, lea, claire, transcripts, late_enrolment):
    other = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    move(asked, "move", claire, category=late_enrolment)
    move(asked, "merge", claire, other=other)
    move(asked, "unmerge", claire)

    assert len(due(asked)) == 2


def test_second_notice_adds_to_the_first(asked, lea, claire):
    move(asked, "ask_items", claire, items=("Relevé",), is_indispensable=False)
    move(asked, "answer", lea, supplied=tuple(asked.required_items.due()[:2]))

    assert due(asked) == ["Relevé"]
    assert move(asked, "answer", lea, supplied=first_of(asked)).status == "in_progress"


# --- told ----------------------------------------------------------------------------------------------
def mails_of(ticket, kind):
    return {m.recipient.login: m for m in OutgoingEmail.objects.filter(ticket=ticket, event__kind=kind)}


@pytest.mark.parametrize(
    ("rule", "effect"),
    [
        ("acceptance", "vaut accord ne court pas"),
        ("refusal", "vaut refus est suspendu"),
        ("none", "ne vaut ni accord ni refus"),
    ],
)
def test_mail_holds_everything_the_law_wants(rule, effect, lea, claire, transcripts):
    transcripts.silence_rule, transcripts.silence_months = rule, None if rule == "none" else 2
    transcripts.save()
    claire.capacity = "Gestionnaire de scolarité"
    claire.save()
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    move(ticket, "ask_items", claire, message="Une photo lisible suffit.", is_indispensable=rule == "refusal")

    mail = mails_of(ticket, "ask_items")["lea.fontaine"]
    assert (mail.message, mail.is_legal) == ("items_asked", True)
    need = "indispensables" if rule == "refusal" else "L114-5-1"
    for body in (mail.body_text, mail.body_html):
        said = " ".join(body.replace("> ", "").split())
        for words in (*GIVEN["ask_items"]["items"], "Code de l’éducation, D612-4", effect, need):
            assert words in said
        assert "Claire Dumas, Gestionnaire de scolarité, Service de la scolarité" in said
        assert "Une photo lisible suffit." in said


def test_both_sides_are_told_what_came_and_what_is_due(asked, lea):
    move(asked, "answer", lea, supplied=first_of(asked))

    told = mails_of(asked, "answer")
    assert sorted(told) == ["claire.dumas", "lea.fontaine"]
    for mail in told.values():
        for body in (mail.body_text, mail.body_html):
            said = " ".join(body.split())
            assert "Envoyé : Attestation CVEC." in said
            assert "Encore attendu : Justificatif du motif du retard." in said


def test_confidential_notice_says_nothing_by_mail(lea, alert):

    ticket = ticket_in(
        "in_progress", requester=lea, category=alert, handler=handler_on(alert, RoleKind.HANDLER)
    )
    move(ticket, "ask_items", ticket.assignee)

    mail = mails_of(ticket, "ask_items")["lea.fontaine"]
    assert (mail.message, mail.is_legal) == ("confidential", True)
    assert "CVEC" not in mail.body_text
