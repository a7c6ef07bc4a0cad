"""The overview of the week: for managers, by theme, on Monday or on the first working day after it."""

from datetime import date

import pytest

from notifications.choices import choose
from notifications.habits import switch
from notifications.models import Profile
from tests import factories
from tickets.lifecycle.enums import Status

# 2026: Monday 30 March is a working day, Monday 6 April is a holiday.


@pytest.fixture
def week(lea, claire, transcripts, late_enrolment, at):
    """Requests of the themes: received, ended, late and falling due in the week of 30 March."""
    at(2026, 1, 20, 9)
    factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)  # 20 March
    at(2026, 2, 2, 9)
    due = factories.ticket_in(Status.IN_PROGRESS, requester=lea, category=transcripts, handler=claire)
    assert due.silence_on == date(2026, 4, 2)
    at(2026, 3, 24, 9)
    factories.file_ticket(lea, transcripts)
    ended = factories.file_ticket(lea, late_enrolment)
    factories.move(ended, "withdraw", lea)
    at(2026, 3, 30, 5)
    factories.file_ticket(lea, late_enrolment)  # this week


def lines(mail):
    text = " ".join(mail.body_text.split())
    return [one for one in text.split("- ") if "reçues" in one]


def test_manager_is_told_theme_by_theme(week, mathilde, run_at):
    (mail,) = run_at(2026, 3, 30, 6)

    assert (mail.recipient, mail.message) == (mathilde, "digest_overview")
    assert mail.subject == "Vos thèmes, semaine du lundi 30 mars 2026"
    figures = {
        theme: words.split("Ouvrir")[0].strip()
        for theme, _sep, words in (one.partition(" reçues") for one in lines(mail))
    }
    assert figures == {
        "Inscription tardive": ": 1, terminées : 1, en retard : 0, à échéance cette semaine : 0",
        "Relevé de notes": ": 1, terminées : 0, en retard : 1, à échéance cette semaine : 1",
    }
    assert mail.body_html.count("<tr>") == 3


@pytest.mark.usefixtures("week", "mathilde")
def test_overview_is_written_once_a_week(run_at):
    moments = [(30, 5, 59), (30, 6, 0), (30, 6, 10), (31, 6, 0)]

    assert [len(run_at(2026, 3, *moment)) for moment in moments] == [0, 1, 1, 1]


@pytest.mark.usefixtures("mathilde")
def test_holiday_puts_it_off_and_a_late_run_writes_it(lea, transcripts, at, run_at):
    at(2026, 4, 1, 9)
    factories.file_ticket(lea, transcripts)

    assert [len(run_at(2026, 4, day, 9)) for day in (6, 8, 9)] == [0, 1, 1]


@pytest.mark.usefixtures("week", "claire", "oscar", "bruno", "adam")
def test_others_have_none(run_at):
    assert run_at(2026, 3, 30, 9) == []


@pytest.mark.usefixtures("mathilde")
def test_quiet_week_is_no_mail(transcripts, run_at):
    assert run_at(2026, 3, 30, 9) == []


@pytest.mark.usefixtures("week")
def test_manager_who_stopped_it_or_wants_no_mail_has_none(mathilde, run_at):
    choose(mathilde, None, Profile.NONE)
    assert run_at(2026, 3, 30, 9) == []

    choose(mathilde, None, "")
    switch(mathilde, "overview", is_on=False)
    assert run_at(2026, 4, 7, 9) == []


def test_confidential_themes_are_counted_without_their_names(mathilde, lea, alert, at, run_at):
    factories.grant_role(mathilde, alert, "manager")
    at(2026, 3, 24, 9)
    factories.file_ticket(lea, alert)

    (mail,) = run_at(2026, 3, 30, 9)

    assert "Thèmes confidentiels" in mail.body_text
    assert "Signalement" not in mail.body_text + mail.body_html + mail.subject
