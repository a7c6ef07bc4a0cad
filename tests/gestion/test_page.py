"""The page of one request, as staff sees it."""

import pytest
from django.urls import reverse

from tests import factories
from tickets.admin.actions import BESIDE_FILES
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.transitions import BY_SLUG, moves_open_to
from tickets.models import Ticket

# Session, person, request, role, events, files, drafts, other requests, absence, confidentiality, guests,
# followed or not, canned answers, colleagues, how her pages are shown, what she has seen (read, written),
# her visit (read, written).
PAGE_QUERIES = 19


@pytest.fixture
def page(client_of):
    """Return a function that opens the page of a request for a person."""

    def read(person, ticket):
        return client_of(person).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))

    return read


@pytest.mark.parametrize("person", ["claire", "colette", "oscar", "mathilde", "adam"])
@pytest.mark.parametrize("status", list(factories.PATHS))
def test_buttons_and_forms_are_those_of_the_table(person, status, page, claire, lea, transcripts, request):
    reader = request.getfixturevalue(person)
    ticket = factories.ticket_in(status, requester=lea, category=transcripts, handler=claire)

    context = page(reader, ticket).context

    offered = [button.move.name for button in context["actions"].all]
    offered += [writing["move"].name for writing in context["writings"]]
    # Beside each link, and the proposal.
    offered += ["unlink"] if context["unlink"] else []
    offered += [BY_SLUG[url.rstrip("/").rpartition("/")[2]].name for _label, url in context["judging"]]
    assert sorted(offered) == sorted(
        one.name for one in moves_open_to(standing_of(reader, ticket), ticket) if one.name not in BESIDE_FILES
    )


def test_every_move_offered_leads_somewhere(page, client_of, claire, lea, transcripts):
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    browser, context = client_of(claire), page(claire, ticket).context

    for url in (*(b.url for b in context["actions"].all), *(w["url"] for w in context["writings"])):
        assert browser.get(url).status_code == 200


def test_internal_notes_are_marked_by_a_word(page, claire, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)
    factories.move(ticket, "note", claire, message="Dossier en double.")

    response = page(claire, ticket)

    note = response.context["entries"][-1]
    assert (note.is_internal, note.message) == (True, "Dossier en double.")
    assert response.content.decode().count("timeline__flag") == 1


def test_page_says_who_asks_and_by_which_door(page, claire, lea, marc, transcripts):
    inside, outside = factories.file_ticket(lea, transcripts), factories.file_ticket(marc, transcripts)

    of_lea, of_marc = page(claire, inside).content.decode(), page(claire, outside).content.decode()

    assert "Compte de l’université (CAS), identifiant lea.fontaine" in of_lea
    assert "3 rue des Lilas" in of_lea
    assert "Compte externe" in of_marc
    assert "marc.aubert@example.org" in of_marc


def test_other_requests_of_the_person_are_those_the_reader_may_see(
    page, claire, lea, marc, transcripts, alert, refunds
):
    ticket, other = (factories.file_ticket(lea, transcripts) for _each in range(2))
    factories.file_ticket(lea, refunds, subject="Remboursement des droits")
    factories.file_ticket(lea, alert, subject="Signalement de faits")
    factories.file_ticket(marc, transcripts, subject="Celle de quelqu’un d’autre")

    response = page(claire, ticket)

    assert [row.ticket for row in response.context["others"]] == [other]
    for hidden in ("Remboursement des droits", "Signalement de faits", "Celle de quelqu’un d’autre"):
        assert hidden not in response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_exchange_and_for_three(
    number, client_of, claire, lea, transcripts, django_assert_num_queries
):
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    for _each in range(number):
        draft = factories.move_draft(ticket, "comment", claire, files=[factories.pdf()])
        factories.move(ticket, "comment", claire, key=draft.key)
        factories.file_ticket(lea, transcripts)
    browser, address = client_of(claire), reverse("admin:tickets_ticket_change", args=[ticket.pk])

    with django_assert_num_queries(PAGE_QUERIES):
        response = browser.get(address)

    assert len(response.context["files"]) == number
    assert len(response.context["others"]) == number


def test_text_left_in_a_draft_is_offered_again(page, claire, colette, lea, transcripts):
    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    draft = factories.move_draft(ticket, "ask", claire, message="Quelle année ?")

    assert [str(draft.key) in url for _label, url in page(claire, ticket).context["drafts"]] == [True]
    assert page(colette, ticket).context["drafts"] == []


def test_unknown_number_does_not_exist(client_of, claire, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)
    address = reverse("admin:tickets_ticket_change", args=[ticket.pk + 1])

    assert client_of(claire).get(address).status_code == 404


def test_page_changes_nothing(page, claire, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)

    page(claire, ticket)

    assert list(Ticket.objects.values()) == list(Ticket.objects.filter(updated_at=ticket.updated_at).values())
