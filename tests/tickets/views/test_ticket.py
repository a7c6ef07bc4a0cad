"""The page of a request, its moves and its files, as people reach them over HTTP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.factories import move, ticket_in
from tests.pages import errors_of, key_of, words_of
from tickets.lifecycle.refusals import DoubtError
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.models import Draft


def _url(ticket, name):
    return reverse("tickets:move", args=[ticket.reference, TRANSITIONS[name].slug])


def _pdf(name="piece.pdf"):
    return SimpleUploadedFile(name, factories.pdf_bytes(), content_type="application/pdf")


@pytest.fixture
def waiting(lea, claire, transcripts):
    return ticket_in("waiting", requester=lea, category=transcripts, handler=claire)


@pytest.fixture
def closed(lea, claire, transcripts):
    return ticket_in("closed", requester=lea, category=transcripts, handler=claire)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("lea", 200),
        ("claire", 200),
        ("oscar", 200),
        ("adam", 200),
        ("marc", 404),
        ("bruno", 404),
    ],
)
def test_only_those_who_may_see_reach_the_page(request, client_of, waiting, person, status):
    browser = client_of(request.getfixturevalue(person))

    assert browser.get(waiting.get_absolute_url()).status_code == status


@pytest.mark.parametrize(
    ("status", "name", "words"),
    [
        ("waiting", "withdraw", "Elle sera terminée, sans réponse de l’université."),
        ("closed", "contest", "Votre demande sera de nouveau en cours de traitement"),
    ],
)
def test_the_page_says_what_the_move_brings_about(request, client_of, lea, status, name, words):
    page = client_of(lea).get(_url(request.getfixturevalue(status), name))

    assert words in words_of(page)


def test_nobody_signed_in_is_led_to_login_and_back(client, waiting):
    answer = client.get(waiting.get_absolute_url())

    assert answer["Location"] == f"{reverse('login')}?next={waiting.get_absolute_url()}"


def test_the_page_tells_the_news_and_what_is_expected(client_of, lea, waiting):
    page = words_of(client_of(lea).get(waiting.get_absolute_url()))

    assert "Votre réponse est attendue" in page
    assert "Quel est votre numéro d’étudiant ?" in page
    assert waiting.service.phone in page


def test_an_internal_note_is_shown_to_nobody_here(client_of, lea, claire, waiting):
    move(waiting, "note", claire, message="Dossier douteux, ne pas divulguer.")

    pages = [words_of(client_of(person).get(waiting.get_absolute_url())) for person in (lea, claire)]

    assert ["douteux" in page for page in pages] == [False, False]


def test_staff_of_a_confidential_theme_are_not_named(client_of, lea, alert):
    handler = factories.handler_on(alert, first_name="Prudence", last_name="Discrète")
    ticket = ticket_in("waiting", requester=lea, category=alert, handler=handler)

    page = words_of(client_of(lea).get(ticket.get_absolute_url()))

    assert "Discrète" not in page
    assert "Le service" in page


def test_answering_with_words_and_a_file(client_of, lea, waiting):
    browser = client_of(lea)
    key = key_of(browser.get(waiting.get_absolute_url()))

    answer = browser.post(_url(waiting, "answer"), {"key": key, "message": "Le 21304567.", "files": [_pdf()]})

    waiting.refresh_from_db()
    event = waiting.events.last()
    assert answer["Location"] == waiting.get_absolute_url()
    assert (waiting.status, event.kind, event.words) == ("in_progress", "answer", "Le 21304567.")
    assert [file.name for file in event.attachments.all()] == ["piece.pdf"]
    assert not Draft.objects.exists()


def test_answering_twice_answers_once(client_of, lea, waiting):
    browser = client_of(lea)
    form = {"key": key_of(browser.get(waiting.get_absolute_url())), "message": "Le 21304567."}

    for _click in range(2):
        browser.post(_url(waiting, "answer"), form)

    assert [event.kind for event in waiting.events.all()] == ["submit", "take", "ask", "answer"]


def test_an_empty_answer_says_what_to_do_and_changes_nothing(client_of, lea, waiting):
    browser = client_of(lea)

    answer = browser.post(_url(waiting, "answer"), {"key": key_of(browser.get(waiting.get_absolute_url()))})

    assert [error.replace("\xa0", " ") for error in errors_of(answer)] == [
        "Votre réponse : Écrivez un message ou joignez un fichier."
    ]
    waiting.refresh_from_db()
    assert waiting.status == "waiting"


def test_words_survive_somebody_acting_meanwhile(client_of, lea, claire, waiting):
    browser = client_of(lea)
    key = key_of(browser.get(waiting.get_absolute_url()))
    move(waiting, "refuse", claire)

    answer = browser.post(_url(waiting, "answer"), {"key": key, "message": "Ma réponse longue."})

    page = answer.content.decode()
    assert "La demande a changé entre-temps" in page
    assert "Ma réponse longue." in page
    assert Draft.objects.get().values["message"] == "Ma réponse longue."


def test_an_expired_session_keeps_the_answer(client, client_of, lea, waiting):
    key = key_of(client_of(lea).get(waiting.get_absolute_url()))

    answer = client.post(_url(waiting, "answer"), {"key": key, "message": "Gardé.", "files": [_pdf()]})

    draft = Draft.objects.get()
    assert answer["Location"].startswith(reverse("login"))
    assert (draft.owner, draft.ticket, draft.move, draft.values) == (
        lea,
        waiting,
        "answer",
        {"message": "Gardé."},
    )
    assert draft.files.count() == 1
    page = client_of(lea).get(waiting.get_absolute_url())
    assert "Un texte non envoyé vous attend" in words_of(page)
    assert "Gardé." in client_of(lea).get(f"{_url(waiting, 'answer')}?brouillon={draft.key}").content.decode()


@pytest.mark.parametrize(
    ("name", "status"), [("approve", "approved"), ("contest", "in_progress")], ids=["approve", "contest"]
)
def test_the_closure_is_approved_or_contested(client_of, lea, closed, name, status):
    browser = client_of(lea)
    key = key_of(browser.get(_url(closed, name)))

    browser.post(_url(closed, name), {"key": key, "message": "Merci pour ces pages."})

    closed.refresh_from_db()
    assert closed.status == status


@pytest.mark.parametrize("words", ["Il manque une page.", "Toujours pas reçu", "Ce n’est PAS RÉSOLU"])
def test_words_that_say_the_contrary_are_asked_again_before_they_count(client_of, lea, closed, words):
    browser = client_of(lea)
    key = key_of(browser.get(_url(closed, "approve")))

    again = browser.post(_url(closed, "approve"), {"key": key, "message": words})

    closed.refresh_from_db()
    assert (again.status_code, closed.status) == (200, "closed")
    page = words_of(again)
    asked = " ".join(str(DoubtError.sentence).split())
    assert (asked in page, words in page) == (True, True)

    browser.post(_url(closed, "approve"), {"key": key_of(again), "message": words, "is_sure": "on"})

    closed.refresh_from_db()
    assert (closed.status, closed.events.last().words) == ("approved", words)


def test_approving_may_say_how_satisfied_one_is(client_of, lea, closed):
    browser = client_of(lea)
    key = key_of(browser.get(_url(closed, "approve")))

    browser.post(_url(closed, "approve"), {"key": key, "satisfaction": "4"})

    closed.refresh_from_db()
    assert (closed.status, closed.satisfaction) == ("approved", 4)


def test_approving_says_that_it_waives_nothing(client_of, lea, closed):
    page = words_of(client_of(lea).get(_url(closed, "approve")))

    assert "Votre demande est-elle entièrement traitée ?" in page
    assert "vous ne renoncez à aucun recours" in page
    assert "Non, je conteste la clôture" in page


def test_a_get_never_moves(client_of, lea, closed):
    browser = client_of(lea)

    browser.get(_url(closed, "approve"))
    browser.head(_url(closed, "approve"))

    closed.refresh_from_db()
    assert closed.status == "closed"


@pytest.mark.parametrize("name", ["take", "assign", "release", "ask", "note", "close", "refuse", "submit"])
def test_moves_of_staff_do_not_exist_here(client_of, lea, claire, waiting, name):
    answers = [client_of(person).post(_url(waiting, name), {"message": "x"}) for person in (lea, claire)]

    assert [answer.status_code for answer in answers] == [404, 404]
    waiting.refresh_from_db()
    assert (waiting.status, waiting.event_count) == ("waiting", 3)


def test_a_strangers_move_does_not_exist(client_of, lea, marc, waiting):
    answers = [
        client_of(person).post(_url(waiting, "answer"), {"message": "Bonjour."}) for person in (marc, lea)
    ]

    assert [answer.status_code for answer in answers] == [404, 302]


# --- files ---------------------------------------------------------------------------------------------
@pytest.fixture
def with_file(lea, transcripts):
    return factories.file_ticket(lea, transcripts, files=[_pdf("relevé été.pdf")])


def test_a_file_comes_as_a_download_that_no_browser_opens(client_of, lea, with_file):
    answer = client_of(lea).get(with_file.attachments.get().get_absolute_url())

    assert b"".join(answer.streaming_content) == factories.pdf_bytes()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''relev%C3%A9%20%C3%A9t%C3%A9.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("person", "status"), [("lea", 200), ("claire", 200), ("marc", 404), ("bruno", 404)])
def test_files_are_for_those_who_may_see_the_request(request, client_of, with_file, person, status):
    answer = client_of(request.getfixturevalue(person)).get(with_file.attachments.get().get_absolute_url())

    assert answer.status_code == status


def test_a_file_is_not_reached_through_another_request(client_of, lea, marc, transcripts, with_file):
    mine = factories.file_ticket(marc, transcripts)
    uuid = with_file.attachments.get().uuid

    answers = [
        client_of(marc).get(reverse("tickets:file", args=[reference, uuid]))
        for reference in (mine.reference, with_file.reference)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_file_of_a_note_is_for_staff(client_of, lea, claire, oscar, waiting):
    draft = factories.move_draft(waiting, "note", claire, files=[_pdf("interne.pdf")])
    move(waiting, "note", claire, key=draft.key)
    url = waiting.attachments.get().get_absolute_url()

    assert [client_of(person).get(url).status_code for person in (lea, claire, oscar)] == [404, 200, 200]


# --- cost ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_its_length(
    client_of, lea, waiting, count, django_assert_num_queries
):
    for number in range(count):
        draft = factories.move_draft(waiting, "comment", lea, files=[_pdf(f"{number}.pdf")])
        move(waiting, "comment", lea, key=draft.key)
    browser = client_of(lea)
    browser.get(waiting.get_absolute_url())

    with django_assert_num_queries(10):
        browser.get(waiting.get_absolute_url())


# --- refusal ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "shown"), [("refused", True), ("closed", False)], ids=["refused", "closed"]
)
def test_a_refusal_says_how_to_contest_it(client_of, lea, claire, transcripts, status, shown):
    ticket = ticket_in(status, requester=lea, category=transcripts, handler=claire)

    page = words_of(client_of(lea).get(ticket.get_absolute_url()))

    assert ("(https://citoyens.telerecours.fr). Ce délai" in page) is shown
