"""Whatever people do, in whatever order, for months: what must be true of their requests stays true.

`WALKS=2000 STEPS=60 pytest tests/tickets/lifecycle/walks` walks for longer than the default.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as walk

from accounts.models import User
from accounts.services import set_person
from categories.absences import AbsenceRefusedError, forget_absence, note_absence
from categories.enums import AssignmentRule, RoleKind
from categories.models import Absence, Category, Role
from categories.roles import grant_role
from categories.services import save_theme
from notifications.models import OutgoingEmail
from tests.factories import file_ticket, handler_on
from tests.tickets.lifecycle.walks.given import given_for
from tests.tickets.lifecycle.walks.mails import check_mails
from tests.tickets.lifecycle.walks.sound import check_people, check_readers, check_request
from tickets.lifecycle.permissions import standing_of
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.lifecycle.transitions import TRANSITIONS, moves_open_to
from tickets.models import Ticket, TicketEvent
from tickets.services import daily
from tickets.services.following import follow, unfollow
from tickets.services.leaving import Handing, change_role, leave_theme
from tickets.services.moving import apply_transition
from tickets.services.stranded import free_stranded

WALKS = int(os.environ.get("WALKS", "12"))
STEPS = int(os.environ.get("STEPS", "40"))
FIRST_DAY = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
COME_BACK = ("reopen", "unmerge")

SOMEBODY = st.integers(0, 11)
NUMBER = st.integers(0, 59)


class Walk(RuleBasedStateMachine):
    """A few months of a few people around a few requests."""

    def __init__(self, people, themes):
        super().__init__()
        self.people, self.themes = people, themes
        self.savepoint = transaction.savepoint()
        self.travel = time_machine.travel(FIRST_DAY, tick=False)
        self.clock = self.travel.start()
        self.written = 0  # words are numbered, to be found again in mails
        self.firsts = set()  # events followed by another of the same click
        self.checked = TicketEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.mails = OutgoingEmail.objects.count()

    def teardown(self):
        """Give the stage back as it was."""
        self.travel.stop()
        transaction.savepoint_rollback(self.savepoint)

    # --- who, what ------------------------------------------------------------------------------------
    def person(self, number):
        return User.objects.get(pk=self.people[number % len(self.people)])

    def theme(self, number):
        return Category.objects.get(pk=self.themes[number % len(self.themes)])

    def ticket(self, number):
        tickets = Ticket.objects.order_by("pk")
        return tickets[number % len(tickets)]

    def words(self):
        self.written += 1
        return f"Mot{self.written:04d}x"

    # --- what happens ---------------------------------------------------------------------------------
    @initialize()
    def begin(self):
        for _each in range(2):
            self.files(0, 0)

    @rule(who=SOMEBODY, where=NUMBER)
    @precondition(lambda self: Ticket.objects.count() < 6)
    def files(self, who, where):
        person = self.person(who)
        if person.is_active:
            file_ticket(person, self.theme(where), subject=self.words(), message=self.words())

    @rule(which=NUMBER, who=SOMEBODY, choice=NUMBER, number=NUMBER)
    def does_what_she_may(self, which, who, choice, number):
        ticket, person = self.ticket(which), self.person(who)
        if not person.is_active:
            return  # somebody whose account is closed is out at her next page
        offered = moves_open_to(standing_of(person, ticket), ticket)
        if offered:
            self.tries(offered[choice % len(offered)].name, ticket, person, number)

    @rule(which=NUMBER, choice=NUMBER, number=NUMBER)
    def staff_act(self, which, choice, number):
        """Somebody who may act on the request does: most moves are hers."""
        ticket = self.ticket(which)
        handlers = [p for p in User.objects.order_by("pk") if standing_of(p, ticket).has(RoleKind.HANDLER)]
        holder = [ticket.assignee] if ticket.assignee in handlers else []
        if handlers:
            person = (holder * 2 + handlers)[number % len(holder * 2 + handlers)]
            offered = moves_open_to(standing_of(person, ticket), ticket)
            self.tries(offered[choice % len(offered)].name, ticket, person, number)

    @rule(which=NUMBER, who=SOMEBODY, name=st.sampled_from([*TRANSITIONS]), number=NUMBER)
    def tries_anything(self, which, who, name, number):
        ticket = self.ticket(which)
        # One number in six is Télé-demande.
        self.tries(name, ticket, None if number % 6 == 0 else self.person(who), number)

    def tries(self, name, ticket, actor, number):
        before, events = Ticket.objects.get(pk=ticket.pk), TicketEvent.objects.count()
        given = given_for(name, ticket, number, walk=self)
        move = TRANSITIONS[name]
        was_offered = move.is_offered(before, standing_of(actor, before), timezone.now())
        try:
            with transaction.atomic():
                after = apply_transition(ticket.pk, name, actor=actor, given=given)
        except MoveRefusedError:
            assert TicketEvent.objects.count() == events
            assert Ticket.objects.get(pk=ticket.pk).event_count == before.event_count
            return
        assert was_offered, name
        after.refresh_from_db()
        is_over = before.is_final and after.status != before.status
        assert not is_over or name in COME_BACK
        made = list(TicketEvent.objects.order_by("-pk")[: TicketEvent.objects.count() - events])
        assert sorted(one.kind for one in made) == sorted(self.expected_events(move, given))
        if move.parts:
            self.firsts.add(made[-1].pk)

    @staticmethod
    def expected_events(move, given):
        """One event per change: each part, the note a move keeps for staff, the other side of a joining."""
        kinds = list(move.parts or (move.name,))
        kinds += ["note"] if move.is_note and given.message.strip() else []
        return kinds + {"merge": ["receive"], "unmerge": ["lose"]}.get(move.name, [])

    @rule(hours=st.integers(1, 24 * 20))
    def time_passes(self, hours):
        self.clock.shift(timedelta(hours=hours))
        self.work_by_itself()

    def work_by_itself(self):
        """Each job runs; run again at once, it finds nothing to do."""
        now = timezone.now()
        jobs = (daily.recall_postponed, daily.remind_of_closings, daily.remind_of_questions)
        for job in (*jobs, daily.expire_closings):
            job(now)
            assert job(now) == 0
        free_stranded(now)
        assert free_stranded(now) == []

    @rule(who=SOMEBODY, where=NUMBER, kind=st.sampled_from(RoleKind))
    def is_given_a_role(self, who, where, kind):
        person, theme = self.person(who), self.theme(where)
        held = Role.objects.filter(user=person, category=theme).first()
        if held is None:
            grant_role(person, theme, kind)
        else:
            change_role(held, kind)

    @rule(which=NUMBER, handing=st.sampled_from(Handing), who=SOMEBODY)
    def loses_a_role(self, which, handing, who):
        roles = list(Role.objects.order_by("pk"))
        if roles:
            leave_theme(roles[which % len(roles)], handing, colleague=self.person(who))

    @rule(who=SOMEBODY, substitute=SOMEBODY, days=st.integers(0, 20))
    def is_away(self, who, substitute, days):
        person, today = self.person(who), timezone.localdate()
        with suppress(AbsenceRefusedError):
            note_absence(
                person,
                by=person,
                first_day=today,
                last_day=today + timedelta(days=days),
                substitute=self.person(substitute),
            )

    @rule(which=NUMBER)
    def is_back(self, which):
        absences = list(Absence.objects.order_by("pk"))
        if absences:
            absence = absences[which % len(absences)]
            forget_absence(absence.pk, by=absence.person)

    @rule(which=NUMBER, who=SOMEBODY, is_on=st.booleans())
    def follows(self, which, who, is_on):
        (follow if is_on else unfollow)(self.ticket(which), self.person(who))

    @rule(who=SOMEBODY)
    def has_her_account_closed_or_opened(self, who):
        person = self.person(who)
        set_person(person, is_active=not person.is_active, capacity=person.capacity)
        free_stranded(timezone.now())

    @rule(where=NUMBER)
    def theme_becomes_confidential_or_not(self, where):
        theme = self.theme(where)
        theme.is_confidential = not theme.is_confidential
        save_theme(theme)
        free_stranded(timezone.now())

    # --- what stays true ------------------------------------------------------------------------------
    @invariant()
    def requests_are_sound(self):
        for ticket in Ticket.objects.order_by("pk").select_related("category", "assignee"):
            check_people(ticket)

    @invariant()
    def what_happened_is_sound(self):
        events = list(TicketEvent.objects.filter(pk__gt=self.checked).order_by("pk"))
        if not events:
            return
        self.checked = events[-1].pk
        for ticket in Ticket.objects.filter(pk__in={event.ticket_id for event in events}):
            check_request(ticket)
        self.mails += check_mails(events, self.firsts)
        assert OutgoingEmail.objects.count() == self.mails

    @rule()
    def everybody_looks(self):
        check_readers(list(Ticket.objects.order_by("pk")))


@pytest.fixture
def people(lea, marc, claire, colette, mathilde, oscar, bruno, ines, adam, alert):
    """Return the keys of the cast: requester, guest to be, staff of both branches, guard of secrets."""
    guardian = handler_on(alert, RoleKind.MANAGER)
    return [
        person.pk for person in (lea, marc, claire, colette, mathilde, oscar, bruno, ines, adam, guardian)
    ]


@pytest.fixture
def themes(transcripts, late_enrolment, refunds, alert):
    """Return the keys of four themes, one confidential; one gives its requests in turn and has a mailbox."""
    refunds.assignment_rule, refunds.mailbox = AssignmentRule.IN_TURN, "comptabilite-partagee@example.org"
    refunds.save(update_fields=["assignment_rule", "mailbox"])
    return [theme.pk for theme in (transcripts, late_enrolment, refunds, alert)]


def test_any_walk_keeps_every_request_sound(people, themes, patience):
    walk(lambda: Walk(people, themes), settings=how_long())


@pytest.fixture
def patience(settings):
    """Let hundreds of acts happen in an hour."""
    settings.ACTS_PER_HOUR = 1_000_000


def how_long():
    """Return how many walks, of how many steps."""
    return settings(
        max_examples=WALKS,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        # A long walk cut short costs minutes: the steps of the whole walk are printed as they are.
        phases=[Phase.generate],
        report_multiple_bugs=False,
    )
