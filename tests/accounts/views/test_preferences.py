import pytest

from tests.accounts.test_redirects import OFF_SITE
from tests.factories import LocalPersonFactory

pytestmark = pytest.mark.django_db

PREFERENCES, ADDRESS = "/compte/preferences/", "/compte/adresse-postale/"
IDENTITY, BODY = "/compte/identite/", "/compte/organisme/"
PINS = {
    "address_line1": " 12 rue  des Pins\u202e ",
    "address_line2": "",
    "postal_code": "13100",
    "city": "Aix-en-Provence",
    "country": "France",
}


def facts(browser, name="facts"):
    return [(fact["label"], fact["value"]) for fact in browser.get(PREFERENCES).context[name]]


def test_a_member_sees_who_she_is(client_of, lea):
    browser = client_of(lea)

    assert facts(browser) == [
        ("Nom", "Fontaine"),
        ("Prénom", "Léa"),
        ("Téléphone", "non renseigné"),
        ("Compte AMU", "lea.fontaine"),
    ]
    assert facts(browser, "mail") == [("Adresse", "lea.fontaine@etu.example.org")]
    assert facts(browser, "body") == [("J’écris", "en mon nom")]


def test_somebody_from_outside_sees_what_she_gave(client_of):
    person = LocalPersonFactory(
        email="x@example.org",
        first_name="",
        last_name="",
        usage_name="Durand",
        phone="+33465710001",
        body_kind="association",
        body_name="Les Amis",
        siret="73282932000074",
        rna="W133012345",
    )
    browser = client_of(person)

    assert facts(browser) == [
        ("Nom", "non renseigné"),
        ("Prénom", "non renseigné"),
        ("Nom d’usage", "Durand"),
        ("Téléphone", "04 65 71 00 01"),
    ]
    assert facts(browser, "body") == [
        ("J’écris", "au nom d’une association"),
        ("Nom", "Les Amis"),
        ("Numéro SIRET", "732\u00a0829\u00a0320\u00a000074"),
        ("Numéro RNA", "W133012345"),
    ]
    assert facts(browser, "postal") == [("Adresse", "3 rue des Lilas\n13001 Marseille\nFrance")]


@pytest.mark.parametrize(("following", "landing"), [(PREFERENCES, PREFERENCES), ("", "/demandes/")])
def test_the_postal_address_is_kept(client_of, marc, following, landing):
    response = client_of(marc).post(ADDRESS, PINS | {"next": following})

    marc.refresh_from_db()
    assert response["Location"] == landing
    assert marc.postal_lines == ["12 rue des Pins", "13100 Aix-en-Provence", "France"]


def test_the_address_is_asked_then_the_request_goes_on(client_of, marc):
    browser = client_of(marc)

    shown = browser.get(f"{ADDRESS}?next=/demandes/nouvelle/x/")
    response = browser.post(ADDRESS, PINS | {"next": shown.context["next"]})

    assert response["Location"] == "/demandes/nouvelle/x/"


@pytest.mark.parametrize("address", OFF_SITE)
def test_the_address_never_leads_off_the_site(client_of, marc, address):
    assert client_of(marc).post(ADDRESS, PINS | {"next": address})["Location"] == "/demandes/"


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"address_line1": "", "city": " \u200b "}, ["address_line1", "city"]),
        ({"postal_code": "1310"}, ["postal_code"]),
        ({"postal_code": "SW1A 1AA", "country": "Royaume-Uni"}, []),
        ({"postal_code": "13 100"}, []),
        ({"city": "x" * 121}, ["city"]),
    ],
)
def test_an_incomplete_address_says_what_to_do_and_keeps_what_was_typed(client_of, marc, typed, errors):
    response = client_of(marc).post(ADDRESS, PINS | typed)

    marc.refresh_from_db()
    if not errors:
        assert response.status_code == 302
        return
    form = response.context["form"]
    assert (list(form.errors), form["postal_code"].value()) == (errors, (PINS | typed)["postal_code"])
    assert marc.address_line1 == "3 rue des Lilas"


# --- how pages and mails come ---------------------------------------------------------------------------
DISPLAY = {"language": "fr", "newest_first": "False", "shows_intro": "on"}


def displayed(person):
    person.refresh_from_db()
    return person.language, person.newest_first, person.hides_filing_intro


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (DISPLAY, ("fr", False, False)),
        (DISPLAY | {"language": "en"}, ("en", False, False)),
        (DISPLAY | {"newest_first": "True"}, ("fr", True, False)),
        ({"language": "fr", "newest_first": "False"}, ("fr", False, True)),
    ],
    ids=["all as at first", "English", "newest first", "no information screen"],
)
def test_display_is_kept_and_shown_again(client_of, marc, typed, kept):
    browser = client_of(marc)

    response = browser.post(PREFERENCES, typed)

    form = browser.get(PREFERENCES).context["form"]
    assert (response["Location"], displayed(marc)) == (PREFERENCES, kept)
    shown = (form["language"].value(), form["newest_first"].value(), not form["shows_intro"].value())
    assert shown == kept


def test_a_new_language_is_spoken_at_once_and_after_leaving(client_of, marc):
    browser = client_of(marc)

    response = browser.post(PREFERENCES, DISPLAY | {"language": "en"})

    assert response.cookies["td_language"].value == "en"
    assert browser.get(PREFERENCES).headers["Content-Language"] == "en"


def test_what_is_not_answered_stays_as_it_was(client_of, marc):
    marc.language, marc.newest_first = "en", True
    marc.save()

    client_of(marc).post(PREFERENCES, {"shows_intro": "on"})

    assert displayed(marc) == ("en", True, False)


@pytest.mark.parametrize("typed", [{"language": "de"}, {"newest_first": "peut-être"}])
def test_a_choice_that_does_not_exist_changes_nothing(client_of, marc, typed):
    response = client_of(marc).post(PREFERENCES, DISPLAY | typed)

    assert (list(response.context["form"].errors), displayed(marc)) == (list(typed), ("fr", False, False))


# --- names and telephone ----------------------------------------------------------------------------------
NAMED = {"last_name": "Durand", "first_name": "Marc", "usage_name": "Durand-Roche", "phone": "04 65 71 00 01"}


def named(person):
    person.refresh_from_db()
    return person.last_name, person.first_name, person.usage_name, person.phone


def test_somebody_from_outside_changes_her_names(client_of, marc):
    response = client_of(marc).post(IDENTITY, NAMED)

    assert (response["Location"], named(marc)) == (
        PREFERENCES,
        ("Durand", "Marc", "Durand-Roche", "+33465710001"),
    )
    assert str(marc) == "Marc Durand-Roche"


def test_a_member_of_the_university_keeps_the_names_of_the_university(client_of, lea):
    browser = client_of(lea)

    browser.post(IDENTITY, NAMED)

    assert named(lea) == ("Fontaine", "Léa", "Durand-Roche", "+33465710001")
    assert list(browser.get(IDENTITY).context["form"].fields) == ["usage_name", "phone"]


def test_what_was_given_may_be_taken_back(client_of, marc):
    browser = client_of(marc)
    browser.post(IDENTITY, NAMED)

    browser.post(IDENTITY, NAMED | {"usage_name": "", "phone": ""})

    assert named(marc) == ("Durand", "Marc", "", "")


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"last_name": ""}, ["last_name"]),
        ({"first_name": " "}, ["first_name"]),
        ({"usage_name": "http://evil.example"}, ["usage_name"]),
        ({"phone": "04 65"}, ["phone"]),
    ],
)
def test_a_wrong_name_or_number_changes_nothing_and_stays_as_typed(client_of, marc, typed, errors):
    before = named(marc)

    response = client_of(marc).post(IDENTITY, NAMED | typed)

    form = response.context["form"]
    assert (list(form.errors), form[errors[0]].value(), named(marc)) == (errors, typed[errors[0]], before)


# --- in whose name ------------------------------------------------------------------------------------------
COMPANY = {"body_kind": "company", "body_name": "Atelier Roche", "siret": "732 829 320 00074", "rna": ""}
FRIENDS = {"body_kind": "association", "body_name": "Les Amis", "siret": "", "rna": "w133 012 345"}


def written_for(person):
    person.refresh_from_db()
    return person.body_kind, person.body_name, person.siret, person.rna


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (COMPANY, ("company", "Atelier Roche", "73282932000074", "")),
        (COMPANY | {"siret": ""}, ("company", "Atelier Roche", "", "")),
        (COMPANY | {"rna": "faux"}, ("company", "Atelier Roche", "73282932000074", "")),
        (FRIENDS, ("association", "Les Amis", "", "W133012345")),
        (FRIENDS | {"siret": "73282932000074"}, ("association", "Les Amis", "73282932000074", "W133012345")),
        (FRIENDS | {"body_kind": "person", "siret": "faux"}, ("person", "", "", "")),
    ],
    ids=["company", "foreign company", "company with an RNA", "association", "employer", "herself"],
)
def test_the_body_is_kept_with_what_belongs_to_it(client_of, marc, typed, kept):
    response = client_of(marc).post(BODY, typed)

    assert (response["Location"], written_for(marc)) == (PREFERENCES, kept)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (COMPANY | {"body_name": " "}, ["body_name"]),
        (COMPANY | {"siret": "732 829 320"}, ["siret"]),
        (FRIENDS | {"rna": "133012345", "body_name": ""}, ["rna", "body_name"]),
        ({"body_kind": ""}, ["body_kind"]),
        ({"body_kind": "state", "body_name": "x"}, ["body_kind"]),
    ],
)
def test_a_wrong_body_changes_nothing(client_of, marc, typed, errors):
    response = client_of(marc).post(BODY, typed)

    assert (list(response.context["form"].errors), written_for(marc)) == (errors, ("person", "", "", ""))


@pytest.mark.parametrize("page", [PREFERENCES, ADDRESS, IDENTITY, BODY])
def test_pages_cost_two_queries_and_need_a_session(client, client_of, marc, page, django_assert_num_queries):
    browser = client_of(marc)

    with django_assert_num_queries(2):  # the session, the person
        browser.get(page)

    assert client.get(page)["Location"] == f"/connexion/?next={page}"
