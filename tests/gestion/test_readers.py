"""« Qui peut voir cette demande, et pourquoi » : everybody who sees it, nobody else, and the reason."""

import pytest
from django.urls import reverse

from accounts.models import User
from categories.enums import RoleKind
from categories.roles import grant_role
from tests import factories
from tests.factories import file_ticket, invite, move
from tickets.admin.readers import readers_of
from tickets.models import Ticket


def address(ticket):
    return reverse("admin:tickets_ticket_readers", args=[ticket.pk])


def said(ticket):
    return [(reader.name, str(reader.why), reader.source) for reader in readers_of(ticket)]


def seers(ticket):
    """Return who really sees `ticket`, asked one by one."""
    return {one for one in User.objects.all() if Ticket.objects.visible_to(one).filter(pk=ticket.pk).exists()}


@pytest.fixture
def people(lea, marc, ines, oscar, claire, mathilde, bruno, adam, alert):
    """Everybody, two handlers of the confidential theme, and accounts that were closed."""
    factories.handler_on(alert, first_name="Sylvie", last_name="Arnaud")
    handler = factories.handler_on(alert, first_name="Paul", last_name="Bernard", is_active=False)
    former = factories.PersonFactory(is_superuser=True, is_staff=True, is_active=False)
    return [handler, former]


def test_each_reason_says_where_it_comes_from(lea, transcripts, claire, oscar, adam, marc):
    grant_role(claire, transcripts, RoleKind.MANAGER)
    ticket = move(file_ticket(lea, transcripts), "take", claire)
    row = invite(ticket, marc)
    invite(ticket, "claude@example.org")

    day = said(ticket)[1][2].rpartition(" le ")[2]
    assert row.user == marc
    assert said(ticket) == [
        ("Léa Fontaine", "demandeur", "elle ou il a déposé la demande"),
        ("Marc Aubert (marc.aubert@example.org)", "personne invitée", f"invitée par Léa Fontaine le {day}"),
        ("claude@example.org", "personne invitée, lit par un lien", f"invitée par Léa Fontaine le {day}"),
        ("Claire Dumas", "gestionnaire, en charge de la demande", "rôle hérité de « Études »"),
        ("Claire Dumas", "responsable, en charge de la demande", "rôle donné sur ce thème"),
        ("Oscar Petit", "observateur", "rôle hérité de « Études »"),
        ("Adam Colin", "administrateur", "le thème n’est pas confidentiel"),
    ]


@pytest.mark.parametrize("theme", ["transcripts", "alert", "refunds"])
def test_readers_are_those_who_see_it(request, people, lea, marc, adam, theme):
    ticket = file_ticket(lea, request.getfixturevalue(theme))
    invite(ticket, marc)

    assert {reader.person for reader in readers_of(ticket)} == seers(ticket)


def test_administrator_of_a_confidential_request_is_there_while_she_reads(people, lea, adam, alert):
    ticket = file_ticket(lea, alert)
    before = {reader.person for reader in readers_of(ticket)}

    move(ticket, "admin_access", adam)

    after = {reader.person for reader in readers_of(ticket)}
    assert (adam in before, adam in after) == (False, True)
    assert after == seers(ticket)


@pytest.mark.parametrize(
    ("who", "status"), [("claire", 200), ("oscar", 200), ("adam", 200), ("bruno", 404), ("marc", 404)]
)
def test_page_is_for_staff_of_the_request(request, lea, transcripts, client_of, who, status):
    ticket = file_ticket(lea, transcripts)

    answer = client_of(request.getfixturevalue(who)).get(address(ticket))

    assert answer.status_code == status
    assert ("Léa Fontaine" in answer.content.decode()) == (status == 200)


def test_page_of_a_confidential_request_is_for_its_own_staff(lea, alert, claire, adam, client_of):
    handler = factories.handler_on(alert, first_name="Sylvie", last_name="Arnaud")
    ticket = file_ticket(lea, alert)

    assert [client_of(one).get(address(ticket)).status_code for one in (handler, claire, adam)] == [
        200,
        404,
        404,
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_whatever_the_numbers(
    lea, transcripts, claire, client_of, django_assert_num_queries, count
):
    ticket = file_ticket(lea, transcripts)
    for rank in range(count):
        factories.handler_on(transcripts)
        invite(ticket, factories.LocalPersonFactory(email=f"invite{rank}@example.net"))
    browser = client_of(claire)

    # Session, person, request, guests, roles, confidential or not (twice: words and list), administrators.
    with django_assert_num_queries(8):
        browser.get(address(ticket))
