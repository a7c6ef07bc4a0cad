"""The time a request took is asked as its theme wants: never, as one likes, or always."""

import pytest
from django.urls import reverse

from tests import factories
from tickets.lifecycle.refusals import MissingInputError
from tickets.models import Ticket
from tickets.typing_keys import new_key, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(lea, claire, transcripts):
    return factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)


@pytest.fixture
def closing(client_of, claire, ticket):
    """Return a function that opens the page of a closing, or sends it, under a theme that asks so."""
    browser = client_of(claire)

    def send(asked, *, slug="cloturer", **minutes):
        ticket.category.time_asked = asked
        ticket.category.save(update_fields=["time_asked"])
        address = reverse("admin:tickets_ticket_move", args=[ticket.pk, slug])
        if not minutes:
            return browser.get(address)
        answer = {"outcome": "accepted", "message": "Voici.", "key": sign(new_key(), claire)}
        return browser.post(address, answer | minutes)

    return send


@pytest.mark.parametrize("slug", ["cloturer", "prendre-et-cloturer"])
def test_field_is_there_as_the_theme_asks(closing, slug):
    never, optional, required = (
        closing(asked, slug=slug).context["form"].fields.get("minutes")
        for asked in ("never", "optional", "required")
    )

    assert never is None
    assert (optional.required, "facultatif" in optional.label) == (False, True)
    assert (required.required, "facultatif" in required.label) == (True, False)


def test_time_left_out_is_asked_at_its_field_and_nothing_is_lost(closing, ticket):
    answer = closing("required", minutes="")

    assert "Indiquez le temps passé" in answer.context["form"].errors["minutes"][0]
    assert answer.context["form"]["message"].value() == "Voici."
    assert Ticket.objects.get(pk=ticket.pk).status == "in_progress"


@pytest.mark.parametrize("minutes", ["0", "25"])
def test_time_said_is_kept_even_none_at_all(closing, ticket, minutes):
    assert closing("required", minutes=minutes).status_code == 302

    ticket.refresh_from_db()
    assert (ticket.status, ticket.minutes_spent) == ("closed", int(minutes))


def test_theme_that_asks_nothing_closes_without_it(closing, ticket):
    assert closing("never", minutes="25").status_code == 302

    ticket.refresh_from_db()
    assert (ticket.status, ticket.minutes_spent) == ("closed", 0)


@pytest.mark.parametrize(("name", "who"), [("close", "claire"), ("take_and_close", "colette")])
def test_service_refuses_a_closing_without_its_time(request, ticket, name, who):
    person = request.getfixturevalue(who)
    ticket.category.time_asked = "required"
    ticket.category.save(update_fields=["time_asked"])

    with pytest.raises(MissingInputError):
        factories.move(ticket, name, person)
    assert factories.move(ticket, name, person, minutes=5).minutes_spent == 5
