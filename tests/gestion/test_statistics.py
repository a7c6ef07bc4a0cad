"""Pages of figures on a corpus made by hand: what is counted, for whom, and at what cost."""

import datetime
import re
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from categories.enums import FeedbackKind
from categories.faq.services import record_feedback
from categories.models import FaqEntry
from tests import factories
from tests.gestion.corpus import YEAR, happened, lived, on, sheet
from tests.pages import words_of
from tickets.models import Ticket
from tickets.statistics.chapters import CHAPTERS, MAKERS

# Session, person, themes, services; then what each chapter counts.
PAGE_QUERIES = {
    "": 4 + 6,
    "delais": 4 + 10,
    "horaires": 4 + 3,
    "issues": 4 + 9,
    "a-venir": 4 + 4,
    "mes-chiffres": 4 + 3,
}


SOON = {"recall_on": datetime.date(2026, 12, 28)}


@pytest.fixture
def secrets(settings, lea, claire, bruno, refunds, alert, transcripts):
    """Return a function that makes as many requests that Claire may not count: of a theme she has no role on,
    of a confidential one, and her own.
    """

    settings.ACTS_PER_HOUR = 1000

    def make():
        whole = [(1, 3, "submit"), (1, 4, "take"), (1, 5, "close"), (1, 6, "approve"), (1, 7, "reopen")]
        given = {"close": {"minutes": 50}, "approve": {"satisfaction": 1}, "postpone": SOON}
        for requester, handler, theme in (
            (lea, bruno, refunds),
            (lea, factories.handler_on(alert), alert),
            (claire, factories.handler_on(transcripts), transcripts),
        ):
            lived(requester, handler, theme, [*whole, (1, 8, "postpone")], **given)
            lived(requester, handler, theme, [*whole, (1, 8, "close"), (1, 9, "contest")], **given)
            lived(requester, handler, theme, [*whole, (1, 8, "refuse")], **given)
            for _rank in range(10):
                lived(requester, handler, theme, whole[:4], **given)
            last = on(1, 3, factories.file_ticket, requester, theme)
            Ticket.objects.filter(pk=last.pk).update(silence_rule="refusal", silence_months=2)
        entry = FaqEntry.objects.create(slug="rembourser", title="Être remboursé ?", body="Oui.")
        on(1, 4, record_feedback, entry, FeedbackKind.DEFLECTION, category=refunds)

    return make


def page(browser, chapter="", **asked):
    """Return a chapter of figures."""
    url = reverse("admin:statistics_chapter", args=[chapter]) if chapter else reverse("admin:statistics")
    return browser.get(url, YEAR | asked)


# --- whose requests ---------------------------------------------------------------------------------------
def test_no_figure_counts_what_its_reader_may_not_see(corpus, secrets, client_of, claire, adam):
    def all_figures(person):
        with time_machine.travel(datetime.datetime(2026, 12, 1, 11, tzinfo=datetime.UTC), tick=False):
            return {slug: sheet(client_of(person), slug) for slug in MAKERS}

    before = all_figures(claire)
    secrets()
    after, others = all_figures(claire), all_figures(adam)

    assert after == before
    # All of it was there to be counted.
    assert [slug for slug in MAKERS if others[slug] == before[slug]] == []


def test_handler_of_another_theme_counts_hers(corpus, secrets, figure, bruno):
    secrets()

    assert list(figure(bruno, "repartition")) == ["Remboursement", "Ensemble"]


def test_administrator_counts_what_is_not_confidential(corpus, secrets, figure, adam):
    secrets()

    found = figure(adam, "repartition")
    assert list(found) == ["Relevé de notes", "Inscription tardive", "Remboursement", "Ensemble"]


def test_own_figures_are_those_of_the_reader_alone(corpus, figure, claire, colette, lea, transcripts):
    assert happened(figure(claire, "mes-chiffres")) == {
        "janvier 2026": ["2", "3", "10"],
        "février 2026": ["0", "1", "30"],
        "Ensemble": ["2", "4", "20"],
    }
    for asked in ({}, {"actor": claire.pk}, {"gestionnaire": claire.pk}, {"reader": claire.pk}):
        assert figure(colette, "mes-chiffres", **asked) == {}

    lived(lea, colette, transcripts, [(1, 1, "submit"), (1, 2, "take"), (1, 3, "close")])
    assert figure(colette, "mes-chiffres")["Ensemble"] == ["1", "1", "2"]
    assert figure(claire, "mes-chiffres")["Ensemble"] == ["2", "4", "20"]


@pytest.mark.parametrize("chapter", [chapter.slug for chapter in CHAPTERS])
def test_no_page_names_who_handles(chapter, corpus, client_of, colette, claire, lea):
    words = words_of(page(client_of(colette), chapter))

    assert not any(person.last_name in words for person in (claire, lea))
    assert colette.last_name in words


# --- filters ----------------------------------------------------------------------------------------------
def test_theme_counts_itself_and_what_is_below(corpus, figure, claire):
    assert figure(claire, "volumes", theme="inscription")["Ensemble"] == ["1", "0", "1"]
    assert figure(claire, "volumes", theme="etudes")["Ensemble"] == ["3", "2", "1"]


def test_service_and_origin_narrow(corpus, figure, claire, transcripts):
    other = factories.ServiceFactory(slug="autre", name="Un autre service")
    transcripts.service = other
    transcripts.save()
    Ticket.objects.filter(pk=corpus[0].pk).update(service=other, channel="post")

    assert figure(claire, "volumes", service="autre")["Ensemble"] == ["1", "1", "0"]
    assert figure(claire, "volumes", service="scolarite")["Ensemble"] == ["2", "1", "1"]
    assert figure(claire, "volumes", origine="post")["Ensemble"] == ["1", "1", "0"]
    assert figure(claire, "volumes", origine="web")["Ensemble"] == ["2", "1", "1"]


@pytest.mark.parametrize(
    ("par", "names"),
    [
        ("theme", ["Relevé de notes", "Inscription tardive"]),
        ("service", ["Service de la scolarité"]),
        ("origine", ["télé-service"]),
        ("etat", ["clôturée, à approuver", "retirée par le demandeur"]),
        ("priorite", ["normale"]),
        ("silence", ["le silence vaut acceptation", "le silence ne vaut pas décision"]),
    ],
)
def test_split_tells_lines_apart(par, names, corpus, client_of, figure, claire):
    assert list(figure(claire, "repartition", par=par)) == [*names, "Ensemble"]
    for slug in MAKERS:
        assert sheet(client_of(claire), slug, par=par)


@pytest.mark.parametrize(
    ("pas", "first", "number"),
    [
        ("jour", "1er janvier 2026", 31),
        ("semaine", "semaine du 29 décembre 2025", 5),
        ("mois", "janvier 2026", 1),
        ("trimestre", "T1 2026", 1),
    ],
)
def test_interval_cuts_the_time(pas, first, number, corpus, figure, claire):
    found = figure(claire, "volumes", pas=pas, jusque="2026-01-31")

    assert (next(iter(found)), len(found)) == (first, number + 1)
    assert found["Ensemble"] == ["2", "1", "0"]
    assert sum(int(line[0]) for name, line in found.items() if name != "Ensemble") == 2


def test_first_and_last_days_are_included(corpus, figure, claire):
    assert figure(claire, "volumes", depuis="2026-01-10", jusque="2026-01-10")["Ensemble"] == ["1", "0", "0"]
    assert figure(claire, "volumes", depuis="2026-01-11", jusque="2026-01-11")["Ensemble"] == ["0", "1", "0"]
    assert figure(claire, "volumes", depuis="2026-01-12", jusque="2026-01-31") == {}


def test_midnight_is_that_of_paris(claire, lea, transcripts, figure):
    with time_machine.travel(datetime.datetime(2026, 1, 31, 23, 30, tzinfo=datetime.UTC), tick=False):
        factories.file_ticket(lea, transcripts)

    assert happened(figure(claire, "volumes")) == {
        "février 2026": ["1", "0", "0"],
        "Ensemble": ["1", "0", "0"],
    }
    assert happened(figure(claire, "heures")) == {"0\u00a0h": ["1", "0", "0"]}


def test_theme_and_service_out_of_reach_are_no_choice(corpus, client_of, claire, refunds):
    response = page(client_of(claire), theme="remboursement", service="comptabilite")

    assert set(response.context["form"].errors) == {"theme", "service"}
    assert "Remboursement" not in response.content.decode()
    assert "Agence comptable" not in response.content.decode()


WRONG = {
    "reversed": {"depuis": "2026-02-01", "jusque": "2026-01-01"},
    "too long": {"depuis": "1900-01-01"},
    "not a day": {"depuis": "hier"},
    "unknown step": {"pas": "siècle"},
    "unknown split": {"par": "gestionnaire"},
    "unknown origin": {"origine": "pigeon"},
    "too many weeks": {"depuis": "2020-01-01", "jusque": "2026-01-01", "pas": "semaine"},
    "too many days": {"depuis": "2026-01-01", "jusque": "2026-06-01", "pas": "jour"},
    "first day ever": {"jusque": "0001-01-01"},
}


@pytest.mark.parametrize("asked", WRONG.values(), ids=WRONG)
def test_wrong_filters_are_said_and_break_nothing(asked, corpus, client_of, claire):
    browser = client_of(claire)
    response = page(browser, **asked)

    assert response.context["form"].errors
    assert "voici les douze derniers mois, sans filtre" in words_of(response)
    assert (
        browser.get(reverse("admin:statistics_export", args=["volumes", "csv"]), YEAR | asked).status_code
        == 200
    )


# --- pages and exports ------------------------------------------------------------------------------------
@pytest.mark.parametrize("chapter", [chapter.slug for chapter in CHAPTERS])
@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_request_and_for_three(
    number, chapter, client_of, claire, lea, transcripts, django_assert_num_queries
):
    for day in range(1, number + 1):
        lived(lea, claire, transcripts, [(1, day, "submit"), (2, day, "take"), (3, day, "close")])
    browser = client_of(claire)

    with django_assert_num_queries(PAGE_QUERIES[chapter]):
        page(browser, chapter)


@pytest.mark.parametrize("number", [1, 3])
def test_export_costs_the_same_for_one_request_and_for_three(
    number, client_of, claire, lea, transcripts, django_assert_num_queries
):
    for day in range(1, number + 1):
        lived(lea, claire, transcripts, [(1, day, "submit"), (2, day, "take"), (3, day, "close")])
    browser = client_of(claire)

    with django_assert_num_queries(4 + 3):  # filed, answered, ended
        sheet(browser, "volumes")


def test_page_shows_pictures_with_words_and_a_table_under_each(corpus, client_of, claire):
    shown = page(client_of(claire)).content.decode()

    assert (shown.count('<svg class="drawing"'), shown.count("<desc "), shown.count("<caption ")) == (4, 4, 4)
    assert shown.count('<details class="figure__fold"') == 1  # twelve months
    assert "c’est pour ces statistiques que l’approbation existe" in shown


@pytest.mark.parametrize("chapter", [chapter.slug for chapter in CHAPTERS])
def test_every_figure_of_a_page_is_there_in_words_and_in_both_exports(chapter, corpus, client_of, claire):
    browser = client_of(claire)
    response = page(browser, chapter, par="origine")

    for figure in response.context["figures"]:
        links = [reverse("admin:statistics_export", args=[figure.slug, kind]) for kind in ("csv", "ods")]
        if figure.lines:
            assert all(f'href="{link}?depuis=' in response.content.decode() for link in links)
        assert [browser.get(link).status_code for link in links] == [200, 200]
        assert str(figure.title) in words_of(response)


def test_export_says_what_it_is(corpus, client_of, claire):
    response = client_of(claire).get(reverse("admin:statistics_export", args=["volumes", "ods"]), YEAR)

    name = "teledemande-volumes-20260101-20261231.ods"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    assert response.content[:2] == b"PK"


@pytest.mark.parametrize(
    "path", ["statistiques/passe/", "statistiques/passe.csv", "statistiques/volumes.xls"]
)
def test_no_other_page_exists(path, client_of, claire):
    assert client_of(claire).get(f"/gestion/statistiques/{path}").status_code == 404


def test_export_runs_no_formula(client_of, lea, studies, claire, service):
    theme = factories.LeafFactory(parent=studies, service=service, name="=cmd|calc")
    on(1, 5, factories.file_ticket, lea, theme)

    assert sheet(client_of(claire), "repartition")[1][0] == "'=cmd|calc"


@pytest.mark.parametrize("chapter", [chapter.slug for chapter in CHAPTERS])
def test_chapter_says_where_one_is_and_keeps_what_was_asked(chapter, client_of, claire):
    response = page(client_of(claire), chapter, par="origine")
    shown = response.content.decode()

    current = re.findall(r'<a class="(?:rooms|chapters)__link"\s+href="([^"]+)"\s+aria-current="page"', shown)
    own = response.request["PATH_INFO"]
    assert [unescape(url) for url in current] == [
        reverse("admin:statistics"),
        f"{own}?{response.request['QUERY_STRING']}",
    ]


@pytest.mark.parametrize("chapter", [chapter.slug for chapter in CHAPTERS])
def test_nothing_to_count_is_said(chapter, client_of, claire):
    response = page(client_of(claire), chapter)

    assert "<svg" not in response.content.decode().partition('class="figure-list"')[2].replace(
        '<svg class="icon', ""
    )
    empty = {" ".join(str(figure.empty).split()) for figure in response.context["figures"]}
    assert [words for words in empty if words not in words_of(response)] == []


def test_first_and_last_days_of_the_calendar_break_nothing(client_of, claire):
    for day in ("0001-01-01", "9999-12-31"):
        assert page(client_of(claire), depuis=day, jusque=day).status_code == 200
