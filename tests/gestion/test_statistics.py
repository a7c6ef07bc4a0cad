"""Figures on a corpus made by hand: what is counted, where, for whom, and at what cost."""

import csv
import datetime
import io

import pytest
import time_machine
from django.urls import reverse

from tests import factories
from tickets.statistics.counting import COLUMNS
from tickets.statistics.drawing import WIDTH, draw

# Session, person, themes, counts, three medians.
PAGE_QUERIES = 7
# Session, person, themes, counts, one median.
EXPORT_QUERIES = 5
YEAR = {"depuis": "2026-01-01", "jusque": "2026-12-31"}


def on(month, day, make, *args, **words):
    """Do something at noon of a day of 2026."""
    with time_machine.travel(datetime.datetime(2026, month, day, 11, tzinfo=datetime.UTC), tick=False):
        return make(*args, **words)


def lived(requester, handler, category, steps):
    """Make a request from (month, day, move) steps, the first of which files it."""
    (month, day, _filing), *moves = steps
    ticket = on(month, day, factories.file_ticket, requester, category)
    for month, day, name in moves:
        actor = requester if name in ("approve", "contest", "withdraw", "answer") else handler
        on(month, day, factories.move, ticket, name, actor)
    return ticket


@pytest.fixture
def corpus(lea, claire, bruno, transcripts, late_enrolment, refunds, alert):
    """Requests of 2026, of which Claire may count three; the others are there to leak."""
    lived(lea, claire, transcripts, [(1, 1, "submit"), (1, 2, "take"), (1, 5, "close"), (1, 6, "approve")])
    lived(
        lea,
        claire,
        transcripts,
        [(1, 10, "submit"), (1, 11, "take"), (1, 20, "close"), (1, 21, "contest"), (2, 9, "close")],
    )
    lived(lea, claire, late_enrolment, [(2, 1, "submit"), (2, 2, "withdraw")])
    lived(lea, bruno, refunds, [(1, 3, "submit"), (1, 4, "take"), (1, 9, "refuse")])
    lived(lea, factories.handler_on(alert), alert, [(1, 3, "submit"), (1, 4, "take"), (1, 5, "close")])
    lived(claire, factories.handler_on(transcripts), transcripts, [(1, 3, "submit"), (1, 4, "take")])


@pytest.fixture
def figures(client_of):
    """Return a function that gives the figures a person reads."""

    def read(person, **asked):
        return client_of(person).get(reverse("admin:statistics"), YEAR | asked).context["figures"]

    return read


def table(lines):
    return {line.label: (line.cells, line.median_days) for line in lines if line.counts}


def test_each_act_is_counted_where_and_when_it_happened(corpus, figures, claire):
    found = figures(claire)

    # déposées, clôturées, approuvées, tacites, contestées, refusées, retirées ; délais 4, 10 et 30 jours
    assert table(found.by_theme) == {
        "Inscription tardive": ([1, 0, 0, 0, 0, 0, 1], None),
        "Relevé de notes": ([2, 3, 1, 0, 1, 0, 0], 10.0),
    }
    assert table(found.by_period) == {
        "janvier 2026": ([2, 2, 1, 0, 1, 0, 0], 7.0),
        "février 2026": ([1, 1, 0, 0, 0, 0, 1], 30.0),
    }
    assert (found.total.cells, found.total.median_days) == ([3, 3, 1, 0, 1, 0, 1], 10.0)
    assert len(found.by_period) == 12


def test_handler_of_another_theme_counts_hers(corpus, figures, bruno):
    assert table(figures(bruno).by_theme) == {"Remboursement": ([1, 0, 0, 0, 0, 1, 0], None)}


def test_administrator_counts_what_is_not_confidential(corpus, figures, adam):
    assert set(table(figures(adam).by_theme)) == {"Inscription tardive", "Relevé de notes", "Remboursement"}


def test_theme_narrows_to_itself_and_below(corpus, figures, claire):
    assert figures(claire, theme="inscription").total.cells == [1, 0, 0, 0, 0, 0, 1]
    assert figures(claire, theme="etudes").total.cells == [3, 3, 1, 0, 1, 0, 1]


def test_theme_out_of_reach_counts_nothing_of_it(corpus, client_of, claire):
    response = client_of(claire).get(reverse("admin:statistics"), YEAR | {"theme": "remboursement"})

    assert "theme" in response.context["form"].errors
    assert "Remboursement" not in response.content.decode()


def test_weeks_and_days_bound_the_figures(corpus, figures, claire):
    found = figures(claire, pas="semaine", depuis="2026-01-05", jusque="2026-01-11")

    assert [line.label for line in found.by_period] == ["semaine du 5 janvier 2026"]
    assert found.total.cells == [1, 1, 1, 0, 0, 0, 0]


def test_midnight_is_that_of_paris(claire, lea, transcripts, figures):
    with time_machine.travel(datetime.datetime(2026, 1, 31, 23, 30, tzinfo=datetime.UTC), tick=False):
        factories.file_ticket(lea, transcripts)

    assert table(figures(claire).by_period) == {"février 2026": ([1, 0, 0, 0, 0, 0, 0], None)}


@pytest.mark.parametrize("number", [1, 3])
def test_figures_cost_the_same_for_one_request_and_for_three(
    number, client_of, claire, lea, transcripts, django_assert_num_queries
):
    for day in range(1, number + 1):
        lived(lea, claire, transcripts, [(1, day, "submit"), (2, day, "take"), (3, day, "close")])
    browser = client_of(claire)

    with django_assert_num_queries(PAGE_QUERIES):
        browser.get(reverse("admin:statistics"), YEAR)
    with django_assert_num_queries(EXPORT_QUERIES):
        browser.get(reverse("admin:statistics_csv"), YEAR)


def test_page_draws_pictures_with_words_and_a_table_under_each(corpus, client_of, claire):
    page = client_of(claire).get(reverse("admin:statistics"), YEAR).content.decode()

    assert (page.count('<svg class="drawing"'), page.count("<desc "), page.count("<caption ")) == (2, 2, 2)
    assert "c’est pour ces statistiques que l’approbation existe" in page


def test_export_holds_the_same_figures(corpus, client_of, claire):
    response = client_of(claire).get(reverse("admin:statistics_csv"), YEAR)

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert (
        response.headers["Content-Disposition"] == 'attachment; filename="teledemande-20260101-20261231.csv"'
    )
    assert rows[0] == ["thème", "période", *map(str, COLUMNS.values()), "délai médian (jours)"]
    assert rows[1:] == [
        ["Relevé de notes", "2026-01-01", "2", "2", "1", "0", "1", "0", "0", "7,0"],
        ["Relevé de notes", "2026-02-01", "0", "1", "0", "0", "0", "0", "0", "30,0"],
        ["Inscription tardive", "2026-02-01", "1", "0", "0", "0", "0", "0", "1", ""],
    ]


def test_export_runs_no_formula(client_of, lea, studies, claire, service):
    theme = factories.LeafFactory(parent=studies, service=service, name="=cmd|calc")
    on(1, 5, factories.file_ticket, lea, theme)

    response = client_of(claire).get(reverse("admin:statistics_csv"), YEAR)

    assert "\n'=cmd|calc;" in response.content.decode().replace("\r\n", "\n")


def test_nothing_to_count_is_said(client_of, claire):
    assert "Rien ne s’est passé" in client_of(claire).get(reverse("admin:statistics")).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"depuis": "2026-02-01", "jusque": "2026-01-01"},
        {"depuis": "1900-01-01"},
        {"depuis": "hier"},
        {"pas": "siècle"},
        {"depuis": "2020-01-01", "jusque": "2026-01-01", "pas": "semaine"},
        {"jusque": "0001-01-01"},
    ],
    ids=["reversed", "too long", "not a day", "unknown step", "too many weeks", "first day ever"],
)
@pytest.mark.parametrize("page", ["statistics", "statistics_csv"])
def test_wrong_answers_are_said_and_break_nothing(page, asked, corpus, client_of, claire):
    assert client_of(claire).get(reverse(f"admin:{page}"), asked).status_code == 200


def test_first_and_last_days_of_the_calendar_break_nothing(client_of, claire):
    for day in ("0001-01-01", "9999-12-31"):
        response = client_of(claire).get(reverse("admin:statistics"), {"depuis": day, "jusque": day})
        assert response.status_code == 200


def test_bars_are_drawn_to_scale():
    drawing = draw("essai", "Essai", ["a", "b"], [("un", [10, 5]), ("deux", [0, 1])])

    widths = [[bar.width for bar in row.bars] for row in drawing.rows]
    assert widths == [[WIDTH - 40, (WIDTH - 40) // 2], [0, (WIDTH - 40) // 10]]
    assert drawing.words == "un\u00a0: 10 a, 5 b\u00a0; deux\u00a0: 0 a, 1 b"


def test_nothing_draws_nothing():
    assert draw("essai", "Essai", ["a"], []).height == 1
