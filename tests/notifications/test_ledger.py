"""The story of the mails of a request: its requester finds hers, those invited theirs, staff all of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications import delivery, ledger
from notifications.delivery import deliver
from notifications.inbound.reports import Report, mark_bounced
from notifications.models import MailState, OutgoingEmail
from notifications.rules import RULES, Audience
from notifications.services import resend
from tests import factories
from tests.pages import words_of
from tests.services import Smtp
from tickets.services.given import Given
from tickets.services.moving import apply_transition

pytestmark = pytest.mark.django_db

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
ACCEPTED = "250 2.0.0 Ok: queued as 4F7A"


@pytest.fixture(scope="module")
def server():
    with Smtp() as running:
        yield running


@pytest.fixture
def smtp(server, settings, monkeypatch):
    """A real server, which a test tells what to answer."""
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP_BACKEND, "127.0.0.1", server.port
    monkeypatch.setattr(delivery, "_server", delivery._Server())
    server.accept()
    return server


@pytest.fixture
def ticket(lea, transcripts, claire):
    """A request its handler took: three mails, two of them for its requester."""
    ticket = factories.file_ticket(lea, transcripts, subject="Relevé de notes")
    factories.move(ticket, "take", claire)
    return ticket


def mail_of(person, kind):
    return OutgoingEmail.objects.get(recipient=person, event__kind=kind)


def now_is(mail, **fields):
    OutgoingEmail.objects.filter(pk=mail.pk).update(**fields)
    return OutgoingEmail.objects.get(pk=mail.pk)


def sent(mail, **fields):
    taken = {"state": MailState.SENT, "sent_at": timezone.now(), "answer": ACCEPTED, "attempts": 1}
    return now_is(mail, **(taken | {"server": "smtp.example.org"} | fields))


def hers(ticket):
    return reverse("notifications:mails", args=[ticket.reference])


def staffs(ticket):
    return reverse("admin:ticket_mails", args=[ticket.pk])


def shown(answer):
    """Return, of each mail of a page, its key and who it is for."""
    return [(row.mail.pk, row.to) for row in answer.context["rows"]]


# --- who finds what --------------------------------------------------------------------------------------
def test_requester_finds_the_mails_addressed_to_her_latest_first(client_of, lea, claire, ticket):
    answer = client_of(lea).get(hers(ticket))

    mails = [mail_of(lea, "take"), mail_of(lea, "submit")]
    assert shown(answer) == [(mail.pk, lea.email) for mail in mails]
    assert claire.email not in words_of(answer)


def test_guest_finds_hers_alone(client_of, lea, marc, claire, ticket):
    factories.invite(ticket, marc)
    factories.invite(ticket, "quelqu.un@example.org")
    factories.move(ticket, "comment", claire)

    answer = client_of(marc).get(hers(ticket))

    mails = OutgoingEmail.objects.filter(recipient=marc).order_by("-pk")
    assert shown(answer) == [(mail.pk, marc.email) for mail in mails]
    assert {mail.message for mail in mails} == {"guest_invited", "guest_news"}
    assert (lea.email in words_of(answer), "quelqu.un" in words_of(answer)) == (False, False)


@pytest.mark.parametrize("who", ["ines", "bruno"])
def test_to_others_it_does_not_exist(client_of, request, lea, ticket, who):
    browser, mail = client_of(request.getfixturevalue(who)), mail_of(lea, "submit")

    one = reverse("notifications:mail", args=[ticket.reference, mail.uuid])
    assert [browser.get(url).status_code for url in (hers(ticket), one, staffs(ticket))] == [404, 404, 404]


def test_requester_has_no_page_of_staff_and_no_mail_of_theirs(client_of, lea, claire, ticket):
    browser = client_of(lea)
    factories.move(ticket, "comment", lea)
    theirs = reverse("notifications:mail", args=[ticket.reference, mail_of(claire, "comment").uuid])

    assert [browser.get(url).status_code for url in (staffs(ticket), theirs)] == [404, 404]


def test_staff_find_all_of_them_without_the_addresses_of_colleagues(client_of, lea, claire, oscar, ticket):
    factories.invite(ticket, "quelqu.un@example.org", by=claire)
    factories.move(ticket, "comment", lea)

    answer = client_of(oscar).get(staffs(ticket))

    assert {(row.mail.message, row.to) for row in answer.context["rows"]} == {
        ("receipt", f"{lea}, {lea.email}"),
        ("taken", f"{lea}, {lea.email}"),
        ("invited", f"{lea}, {lea.email}"),
        ("commented", f"{lea}, {lea.email}"),
        ("guest_invited", "quelqu.un@example.org"),
        ("guest_news", "quelqu.un@example.org"),
        ("staff_news", str(claire)),
    }
    assert claire.email not in words_of(answer)


def test_shared_mailbox_of_the_service_is_not_named(client_of, lea, transcripts, oscar):
    transcripts.mailbox = "equipe@example.org"
    transcripts.save()
    ticket = factories.file_ticket(lea, transcripts)

    answer = client_of(oscar).get(staffs(ticket))

    assert ("announcement", "adresse commune du service") in {
        (row.mail.message, row.to) for row in answer.context["rows"]
    }
    assert "equipe@example.org" not in words_of(answer)


def test_former_requester_loses_them_and_the_new_one_finds_hers(client_of, lea, marc, mathilde, ticket):
    factories.move(ticket, "change_requester", mathilde, person=marc)

    answer = client_of(marc).get(hers(ticket))

    assert client_of(lea).get(hers(ticket)).status_code == 404
    assert [row.mail.event.kind for row in answer.context["rows"]] == ["change_requester"]


def test_answer_that_may_be_taken_back_is_not_there_before_it_leaves(client_of, lea, claire, oscar, ticket):
    given = Given(message="Voici.", hold=timedelta(seconds=60))
    apply_transition(ticket.pk, "comment", actor=claire, given=given)

    def read():
        pages = client_of(lea).get(hers(ticket)), client_of(oscar).get(staffs(ticket))
        return ["commented" in [row.mail.message for row in page.context["rows"]] for page in pages]

    assert read() == [False, True]

    factories.move(ticket, "take_back", claire)

    assert read() == [False, True]


def test_note_and_former_mails_of_staff_are_not_for_somebody_invited(client_of, lea, claire, colette, ticket):
    factories.move(ticket, "note", colette)
    factories.move(ticket, "comment", lea)
    claire.roles.all().delete()
    factories.invite(ticket, claire)

    answer = client_of(claire).get(hers(ticket))

    assert {row.mail.message for row in answer.context["rows"]} <= {"guest_invited", "guest_news"}


def test_mail_about_a_note_would_not_be_shown_even_if_it_was_written(client_of, lea, colette, ticket):
    factories.move(ticket, "note", colette)
    now_is(mail_of(lea, "take"), event=ticket.events.get(kind="note"))

    answer = client_of(lea).get(hers(ticket))

    assert [row.mail.message for row in answer.context["rows"]] == ["receipt"]


def test_each_message_to_staff_is_known_as_one():
    outside = {Audience.REQUESTER, Audience.GUESTS, Audience.NEW_GUEST, Audience.LOST_GUEST}
    outside |= {Audience.FORMER_REQUESTER}
    told = {rule.message for rules in RULES.values() for rule in rules if rule.audience not in outside}

    assert told | {"staff_confidential"} == ledger.TO_STAFF


# --- what is told ----------------------------------------------------------------------------------------
def lines(mail, ticket, person):
    [found] = [row for row in ledger.rows_for_reader([mail], ticket, person) if row.mail == mail]
    return found.state, found.lines


def test_mail_a_server_took_says_when_which_and_in_which_words(lea, ticket, time_machine):
    time_machine.move_to("2026-03-02T09:00:00+00:00", tick=False)
    mail = sent(mail_of(lea, "submit"))

    state, told = lines(mail, ticket, lea)

    assert state == "envoyé"
    assert told == [
        "Accepté le lundi 2 mars 2026, 10\u00a0h\u00a000 par le serveur smtp.example.org, "
        f"qui a répondu «\u00a0{ACCEPTED}\u00a0»."
    ]


def test_page_opened_after_the_mail_is_told_and_before_it_is_not(client_of, lea, ticket, time_machine):
    time_machine.move_to("2026-03-02T09:00:00+00:00", tick=False)
    browser = client_of(lea)
    browser.get(ticket.get_absolute_url())
    time_machine.shift(timedelta(minutes=1))
    mail = sent(mail_of(lea, "take"))

    assert len(lines(mail, ticket, lea)[1]) == 1

    time_machine.shift(timedelta(hours=1))
    browser.get(ticket.get_absolute_url())

    assert lines(mail, ticket, lea)[1][-1] == (
        "La demande a été ouverte en ligne depuis, en dernier lieu le lundi 2 mars 2026, 11\u00a0h\u00a001."
    )


def test_page_opened_again_after_something_new_is_another_visit(client_of, lea, claire, ticket, time_machine):
    time_machine.move_to("2026-12-02T09:00:00+00:00", tick=False)
    browser = client_of(lea)
    browser.get(ticket.get_absolute_url())
    time_machine.shift(timedelta(minutes=2))
    factories.move(ticket, "comment", claire)
    mail = sent(mail_of(lea, "comment"))
    time_machine.shift(timedelta(minutes=1))

    browser.get(ticket.get_absolute_url())

    assert "ouverte en ligne depuis" in lines(mail, ticket, lea)[1][-1]


def test_whether_a_colleague_opened_it_is_told_to_nobody(client_of, lea, claire, oscar, ticket):
    factories.move(ticket, "comment", lea)
    sent(mail_of(claire, "comment"))
    client_of(claire).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))

    assert "ouverte en ligne depuis, en" not in words_of(client_of(oscar).get(staffs(ticket)))


def test_secret_is_never_shown(client_of, lea, claire, marc, ticket):
    mail = now_is(mail_of(lea, "submit"), is_secret=True, body_text="https://example.org/jeton")

    page = words_of(client_of(lea).get(reverse("notifications:mail", args=[ticket.reference, mail.uuid])))

    assert ("jeton" in page, "Non affiché" in page) == (False, True)


def test_mail_is_read_again_as_it_was_sent(client_of, lea, ticket):
    mail = now_is(mail_of(lea, "submit"), body_text="Bonjour <b>Léa</b>.\nVotre demande est reçue.\n")

    answer = client_of(lea).get(reverse("notifications:mail", args=[ticket.reference, mail.uuid]))

    assert "Bonjour &lt;b&gt;Léa&lt;/b&gt;.<br>Votre demande est reçue." in answer.content.decode()


def test_what_the_service_was_told_of_is_what_she_wrote_without_names(
    client_of, lea, claire, colette, ticket
):
    ticket.follows.create(user=colette)
    factories.move(ticket, "comment", lea)
    factories.move(ticket, "change_subject", claire)
    factories.move(ticket, "note", colette)
    for mail in OutgoingEmail.objects.all():
        sent(mail)

    answer = client_of(lea).get(hers(ticket))

    assert sorted(str(one["label"]) for one in answer.context["told"]) == ["Demande déposée", "Message"]
    assert (str(claire) in words_of(answer), "Note" in words_of(answer)) == (False, False)


# --- its steps, from a real server -----------------------------------------------------------------------
def steps(mail):
    return [(step.kind, step.server, step.words) for step in mail.steps.all()]


@pytest.mark.services
def test_tries_are_kept_until_a_server_takes_it(smtp, lea, ticket):
    mail = mail_of(lea, "submit")
    smtp.refuse("451 4.7.1 Plus tard")
    deliver(mail.pk)
    smtp.accept()
    now_is(mail, due_at=timezone.now())
    deliver(mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.server, mail.attempts) == (MailState.SENT, "127.0.0.1", 2)
    assert steps(mail) == [("deferred", "127.0.0.1", "451 4.7.1 Plus tard")]
    told = lines(mail, ticket, lea)[1]
    assert [line.split(" le ")[0] for line in told] == ["Remis à plus tard", "Accepté", "Envoyé en 2 essais."]


@pytest.mark.services
def test_mail_refused_then_sent_again_keeps_both(smtp, lea, ticket, adam):
    mail = mail_of(lea, "submit")
    smtp.refuse("550 5.1.1 Inconnu", stage="rcpt")
    deliver(mail.pk)

    assert resend([mail.pk], by=adam).done == [mail.pk]

    mail.refresh_from_db()
    assert steps(mail) == [("refused", "127.0.0.1", "550 5.1.1 Inconnu"), ("requeued", "", "")]
    assert resend([mail.pk], by=adam).done == []
    assert mail.steps.count() == 2


def test_fault_of_our_own_machine_is_told_in_plain_french_and_to_staff_as_it_is(lea, ticket):
    mail = now_is(
        mail_of(lea, "submit"), state=MailState.FAILED, answer="ConnectionRefusedError: [Errno 111]"
    )

    [told] = lines(mail, ticket, lea)[1]
    [row] = ledger.rows_for_staff([mail], ticket)

    assert told.endswith("le serveur d’envoi ne répondait pas.")
    assert "[Errno 111]" in row.lines[0]


def test_bounce_keeps_the_words_of_the_server_that_took_it(lea, ticket):
    mail = sent(mail_of(lea, "submit"))
    report = Report(words="5.1.1 Inconnu", message_id=mail.headers["Message-ID"])

    mark_bounced(report, ())
    mark_bounced(report, ())

    mail.refresh_from_db()
    assert steps(mail) == [("accepted", "smtp.example.org", ACCEPTED), ("bounced", "", "5.1.1 Inconnu")]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Il part dès que possible."),
        ({"due_at": timedelta(hours=1)}, "Il part le "),
        ({"due_at": timedelta(hours=1), "attempts": 1}, "Nouvel essai le "),
        ({"state": MailState.FAILED, "answer": "Sans adresse."}, "Non envoyé, le "),
    ],
    ids=["now", "held", "again", "failed"],
)
def test_mail_that_has_not_left_says_what_is_next(lea, ticket, fields, told):
    if "due_at" in fields:
        fields = fields | {"due_at": timezone.now() + fields["due_at"]}
    mail = now_is(mail_of(lea, "submit"), **fields)

    assert lines(mail, ticket, lea)[1][0].startswith(told)


# --- what it costs ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_whatever_the_number_of_mails(
    client_of, lea, claire, oscar, ticket, count, django_assert_num_queries
):
    for _each in range(count):
        factories.move(ticket, "comment", claire)
    for mail in OutgoingEmail.objects.filter(recipient=lea):
        sent(mail)
        mark_bounced(Report(words="5.1.1 Inconnu", message_id=mail.headers["Message-ID"]), ())
    reader, staff = client_of(lea), client_of(oscar)

    # Session, reader, request; mails, their number, steps, visits; what the service was told of.
    with django_assert_num_queries(8):
        reader.get(hers(ticket))
    with django_assert_num_queries(7):
        staff.get(staffs(ticket))


def test_long_list_is_cut_in_pages(client_of, lea, claire, ticket, monkeypatch):
    monkeypatch.setattr("notifications.views.mails.PER_PAGE", 2)
    factories.move(ticket, "comment", claire)
    browser = client_of(lea)

    pages = [shown(browser.get(hers(ticket), {"page": number})) for number in ("1", "2", "99999999", "x")]

    kinds = [[OutgoingEmail.objects.get(pk=pk).event.kind for pk, _to in page] for page in pages]
    assert kinds == [["comment", "take"], ["submit"], ["comment", "take"], ["comment", "take"]]


def test_pages_of_the_request_lead_there(client_of, lea, claire, ticket):
    pages = {hers: client_of(lea).get(ticket.get_absolute_url())}
    pages[staffs] = client_of(claire).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))

    assert [f'href="{address(ticket)}"' in page.content.decode() for address, page in pages.items()] == [
        True,
        True,
    ]
