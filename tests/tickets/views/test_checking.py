"""The check page: all that will be filed, what happens next, and nothing filed that was not read."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils.http import urlencode

from teledemande.terms import TERMS_VERSION
from tests.pages import errors_of, words_of
from tests.tickets.views.forms import COMPLETE, hidden_of, publish
from tickets.models import Draft, Ticket

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # already the 24th in Paris
GOOD = {"subject": "Remboursement", "q-paid": "non", "without-identity": "on", "reason-identity": "Volée."}


@pytest.fixture
def theme(transcripts):
    publish(transcripts, COMPLETE)
    return transcripts


@pytest.fixture
def write_url(theme):
    return reverse("tickets:write", args=[theme.slug])


@pytest.fixture
def check_url(theme):
    return reverse("tickets:check", args=[theme.slug])


def checked(browser, write_url, **typed):
    """Return the check page of what is typed."""
    written = browser.post(write_url, hidden_of(browser.get(write_url)) | GOOD | typed)
    return browser.get(written["Location"])


def said(response):
    return words_of(response).replace("\xa0", " ")


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("rule", "months", "start", "words"),
    [
        ("acceptance", 2, "reception", "votre demande sera acceptée"),
        ("refusal", 2, "complete_file", "partira du jour où votre dossier sera complet"),
        ("refusal", 2, "are_sent", "ce silence vaudra refus, et vous pourrez le contester"),
    ],
    ids=["acceptance", "refusal-of-complete", "refusal-from-receipt"],
)
def test_silence_is_said_in_plain_words_with_its_last_day(
    client_of, lea, theme, write_url, rule, months, start, words
):
    theme.silence_rule, theme.silence_months, theme.start_event = rule, months, start
    theme.save()

    page = said(checked(client_of(lea), write_url))

    assert words in page
    assert "après le dimanche 24 janvier 2027" in page


def test_silence_that_means_nothing_gives_no_day(client_of, lea, theme, write_url):
    theme.silence_rule, theme.silence_months = "none", None
    theme.save()

    assert "ne vaut ni accord ni refus" in said(checked(client_of(lea), write_url))


def test_each_part_leads_back_to_the_same_part_of_the_form(client_of, lea, write_url):
    browser = client_of(lea)

    page = checked(browser, write_url).content.decode()

    form = f"{write_url}?brouillon={Draft.objects.get().key}"
    places = ("demande", "pour-qui", "pieces")
    assert [f'href="{form}#{place}"' in page for place in places] == [True] * 3
    written = browser.get(form).content.decode()
    assert [f'id="{place}" tabindex="-1"' in written for place in places] == [True] * 3


def test_missing_piece_and_terms_are_said(client_of, lea, write_url):
    page = said(checked(client_of(lea), write_url))

    for words in ("Une pièce manque", "Raison donnée : Volée.", f"version {TERMS_VERSION}", lea.email):
        assert words in page


def test_terms_not_accepted_file_nothing(client_of, lea, write_url, check_url):
    browser = client_of(lea)
    form = hidden_of(checked(browser, write_url))

    refused = browser.post(check_url, form)
    browser.post(check_url, form | {"terms": "on"})

    assert len(errors_of(refused)) == 1
    assert [Ticket.objects.count(), Ticket.objects.get().terms_version] == [1, TERMS_VERSION]


@pytest.mark.parametrize(("version", "filed"), [(TERMS_VERSION, 1), ("0", 0)], ids=["shown", "former"])
def test_terms_that_changed_since_are_read_before_they_are_accepted(
    client_of, lea, write_url, check_url, version, filed
):
    browser = client_of(lea)
    page = checked(browser, write_url)

    answer = browser.post(check_url, hidden_of(page) | {"terms": "on", "version": version}, follow=True)

    assert f'name="version" value="{TERMS_VERSION}"' in page.content.decode()
    assert list(Ticket.objects.values_list("terms_version", flat=True)) == [version] * filed
    assert ["Les conditions d’utilisation ont changé depuis" in one for one in errors_of(answer)] == (
        [] if filed else [True]
    )


def test_what_another_tab_wrote_meanwhile_is_read_before_it_is_filed(client_of, lea, write_url, check_url):
    browser = client_of(lea)
    page = checked(browser, write_url)
    again = hidden_of(browser.get(f"{write_url}?brouillon={Draft.objects.get().key}"))
    browser.post(write_url, again | GOOD | {"subject": "Autre chose", "add_files": "1"})

    refused = browser.post(check_url, hidden_of(page) | {"terms": "on"})

    assert not Ticket.objects.exists()
    assert "Autre chose" in said(browser.get(refused["Location"]))


def test_bank_account_is_masked(client_of, lea, write_url):
    iban = "FR7630006000011234567890189"

    page = said(checked(client_of(lea), write_url, **{"q-paid": "oui", "q-iban": iban}))

    assert "FR76 •••• •••• 0189" in page
    assert iban not in page


def test_official_request_is_not_filed_without_a_postal_address(client_of, lea, theme, write_url, check_url):
    browser = client_of(lea)
    page = checked(browser, write_url)
    draft = Draft.objects.get()
    lea.address_line1 = lea.postal_code = lea.city = ""
    lea.save()
    here = f"{check_url}?brouillon={draft.key}"

    answers = [browser.get(here), browser.post(check_url, hidden_of(page) | {"terms": "on"})]

    asked = f"{reverse('accounts:address')}?{urlencode({'next': here})}"
    assert [answer.get("Location") for answer in answers] == [asked, asked]
    assert (Draft.objects.count(), Ticket.objects.count()) == (1, 0)
