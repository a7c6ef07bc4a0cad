"""Taking an answer back from the page of the request, without JavaScript: what is offered, where it leads."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories import pdf, ticket_in
from tickets import typing_keys
from tickets.models import Draft, HeldAnswer, ListDisplay

DISPLAY = reverse("admin:tickets_ticket_display")


@pytest.fixture
def ticket(lea, claire, transcripts):
    return ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)


def address(ticket, slug):
    return reverse("admin:tickets_ticket_move", args=[ticket.pk, slug])


def send(browser, person, ticket, slug="commenter", **answers):
    signed = typing_keys.sign(uuid.uuid4(), person)
    posted = {"key": signed, "message": "Le quetzal est vert.", **answers}
    return browser.post(address(ticket, slug), posted, follow=True)


def offered(page):
    """Return what the form that takes an answer back would post, or None."""
    form = re.search(r"<form[^>]*reprendre-ma-reponse.*?</form>", page.content.decode(), re.DOTALL)
    return dict(re.findall(r'name="(key|rang)" value="([^"]*)"', form[0])) if form else None


@pytest.mark.parametrize("slug", ["commenter", "demander"])
def test_answer_is_back_in_its_form_with_its_files(slug, client_of, claire, ticket):
    browser = client_of(claire)
    page = send(browser, claire, ticket, slug, files=[pdf("quetzal.pdf")])

    back = browser.post(address(ticket, "reprendre-ma-reponse"), offered(page), follow=True)

    assert back.redirect_chain[0][0].startswith(address(ticket, slug))
    words = back.content.decode()
    assert "Le quetzal est vert." in words.split("<textarea", 1)[1]
    assert "quetzal.pdf" in words
    assert "le demandeur ne l’a pas vue" in words


def test_page_says_how_long_is_left_to_whoever_sent_it(client_of, claire, colette, ticket):
    page = send(client_of(claire), claire, ticket)

    assert re.search(r"Il reste 1[45] secondes", page.content.decode())
    home = reverse("admin:tickets_ticket_change", args=[ticket.pk])
    assert offered(client_of(colette).get(home)) is None
    with time_machine.travel(timezone.now() + timedelta(seconds=20), tick=False):
        assert offered(client_of(claire).get(home)) is None


def test_note_and_closing_offer_nothing(client_of, claire, ticket):
    assert offered(send(client_of(claire), claire, ticket, "noter")) is None
    assert offered(send(client_of(claire), claire, ticket, "cloturer", outcome="accepted")) is None
    assert HeldAnswer.objects.count() == 0


def test_too_late_is_said_kindly(client_of, claire, ticket):
    browser = client_of(claire)
    page = send(browser, claire, ticket)

    with time_machine.travel(timezone.now() + timedelta(seconds=20), tick=False):
        late = browser.post(address(ticket, "reprendre-ma-reponse"), offered(page), follow=True)

    assert "Votre réponse est déjà partie" in late.content.decode()
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(("seconds", "is_offered"), [(0, False), (60, True), (150, True)])
def test_time_is_hers_to_choose(seconds, is_offered, client_of, claire, ticket):
    browser = client_of(claire)
    browser.post(DISPLAY, {"take_back_seconds": seconds})

    page = send(browser, claire, ticket)

    assert ListDisplay.objects.get().take_back_seconds == seconds
    assert (offered(page) is not None) == is_offered
    with time_machine.travel(timezone.now() + timedelta(seconds=50), tick=False):
        still = browser.get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))
        assert (offered(still) is not None) == is_offered


def test_answer_taken_back_is_not_quoted_to_the_requester(client_of, claire, ticket):
    browser = client_of(claire)
    page = send(browser, claire, ticket)
    taken = offered(page)
    browser.post(address(ticket, "reprendre-ma-reponse"), taken)

    quoted = send(browser, claire, ticket, message="Bonjour.", quote=taken["rang"])
    noted = send(browser, claire, ticket, "noter", message="Vu.", quote=taken["rang"])

    assert "ne se cite pas" in quoted.content.decode()
    assert "&gt; Le quetzal est vert." not in quoted.content.decode()
    assert "&gt; Le quetzal est vert." in noted.content.decode()
