"""The calculator of legal dates, for whoever administers or manages."""

import re
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from tests.pages import errors_of, words_of
from tickets.models import Ticket

REFUSAL = {
    "regime": "refusal",
    "mois": "2",
    "recue": "2026-03-10",
    "demandees_1": "2026-03-20",
    "limite_1": "2026-04-20",
    "envoyees_1": "2026-03-30",
}


@pytest.fixture
def ask(client_of, adam):
    """Return a function that asks the calculator for a case, and gives the page."""
    browser = client_of(adam)
    return lambda **asked: browser.get(reverse("admin:calculator"), asked)


def dates_of(response):
    """Return the days of the table, in its order; "" for none."""
    cells = re.findall(r'dates-table__day"[^>]*>\s*(?:<time datetime="([\d-]+)")?', response.content.decode())
    return list(cells)


# --- who ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"), [("adam", 200), ("mathilde", 200), ("claire", 404), ("oscar", 404), ("lea", 404)]
)
def test_calculator_is_for_who_administers_or_manages(client_of, request, who, status):
    browser = client_of(request.getfixturevalue(who))

    assert browser.get(reverse("admin:calculator"), REFUSAL).status_code == status


def test_calculator_is_for_nobody_signed_out(client):
    assert client.get(reverse("admin:calculator")).status_code == 302


@pytest.mark.parametrize(("who", "is_there"), [("adam", True), ("mathilde", True), ("claire", False)])
def test_first_page_leads_to_it(client_of, request, who, is_there):
    page = client_of(request.getfixturevalue(who)).get(reverse("admin:index")).content.decode()

    assert (reverse("admin:calculator") in page) == is_there


def test_calculator_takes_no_post(client_of, adam):
    assert client_of(adam).post(reverse("admin:calculator"), REFUSAL).status_code == 405


def test_calculator_asks_the_database_for_nothing_of_its_own(ask, django_assert_num_queries, db):
    with django_assert_num_queries(2):  # the session, the person
        ask(**REFUSAL)
    assert not Ticket.objects.exists()


# --- what it answers ---------------------------------------------------------------------------------------
def test_first_page_proposes_a_case_received_today(ask):
    with time_machine.travel("2026-11-03T23:30:00Z", tick=False):  # in Paris, the 4th
        page = ask().content.decode()

    assert 'value="2026-11-04"' in page
    assert "dates-table" not in page.partition("<body")[2]


def test_every_date_is_told_with_its_reason(ask):
    response = ask(**REFUSAL)

    assert dates_of(response) == ["2026-03-11", "2026-03-24", "2026-05-21", "2026-05-22", "2026-07-22"]
    words = words_of(response).replace("\xa0", " ")
    assert (
        "11 jours de suspension (CRPA, L114-5) : pièces demandées le 20 mars 2026, reçues le 30 mars 2026."
        in words
    )
    assert "jeudi 21 mai 2026" in words


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"regime": "acceptance"}, ["2026-05-30", "2026-05-31", ""]),
        ({"regime": "acceptance", "envoyees_1": ""}, ["", "", ""]),
        ({"envoyees_1": ""}, ["2026-06-11", "2026-06-12", "2026-08-12"]),
        ({"limite_1": "", "envoyees_1": ""}, ["2026-06-10", "2026-06-11", "2026-08-11"]),
        ({"regime": "none", "mois": ""}, ["", "", ""]),
        ({"depart": "are_sent", "accuse": "2026-03-12"}, ["2026-05-23", "2026-05-24", "2026-07-24"]),
        ({"premiere": "2026-03-01"}, ["2026-05-12", "2026-05-13", "2026-07-13"]),
        ({"depart": "complet", "complet": "2026-03-31"}, None),
        ({"depart": "complete_file", "complet": "2026-03-31"}, ["2026-05-31", "2026-06-01", "2026-08-03"]),
        ({"lieu": "abroad"}, ["2026-05-21", "2026-05-22", "2026-09-22"]),
        ({"lieu": "abroad", "recours": "cada"}, ["2026-05-21", "2026-05-22", "2026-07-22"]),
        (
            {"demandees_3": "2026-03-25", "limite_3": "2026-04-25", "envoyees_3": "2026-04-05"},
            ["2026-05-27", "2026-05-28", "2026-07-28"],
        ),
    ],
)
def test_every_fact_of_the_form_counts(ask, changes, wanted):
    assert dates_of(ask(**(REFUSAL | changes)))[2:] == (wanted or [])


def test_picture_says_what_it_shows(ask):
    page = unescape(ask(**REFUSAL).content.decode()).replace("\xa0", " ")

    (said,) = re.findall(r'<desc id="temps-mots">([^<]+)</desc>', page)
    assert said == (
        "Accusé d’enregistrement : jusqu’au 11/03/2026 ; Accusé de réception : jusqu’au 24/03/2026 ; "
        "Pièces demandées : 20/03/2026 – 30/03/2026 ; Délai de réponse : du 10/03/2026 au 21/05/2026 ; "
        "Recours : du 22/05/2026 au 22/07/2026"
    )


# --- what it refuses ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "field", "wanted"),
    [
        ({"recue": ""}, "recue", "Indiquez une date."),
        ({"recue": "hier"}, "recue", "Indiquez une date au format jj/mm/aaaa."),
        ({"recue": "1999-12-31"}, "recue", "Indiquez une date à partir de l’an 2000."),
        ({"recue": "9999-12-31"}, "recue", "Indiquez une date avant l’an 2100."),
        ({"mois": ""}, "mois", "Indiquez le délai en mois : ce régime du silence en a un."),
        ({"mois": "0"}, "mois", "Indiquez un nombre entier de mois, de 1 à 120."),
        ({"mois": "121"}, "mois", "Indiquez un nombre entier de mois, de 1 à 120."),
        ({"mois": "deux"}, "mois", "Indiquez un nombre entier de mois, de 1 à 120."),
        ({"mois": "9" * 5000}, "mois", "Indiquez un nombre entier de mois, de 1 à 120."),
        ({"premiere": "2026-03-11"}, "premiere", "Ce jour suit la réception par l’université."),
        ({"accuse": "2026-03-09"}, "accuse", "Ce jour précède la réception de la demande."),
        ({"complet": "2026-03-09"}, "complet", "Ce jour précède la réception de la demande."),
        ({"limite_1": "2026-03-19"}, "limite_1", "Ce jour précède celui où les pièces ont été demandées."),
        (
            {"envoyees_1": "2026-03-19"},
            "envoyees_1",
            "Ce jour précède celui où les pièces ont été demandées.",
        ),
        ({"demandees_1": ""}, "demandees_1", "Indiquez le jour où ces pièces ont été demandées."),
        ({"demandees_3": "2026-03-09"}, "demandees_3", "Ce jour précède la réception de la demande."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(ask, changes, field, wanted):
    response = ask(**(REFUSAL | changes))

    form = response.context["form"]
    assert {name: list(errors) for name, errors in form.errors.items()} == {
        field: [wanted.replace(" :", "\xa0:")]
    }
    assert len(errors_of(response)) == 1
    assert f'id="cas-{field}_error"' in response.content.decode()
    assert dates_of(response) == []


@pytest.mark.parametrize("name", ["regime", "depart", "lieu", "recours"])
@pytest.mark.parametrize("value", ["inconnu", "\0", "\ud83d"])
def test_unknown_choices_are_refused(client_of, adam, name, value):
    query = {**REFUSAL, name: value.encode("utf-8", "surrogatepass")}

    response = client_of(adam).get(reverse("admin:calculator"), query)

    assert (response.status_code, list(response.context["form"].errors)) == (200, [name])
