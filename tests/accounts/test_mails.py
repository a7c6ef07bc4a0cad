import pytest

from accounts import mails

pytestmark = pytest.mark.django_db

LINKED = {"first_name": "Marc", "link": "http://127.0.0.1/compte/x/", "hours": 1}
PLAIN = {"first_name": "Marc"}
HINTED = PLAIN | {"hint": "m•••@example.org"}


@pytest.mark.parametrize(
    ("message", "context"),
    [
        ("account_activate", LINKED | {"hours": 24}),
        ("account_address_changed", HINTED),
        ("account_address_changing", HINTED),
        ("account_address_check", LINKED | {"hours": 24}),
        ("account_address_confirm", LINKED | {"hours": 24}),
        ("account_address_taken", PLAIN),
        ("account_exists", PLAIN),
        ("account_password", LINKED),
        ("password_changed", PLAIN),
    ],
)
def test_every_message_is_written_with_its_context(message, context, written):
    mails.send(message, to="marc@example.org", language="fr", context=context)

    assert written() == [(message, "marc@example.org")]


def test_every_message_is_tried_above():
    assert sorted(mails.MESSAGES) == [
        "account_activate",
        "account_address_changed",
        "account_address_changing",
        "account_address_check",
        "account_address_confirm",
        "account_address_taken",
        "account_exists",
        "account_password",
        "password_changed",
    ]


def test_an_unknown_message_is_refused(written):
    with pytest.raises(ValueError, match="receipt"):
        mails.send("receipt", to="marc@example.org", language="fr", context={})

    assert written() == []


def test_a_link_is_absolute_and_ignores_the_host_header(settings):
    settings.SITE_URL = "https://tele-demande.example.org"

    link = mails.absolute("accounts:activate", "abc", following="/demandes/")

    assert link == "https://tele-demande.example.org/compte/activer/abc/?next=%2Fdemandes%2F"


def test_the_hours_of_a_link_are_agreed(letters):
    mails.send("account_password", to="marc@example.org", language="fr", context=LINKED)
    mails.send("account_activate", to="marc@example.org", language="fr", context=LINKED | {"hours": 24})

    said = [next(line for line in letter.text.splitlines() if "heure" in line) for letter in letters()]
    assert ["1 heure " in said[0], "24 heures " in said[1]] == [True, True]
