"""Who is told by preference: handlers of the theme by their choices, the mailbox by its setting."""

from functools import partial

import pytest

from categories.enums import MailboxTold
from notifications.choices import choose
from notifications.models import MailChoice, OutgoingEmail, Profile
from notifications.rules import RULES, Audience
from tests import factories
from tests.races import at_once
from tickets.lifecycle.enums import Status

MAILBOX = "scolarite-bureau@example.org"


@pytest.fixture
def told_of(lea, transcripts, claire):
    """Return a function that lives one request, handled by Claire, and lists what a person was told of."""

    def live(person):
        ticket = factories.file_ticket(lea, transcripts)
        factories.move(ticket, "comment", lea)  # nobody has it
        factories.move(ticket, "take", claire)
        factories.move(ticket, "comment", lea)
        factories.move(ticket, "note", claire, message="Des mots à taire.")
        factories.move(ticket, "assign", claire, assignee=person)
        factories.move(ticket, "comment", lea)
        factories.move(ticket, "take", claire)
        factories.move(ticket, "release", claire)
        return kinds(OutgoingEmail.objects.filter(recipient=person, ticket=ticket))

    return live


def kinds(mails):
    return list(mails.order_by("event__sequence", "pk").values_list("event__kind", flat=True))


ARRIVES = ["submit", "comment"]
HERS = ["assign", "comment", "take"]
EVERYTHING = ["submit", "comment", "take", "comment", "note", "assign", "comment", "take", "release"]


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("", [*ARRIVES, *HERS, "release"]),
        (Profile.ALL, EVERYTHING),
        (Profile.CREATION, [*ARRIVES, *HERS, "release"]),
        (Profile.IN_CHARGE, HERS),
        (Profile.DIGEST, []),
        (Profile.NONE, []),
    ],
    ids=["usual", *Profile.values],
)
def test_profile_decides_of_what_a_handler_is_told(told_of, colette, profile, expected):
    choose(colette, None, profile)

    assert told_of(colette) == expected


def test_nearest_choice_wins_over_those_above(told_of, colette, studies, transcripts, finances):
    choose(colette, None, Profile.ALL)
    choose(colette, finances.pk, Profile.ALL)
    choose(colette, studies.pk, Profile.IN_CHARGE)
    assert told_of(colette) == HERS

    choose(colette, transcripts.pk, Profile.NONE)
    assert told_of(colette) == []

    choose(colette, transcripts.pk, "")
    choose(colette, studies.pk, "")
    assert told_of(colette) == EVERYTHING


def test_choice_of_one_handler_is_not_that_of_another(lea, transcripts, claire, colette):
    choose(colette, None, Profile.NONE)

    ticket = factories.file_ticket(lea, transcripts)

    assert [mail.recipient for mail in ticket.mails.order_by("pk")] == [lea, claire]


def test_whoever_chose_everything_is_told_of_nothing_she_may_not_read(lea, transcripts, claire, bruno, oscar):
    for stranger in (bruno, oscar):
        choose(stranger, None, Profile.ALL)
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)

    factories.move(ticket, "note", claire)
    factories.move(ticket, "comment", lea)

    assert set(ticket.mails.values_list("recipient", flat=True)) == {lea.pk, claire.pk}


def test_requester_who_handles_the_theme_is_told_as_a_requester(colette, claire, transcripts):
    choose(colette, None, Profile.ALL)
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=colette, category=transcripts, handler=claire)

    factories.move(ticket, "note", claire)

    assert list(ticket.mails.filter(recipient=colette).order_by("pk").values_list("message", flat=True)) == [
        "receipt",
        "taken",
    ]


def test_nobody_is_told_twice(lea, transcripts, claire, colette, mathilde):
    for person in (colette, mathilde):
        choose(person, None, Profile.ALL)
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)
    ticket.follows.create(user=colette)

    factories.move(ticket, "assign", mathilde, assignee=colette)

    event = ticket.events.get(kind="assign")
    assert event.mails.filter(recipient=colette).count() == 1


def test_one_click_of_two_moves_is_one_mail_to_whoever_chose_everything(lea, transcripts, claire, colette):
    choose(colette, None, Profile.ALL)
    ticket = factories.file_ticket(lea, transcripts)

    factories.move(ticket, "take_and_close", claire)

    assert kinds(ticket.mails.filter(recipient=colette)) == ["submit", "close"]


def test_colleague_named_and_follower_are_told_whatever_they_chose(lea, transcripts, claire, colette):
    choose(colette, None, Profile.NONE)
    ticket = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)
    factories.move(ticket, "note", claire, message="@colette.roux qu’en pensez-vous")
    ticket.follows.create(user=colette)
    factories.move(ticket, "comment", lea)

    mails = ticket.mails.filter(recipient=colette).order_by("pk")
    assert [mail.message for mail in mails] == ["mentioned", "staff_news"]


def test_requester_is_told_of_everything_whatever_she_chose_as_staff(bruno, transcripts, claire):
    choose(bruno, None, Profile.NONE)

    ticket = factories.ticket_in(Status.CLOSED, requester=bruno, category=transcripts, handler=claire)

    assert [mail.message for mail in ticket.mails.filter(recipient=bruno).order_by("pk")] == [
        "receipt",
        "taken",
        "closed",
    ]


@pytest.mark.parametrize(
    "kind", sorted(set(RULES) - {"submit", "admin_access", "withdraw_file", "take_back", "continues"})
)
def test_every_move_tells_whoever_chose_everything_and_the_mailbox_that_did(kind):
    audiences = {rule.audience for rule in RULES[kind]}

    assert {Audience.HANDLERS_OF_ALL, Audience.MAILBOX_OF_ALL} <= audiences


# --- the mailbox of the service ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (MailboxTold.CREATION, [*ARRIVES, "release"]),
        (MailboxTold.ALL, EVERYTHING),
        (MailboxTold.NOTHING, []),
    ],
    ids=MailboxTold.values,
)
def test_mailbox_hears_what_its_theme_wants_and_never_the_words(
    told_of, transcripts, colette, setting, expected
):
    transcripts.mailbox, transcripts.mailbox_told = MAILBOX, setting
    transcripts.save()

    told_of(colette)

    mails = OutgoingEmail.objects.filter(to=MAILBOX)
    assert kinds(mails) == expected
    assert {mail.message for mail in mails} <= {"announcement"}
    assert [mail for mail in mails if "à taire" in mail.body_text or "Léa" in mail.body_text] == []


# --- choosing --------------------------------------------------------------------------------------------
def test_choosing_says_what_stood_there(colette, studies):
    assert choose(colette, studies.pk, Profile.ALL) == ""
    assert choose(colette, studies.pk, Profile.NONE) == Profile.ALL
    assert choose(colette, studies.pk, "") == Profile.NONE
    assert choose(colette, studies.pk, "") == ""
    assert not MailChoice.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_leave_one_choice(colette):
    results = at_once(*(partial(choose, colette, None, one) for one in (Profile.ALL, Profile.NONE)))

    assert [one for one in results if isinstance(one, Exception)] == []
    assert MailChoice.objects.filter(person=colette).count() == 1
