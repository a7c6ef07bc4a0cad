"""The ledger: who reads what, and who sends again."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from notifications.models import MailState, OutgoingEmail
from tests import factories

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


def test_search_is_by_address(mails, adam, client_of):
    found = client_of(adam).get(LIST, {"q": "marc@"}).context["cl"].queryset

    assert list(found) == [mails["account"]]


@pytest.mark.parametrize(
    ("person", "state"),
    [("claire", MailState.QUEUED), ("oscar", MailState.FAILED), ("bruno", MailState.FAILED)],
    ids=["handler", "observer", "of another theme"],
)
def test_failed_mail_is_sent_again_by_whoever_may_act(mails, client_of, request, person, state):
    mail = mails["transcripts"]
    OutgoingEmail.objects.filter(pk=mail.pk).update(state=MailState.FAILED)
    browser = client_of(request.getfixturevalue(person))

    browser.post(LIST, {"action": "resend_selected", "_selected_action": [mail.pk]})

    mail.refresh_from_db()
    assert mail.state == state


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
    with_one = count()
    factories.file_ticket(lea, transcripts)
    factories.file_ticket(lea, transcripts)

    assert count() == with_one


def test_mail_put_off_says_so_with_the_answer_and_the_next_try(mails, claire, client_of):
    due_at = timezone.now() + timedelta(minutes=15)
    put_off = {"state": MailState.DEFERRED, "answer": "451 4.3.0 Plus tard", "attempts": 3, "due_at": due_at}
    OutgoingEmail.objects.filter(pk=mails["transcripts"].pk).update(**put_off)
    browser = client_of(claire)

    listed = browser.get(LIST, {"state__exact": "deferred"})
    page = browser.get(page_of(mails["transcripts"])).content.decode()

    assert list(listed.context["cl"].queryset) == [mails["transcripts"]]
    when = date_format(timezone.localtime(due_at), "DATETIME_FORMAT")
    for shown in (listed.content.decode(), page):
        assert all(words in shown for words in ("différé, nouvel essai prévu", "451 4.3.0 Plus tard", when))
    assert "Prochain essai" in listed.content.decode()


def test_mail_that_was_never_tried_has_no_next_try(mails):
    shown = admin.site.get_model_admin(OutgoingEmail).next_try

    assert shown(mails["transcripts"]) is None
