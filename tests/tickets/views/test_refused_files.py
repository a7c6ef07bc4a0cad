"""A file that is refused is said so, on whatever page the form leads to: nobody believes it was sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.pages import words_of
from tests.strictness import StrictClient
from tests.tickets.views.forms import COMPLETE, hidden_of, publish
from tickets.models import Draft, DraftFile

GOOD = {"subject": "Remboursement", "message": "Bonjour."}
REFUSAL = "« virus.exe » n’est pas d’un type accepté."


def files():
    return {"files": [factories.pdf("relevé.pdf"), SimpleUploadedFile("virus.exe", b"MZ" + bytes(99))]}


def refusals_in(page):
    return words_of(page).replace("\xa0", " ").count(REFUSAL)


def lose_session(browser, person, theme):
    browser.cookies.clear()


def lose_address(browser, person, theme):
    person.address_line1 = person.postal_code = person.city = ""
    person.save()


def close_theme(browser, person, theme):
    theme.is_published = False
    theme.save()


def change_nothing(browser, person, theme):
    pass


@pytest.mark.parametrize(
    ("change", "button"),
    [
        (change_nothing, {"add_files": "1"}),
        (change_nothing, {"later": "1"}),
        (lose_session, {}),
        (lose_address, {}),
        (close_theme, {}),
    ],
    ids=["add", "later", "expired-session", "address-first", "closed-theme"],
)
def test_form_of_a_request_says_it_once(client_of, lea, transcripts, change, button):
    publish(transcripts, COMPLETE)
    browser = client_of(lea)
    address = reverse("tickets:write", args=[transcripts.slug])
    form = hidden_of(browser.get(address))
    change(browser, lea, transcripts)

    page = browser.post(address, form | GOOD | button | files(), follow=True)

    assert refusals_in(page) == 1
    assert Draft.objects.get().values == GOOD
    assert list(DraftFile.objects.values_list("name", flat=True)) == ["relevé.pdf"]


def test_message_sent_after_the_session_says_it(client_of, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)
    address = reverse("tickets:move", args=[ticket.reference, "commenter"])
    form = hidden_of(client_of(lea).get(address))

    page = StrictClient().post(address, form | {"message": "Voici."} | files(), follow=True)

    assert refusals_in(page) == 1
    assert Draft.objects.get().values == {"message": "Voici."}
    assert list(DraftFile.objects.values_list("name", flat=True)) == ["relevé.pdf"]
