"""The mark of an address that was refused, and the ways it goes."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import LinkPurpose, User
from accounts.services import (
    LinkUnusable,
    change_address,
    choose_password,
    confirm_address,
    note_refused,
    remember_cas_person,
)
from accounts.services.single_use import new_link
from notifications.models import OutgoingEmail
from tests.factories import PASSWORD, LocalPersonFactory, PersonFactory
from tests.pages import words_of

pytestmark = pytest.mark.django_db
CHECK = "/compte/adresse-a-verifier/"


@pytest.fixture
def marked(settings):
    """Somebody whose address was refused."""
    settings.OUTBOX_KEEPS_SECRETS = True
    person = LocalPersonFactory(email="marc.aubert@example.org")
    assert note_refused(person, address=person.email, words="5.1.1 Inconnu", at=timezone.now())
    return User.objects.get(pk=person.pk)


def is_marked(person):
    return User.objects.get(pk=person.pk).address_is_refused


def mailed_token(browser):
    """Ask for the link as she would, and return what it ends with."""
    browser.post(CHECK)
    mail = OutgoingEmail.objects.get(message="account_address_check")
    [link] = [line for line in mail.body_text.split() if CHECK in line]
    return link.removeprefix(f"{settings.SITE_URL}{CHECK}").strip("/")


def test_address_that_is_not_hers_any_more_is_not_marked(marked):
    assert not note_refused(marked, address="ancienne@example.org", words="5.1.1", at=timezone.now())
    assert User.objects.get(pk=marked.pk).refused_address == marked.email


def test_page_says_what_was_refused_and_what_to_do(client_of, marked):
    page = words_of(client_of(marked).get(CHECK))

    assert ("5.1.1 Inconnu" in page, "Changer d’adresse électronique" in page) == (True, True)


def test_link_read_at_the_address_takes_the_mark_off_by_a_click(client_of, marked):
    browser = client_of(marked)
    address = f"{CHECK}{mailed_token(browser)}/"

    page = browser.get(address)
    assert (page.status_code, is_marked(marked)) == (200, True)

    assert browser.post(address).status_code == 302
    assert not is_marked(marked)
    assert "n’arrivent plus" not in words_of(browser.get("/"))


@pytest.mark.parametrize(
    "whose", ["somebody else", "the same address", "an older address", "too old", "forged"]
)
def test_link_that_is_not_for_her_and_for_now_changes_nothing(client_of, marked, ines, time_machine, whose):
    token, person = mailed_token(client_of(marked)), marked
    if whose == "somebody else":
        person = ines
        note_refused(ines, address=ines.email, words="5.1.1", at=timezone.now())
    if whose == "the same address":  # that CAS gives to another account
        person = PersonFactory(email=marked.email)
        note_refused(person, address=person.email, words="5.1.1", at=timezone.now())
    if whose == "an older address":
        User.objects.filter(pk=marked.pk).update(email="b@example.org", refused_address="b@example.org")
    if whose == "too old":
        time_machine.move_to(timezone.now() + timedelta(days=30))
    if whose == "forged":
        token = token[:-3] + "abc"
    person = User.objects.get(pk=person.pk)

    with pytest.raises(LinkUnusable):
        confirm_address(token, user=person)
    assert is_marked(person)


def test_unusable_link_leads_back_to_the_page_that_gives_another(client_of, marked):
    answer = client_of(marked).get(f"{CHECK}nimporte-quoi/")

    assert (answer.status_code, answer.url) == (302, CHECK)


def test_another_address_is_another_story(marked):
    token = new_link(LinkPurpose.ADDRESS, "marc@example.net", user=marked)

    change_address(token, user=marked)

    assert not is_marked(marked)


def test_address_the_university_gives_is_another_story(lea):
    note_refused(lea, address=lea.email, words="5.1.1", at=timezone.now())
    remember_cas_person(lea.login, {"mail": [lea.email]})
    assert is_marked(lea)

    remember_cas_person(lea.login, {"mail": ["lea.autre@etu.example.org"]})

    assert not is_marked(lea)


def test_password_chosen_by_a_mailed_link_shows_that_mails_arrive(marked):
    choose_password(new_link(LinkPurpose.PASSWORD, marked.email, user=marked), password=PASSWORD)

    assert not is_marked(marked)


def test_links_are_not_mailed_without_end(client_of, marked):
    browser = client_of(marked)

    for _each in range(7):
        answer = browser.post(CHECK, follow=True)

    assert "recommencez dans une heure" in words_of(answer)
    assert OutgoingEmail.objects.filter(message="account_address_check").count() == 5


def test_somebody_without_an_address_is_mailed_nothing(client_of, lea):
    User.objects.filter(pk=lea.pk).update(email="")

    assert client_of(lea).post(CHECK).status_code == 200
    assert OutgoingEmail.objects.count() == 0


def test_stranger_is_asked_to_sign_in(client):
    assert client.get(reverse("accounts:check")).url.startswith(reverse("login"))
