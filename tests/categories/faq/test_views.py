"""The pages of the questions: reading, saying, finding nothing."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from categories.faq.saying import PER_SESSION
from categories.faq.services import save_entry
from categories.models import FaqEntry, FaqFeedback
from tests.pages import words_of

NBSP = "\u00a0"
LIST = "/questions-frequentes/"
PAGE = "/questions-frequentes/que-veut-dire-le-silence/"


def headings_of(response):
    return re.findall(r"<h(\d)[^>]*>\s*([^<]+?)\s*</h", response.content.decode())


def counted():
    return list(FaqFeedback.objects.order_by("pk").values_list("entry__slug", "kind", "category__slug"))


# --- list ------------------------------------------------------------------------------------------------
def test_list_nests_headings_and_leaves_empty_ones_out(client, written, delays, silence):
    written("Vide", "")
    sub = written("Pièces", "", parent=delays)
    written("Laquelle ?", parent=sub)
    written("Sans rubrique")

    page = client.get(LIST)

    assert headings_of(page)[1:-1] == [("2", "Délais"), ("3", "Pièces")]
    links = re.findall(r'faq-list__link"\s+lang="fr"\s+href="([^"]+)"', page.content.decode())
    assert links == [f"{LIST}sans-rubrique/", PAGE, f"{LIST}laquelle/"]
    assert "claire" not in words_of(page)


def test_list_without_questions_says_so(client, db):
    assert "Aucune réponse n’est publiée" in words_of(client.get(LIST))


def test_list_shows_each_his_own(client, client_of, written, transcripts, lea, claire):
    written("Pour tous")
    written("Pour les connectés", audience="signed_in")
    written("Pour les gestionnaires", "Oui.", transcripts, audience="handlers")

    def titles(browser):
        return re.findall(
            r'faq-list__link"\s+lang="fr"\s+href="[^"]+">([^<]+)<', browser.get(LIST).content.decode()
        )

    assert titles(client) == ["Pour tous"]
    assert titles(client_of(lea)) == ["Pour tous", "Pour les connectés"]
    assert titles(client_of(claire)) == ["Pour tous", "Pour les connectés", "Pour les gestionnaires"]
    assert "réservée aux gestionnaires" in words_of(client_of(claire).get(LIST))


def many(count):
    """Write `count` questions under ten headings."""
    heads = [FaqEntry(title=f"R{n}", slug=f"r-{n}", position=n) for n in range(10)]
    for head in heads:
        save_entry(head, themes=[])
    FaqEntry.objects.bulk_create(
        FaqEntry(title=f"Q{n}", slug=f"q-{n}", body="Oui. " * 100, parent=heads[n % 10], position=n)
        for n in range(count)
    )


@pytest.mark.parametrize("count", [1, 3, 500])
def test_list_asks_the_same_whatever_its_length(client, client_of, lea, django_assert_num_queries, count):
    many(count)
    browser = client_of(lea)

    with django_assert_num_queries(1):
        page = client.get(LIST)
    with django_assert_num_queries(3):  # session, person, questions
        browser.get(LIST)

    assert len(re.findall(r"faq-list__link", page.content.decode())) == count
    assert len(page.content) < 12_000 + 400 * count


# --- one question ----------------------------------------------------------------------------------------
def test_answer_has_its_day_its_themes_and_its_neighbours(client, written, delays, transcripts):
    with time_machine.travel(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)):
        written("Que veut dire le silence ?", "Cela *dépend*.\n\n# Titre", transcripts, parent=delays)
        written("Combien de temps ?", parent=delays)

    page = client.get(PAGE)

    assert headings_of(page)[:2] == [("1", "Que veut dire le silence ?"), ("2", "Titre")]
    words = words_of(page)
    assert f"Dernière mise à jour{NBSP}: 2 mars 2026." in page.content.decode()
    assert "Pour faire une demande Relevé de notes" in words
    assert "Dans la même rubrique Combien de temps ?" in words
    assert 'href="/themes/releve-de-notes/"' in page.content.decode()


def test_heading_has_its_page(client, silence):
    page = client.get(f"{LIST}delais/")

    assert f'href="{PAGE}"' in page.content.decode()
    assert "utile" not in words_of(page)


@pytest.mark.parametrize("count", [1, 3])
def test_answer_is_few_queries(client, written, silence, delays, django_assert_num_queries, count):
    for number in range(count):
        written(f"Autre {number}", parent=delays)

    with django_assert_num_queries(3):  # the question, its themes, its neighbours
        client.get(PAGE)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["", "avis/", "resolue/"])
def test_what_may_not_be_read_does_not_exist(client, client_of, silence, transcripts, lea, path, method):
    save_entry(silence, themes=[transcripts])
    FaqEntry.objects.update(audience="handlers")
    answers = {"kind": "helpful", "theme": "releve-de-notes"}

    statuses = [getattr(one, method)(PAGE + path, answers).status_code for one in (client, client_of(lea))]

    expected = 405 if (path, method) in (("", "post"), ("avis/", "get")) else 404
    assert statuses == [expected] * 2
    assert counted() == []


def test_a_question_withdrawn_is_kindly_missing(client, client_of, silence, transcripts, lea):
    silence.is_published = False
    save_entry(silence, themes=[transcripts])

    page = client.get(PAGE)

    assert page.status_code == 404
    assert f'href="{LIST}"' in page.content.decode()
    assert f"/connexion/?next={PAGE}" in page.content.decode()
    assert "Se connecter" not in words_of(client_of(lea).get(PAGE))


# --- helpful or not ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["helpful", "unhelpful"])
def test_opinion_counts_once_a_session(client, silence, kind):
    response = client.post(f"{PAGE}avis/", {"kind": kind}, follow=True)
    client.post(f"{PAGE}avis/", {"kind": "helpful"})

    assert response.redirect_chain == [(PAGE, 302)]
    assert "Merci, votre avis est enregistré." in words_of(response)
    assert counted() == [(silence.slug, kind, None)]


def test_opinion_of_another_session_counts_too(client, client_of, lea, silence):
    for browser in (client, client_of(lea)):
        browser.post(f"{PAGE}avis/", {"kind": "helpful"})

    assert len(counted()) == 2


@pytest.mark.parametrize("kind", ["deflection", "", "\0", "superbe"])
def test_opinion_is_helpful_or_not(client, silence, kind):
    assert client.post(f"{PAGE}avis/", {"kind": kind}).status_code == 400
    assert counted() == []


def test_opinion_needs_its_token(silence):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(f"{PAGE}avis/", {"kind": "helpful"}).status_code == 403
    assert counted() == []


def test_one_session_does_not_speak_for_everybody(client, db):
    many(PER_SESSION + 5)

    for number in range(PER_SESSION + 5):
        client.post(f"{LIST}q-{number}/avis/", {"kind": "helpful"})

    assert len(counted()) == PER_SESSION


# --- a request spared --------------------------------------------------------------------------------------
def test_a_request_spared_counts_once_a_theme(client, silence, transcripts, late_enrolment):
    save_entry(silence, themes=[transcripts, late_enrolment])

    for theme in ("releve-de-notes", "releve-de-notes", "inscription-tardive"):
        page = client.post(f"{PAGE}resolue/", {"theme": theme}, follow=True)

    assert page.redirect_chain == [(f"{PAGE}resolue/?theme=inscription-tardive", 302)]
    assert headings_of(page)[0] == ("1", "Tant mieux")
    assert 'href="/demandes/nouvelle/inscription-tardive/"' in page.content.decode()
    assert counted() == [
        (silence.slug, "deflection", "releve-de-notes"),
        (silence.slug, "deflection", "inscription-tardive"),
    ]


def test_an_opinion_and_a_request_spared_both_count(client, silence):
    client.post(f"{PAGE}resolue/", {"theme": "releve-de-notes"})
    client.post(f"{PAGE}avis/", {"kind": "helpful"})

    assert [kind for _slug, kind, _theme in counted()] == ["deflection", "helpful"]


def test_a_request_is_spared_under_the_themes_that_show_the_answer(client, silence, studies, refunds):
    save_entry(silence, themes=[studies])

    shown = client.post(f"{PAGE}resolue/", {"theme": "releve-de-notes"})
    elsewhere = client.post(f"{PAGE}resolue/", {"theme": "remboursement"})

    assert (shown.status_code, elsewhere.status_code) == (302, 404)
    assert counted() == [(silence.slug, "deflection", "releve-de-notes")]


@pytest.mark.parametrize("theme", ["", "inconnu", "\0", "etudes"])
def test_a_request_is_spared_under_a_theme(client, silence, theme):
    assert client.post(f"{PAGE}resolue/", {"theme": theme}).status_code == 404
    assert client.get(f"{PAGE}resolue/", {"theme": theme}).status_code == 404
    assert counted() == []
