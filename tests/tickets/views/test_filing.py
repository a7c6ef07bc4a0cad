"""Filing from the browser's side: five screens, and everything that may go wrong between them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.pages import errors_of, filing_of, key_of, words_of
from tickets import typing_keys
from tickets.models import Draft, Ticket, TicketEvent

GOOD = {"subject": "Relevé de licence", "message": "Je demande mon relevé.\nMerci."}


@pytest.fixture
def write_url(transcripts):
    return reverse("tickets:write", args=[transcripts.slug])


@pytest.fixture
def check_url(transcripts):
    return reverse("tickets:check", args=[transcripts.slug])


def _pdf(name="releve.pdf"):
    return SimpleUploadedFile(name, factories.pdf_bytes(), content_type="application/pdf")


def _written(browser, url, **values):
    key = key_of(browser.get(url))
    return browser.post(url, {"key": key, **GOOD, **values})


def test_information_screen_is_shown_until_hidden(client_of, lea):
    browser = client_of(lea)
    url = reverse("tickets:new")

    shown = browser.get(url)
    browser.post(url, {"hide": "1"})
    hidden = browser.get(url)

    assert "Ne plus montrer cette page" in words_of(shown)
    assert "Choisir un thème" in words_of(hidden)


def test_next_without_the_box_leads_to_the_tree_and_keeps_the_screen(client_of, lea):
    browser = client_of(lea)

    answer = browser.post(reverse("tickets:new"))

    lea.refresh_from_db()
    assert (answer["Location"], lea.hides_filing_intro) == (f"{reverse('tickets:new')}?etape=theme", False)


def test_the_whole_way_files_one_request_with_its_files(client_of, lea, write_url):
    browser = client_of(lea)

    written = _written(browser, write_url, files=[_pdf(), _pdf("autre.pdf")])
    checked = browser.get(written["Location"])
    filed = browser.post(reverse("tickets:check", args=["releve-de-notes"]), filing_of(checked))
    confirmed = browser.get(filed["Location"])

    ticket = Ticket.objects.get()
    assert filed["Location"] == reverse("tickets:filed", args=[ticket.reference])
    assert [ticket.subject, ticket.requester, ticket.status] == [GOOD["subject"], lea, "submitted"]
    assert [file.name for file in ticket.attachments.all()] == ["releve.pdf", "autre.pdf"]
    assert ticket.reference in words_of(confirmed)
    assert not Draft.objects.exists()


def test_check_page_shows_everything_that_will_be_filed(client_of, lea, write_url, service):
    browser = client_of(lea)

    page = words_of(browser.get(_written(browser, write_url, files=[_pdf()])["Location"]))

    for expected in (
        *GOOD["message"].split("\n"),
        GOOD["subject"],
        "releve.pdf",
        service.name,
        lea.address_line1,
    ):
        assert expected in page
    assert not Ticket.objects.exists()


def test_postal_address_is_asked_once_and_nothing_typed_is_lost(client_of, write_url):
    nobody = factories.PersonFactory(address_line1="")
    browser = client_of(nobody)

    asked = browser.get(write_url)
    posted = browser.post(write_url, {"key": typing_keys.sign(typing_keys.new_key(), nobody), **GOOD})

    assert asked["Location"].startswith(reverse("accounts:address"))
    assert posted["Location"].startswith(reverse("accounts:address"))
    assert Draft.objects.get(owner=nobody).values == GOOD


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        pytest.param(
            {"subject": ""}, ["Objet : Indiquez l’objet de votre demande en quelques mots."], id="no subject"
        ),
        pytest.param({"message": " \n "}, ["Votre demande : Écrivez votre demande."], id="blank message"),
        pytest.param(
            {"message": "m" * 1_000_000},
            [
                "Votre demande : Votre texte compte 1000000 caractères, la limite est 20000 : "
                "raccourcissez-le ou joignez-le en fichier."
            ],
            id="a megabyte",
        ),
    ],
)
def test_bad_words_come_back_with_the_files_kept(client_of, lea, write_url, values, errors):
    browser = client_of(lea)

    answer = _written(browser, write_url, files=[_pdf()], **values)

    page = answer.content.decode()
    assert [error.replace("\xa0", " ") for error in errors_of(answer)] == errors
    assert "releve.pdf" in page
    assert (values.get("message") or GOOD["message"]).strip() in page
    assert not Ticket.objects.exists()


def test_a_refused_file_is_named_and_the_good_ones_stay(client_of, lea, write_url):
    browser = client_of(lea)
    wrong = SimpleUploadedFile("facture.pdf", b"MZ\x90\x00\x03\x00\x00\x00", content_type="application/pdf")
    empty = SimpleUploadedFile("vide.pdf", b"")

    answer = _written(browser, write_url, files=[_pdf(), wrong, empty])

    assert len(errors_of(answer)) == 2
    assert "facture.pdf" in errors_of(answer)[0]
    assert "vide.pdf" in errors_of(answer)[1]
    assert [file.name for file in Draft.objects.get().files.all()] == ["releve.pdf"]


def test_fifty_files_keep_ten_and_say_so(client_of, lea, write_url):
    browser = client_of(lea)

    answer = _written(browser, write_url, files=[_pdf(f"{number}.pdf") for number in range(50)])

    assert len(errors_of(answer)) == 40
    assert Draft.objects.get().files.count() == 10


def test_a_file_over_the_limit_is_dropped_and_the_words_stay(client_of, lea, write_url, settings):
    settings.FILE_MAX_BYTES = 100_000
    browser = client_of(lea)
    large = SimpleUploadedFile("grand.pdf", b"%PDF-" + b"0" * 300_000)

    answer = _written(browser, write_url, files=[large, _pdf()])

    assert ["grand.pdf" in error for error in errors_of(answer)] == [True]
    assert Draft.objects.get().values == GOOD
    assert [file.name for file in Draft.objects.get().files.all()] == ["releve.pdf"]


def test_a_file_can_be_removed_before_filing(client_of, lea, write_url, stored):
    browser = client_of(lea)
    _written(browser, write_url, files=[_pdf(), _pdf("autre.pdf")])
    draft = Draft.objects.get()
    unwanted = draft.files.first()
    page = browser.get(f"{write_url}?brouillon={draft.key}")

    browser.post(write_url, {"key": key_of(page), **GOOD, "remove": str(unwanted.uuid)})

    assert [file.name for file in draft.files.all()] == ["autre.pdf"]


def test_invisible_characters_are_taken_out_and_said(client_of, lea, write_url):
    browser = client_of(lea)

    answer = _written(browser, write_url, message="Bon\x00jour \u202eenvers\u202c")
    page = words_of(browser.get(answer["Location"]))

    assert Draft.objects.get().values["message"] == "Bonjour envers"
    assert "Des caractères invisibles ont été retirés" in page


def test_an_expired_session_keeps_words_and_files(client, client_of, lea, write_url):
    key = key_of(client_of(lea).get(write_url))

    answer = client.post(write_url, {"key": key, **GOOD, "files": [_pdf()]})

    draft = Draft.objects.get()
    assert answer["Location"].startswith(reverse("login"))
    assert (draft.owner, draft.values) == (lea, GOOD)
    assert [file.name for file in draft.files.all()] == ["releve.pdf"]
    assert GOOD["subject"] in client_of(lea).get(f"{write_url}?brouillon={draft.key}").content.decode()


def test_an_expired_session_at_the_last_step_files_nothing_and_comes_back(
    client, client_of, lea, write_url, check_url
):
    browser = client_of(lea)
    key = key_of(browser.get(_written(browser, write_url)["Location"]))

    answer = client.post(check_url, {"key": key})

    assert answer["Location"].startswith(reverse("login"))
    assert str(Draft.objects.get().key) in answer["Location"]
    assert not Ticket.objects.exists()


def test_a_key_that_is_not_ours_keeps_nothing_for_anybody(client, write_url, lea):
    client.post(write_url, {"key": "forged", **GOOD})

    assert not Draft.objects.exists()


def test_a_form_shown_to_somebody_else_is_kept_as_mine(client_of, lea, marc, write_url):
    key = key_of(client_of(lea).get(write_url))

    client_of(marc).post(write_url, {"key": key, **GOOD})

    assert [draft.owner for draft in Draft.objects.all()] == [marc]


def test_a_draft_named_in_an_address_opens_for_its_owner_only(client_of, lea, marc, write_url):
    _written(client_of(lea), write_url, subject="Secret de Léa")
    draft = Draft.objects.get()

    page = client_of(marc).get(f"{write_url}?brouillon={draft.key}")

    assert "Secret de Léa" not in page.content.decode()


def test_filing_twice_files_once(client_of, lea, write_url, check_url):
    browser = client_of(lea)
    form = filing_of(browser.get(_written(browser, write_url)["Location"]))

    first = browser.post(check_url, form)
    second = browser.post(check_url, form)

    assert first["Location"] == second["Location"]
    assert TicketEvent.objects.count() == 1


def test_the_back_button_after_filing_shows_the_request(client_of, lea, write_url, check_url):
    browser = client_of(lea)
    written = _written(browser, write_url)
    form = filing_of(browser.get(written["Location"]))
    browser.post(check_url, form)
    ticket = Ticket.objects.get()

    checked_again = browser.get(written["Location"])
    written_again = browser.post(write_url, {"key": form["key"], **GOOD})

    assert checked_again["Location"] == written_again["Location"] == ticket.get_absolute_url()
    assert not Draft.objects.exists()


def test_two_tabs_are_two_requests(client_of, lea, write_url, check_url):
    browser = client_of(lea)
    pages = [
        browser.get(_written(browser, write_url, subject=subject)["Location"]) for subject in ("Un", "Deux")
    ]

    for page in pages:
        browser.post(check_url, filing_of(page))

    assert sorted(Ticket.objects.values_list("subject", flat=True)) == ["Deux", "Un"]


@pytest.mark.parametrize("theme", ["etudes", "inconnu", "ferme"])
def test_a_theme_that_takes_no_request_does_not_exist(client_of, lea, studies, service, theme):
    factories.LeafFactory(slug="ferme", service=service, is_published=False)

    answers = [
        client_of(lea).get(reverse("tickets:write", args=[theme])),
        client_of(lea).post(reverse("tickets:write", args=[theme]), GOOD),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_forged_theme_or_status_changes_nothing(client_of, lea, write_url, refunds):
    browser = client_of(lea)

    answer = _written(browser, write_url, category=refunds.pk, status="approved", requester="1")
    form = filing_of(browser.get(answer["Location"])) | {"category": refunds.pk, "status": "approved"}
    browser.post(reverse("tickets:check", args=[refunds.slug]), form)

    assert not Ticket.objects.exists()
    browser.post(reverse("tickets:check", args=["releve-de-notes"]), form)
    ticket = Ticket.objects.get()
    assert (ticket.category.slug, ticket.status, ticket.requester) == ("releve-de-notes", "submitted", lea)


def test_confirmation_is_for_its_requester(client_of, lea, marc, transcripts):
    ticket = factories.file_ticket(lea, transcripts)
    url = reverse("tickets:filed", args=[ticket.reference])

    assert [client_of(lea).get(url).status_code, client_of(marc).get(url).status_code] == [200, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_check_page_costs_the_same_whatever_the_files(
    client_of, lea, write_url, count, django_assert_num_queries
):
    browser = client_of(lea)
    checked = _written(browser, write_url, files=[_pdf(f"{number}.pdf") for number in range(count)])

    with django_assert_num_queries(4):
        browser.get(checked["Location"])
