import threading

import pytest
from django.db import connection
from django.utils.translation import override

from accounts.models import User
from accounts.services import remember_cas_person, save_postal_address, set_filing_intro, set_person
from tests.factories import LocalPersonFactory, PersonFactory

pytestmark = pytest.mark.django_db

LEA = {"mail": ["lea@etu.univ-amu.fr"], "sn": ["Fontaine"], "givenName": ["Léa"]}


def kept(user):
    user.refresh_from_db()
    return (user.identity, user.email, user.first_name, user.last_name, user.affiliations)


def test_a_first_login_creates_the_person():
    user = remember_cas_person("Lea.Fontaine", LEA | {"eduPersonAffiliation": ["student", "member"]})

    expected = ("cas:lea.fontaine", "lea@etu.univ-amu.fr", "Léa", "Fontaine", ["student", "member"])
    assert kept(user) == expected
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (False, False, False)


def test_later_logins_refresh_names_and_email_and_nothing_else():
    person = PersonFactory(
        login="lea",
        first_name="L",
        last_name="F",
        capacity="professeure",
        is_staff=True,
        hides_filing_intro=True,
    )

    again = remember_cas_person("LEA", LEA)

    assert again == person
    assert kept(again) == ("cas:lea", "lea@etu.univ-amu.fr", "Léa", "Fontaine", [])
    assert (again.capacity, again.is_staff, again.hides_filing_intro) == ("professeure", True, True)


def test_an_unchanged_person_costs_one_query(django_assert_num_queries):
    remember_cas_person("lea", LEA)

    with django_assert_num_queries(1):
        remember_cas_person("lea", LEA)


def test_a_first_login_keeps_the_language_of_the_page_and_later_ones_do_not():
    with override("en"):
        first = remember_cas_person("lea", LEA).language
    again = remember_cas_person("lea", LEA).language
    with override("en"):
        PersonFactory(login="marc")
        other = remember_cas_person("marc", LEA).language

    assert (first, again, other) == ("en", "en", "fr")


def test_only_attributes_that_fill_forms_in_are_kept():
    given = {
        "supannEtuId": [" 23000101 "],
        "supannCodeINE": ["\x00", "", "1234567890A", "x" * 500],
        "schacDateOfBirth": ["20040506"],
        "supannEmpId": [],
        "supannRefId": ["{NIR}1"],
    }

    user = remember_cas_person("lea", LEA | given)

    user.refresh_from_db()
    assert user.cas_attributes == {
        "supannEtuId": ["23000101"],
        "supannCodeINE": ["1234567890A", "x" * 200],
        "schacDateOfBirth": ["20040506"],
    }
    names = ("supannEtuId", "supannCodeINE", "supannEmpId", "supannRefId")
    assert [user.attribute(name) for name in names] == ["23000101", "1234567890A", "", ""]


def test_an_attribute_the_cas_stops_giving_is_still_known():
    remember_cas_person("lea", LEA | {"supannEtuId": ["1"], "supannCodeINE": ["2"]})

    user = remember_cas_person("lea", LEA | {"supannEtuId": ["3"]})

    user.refresh_from_db()
    assert user.cas_attributes == {"supannEtuId": ["3"], "supannCodeINE": ["2"]}


def test_attributes_never_give_rights():
    forged = {
        name: ["1"] for name in ("is_superuser", "is_staff", "is_active", "capacity", "groups", "password")
    }

    user = remember_cas_person("lea", LEA | forged)

    user.refresh_from_db()
    assert (user.is_superuser, user.is_staff, user.is_active, user.capacity) == (False, False, True, "")
    assert (list(user.groups.all()), user.has_usable_password()) == ([], False)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({}, ("a@example.org", "A", "B", ["staff"])),
        ({"mail": [""], "sn": [" "], "givenName": [None]}, ("a@example.org", "A", "B", ["staff"])),
        ({"mail": ["no address"]}, ("a@example.org", "A", "B", ["staff"])),
        ({"mail": ["x" * 250 + "@example.org"]}, ("a@example.org", "A", "B", ["staff"])),
        ({"sn": ["S" * 200]}, ("a@example.org", "A", "S" * 150, ["staff"])),
        ({"displayName": ["Léa F"]}, ("a@example.org", "A", "Léa F", ["staff"])),
        ({"displayName": ["Léa F"], "givenName": ["Léa"]}, ("a@example.org", "Léa", "B", ["staff"])),
        ({"eduPersonPrimaryAffiliation": ["employee"]}, ("a@example.org", "A", "B", ["employee"])),
        (
            {"eduPersonPrimaryAffiliation": ["faculty"], "eduPersonAffiliation": ["member", "faculty"]},
            ("a@example.org", "A", "B", ["faculty", "member"]),
        ),
    ],
)
def test_what_cas_does_not_say_well_leaves_what_we_knew(attributes, expected):
    person = PersonFactory(
        login="lea", email="a@example.org", first_name="A", last_name="B", affiliations=["staff"]
    )

    remember_cas_person("lea", attributes)

    assert kept(person)[1:] == expected


def test_the_same_email_is_not_the_same_person():
    outsider = LocalPersonFactory(email="lea@etu.univ-amu.fr", first_name="Autre")

    member = remember_cas_person("lea", LEA)

    assert member != outsider
    assert sorted(User.objects.values_list("identity", flat=True)) == ["cas:lea", "mail:lea@etu.univ-amu.fr"]
    assert kept(outsider)[2] == "Autre"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_first_logins_at_once_are_one_person():
    start, found = threading.Barrier(4), []

    def log_in():
        start.wait()
        try:
            found.append(remember_cas_person("lea", LEA).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=log_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [User.objects.get().pk] * 4


def test_a_person_created_meanwhile_is_found(monkeypatch):
    """The race above, in one thread: the first look finds nobody, the creation finds her there."""
    first = remember_cas_person("lea", LEA)
    looks = []

    class Blind(type(User.objects.all())):
        def first(self):
            looks.append(1)

    monkeypatch.setattr(User.objects, "filter", lambda **lookup: Blind(User))
    second = remember_cas_person("lea", LEA | {"sn": ["Aubert"]})

    assert (second.pk, second.last_name, looks) == (first.pk, "Aubert", [1])


def test_the_postal_address_is_kept(lea):
    lines = {
        "address_line1": "12 rue des Pins",
        "address_line2": "Bât. B",
        "postal_code": "13100",
        "city": "Aix-en-Provence",
        "country": "France",
    }

    save_postal_address(lea, lines=lines)

    lea.refresh_from_db()
    assert lea.postal_lines == ["12 rue des Pins", "Bât. B", "13100 Aix-en-Provence", "France"]


def test_the_information_screen_is_hidden_and_shown(lea):
    seen = []
    for hidden in (True, False):
        set_filing_intro(lea, hidden=hidden)
        lea.refresh_from_db()
        seen.append(lea.hides_filing_intro)

    assert seen == [True, False]


def test_a_closed_account_is_out_at_its_next_page(lea, client_of):
    browser = client_of(lea)
    before = browser.get("/compte/preferences/").status_code

    set_person(lea, is_active=False, capacity="")

    after = browser.get("/compte/preferences/")
    assert (before, after.status_code, after["Location"]) == (
        200,
        302,
        "/connexion/?next=/compte/preferences/",
    )
