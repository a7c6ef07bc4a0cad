"""Each figure, counted by hand on a small corpus."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from categories.enums import FeedbackKind
from categories.faq.services import record_feedback
from categories.models import FaqEntry
from tests import factories
from tests.gestion.corpus import YEAR, happened, lived, on, sheet
from tickets.lifecycle.enums import Outcome
from tickets.models import Ticket


# --- activity ---------------------------------------------------------------------------------------------
def test_volumes_count_at_their_date_what_still_holds(corpus, figure, claire):
    # The second was closed twice: the closing contested in January is no answer any more.
    assert happened(figure(claire, "volumes")) == {
        "janvier 2026": ["2", "1", "0"],
        "février 2026": ["1", "1", "1"],
        "Ensemble": ["3", "2", "1"],
    }
    assert len(figure(claire, "volumes")) == 13


def test_parts_and_periods_are_crossed(corpus, client_of, claire):
    assert sheet(client_of(claire), "croisement") == [
        ["Thème", "début de la période", "déposées", "traitées", "terminées"],
        ["Relevé de notes", "2026-01-01", "2", "1", "0"],
        ["Relevé de notes", "2026-02-01", "0", "1", "0"],
        ["Inscription tardive", "2026-02-01", "1", "0", "1"],
    ]


def test_statuses_are_those_of_today(corpus, figure, claire):
    assert figure(claire, "etats") == {
        "clôturée, à approuver": ["2", "66,67"],
        "retirée par le demandeur": ["1", "33,33"],
        "Ensemble": ["3", "100"],
    }


def test_requests_spared_are_counted_by_period_and_answer(
    figure, claire, transcripts, late_enrolment, refunds
):
    entry = FaqEntry.objects.create(slug="duplicata", title="Obtenir un duplicata ?", body="En ligne.")
    other = FaqEntry.objects.create(slug="autre", title="Autre chose ?", body="Non.")
    on(1, 5, record_feedback, entry, FeedbackKind.DEFLECTION, category=transcripts)
    on(2, 5, record_feedback, entry, FeedbackKind.DEFLECTION, category=late_enrolment)
    on(2, 5, record_feedback, entry, FeedbackKind.HELPFUL, category=transcripts)
    on(2, 6, record_feedback, other, FeedbackKind.DEFLECTION, category=refunds)

    assert happened(figure(claire, "evitees")) == {
        "janvier 2026": ["1"],
        "février 2026": ["1"],
        "Ensemble": ["2"],
    }
    assert figure(claire, "reponses") == {"Obtenir un duplicata ?": ["2"]}
    assert figure(claire, "reponses", theme="releve-de-notes") == {"Obtenir un duplicata ?": ["1"]}


# --- delays -----------------------------------------------------------------------------------------------
def test_delays_have_a_median_and_a_ninth_decile(corpus, figure, claire):
    # Taken the day after, both; answered after 10 and 30 days.
    assert happened(figure(claire, "reaction")) == {
        "janvier 2026": ["2", "1", "1"],
        "Ensemble": ["2", "1", "1"],
    }
    assert happened(figure(claire, "resolution")) == {
        "janvier 2026": ["1", "10", "10"],
        "février 2026": ["1", "30", "30"],
        "Ensemble": ["2", "20", "28"],
    }
    assert figure(claire, "resolution-repartition", par="origine")["télé-service"] == ["2", "20", "28"]
    assert figure(claire, "reaction-repartition")["Relevé de notes"] == ["2", "1", "1"]


def test_first_reaction_is_the_first_thing_a_requester_sees_of_staff(figure, claire, lea, transcripts):
    steps = [(1, 1, "submit"), (1, 2, "comment"), (1, 3, "note"), (1, 4, "change_priority"), (1, 9, "take")]
    lived(lea, claire, transcripts, steps)

    assert figure(claire, "reaction")["Ensemble"] == ["1", "8", "8"]


def test_request_given_by_the_machine_waits_for_its_first_reaction(figure, claire, lea, transcripts):
    ticket = lived(lea, claire, transcripts, [(1, 1, "submit")])
    on(1, 1, factories.move, ticket, "assign", None, assignee=claire)

    assert figure(claire, "reaction") == {}
    on(1, 5, factories.move, ticket, "ask", claire)
    assert figure(claire, "reaction")["Ensemble"] == ["1", "4", "4"]


def test_waits_are_counted_by_length(corpus, figure, claire):
    assert happened(figure(claire, "distribution")) == {
        "de 1 à 3 jours": ["2", "100", "0", "0"],
        "de 1 à 2 semaines": ["0", "0", "1", "50"],
        "de 30 à 60 jours": ["0", "0", "1", "50"],
        "Ensemble": ["2", "100", "2", "100"],
    }


def test_longest_requests_are_named_with_their_page(corpus, client_of, claire, lea, transcripts):
    open_one = lived(lea, claire, transcripts, [(3, 1, "submit")])
    with time_machine.travel(datetime.datetime(2026, 3, 11, 11, tzinfo=datetime.UTC), tick=False):
        browser = client_of(claire)
        rows = sheet(browser, "plus-anciennes")
        shown = browser.get(reverse("admin:statistics_chapter", args=["delais"]), YEAR).content.decode()

    assert rows[1:] == [[open_one.reference, "Relevé de notes", "déposée (libre)", "10"]]
    assert [row[0] for row in sheet(client_of(claire), "plus-longues")[1:]] == [
        corpus[1].reference,
        corpus[0].reference,
    ]
    for ticket in (open_one, *corpus[:2]):
        link = reverse("admin:tickets_ticket_change", args=[ticket.pk])
        assert f'href="{link}">{ticket.reference}</a>' in shown


# --- days and hours ---------------------------------------------------------------------------------------
def test_moments_are_those_of_paris(figure, claire, lea, transcripts):
    # Thursday 1 January 2026 at 8, taken on Friday at 15; in summer the same instant reads an hour later.
    ticket = on(1, 1, factories.file_ticket, lea, transcripts, hour=8)
    on(1, 2, factories.move, ticket, "take", claire, hour=15)
    on(7, 6, factories.file_ticket, lea, transcripts, hour=8)

    assert happened(figure(claire, "heures")) == {
        "8\u00a0h": ["1", "0", "0"],
        "9\u00a0h": ["1", "0", "0"],
        "15\u00a0h": ["0", "1", "0"],
    }
    assert happened(figure(claire, "jours")) == {
        "lundi": ["1", "0", "0"],
        "jeudi": ["1", "0", "0"],
        "vendredi": ["0", "1", "0"],
    }
    assert happened(figure(claire, "grille-depots")) == {
        "8\u00a0h": ["0", "0", "0", "1", "0", "0", "0"],
        "9\u00a0h": ["1", "0", "0", "0", "0", "0", "0"],
    }
    assert happened(figure(claire, "grille-reactions")) == {"15\u00a0h": ["0", "0", "0", "0", "1", "0", "0"]}
    assert figure(claire, "grille-reponses") == {}


# --- outcomes ---------------------------------------------------------------------------------------------
def test_outcomes_tell_what_became_of_requests(corpus, figure, claire, lea, transcripts):
    taken = [(1, 1, "submit"), (1, 2, "take")]
    lived(lea, claire, transcripts, [*taken, (1, 3, "close")], close={"outcome": Outcome.INFORMED})
    lived(lea, claire, transcripts, [*taken, (1, 3, "refuse")])
    lived(lea, claire, transcripts, [*taken, (1, 3, "settle")])
    lived(lea, claire, transcripts, taken)

    assert {name: line[0] for name, line in figure(claire, "issues").items()} == {
        "acceptée": "2",
        "information donnée": "1",
        "résolue, dit le demandeur, avant toute réponse": "1",
        "refusée": "1",
        "retirée par le demandeur": "1",
        "Ensemble": "6",
    }


def test_approvals_are_explicit_tacit_or_contested(corpus, figure, claire, lea, transcripts):
    ticket = lived(lea, claire, transcripts, [(3, 1, "submit"), (3, 2, "take"), (3, 3, "close")])
    on(3, 25, factories.move, ticket, "expire", None)

    assert happened(figure(claire, "approbations")) == {
        "janvier 2026": ["1", "0", "1"],
        "mars 2026": ["0", "1", "0"],
        "Ensemble": ["1", "1", "1"],
    }
    assert figure(claire, "approbations-repartition")["Relevé de notes"] == ["1", "33,33"] * 3


def test_reopenings_tell_who_reopened(corpus, figure, claire, lea, transcripts):
    ticket = lived(
        lea, claire, transcripts, [(3, 1, "submit"), (3, 2, "take"), (3, 3, "close"), (3, 4, "approve")]
    )
    on(3, 5, factories.move, ticket, "reopen", claire)

    assert happened(figure(claire, "reouvertures")) == {
        "janvier 2026": ["1", "0"],
        "mars 2026": ["0", "1"],
        "Ensemble": ["1", "1"],
    }


def opinions(requester, handler, theme, marks):
    """Make requests approved with these marks."""
    steps = [(1, 1, "submit"), (1, 2, "take"), (1, 3, "close")]
    for mark in marks:
        lived(requester, handler, theme, [*steps, (1, 4, "approve")], approve={"satisfaction": mark})


@pytest.fixture
def patient(settings):
    settings.ACTS_PER_HOUR = 1000


def test_satisfaction_is_hidden_under_ten_opinions(patient, figure, client_of, claire, lea, transcripts):
    opinions(lea, claire, transcripts, [5] * 8 + [1, None])

    assert figure(claire, "satisfaction") == figure(claire, "satisfaction-repartition") == {}
    page = client_of(claire).get(reverse("admin:statistics_chapter", args=["issues"]), YEAR)
    assert "très satisfait" not in page.content.decode()

    opinions(lea, claire, transcripts, [4])
    assert happened(figure(claire, "satisfaction")) == {
        "1 – pas du tout satisfait": ["1", "10"],
        "4 – satisfait": ["1", "10"],
        "5 – très satisfait": ["8", "80"],
        "Ensemble": ["10", "100"],
    }
    assert figure(claire, "satisfaction-repartition") == {"Relevé de notes": ["10", "4,5"]}
    page = client_of(claire).get(reverse("admin:statistics_chapter", args=["issues"]), YEAR)
    assert "Moyenne\u00a0: 4,5 sur 5." in page.content.decode()


def test_opinions_of_a_small_theme_are_not_found_by_subtraction(
    patient, figure, claire, lea, transcripts, late_enrolment
):
    opinions(lea, claire, transcripts, [5] * 10)
    opinions(lea, claire, late_enrolment, [1])

    assert figure(claire, "satisfaction-repartition") == {}
    assert figure(claire, "satisfaction")["Ensemble"] == ["11", "100"]


def test_time_spent_is_added_and_spread(corpus, figure, claire, lea, transcripts):
    steps = [(1, 1, "submit"), (1, 2, "take"), (1, 3, "close")]
    lived(lea, claire, transcripts, steps, close={"minutes": 20})

    # The first was closed twice, thirty minutes each time; the second says nothing of its time.
    assert figure(claire, "temps-passe") == {
        "Relevé de notes": ["2", "80", "40", "56"],
        "Ensemble": ["2", "80", "40", "56"],
    }


# --- to come ----------------------------------------------------------------------------------------------
def test_what_falls_due_is_counted_on_working_days(figure, claire, lea, transcripts, late_enrolment):
    # Two months of silence from Tuesday 4 August end on Sunday 4 October: the work is for Friday 2.
    lived(lea, claire, transcripts, [(8, 4, "submit")])
    # From 2 August, on Friday 2 October too; from 1 July, it is over.
    lived(lea, claire, transcripts, [(8, 2, "submit")])
    lived(lea, claire, transcripts, [(7, 1, "submit")])
    # No regime, no date.
    lived(lea, claire, late_enrolment, [(8, 4, "submit")])
    # Fifteen days to approve from Friday 18 September end on Saturday 3 October: read on Monday 5.
    lived(lea, claire, late_enrolment, [(9, 1, "submit"), (9, 2, "take"), (9, 18, "close")])
    sunday = {"recall_on": datetime.date(2026, 10, 4)}
    lived(
        lea, claire, late_enrolment, [(9, 1, "submit"), (9, 2, "take"), (9, 3, "postpone")], postpone=sunday
    )

    with time_machine.travel(datetime.datetime(2026, 9, 28, 8, tzinfo=datetime.UTC), tick=False):
        found, overdue = figure(claire, "a-venir"), figure(claire, "silences-passes")

    assert (next(iter(found)), list(found)[-2], len(found)) == (
        "lundi 28 septembre 2026",
        "vendredi 23 octobre 2026",
        21,
    )
    assert happened(found) == {
        "vendredi 2 octobre 2026": ["2", "0", "0"],
        "lundi 5 octobre 2026": ["0", "1", "1"],
        "Ensemble": ["2", "1", "1"],
    }
    assert overdue == {"Relevé de notes": ["1"], "Ensemble": ["1"]}


def test_answered_request_has_no_silence_to_come(figure, claire, lea, transcripts):
    lived(lea, claire, transcripts, [(8, 4, "submit"), (8, 5, "take"), (8, 6, "close"), (8, 7, "approve")])

    with time_machine.travel(datetime.datetime(2026, 9, 28, 8, tzinfo=datetime.UTC), tick=False):
        assert figure(claire, "a-venir") == {}
    assert Ticket.objects.get().silence_months == 2
