"""What no browser sends: a page answers, calmly, and never with an error 500."""

import pytest

from teledemande.wsgi import application
from tests import factories

# Codecs Python knows, of which Django would make the alphabet of the request; then names nobody knows.
ALPHABETS = [
    *("unicode_escape", "utf-7", "utf-16", "hex", "rot13", "idna", "punycode", "zlib", "latin-1"),
    *("klingon", '"utf-7"', "utf-8; charset=hex"),
]


def served(rf, path, content_type):
    """Return the status that the WSGI entry point answers."""
    environ = rf.generic("GET", path, content_type=content_type).environ
    environ["CONTENT_TYPE"] = content_type
    answers = []
    application(environ, lambda status, headers: answers.append(int(status.partition(" ")[0])))
    return answers[0]


@pytest.mark.parametrize("alphabet", [*ALPHABETS, "*=hex''x"])
def test_only_our_alphabet_comes_in(rf, db, alphabet):
    parameter = alphabet if alphabet.startswith("*") else f"={alphabet}"

    assert served(rf, "/connexion/?next=/%5Cud800+2AA-", f"text/plain; charset{parameter}") == 400


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "text/plain; charset=UTF-8", 'multipart/form-data; boundary="x"']
)
def test_our_alphabet_need_not_be_said(rf, db, content_type):
    assert served(rf, "/connexion/?next=/x", content_type) == 200


ODD = {
    "nul": "%00",
    "surrogate": "%ED%A0%80",
    "beyond-bigint": "9" * 30,
    "too-many-digits": "9" * 4000,
    "negative": "-1",
    "exponent": "1e9",
    "other-digits": "%D9%A3",
    "first-day": "0001-01-01",
    "no-day": "9999-99-99",
    "last-day": "9999-12-31",
    "query-language": "%22)%20OR%20NEAR(%2A",
    "direction": "%E2%80%AE",
}
REQUESTERS = [
    *(f"/recherche/?{name}=" for name in ("q", "status", "category", "since", "until", "page")),
    "/demandes/?page=",
    "/demandes/nouvelle/releve-de-notes/?brouillon=",
    "/connexion/?next=/",
    "/compte/adresse-postale/?next=/",
]
_LISTS = ("tickets/ticket", "notifications/outgoingemail", "accounts/user", "categories/role")
_SCOPE = ("depuis", "jusque", "pas", "par", "theme", "service", "origine")
ADMINISTRATORS = [
    *(f"/gestion/{page}/?{name}=" for page in _LISTS for name in ("q", "p", "o", "all")),
    *(f"/gestion/tickets/ticket/?{name}=" for name in ("vue", "etat", "theme", "depuis", "jusque", "tri")),
    *(f"/gestion/statistiques/?{name}=" for name in _SCOPE),
    *(f"/gestion/statistiques/volumes.csv?{name}=" for name in _SCOPE),
    "/gestion/notifications/outgoingemail/?state__exact=",
    "/gestion/accounts/user/?is_staff__exact=",
]


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_requesters_pages_take_any_question(client_of, lea, transcripts, odd):
    factories.file_ticket(lea, transcripts)
    browser = client_of(lea)

    statuses = {page: browser.get(page + odd).status_code for page in REQUESTERS}

    assert {page: status for page, status in statuses.items() if status not in (200, 302)} == {}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_staff_pages_take_any_question(client_of, adam, lea, transcripts, odd):
    factories.file_ticket(lea, transcripts)
    browser = client_of(adam)

    statuses = {page: browser.get(page + odd).status_code for page in ADMINISTRATORS}

    assert {page: status for page, status in statuses.items() if status not in (200, 302, 400)} == {}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize(
    "page",
    [
        "/demandes/{}/",
        "/demandes/TD-2026-{}/",
        "/demandes/TD-2026-000001/pieces/{}/",
        "/gestion/tickets/ticket/{}/change/",
        "/gestion/tickets/ticket/{}/prendre-en-charge/",
        "/themes/{}/",
    ],
)
def test_addresses_that_name_nothing_are_not_found(client_of, adam, page, odd):
    assert client_of(adam).get(page.format(odd)).status_code == 404


@pytest.mark.parametrize("reference", ["TD-2026-999999999999", "TD-0000-000001", "TD-9999-000000"])
def test_reference_of_nothing_is_not_found(client_of, lea, reference):
    assert client_of(lea).get(f"/demandes/{reference}/").status_code == 404
