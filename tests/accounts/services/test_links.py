import re
import threading
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.models import AccountLink, LinkPurpose, LinkRequest, User
from accounts.services import (
    AlreadyRegistered,
    LinkUnusable,
    TooManyMails,
    ask_password,
    ask_registration,
    choose_password,
    live_link,
    register,
)
from accounts.services.single_use import MAILS_PER_ADDRESS, MAILS_PER_CLIENT
from notifications.models import OutgoingEmail
from tests.factories import LocalPersonFactory, PersonFactory

pytestmark = pytest.mark.django_db

EMAIL = "nadia@example.org"
NEW = "Quatre-Saisons-Du-Port-8"


def ask_account(email=EMAIL, client="192.0.2.1", **options):
    ask_registration(email=email, last_name="Haddad", first_name="Nadia", client=client, **options)


def ask_reset(email, client="192.0.2.1"):
    ask_password(email=email, client=client)


def token_of(letter):
    return letter.link.split("?")[0].rstrip("/").rpartition("/")[2]


# --- asking ---------------------------------------------------------------------------------------------
def test_asking_for_an_account_mails_a_link_and_creates_nobody(written):
    ask_account()

    assert written() == [("account_activate", EMAIL)]
    assert User.objects.count() == 0


def test_somebody_who_has_an_account_is_told_so_by_mail_only(written):
    LocalPersonFactory(email=EMAIL)

    ask_account()

    assert written() == [("account_exists", EMAIL)]
    assert AccountLink.objects.count() == 0


def test_a_forgotten_password_mails_a_link_to_the_holder_only(written):
    LocalPersonFactory(email=EMAIL)
    LocalPersonFactory(email="closed@example.org", is_active=False)
    PersonFactory(login="nadia", email="cas@example.org")

    for email in (EMAIL, "closed@example.org", "cas@example.org", "nobody@example.org"):
        ask_reset(email)

    assert written() == [("account_password", EMAIL)]
    assert AccountLink.objects.count() == 1


def statements(act, *args):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act(*args)
    shapes = []
    for query in captured.captured_queries:
        verb = re.match(r"[A-Z]+(?: INTO| FROM)?(?: \"\w+\")?", query["sql"])[0]
        shapes.append("SAVEPOINT END" if verb.startswith(("RELEASE", "ROLLBACK")) else verb)
    return [shape for shape in shapes if not shape.startswith("SAVEPOINT")]


@pytest.mark.parametrize("ask", [ask_account, ask_reset])
def test_an_unknown_address_costs_the_same_work_as_a_known_one(ask):
    LocalPersonFactory(email=EMAIL)
    ask("first@example.org")  # what is cached at first use is cached

    assert sorted(statements(ask, "nobody@example.org")) == sorted(statements(ask, EMAIL))


@pytest.mark.parametrize("ask", [ask_account, ask_reset])
def test_an_address_gets_five_mails_an_hour(ask, written, clock):
    LocalPersonFactory(email=EMAIL)
    for _ in range(MAILS_PER_ADDRESS + 2):
        ask(EMAIL)
    within_the_hour = len(written())

    clock.shift(3601)
    ask(EMAIL)

    assert (within_the_hour, len(written())) == (5, 6)
    assert LinkRequest.objects.count() == 1


def test_a_client_gets_thirty_mails_an_hour(written):
    for number in range(MAILS_PER_CLIENT):
        ask_account(f"a{number}@example.org")

    with pytest.raises(TooManyMails):
        ask_account("one-more@example.org")
    ask_account("one-more@example.org", client="192.0.2.2")

    assert len(written()) == 31


def test_neither_address_nor_client_is_readable_in_the_counters():
    ask_account()

    row = LinkRequest.objects.values("address_digest", "client_digest").get()
    assert [len(value) for value in row.values()] == [64, 64]
    assert not [value for value in row.values() if "nadia" in value or "192.0.2.1" in value]


def test_a_new_link_kills_the_former_one_of_the_same_purpose_and_address(letters):
    LocalPersonFactory(email="other@example.org")
    ask_account()
    ask_reset("other@example.org")
    ask_account()

    first, other, second = (token_of(letter) for letter in letters())
    with pytest.raises(LinkUnusable):
        live_link(first, LinkPurpose.ACTIVATE)
    assert live_link(second, LinkPurpose.ACTIVATE).email == EMAIL
    assert live_link(other, LinkPurpose.PASSWORD).email == "other@example.org"


def test_the_token_is_long_and_not_stored(letters):
    ask_account()

    token, row = token_of(letters()[0]), AccountLink.objects.values().get()
    assert len(token) == 43
    assert [value for value in row.values() if token in str(value)] == []


def test_a_link_carries_where_to_go(letters):
    ask_account(following="/demandes/nouvelle/?a=1")

    assert letters()[0].link.endswith("/?next=%2Fdemandes%2Fnouvelle%2F%3Fa%3D1")


def test_a_stranger_is_written_to_in_the_language_of_the_page_and_a_holder_in_hers():
    LocalPersonFactory(email="holder@example.org", language="fr")

    with override("en"):
        ask_account("stranger@example.org")
        ask_account("holder@example.org")
        ask_reset("holder@example.org")

    assert {(mail.message, mail.headers["Content-Language"]) for mail in OutgoingEmail.objects.all()} == {
        ("account_activate", "en"),
        ("account_exists", "fr"),
        ("account_password", "fr"),
    }


# --- using ----------------------------------------------------------------------------------------------
def registration_token(letters):
    ask_account()
    return token_of(letters()[-1])


def reset_token(letters, email=EMAIL):
    ask_reset(email)
    return token_of(letters()[-1])


def test_registering_creates_the_person_who_was_described(letters):
    user = register(registration_token(letters), password=NEW)

    user.refresh_from_db()
    described = (user.identity, user.email, user.first_name, user.last_name)
    assert described == ("mail:nadia@example.org", EMAIL, "Nadia", "Haddad")
    assert (user.check_password(NEW), user.is_staff, user.is_active) == (True, False, True)


def test_a_new_person_keeps_the_language_she_registered_in(letters):
    token = registration_token(letters)

    with override("en"):
        user = register(token, password=NEW)

    user.refresh_from_db()
    assert user.language == "en"


def test_a_link_is_used_once(letters):
    token = registration_token(letters)
    register(token, password=NEW)

    with pytest.raises(LinkUnusable):
        register(token, password="Another-One-Of-Them-9")

    assert User.objects.get().check_password(NEW)


def test_looking_at_a_link_does_not_use_it(letters):
    token = registration_token(letters)

    for _ in range(3):
        live_link(token, LinkPurpose.ACTIVATE)

    assert register(token, password=NEW).email == EMAIL


@pytest.mark.parametrize(
    ("purpose", "lifetime"), [("activate", timedelta(hours=24)), ("password", timedelta(hours=1))]
)
def test_a_link_dies_with_time(purpose, lifetime, letters, clock):
    LocalPersonFactory(email="other@example.org")
    if purpose == "activate":
        token = registration_token(letters)
    else:
        token = reset_token(letters, "other@example.org")

    clock.shift(lifetime - timedelta(seconds=1))
    assert live_link(token, purpose).purpose == purpose
    clock.shift(timedelta(seconds=1))
    with pytest.raises(LinkUnusable):
        live_link(token, purpose)


def test_a_link_serves_its_purpose_only(letters):
    LocalPersonFactory(email="other@example.org")
    account, reset = registration_token(letters), reset_token(letters, "other@example.org")

    for use, token in ((register, reset), (choose_password, account), (register, "x"), (register, "")):
        with pytest.raises(LinkUnusable):
            use(token, password=NEW)


def test_an_account_created_meanwhile_stays_as_it_is(letters):
    token = registration_token(letters)
    LocalPersonFactory(email=EMAIL, password="The-First-One-To-Come-1")

    with pytest.raises(AlreadyRegistered):
        register(token, password=NEW)

    assert User.objects.get().check_password("The-First-One-To-Come-1")


def test_choosing_a_password_unlocks_and_tells(letters, written):
    holder = LocalPersonFactory(email=EMAIL)
    AccessAttempt.objects.create(username=EMAIL, ip_address="192.0.2.9", failures_since_start=10)

    choose_password(reset_token(letters), password=NEW)

    holder.refresh_from_db()
    assert (holder.check_password(NEW), AccessAttempt.objects.count()) == (True, 0)
    assert written() == [("account_password", EMAIL), ("password_changed", EMAIL)]


def test_a_closed_account_is_not_opened_by_a_link(letters):
    holder = LocalPersonFactory(email=EMAIL)
    token = reset_token(letters)
    holder.is_active = False
    holder.save()

    with pytest.raises(LinkUnusable):
        choose_password(token, password=NEW)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_posts_at_once_one_passes(letters):
    token, start, results = registration_token(letters), threading.Barrier(4), []

    def use():
        start.wait()
        try:
            results.append(register(token, password=NEW).email)
        except LinkUnusable:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(results) == [EMAIL, "refused", "refused", "refused"]
