"""The ledger: who reads what, and who sends again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from notifications.models import MailState, OutgoingEmail
from notifications.services import resend
from tests import factories
from tests.pages import errors_of, words_of

LIST = reverse("admin:notifications_outgoingemail_changelist")


def page_of(mail):
    return reverse("admin:notifications_outgoingemail_change", args=[mail.pk])


@pytest.fixture
def account_mail(db):
    return OutgoingEmail.objects.create(
        message="account_activate",
        to="marc@example.org",
        subject="Votre compte",
        body_text="http://127.0.0.1:8000/compte/activer/tres-secret/",
        is_secret=True,
    )


@pytest.fixture
def mails(lea, transcripts, refunds, alert, claire, bruno, account_mail):
    """One receipt in each of three themes, and a mail of accounts."""
    for category in (transcripts, refunds, alert):
        factories.file_ticket(lea, category)
    receipts = OutgoingEmail.objects.filter(recipient=lea).order_by("pk")
    return dict(zip(("transcripts", "refunds", "alert"), receipts, strict=True)) | {"account": account_mail}


@pytest.mark.parametrize(
    ("person", "readable"),
    [
        ("claire", {"transcripts"}),
        ("oscar", {"transcripts"}),
        ("bruno", {"refunds"}),
        ("adam", {"transcripts", "refunds", "account"}),
        ("lea", set()),
    ],
)
def test_ledger_shows_the_mails_of_requests_one_staffs(mails, client_of, request, person, readable):
    browser = client_of(request.getfixturevalue(person))

    pages = {name: browser.get(page_of(mail)).status_code for name, mail in mails.items()}

    assert {name for name, status in pages.items() if status == 200} == readable
    if readable:
        listed = browser.get(LIST).context["cl"].queryset
        assert {name for name, mail in mails.items() if mail in listed} == readable


def test_body_of_a_secret_is_never_shown(mails, adam, client_of):
    browser = client_of(adam)

    assert b"tres-secret" not in browser.get(page_of(mails["account"])).content + browser.get(LIST).content
    assert "Référence".encode() in browser.get(page_of(mails["transcripts"])).content


# --- the list ------------------------------------------------------------------------------------------
def found(browser, **asked):
    return set(browser.get(LIST, asked).context["cl"].result_list)


def test_search_is_by_address_reference_and_subject(mails, adam, client_of):
    browser = client_of(adam)
    receipt = mails["transcripts"]
    hers = {mails["transcripts"], mails["refunds"]}

    assert found(browser, q="marc@") == {mails["account"]}
    assert found(browser, q="Marc@example.org") == {mails["account"]}
    assert found(browser, q=receipt.to) == hers
    assert found(browser, q=f" {receipt.ticket.reference.lower()} ") == set(receipt.ticket.mails.all())
    assert found(browser, q="votre COMPTE") == {mails["account"]}
    assert found(browser, q="\0marc@") == {mails["account"]}
    assert found(browser, q="zygomorphe") == set()


def test_list_is_narrowed_by_state_value_message_and_period(mails, adam, client_of, time_machine):
    browser = client_of(adam)
    receipt, account = mails["transcripts"], mails["account"]
    OutgoingEmail.objects.filter(pk=account.pk).update(
        state=MailState.FAILED, created_at=datetime(2026, 3, 1, 22, 59, tzinfo=UTC)
    )

    everything = found(browser)
    assert found(browser, etat="failed") == {account}
    assert receipt in found(browser, valeur="oui") < everything
    assert found(browser, valeur="non") == everything - found(browser, valeur="oui")
    assert found(browser, modele="account_activate") == {account}
    assert found(browser, jusque="2026-03-01") == {account}
    assert found(browser, jusque="2026-02-28") == set()
    assert found(browser, depuis="2026-03-02") == everything - {account}
    # Nothing else of the address is a lookup, and what is wrong narrows nothing.
    assert found(browser, etat="nul", depuis="demain", body_text__startswith="a") == everything


def test_confidential_mails_are_not_found_by_whoever_does_not_read_them(mails, adam, client_of):
    assert found(client_of(adam), q=mails["alert"].ticket.reference) == set()


def test_pages_are_reached_without_counting_every_mail(mails, adam, client_of, monkeypatch):
    monkeypatch.setattr("tickets.paging.COUNTED_AT_MOST", 60)
    OutgoingEmail.objects.bulk_create(
        OutgoingEmail(message="receipt", to=f"n{number}@example.org", subject="S", body_text="T")
        for number in range(200)
    )
    browser = client_of(adam)

    first, second = browser.get(LIST), browser.get(LIST, {"p": "2", "etat": "queued"})

    assert first.context["cl"].paginator.count == 100
    assert "?p=2" in first.content.decode()
    assert "?p=3&amp;etat=queued" in second.content.decode()
    assert len(second.context["cl"].result_list) == 50


# --- acts ----------------------------------------------------------------------------------------------
def act(browser, action, mails, **more):
    answers = {"action": action, "_selected_action": [mail.pk for mail in mails]} | more
    response = browser.post(LIST, answers, follow=True)
    return [str(message) for message in response.context["messages"]], response


@pytest.mark.parametrize("action", ["resend_selected", "stop_selected"])
@pytest.mark.parametrize(
    ("person", "is_done"),
    [("claire", True), ("oscar", False), ("bruno", False), ("adam", False)],
    ids=["handler", "observer", "of another theme", "administrator without a role"],
)
def test_whoever_may_act_on_the_request_acts_on_its_mails(mails, client_of, request, person, is_done, action):
    mail, user = mails["transcripts"], request.getfixturevalue(person)
    state = MailState.FAILED if action == "resend_selected" else MailState.QUEUED
    OutgoingEmail.objects.filter(pk=mail.pk).update(state=state, is_legal=False)

    act(client_of(user), action, [mail], answered="1", reason="Doublon")

    assert [one.actor for one in mail.acts.all()] == ([user] if is_done else [])


def test_mails_of_accounts_are_for_administrators(account_mail, adam, claire, client_of):
    for person in (claire, adam):
        act(client_of(person), "stop_selected", [account_mail], answered="1", reason="Erreur")

    assert [one.actor for one in account_mail.acts.all()] == [adam]


def test_report_counts_and_says_why(mails, adam, client_of):
    failed = OutgoingEmail.objects.create(
        message="account_exists", to="a@example.org", subject="S", body_text="T", state=MailState.FAILED
    )
    chosen = [failed, mails["account"], mails["transcripts"]]

    said, _response = act(client_of(adam), "resend_selected", chosen)

    assert said == [
        "1 courriel sera renvoyé. 2 refusés\u00a0: pas encore parti (1)\u00a0; "
        "de demandes que vous ne traitez pas (1)."
    ]


def test_stopping_asks_why_first(mails, claire, client_of):
    mail = mails["transcripts"]
    OutgoingEmail.objects.filter(pk=mail.pk).update(is_legal=False)
    browser = client_of(claire)

    _said, asked = act(browser, "stop_selected", [mail])
    _said, again = act(browser, "stop_selected", [mail], answered="1", reason=" ")
    said, response = act(browser, "stop_selected", [mail], answered="1", reason="Doublon", fiche="1")

    assert "Elle reste sur la fiche du courriel" in asked.content.decode()
    assert errors_of(again) == ["Raison\u00a0: Dites pourquoi ces courriels sont arrêtés."]
    assert said == ["1 courriel arrêté."]
    assert response.redirect_chain[-1][0] == page_of(mail)
    assert "Raison : Doublon" in words_of(response)
    assert mail.acts.count() == 1


def test_page_that_asks_why_names_no_mail_one_does_not_read(mails, claire, client_of):
    hers, other = mails["transcripts"], mails["alert"]

    _said, asked = act(client_of(claire), "stop_selected", [hers, other])

    assert list(asked.context["mails"]) == [hers]
    assert other.subject not in asked.content.decode()


def test_more_than_can_be_chosen_is_refused(mails, adam, client_of, monkeypatch):
    monkeypatch.setattr("notifications.admin.mail_acts.AT_MOST", 1)
    chosen = [mails["account"], mails["refunds"]]

    said, _response = act(client_of(adam), "resend_selected", chosen)

    assert said == ["Choisissez au plus 1 courriels à la fois."]


def test_page_tells_what_was_done_and_offers_what_may_be(mails, claire, oscar, client_of):
    mail = mails["transcripts"]
    OutgoingEmail.objects.filter(pk=mail.pk).update(
        state=MailState.SENT, sent_at=timezone.now(), answer="250 2.0.0 Pris"
    )
    resend([mail.pk], by=claire)
    OutgoingEmail.objects.filter(pk=mail.pk).update(state=MailState.FAILED)

    hers, his = (words_of(client_of(person).get(page_of(mail))) for person in (claire, oscar))

    told = f"par {claire}. Il était parti le"
    assert (told in hers, told in his) == (True, True)
    assert "Le serveur avait répondu : « 250 2.0.0 Pris »" in hers
    offered = "repart à la même adresse"
    assert (offered in hers, offered in his) == (True, False)


@pytest.mark.parametrize("how", ["add", "change", "delete"])
def test_nothing_is_added_changed_or_deleted(mails, adam, client_of, how):
    mail = mails["transcripts"]
    address = {
        "add": reverse("admin:notifications_outgoingemail_add"),
        "change": page_of(mail),
        "delete": reverse("admin:notifications_outgoingemail_delete", args=[mail.pk]),
    }[how]

    answer = client_of(adam).post(address, {"post": "yes", "subject": "Autre"})

    assert answer.status_code == 404  # the admin says that what is forbidden does not exist
    assert list(OutgoingEmail.objects.filter(pk=mail.pk).values_list("subject", flat=True)) == [mail.subject]


@pytest.mark.parametrize("page", ["list", "mail"])
def test_number_of_queries_does_not_depend_on_the_number_of_mails(
    lea, transcripts, claire, client_of, page, django_assert_max_num_queries
):
    browser = client_of(claire)

    def count():
        mail = OutgoingEmail.objects.latest("pk")
        with django_assert_max_num_queries(20) as context:
            assert browser.get(LIST if page == "list" else page_of(mail)).status_code == 200
        assert isinstance(context, CaptureQueriesContext)
        return len(context)

    factories.file_ticket(lea, transcripts)
    count()  # what Django reads once in its life is read
    with_one = count()
    factories.file_ticket(lea, transcripts)
    factories.file_ticket(lea, transcripts)

    assert count() == with_one


def test_mail_put_off_says_so_with_the_answer_and_the_next_try(mails, claire, client_of):
    due_at = timezone.now() + timedelta(minutes=15)
    put_off = {"state": MailState.DEFERRED, "answer": "451 4.3.0 Plus tard", "attempts": 3, "due_at": due_at}
    OutgoingEmail.objects.filter(pk=mails["transcripts"].pk).update(**put_off)
    browser = client_of(claire)

    listed = browser.get(LIST, {"etat": "deferred"})
    page = browser.get(page_of(mails["transcripts"])).content.decode()

    assert list(listed.context["cl"].queryset) == [mails["transcripts"]]
    when = date_format(timezone.localtime(due_at), "DATETIME_FORMAT")
    for shown in (listed.content.decode(), page):
        assert all(words in shown for words in ("différé, nouvel essai prévu", "451 4.3.0 Plus tard", when))
    assert "Prochain essai" in listed.content.decode()


def test_mail_that_was_never_tried_has_no_next_try(mails):
    shown = admin.site.get_model_admin(OutgoingEmail).next_try

    assert shown(mails["transcripts"]) is None
