"""Canned answers: who writes which, what they may say, how they get into an answer."""

import uuid

import pytest
from django.urls import reverse

from categories.enums import RoleKind
from categories.roles import grant_role
from tests import factories
from tickets import typing_keys
from tickets.models import CannedAnswer, CannedScope, Draft
from tickets.services.canned import save_canned_answer

ROOM = reverse("admin:tickets_cannedanswer_changelist")
ADD = reverse("admin:tickets_cannedanswer_add")
TEXT = "Bonjour {{ prenom }},\nvotre demande {{reference}} « {{ objet }} » est traitée.\n{{ signature }}"


@pytest.fixture
def ticket(lea, transcripts, claire):
    return factories.ticket_in(
        "in_progress", requester=lea, category=transcripts, handler=claire, subject="Relevé perdu"
    )


@pytest.fixture
def canned(adam):
    """Return a function that writes a canned answer."""

    def write(author=None, scope=CannedScope.PERSONAL, title="Relevé envoyé", text=TEXT, **place):
        author = author or adam
        if scope == CannedScope.PERSONAL:
            place["owner"] = author
        return save_canned_answer(CannedAnswer(scope=scope, title=title, text=text, **place), author=author)

    return write


def form(**given):
    return {"title": "Relevé envoyé", "text": "Voici.", "scope": "personal", "is_offered": "on"} | given


# --- who writes which ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("person", "scopes"),
    [
        ("oscar", ["personal"]),
        ("claire", ["personal"]),
        ("mathilde", ["personal", "theme"]),
        ("adam", ["personal", "theme", "service", "everywhere"]),
    ],
)
def test_each_writes_for_whom_she_may(person, scopes, client_of, transcripts, service, request):
    author = request.getfixturevalue(person)
    browser = client_of(author)
    places = {"service": service.pk, "category": transcripts.pk}

    offered = [value for value, _label in browser.get(ADD).context["adminform"].form.fields["scope"].choices]
    for scope in CannedScope.values:
        browser.post(ADD, form(scope=scope, **places))

    assert offered == scopes
    assert sorted(CannedAnswer.objects.values_list("scope", flat=True)) == sorted(scopes)


def test_manager_writes_for_her_themes_only(client_of, mathilde, transcripts, refunds):
    browser = client_of(mathilde)

    for theme in (transcripts, refunds):
        browser.post(ADD, form(scope="theme", category=theme.pk))

    assert [answer.category for answer in CannedAnswer.objects.all()] == [transcripts]


def test_place_that_does_not_go_with_the_scope_is_left_out(client_of, adam, transcripts, service):
    client_of(adam).post(ADD, form(scope="service", category=transcripts.pk, service=service.pk))

    answer = CannedAnswer.objects.get()
    assert (answer.service, answer.category, answer.owner) == (service, None, None)


@pytest.mark.parametrize(
    ("scope", "words"), [("theme", "Choisissez le thème."), ("service", "Choisissez le service.")]
)
def test_place_is_asked_for(scope, words, client_of, adam, transcripts):
    response = client_of(adam).post(ADD, form(scope=scope))

    assert response.status_code == 200
    assert words in response.content.decode()


def test_list_and_page_show_each_her_own(client_of, canned, claire, colette, mathilde, adam, transcripts):
    mine = canned(claire, title="Celle de Claire")
    of_theme = canned(mathilde, CannedScope.THEME, title="Celle du thème", category=transcripts)
    wide = canned(adam, CannedScope.EVERYWHERE, title="Celle de tous")

    def reached(person):
        browser = client_of(person)
        pages = [
            reverse("admin:tickets_cannedanswer_change", args=[one.pk]) for one in (mine, of_theme, wide)
        ]
        listed = list(browser.get(ROOM).context["cl"].result_list)
        return [browser.get(page).status_code for page in pages], listed

    assert reached(claire) == ([200, 404, 404], [mine])
    assert reached(colette) == ([404, 404, 404], [])
    assert reached(mathilde) == ([404, 200, 404], [of_theme])
    assert reached(adam) == ([404, 200, 200], [wide, of_theme])


def page_of(answer):
    return reverse("admin:tickets_cannedanswer_change", args=[answer.pk])


def test_somebody_without_a_role_has_no_such_room(client_of, lea):
    assert client_of(lea).get(ROOM).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same(number, client_of, canned, claire, django_assert_num_queries):
    for rank in range(number):
        canned(claire, title=f"Réponse {rank}")
    browser = client_of(claire)

    with django_assert_num_queries(5):
        browser.get(ROOM)


# --- variables -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Bonjour {{ prénom }}", "« prénom » n’est pas une variable connue"),
        ("Bonjour {{ ticket.requester.email }}", "« ticket.requester.email » n’est pas une variable"),
        ("Bonjour {{ prenom }", "« {{ » est seul"),
        ("Bonjour prenom }}", "« }} » est seul"),
        ("{% load i18n %}", "« {% » est seul"),
    ],
)
def test_variables_are_checked_when_saved(text, fault, client_of, claire):
    response = client_of(claire).post(ADD, form(text=text))

    assert response.status_code == 200
    assert fault in response.content.decode().replace("&#x27;", "’")
    assert not CannedAnswer.objects.exists()


def test_each_version_is_kept_and_the_page_shows_them(client_of, canned, claire):
    answer = canned(claire, text="Première façon de le dire.")
    page = reverse("admin:tickets_cannedanswer_change", args=[answer.pk])
    browser = client_of(claire)

    browser.post(page, form(text="Seconde façon de le dire."))
    browser.post(page, form(text="Seconde façon de le dire.", is_offered=""))

    versions = list(answer.versions.values_list("number", "text", "author"))
    assert versions == [
        (2, "Seconde façon de le dire.", claire.pk),
        (1, "Première façon de le dire.", claire.pk),
    ]
    assert "Première façon de le dire." in browser.get(page).content.decode()


# --- in an answer ------------------------------------------------------------------------------------------
@pytest.fixture
def insert(client_of):
    """Return a function that presses « Insérer » without JavaScript."""

    def press(person, ticket, canned, slug="commenter", **typed):
        key = typing_keys.sign(uuid.uuid4(), person)
        address = reverse("admin:tickets_ticket_move", args=[ticket.pk, slug])
        given = {"key": key, "insert_canned": "1", "canned": canned} | typed
        return client_of(person).post(address, given, follow=True)

    return press


def test_answer_is_added_to_what_was_typed_and_nothing_is_sent(insert, canned, claire, ticket):
    answer = canned(claire)

    response = insert(claire, ticket, answer.pk, "cloturer", message="Déjà écrit.", outcome="accepted")

    assert response.context["form"]["message"].value() == (
        "Déjà écrit.\n\n"
        f"Bonjour Léa,\nvotre demande {ticket.reference} « Relevé perdu » est traitée.\n"
        "Claire Dumas\nService de la scolarité"
    )
    assert response.context["form"]["outcome"].value() == "accepted"
    assert ticket.events.count() == 2
    answer.refresh_from_db()
    assert answer.use_count == 1


def test_no_choice_keeps_the_words(insert, claire, canned, ticket):
    canned(claire)

    response = insert(claire, ticket, "", message="Déjà écrit.")

    assert response.context["form"]["message"].value() == "Déjà écrit."
    assert "Choisissez une réponse type" in response.content.decode()
    assert ticket.events.count() == 2


def test_offered_are_hers_and_those_of_the_place(
    client_of, canned, claire, colette, mathilde, bruno, adam, ticket, transcripts, studies, refunds, service
):
    hers = canned(claire, title="À moi")
    canned(colette, title="À Colette")
    of_theme = canned(mathilde, CannedScope.THEME, title="Du relevé", category=transcripts)
    above = canned(mathilde, CannedScope.THEME, title="Des études", category=studies)
    canned(adam, CannedScope.THEME, title="D’un autre thème", category=refunds)
    of_service = canned(adam, CannedScope.SERVICE, title="Du service", service=service)
    canned(adam, CannedScope.SERVICE, title="D’un autre service", service=refunds.service)
    of_all = canned(adam, CannedScope.EVERYWHERE, title="De tous")
    canned(adam, CannedScope.EVERYWHERE, title="Retirée", is_offered=False)

    writing = client_of(claire).get(home(ticket)).context["writings"][0]

    assert [answer for _heading, rows in writing["tools"].canned for answer in rows] == [
        hers,
        above,
        of_theme,
        of_service,
        of_all,
    ]


def home(ticket):
    return reverse("admin:tickets_ticket_change", args=[ticket.pk])


@pytest.mark.parametrize(
    ("person", "status"), [("claire", 200), ("oscar", 404), ("bruno", 404), ("lea", 404), ("adam", 404)]
)
def test_words_come_as_json_to_handlers_only(
    person, status, client_of, canned, claire, ticket, request, adam
):
    answer = canned(adam, CannedScope.EVERYWHERE, text="{{ reference }}")
    address = reverse("admin:tickets_ticket_canned", args=[ticket.pk])

    response = client_of(request.getfixturevalue(person)).post(address, {"canned": answer.pk})

    assert response.status_code == status
    if status == 200:
        assert response.json() == {"words": ticket.reference}


@pytest.mark.parametrize("chosen", ["", "abc", "999999", "99999999999999999999", "-1"])
def test_answer_that_is_not_offered_does_not_exist(chosen, client_of, claire, ticket):
    address = reverse("admin:tickets_ticket_canned", args=[ticket.pk])

    assert client_of(claire).post(address, {"canned": chosen}).status_code == 404
    assert client_of(claire).get(address).status_code == 405


def test_colleagues_own_answer_is_not_offered(client_of, canned, claire, colette, ticket):
    address = reverse("admin:tickets_ticket_canned", args=[ticket.pk])

    assert client_of(claire).post(address, {"canned": canned(colette).pk}).status_code == 404


def test_answer_of_a_confidential_theme_is_signed_by_the_service(client_of, canned, lea, alert):
    handler = factories.handler_on(alert, first_name="Sylvie", last_name="Arnaud")
    grant_role(handler, alert, RoleKind.MANAGER)
    ticket = factories.ticket_in("in_progress", requester=lea, category=alert, handler=handler)
    answer = canned(handler, text="{{ signature }}")

    response = client_of(handler).post(
        reverse("admin:tickets_ticket_canned", args=[ticket.pk]), {"canned": answer.pk}
    )

    assert response.json() == {"words": "Service de la scolarité"}


# --- quotations -------------------------------------------------------------------------------------------
@pytest.fixture
def quote(client_of, claire):
    """Return a function that presses « Citer » without JavaScript."""

    def press(ticket, slug, rank, **typed):
        key = typing_keys.sign(uuid.uuid4(), claire)
        address = reverse("admin:tickets_ticket_move", args=[ticket.pk, slug])
        return client_of(claire).post(address, {"key": key, "quote": rank} | typed, follow=True)

    return press


def test_message_is_quoted_under_what_was_typed(quote, lea, ticket):
    factories.move(ticket, "comment", lea, message="Première ligne.\n\nSeconde ligne.")

    response = quote(ticket, "commenter", 3, message="Bonjour,")

    assert (
        response.context["form"]["message"].value() == "Bonjour,\n\n> Première ligne.\n>\n> Seconde ligne.\n"
    )
    assert ticket.events.count() == 3


def test_note_is_quoted_in_a_note_and_never_in_an_answer(quote, colette, ticket):
    factories.move(ticket, "note", colette, message="Dossier délicat.")

    in_note, in_answer = quote(ticket, "noter", 3), quote(ticket, "commenter", 3)

    assert in_note.context["form"]["message"].value() == "> Dossier délicat.\n"
    assert "Dossier délicat" not in (in_answer.context["form"]["message"].value() or "")
    assert "Une note interne ne se cite pas" in in_answer.content.decode()


@pytest.mark.parametrize("rank", ["99", "abc", "", "2"])
def test_nothing_to_quote_keeps_the_words(rank, quote, ticket):
    response = quote(ticket, "commenter", rank, message="Bonjour,")

    assert response.context["form"]["message"].value() == "Bonjour,"
    assert Draft.objects.count() == 1


def test_each_message_is_quoted_where_it_may_be(client_of, claire, oscar, colette, ticket):
    factories.move(ticket, "note", colette)

    html = client_of(claire).get(home(ticket)).content.decode()

    assert (html.count('data-quote="form-comment"'), html.count('data-quote="form-note"')) == (1, 1)
    assert 'id="form-comment"' in html
    assert 'id="form-note"' in html
    assert "data-quote" not in client_of(oscar).get(home(ticket)).content.decode()


def test_message_of_a_joined_request_is_not_quoted_by_its_rank(client_of, claire, lea, transcripts, ticket):
    twin = factories.file_ticket(lea, transcripts, message="Le double.")
    factories.move(twin, "merge", claire, other=ticket)

    response = client_of(claire).get(home(ticket))

    assert next(entry.message for entry in response.context["entries"] if entry.origin) == "Le double."
    assert response.content.decode().count('data-quote="form-comment"') == 1
