"""Each move has its rule, each message its templates, and each person her mail."""

from pathlib import Path

import pytest
from django.conf import settings

from notifications.account_mails import ACCOUNT_LABELS
from notifications.digests.writing import DIGEST_LABELS
from notifications.draft_mails import DRAFT_LABELS
from notifications.inbound.polite import INBOUND_LABELS
from notifications.models import OutgoingEmail
from notifications.rules import RULES, messages
from tests import factories
from tickets.lifecycle.enums import Status
from tickets.lifecycle.transitions import CONTINUED, CONTINUES, JOINED, PARTED, TRANSITIONS

EMAILS = Path(settings.BASE_DIR, "templates", "notifications", "email")


# The requester has no message for what is internal, nor for what another mail tells.
STAFF_ONLY = {kind for kind in RULES if TRANSITIONS[kind].is_internal} | {
    JOINED,
    PARTED,
    CONTINUES,
    CONTINUED,
}


def mails_of(kind):
    """Return who was told of the latest event of `kind`, and with which message."""
    mails = OutgoingEmail.objects.filter(event__kind=kind).order_by("-event_id", "pk")
    latest = [mail for mail in mails if mail.event_id == mails[0].event_id]
    return sorted((mail.recipient.login, mail.message) for mail in latest)


# --- completeness ------------------------------------------------------------------------------------
def test_each_move_has_a_rule():
    assert set(RULES) == {name for name, move in TRANSITIONS.items() if not move.parts}


def test_each_rule_has_its_templates_and_each_template_its_rule():
    folders = {path.name for path in EMAILS.iterdir() if path.is_dir()}

    assert folders - set(ACCOUNT_LABELS | DRAFT_LABELS | INBOUND_LABELS | DIGEST_LABELS) == messages()


@pytest.mark.parametrize("message", sorted(messages()))
def test_message_is_a_subject_a_text_and_html(message):
    assert sorted(path.name for path in EMAILS.joinpath(message).iterdir()) == [
        "body.html",
        "body.txt",
        "subject.txt",
    ]


@pytest.mark.parametrize("kind", sorted(set(RULES) - STAFF_ONLY))
def test_requester_has_a_message_of_her_own_for_each_move(kind):
    told = [rule.message for rule in RULES[kind] if rule.audience.name == "REQUESTER"]

    assert len(told) == 1
    assert sum(told[0] == rule.message for rules in RULES.values() for rule in rules) == 1


# --- who ---------------------------------------------------------------------------------------------
def test_filing_tells_the_requester_and_the_handlers_of_the_theme(
    lea, transcripts, claire, colette, mathilde, oscar, bruno
):
    factories.file_ticket(lea, transcripts)

    assert mails_of("submit") == [
        ("claire.dumas", "staff_news"),
        ("colette.roux", "staff_news"),
        ("lea.fontaine", "receipt"),
        ("mathilde.leroy", "staff_news"),
    ]


def test_handler_who_files_is_told_as_a_requester_only(claire, colette, transcripts):
    factories.file_ticket(claire, transcripts)

    assert mails_of("submit") == [("claire.dumas", "receipt"), ("colette.roux", "staff_news")]


def test_author_of_the_move_is_not_told_unless_she_is_the_requester(lea, transcripts, claire, colette):
    ticket = factories.ticket_in(Status.WAITING, requester=lea, category=transcripts, handler=claire)
    factories.move(ticket, "answer", lea)
    factories.move(ticket, "close", claire)
    factories.move(ticket, "approve", lea)

    assert {kind: mails_of(kind) for kind in ("take", "ask", "answer", "close", "approve")} == {
        "take": [("lea.fontaine", "taken")],
        "ask": [("lea.fontaine", "asked")],
        "answer": [("claire.dumas", "staff_news"), ("lea.fontaine", "answered")],
        "close": [("lea.fontaine", "closed")],
        "approve": [("claire.dumas", "staff_news"), ("lea.fontaine", "approved")],
    }


def test_handing_over_tells_the_new_handler_and_whoever_had_it(lea, transcripts, claire, colette, mathilde):
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)

    factories.move(ticket, "assign", mathilde, assignee=colette)

    assert mails_of("assign") == [
        ("claire.dumas", "staff_news"),
        ("colette.roux", "staff_news"),
        ("lea.fontaine", "assigned"),
    ]


def test_releasing_tells_the_handlers_since_nobody_has_it(lea, transcripts, claire, colette):
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)

    factories.move(ticket, "release", claire)

    assert mails_of("release") == [("colette.roux", "staff_news"), ("lea.fontaine", "released")]


@pytest.mark.parametrize(
    ("status", "colleagues"), [("submitted", ["colette.roux"]), ("in_progress", [])], ids=["free", "taken"]
)
def test_comment_of_the_requester_reaches_somebody(lea, transcripts, claire, colette, status, colleagues):
    ticket = factories.ticket_in(status, requester=lea, category=transcripts, handler=claire)

    factories.move(ticket, "comment", lea)

    told = ["claire.dumas", *colleagues]
    assert mails_of("comment") == [*((login, "staff_news") for login in told), ("lea.fontaine", "commented")]


def test_comment_of_staff_on_a_free_request_is_not_sent_to_colleagues(lea, transcripts, claire, colette):
    ticket = factories.file_ticket(lea, transcripts)

    factories.move(ticket, "comment", claire)

    assert mails_of("comment") == [("lea.fontaine", "commented")]


@pytest.mark.parametrize("has_left", [False, True], ids=["there", "gone"])
def test_contesting_tells_the_handlers_when_nobody_has_it_any_more(
    lea, transcripts, claire, colette, has_left
):
    ticket = factories.ticket_in(Status.CLOSED, requester=lea, category=transcripts, handler=claire)
    if has_left:
        claire.roles.all().delete()

    factories.move(ticket, "contest", lea)

    told = "colette.roux" if has_left else "claire.dumas"
    assert mails_of("contest") == [(told, "staff_news"), ("lea.fontaine", "contested")]


def test_note_tells_whoever_is_in_charge_and_never_the_requester(lea, transcripts, claire, colette):
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)

    factories.move(ticket, "note", colette)

    assert mails_of("note") == [("claire.dumas", "staff_news")]


def test_rule_that_would_tell_the_requester_of_a_note_is_not_obeyed(lea, transcripts, claire, monkeypatch):
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)
    monkeypatch.setitem(RULES, "note", RULES["comment"])

    factories.move(ticket, "note", factories.handler_on(transcripts))

    assert mails_of("note") == [("claire.dumas", "staff_news")]


def test_handler_without_a_role_any_more_is_told_nothing(lea, transcripts, claire, colette):
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)
    claire.roles.all().delete()

    factories.move(ticket, "note", colette)

    assert not OutgoingEmail.objects.filter(event__kind="note").exists()


def test_only_the_requesters_receipt_and_decisions_are_legal(lea, transcripts, claire, colette):
    ticket = factories.ticket_in(Status.CLOSED, requester=lea, category=transcripts, handler=claire)
    factories.move(ticket, "contest", lea)
    factories.move(ticket, "refuse", claire)

    legal = OutgoingEmail.objects.filter(is_legal=True).order_by("pk")

    assert [(mail.recipient, mail.message) for mail in legal] == [
        (lea, "receipt"),
        (lea, "closed"),
        (lea, "refused"),
    ]
