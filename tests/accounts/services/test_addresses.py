import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccountLink, LinkPurpose, User
from accounts.services import (
    AlreadyRegistered,
    LinkUnusable,
    TooManyMails,
    ask_address,
    ask_password,
    change_address,
    choose_password,
    live_link,
)
from tests.factories import PASSWORD, LocalPersonFactory, PersonFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "nadia@example.org", "nadia.haddad@example.net"
OTHER_PASSWORD = "Quatre-Saisons-Du-Port-8"


@pytest.fixture
def nadia():
    return LocalPersonFactory(email=OLD, first_name="Nadia", last_name="Haddad")


def ask(person, email=NEW, client="192.0.2.1"):
    ask_address(person, email=email, client=client)


def token_of(letter):
    return letter.link.rstrip("/").rpartition("/")[2]


def token_for(person, letters, email=NEW):
    ask(person, email)
    return token_of(next(letter for letter in reversed(letters()) if letter.to == email))


# --- asking ---------------------------------------------------------------------------------------------
def test_the_link_goes_to_the_new_address_and_a_warning_to_the_present_one(nadia, written, letters):
    ask(nadia)

    assert written() == [("account_address_confirm", NEW), ("account_address_changing", OLD)]
    confirm, warning = (letter.text for letter in letters())
    assert ("Nadia" in confirm, OLD in confirm) == (False, False)
    assert (NEW in warning, "n•••@example.net" in warning, "/compte/mot-de-passe-oublie/" in warning) == (
        False,
        True,
        True,
    )
    nadia.refresh_from_db()
    assert (nadia.email, nadia.identity) == (OLD, f"mail:{OLD}")


def test_an_address_taken_is_said_to_its_mailbox_only(nadia, written):
    LocalPersonFactory(email=NEW)

    ask(nadia)

    assert written() == [("account_address_taken", NEW), ("account_address_changing", OLD)]
    assert AccountLink.objects.count() == 0


def test_the_address_of_a_member_of_the_university_is_free(nadia, written):
    PersonFactory(login="nadia", email=NEW)

    ask(nadia)

    assert written()[0] == ("account_address_confirm", NEW)


def statements(act, *args):
    with CaptureQueriesContext(connection) as captured:
        act(*args)
    verbs = [re.match(r"[A-Z]+(?: INTO| FROM)?(?: \"\w+\")?", q["sql"])[0] for q in captured.captured_queries]
    return sorted(verb for verb in verbs if not verb.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")))


def test_a_free_address_costs_the_same_work_as_a_taken_one(nadia):
    LocalPersonFactory(email="taken@example.net")
    ask(nadia, "first@example.net")  # what is cached at first use is cached

    assert statements(ask, nadia, "free@example.net") == statements(ask, nadia, "taken@example.net")


def test_a_person_asks_five_times_an_hour(nadia, written, clock):
    for number in range(5):
        ask(nadia, f"a{number}@example.net")

    with pytest.raises(TooManyMails):
        ask(nadia, "one.more@example.net")
    clock.shift(3601)
    ask(nadia, "one.more@example.net")

    assert len(written()) == 12


def test_an_address_is_written_to_five_times_an_hour_by_all(written):
    for number in range(7):
        ask(LocalPersonFactory(), client=f"192.0.2.{number}")

    assert len([to for _message, to in written() if to == NEW]) == 5


def test_a_member_of_the_university_cannot(written):
    with pytest.raises(ValueError, match="cas:lea"):
        ask(PersonFactory(login="lea"))

    assert written() == []


# --- using ----------------------------------------------------------------------------------------------
def test_the_link_changes_address_and_identity_and_tells_the_former_one(nadia, letters, written):
    token = token_for(nadia, letters)

    change_address(token, user=nadia)

    person = User.objects.get()
    assert (person.email, person.identity, person.check_password(PASSWORD)) == (NEW, f"mail:{NEW}", True)
    assert written()[-1] == ("account_address_changed", OLD)
    assert ("n•••@example.net" in letters()[-1].text, NEW in letters()[-1].text) == (True, False)


def test_the_link_is_used_once(nadia, letters):
    token = token_for(nadia, letters)
    change_address(token, user=nadia)

    with pytest.raises(LinkUnusable):
        change_address(token, user=nadia)


def test_the_link_of_somebody_else_changes_nothing(nadia, letters):
    token, other = token_for(nadia, letters), LocalPersonFactory(email="other@example.org")

    with pytest.raises(LinkUnusable):
        change_address(token, user=other)

    assert sorted(User.objects.values_list("email", flat=True)) == [OLD, "other@example.org"]
    assert live_link(token, LinkPurpose.ADDRESS).email == NEW


def test_an_account_created_meanwhile_keeps_its_address(nadia, letters):
    token = token_for(nadia, letters)
    LocalPersonFactory(email=NEW)

    with pytest.raises(AlreadyRegistered):
        change_address(token, user=nadia)

    nadia.refresh_from_db()
    assert nadia.email == OLD


def test_a_new_request_kills_the_former_one_of_the_same_person_only(nadia, letters):
    other = LocalPersonFactory(email="other@example.org")
    first, hers = token_for(nadia, letters), token_for(other, letters)
    assert live_link(first, LinkPurpose.ADDRESS).user == nadia
    second = token_for(nadia, letters, "third@example.net")

    with pytest.raises(LinkUnusable):
        change_address(first, user=nadia)
    assert change_address(second, user=nadia).email == "third@example.net"
    assert change_address(hers, user=other).email == NEW


def test_a_new_password_stops_a_change_somebody_else_asked_for(nadia, letters):
    token = token_for(nadia, letters)
    ask_password(email=OLD, client="192.0.2.1")

    choose_password(token_of(letters()[-1]), password=OTHER_PASSWORD)

    with pytest.raises(LinkUnusable):
        change_address(token, user=nadia)


def test_the_former_mailbox_opens_the_account_no_more(nadia, letters):
    ask_password(email=OLD, client="192.0.2.1")
    reset = token_of(letters()[-1])

    change_address(token_for(nadia, letters), user=nadia)

    with pytest.raises(LinkUnusable):
        choose_password(reset, password=OTHER_PASSWORD)


def test_the_link_dies_after_a_day(nadia, letters, clock):
    token = token_for(nadia, letters)

    clock.shift(timedelta(hours=24))

    with pytest.raises(LinkUnusable):
        change_address(token, user=nadia)


def test_a_closed_account_changes_nothing(nadia, letters):
    token = token_for(nadia, letters)
    nadia.is_active = False
    nadia.save()

    with pytest.raises(LinkUnusable):
        change_address(token, user=nadia)
