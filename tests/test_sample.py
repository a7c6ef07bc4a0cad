"""The sample of the demonstration: complete, believable in time, loaded once, harmless."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from accounts.numbers import read_phone, read_rna, read_siret
from categories.enums import RoleKind
from categories.faq.services import record_feedback
from categories.models import Absence, FaqEntry, FaqFeedback, Role
from categories.roles import revoke_role, role_on
from notifications.models import OutgoingEmail
from teledemande.demo.management.commands.load_sample import Command
from teledemande.demo.personas import personas
from teledemande.demo.sample.dates import instants, with_dates
from teledemande.demo.sample.opinions import load_opinions
from teledemande.demo.sample.people import found, load_people
from teledemande.demo.sample.reading import (
    read_drafts,
    read_opinions,
    read_people,
    read_scenarios,
)
from teledemande.demo.sample.requests import key_of, load_requests
from tickets.admin.queues import count_queues
from tickets.admin.saved_views import view_rows
from tickets.lifecycle.enums import Status
from tickets.models import (
    Attachment,
    CannedAnswer,
    Draft,
    DraftFile,
    Follow,
    SavedView,
    SearchDocument,
    Ticket,
    TicketAnswers,
    TicketEvent,
    TicketMessage,
    Visit,
)
from tickets.presentation import facts_of
from tickets.services.drafts import discard_draft

STAFF = {person.login for person in read_people() if person.themes or person.role == "admin"}
TABLES = (
    User,
    Role,
    Ticket,
    TicketAnswers,
    TicketEvent,
    TicketMessage,
    Attachment,
    Draft,
    DraftFile,
    FaqFeedback,
    SearchDocument,
    OutgoingEmail,
    SavedView,
    Follow,
    Visit,
    Absence,
)


def rows():
    """Return every row the sample can write, as it is."""
    return {table: list(table.objects.order_by("pk").values()) for table in TABLES}


@pytest.fixture
def themes(db, settings):
    settings.DEMO = True
    call_command("load_themes", verbosity=0)


def load(**options):
    call_command(Command(), **{"verbosity": 0} | options)


# --- loading ------------------------------------------------------------------------------------------


def test_every_request_reaches_its_status_and_every_status_is_there(themes):
    load()

    filed = {event.key: event.ticket for event in TicketEvent.objects.filter(kind="submit")}
    assert {one.slug: filed[key_of(one)].status for one in read_scenarios()} == {
        one.slug: one.ends for one in read_scenarios()
    }
    assert {ticket.status for ticket in filed.values()} == set(Status)
    filed_at = list(Ticket.objects.order_by("pk").values_list("submitted_at", flat=True))
    assert filed_at == sorted(filed_at)  # references follow dates
    assert filed_at[-1] < timezone.now()


def test_loading_twice_changes_nothing(themes, stored, capsys):
    load()
    before, files = rows(), stored()

    load(verbosity=1)

    assert rows() == before
    assert stored() == files
    assert capsys.readouterr().out == "Ajouts\u00a0: personnes, 0\u00a0; demandes, 0.\n"


def test_a_loading_that_stopped_half_way_is_completed(themes):
    people, scenarios = read_people(), read_scenarios()
    load_people(people)
    load_requests(scenarios[:2], people=found(people), today=timezone.localdate())
    first = rows()

    load()

    assert Ticket.objects.count() == len(scenarios)
    after = rows()
    assert after[User] == first[User]
    assert after[TicketEvent][: len(first[TicketEvent])] == first[TicketEvent]


def test_what_visitors_changed_stays(themes):
    load_people(read_people())
    bruno = User.objects.get(identity="cas:bruno.mistralet")
    for role in bruno.roles.all():
        revoke_role(role)

    assert load_people(read_people()) == 0
    assert not bruno.roles.exists()


def test_every_request_answers_the_form_of_its_theme_and_names_its_pieces(themes):
    load()

    slugs = {key_of(one): one.slug for one in read_scenarios()}
    filed = {slugs[event.key]: event.ticket for event in TicketEvent.objects.filter(kind="submit")}
    assert [slug for slug, ticket in filed.items() if ticket.form_version is None] == []
    for one in read_scenarios():
        ticket = filed[one.slug]
        facts = facts_of(ticket, list(ticket.attachments.filter(event__kind="submit")))
        assert len(facts.answers) == len(one.written.answers), one.slug
        joined = {row.piece.name: [file.name for file in row.files] for row in facts.pieces if row.files}
        assert joined == {piece: [name] for piece, name in one.written.pieces.items()}, one.slug
        assert [file.name for file in facts.loose_files] == [*one.written.files], one.slug
        missing = {row.piece.name: row.absence for row in facts.pieces if row.is_missing}
        assert (missing, ticket.is_incomplete) == (one.written.absent, bool(one.written.absent)), one.slug


def test_every_way_of_filing_is_there(themes):
    load()

    kept = list(TicketAnswers.objects.values_list("beneficiary", "absences", "ticket__is_incomplete"))
    whom = {beneficiary.get("for", "self") for beneficiary, _absences, _incomplete in kept}
    kinds = {absence["kind"] for _whom, absences, _incomplete in kept for absence in absences.values()}
    numbers = {name for one, _absences, _incomplete in kept for name in ("siret", "rna") if name in one}
    mandated = Attachment.objects.filter(piece="_mandat").values_list("ticket__answers__beneficiary__for")
    assert (whom, kinds, numbers) == ({"self", "person", "body"}, {"missing", "exempt"}, {"siret", "rna"})
    assert [*mandated] == [("person",)]
    assert 2 <= sum(incomplete for *_rest, incomplete in kept) <= len(kept) // 2


def test_what_a_form_refuses_stops_the_loading_and_says_where(themes):
    load_people(read_people())
    scenario = next(one for one in read_scenarios() if one.slug == "carte-cassee")
    wrong = {
        "motif": ("Usure", "carte-cassee (carte-etudiante) : q-motif : "),
        "couleur": ("Bleu", "carte-cassee (carte-etudiante) : q-couleur : inconnu"),
    }

    for name, (answer, sentence) in wrong.items():
        written = replace(scenario.written, answers=scenario.written.answers | {name: answer})
        with pytest.raises(ValueError, match=re.escape(sentence)):
            load_requests(
                [replace(scenario, written=written)], people=found(read_people()), today=timezone.localdate()
            )
    assert not Ticket.objects.exists()
    assert not Draft.objects.exists()


def test_drafts_wait_on_the_dashboard_and_do_not_come_back_once_erased(themes, settings):
    load()

    drafts = Draft.objects.filter(owner__identity="cas:lea.fontvieille").order_by("updated_at")
    assert [draft.values["subject"] for draft in drafts] == [
        one.subject for one in sorted(read_drafts(), key=lambda one: -one.ago)
    ]
    assert Draft.objects.count() == len(drafts) == 3
    assert [draft.files.count() for draft in drafts] == [0, 1, 0]
    age = timezone.now() - drafts[0].updated_at
    assert settings.DRAFT_LIFETIME - settings.DRAFT_WARNING < age < settings.DRAFT_LIFETIME

    discard_draft(drafts[0])
    load()
    assert Draft.objects.count() == 2


def test_questions_have_opinions_unless_readers_gave_theirs(themes):
    entry = FaqEntry.objects.get(slug="relancer")
    asked = read_opinions()

    given = load_opinions(asked)

    assert given == FaqFeedback.objects.count() == sum(sum(counts.values()) for counts in asked.values())
    assert entry.feedback.filter(kind="deflection").count() == asked["relancer"]["deflection"]
    assert FaqFeedback.objects.filter(kind="deflection", category__isnull=False).exists()  # for figures
    assert not FaqFeedback.objects.filter(category__isnull=False).exclude(kind="deflection").exists()
    FaqFeedback.objects.all().delete()
    record_feedback(entry, "helpful")
    assert load_opinions(asked) == 0


def test_canned_answers_are_there_for_each_kind_of_reader_and_written_once(themes):
    load()
    load()

    answers = CannedAnswer.objects.values_list("scope", "title", "version").order_by("scope")
    assert list(answers) == [
        ("everywhere", "Pièce manquante", 1),
        ("personal", "Dossier transmis à la commission", 1),
        ("theme", "Inscription ouverte", 1),
    ]


def test_what_staff_keep_for_themselves_is_alive_and_stays_as_visitors_leave_it(themes):
    load()

    francois, ines = (
        User.objects.get(identity=f"cas:{uid}") for uid in ("francois.vauvenarc", "ines.calanquet")
    )
    assert [row["view"].name for row in view_rows(ines)] == ["Mes plus urgentes", "Inscriptions non traitées"]
    assert count_queues(francois)["suivies"] == 2
    assert Visit.objects.filter(person=ines, bookmarked_at__isnull=False).count() == 1
    assert [absence.substitute for absence in Absence.objects.to_come()] == [ines]
    guest = User.objects.get(email="camille.roquefavour@example.org")
    assert Ticket.objects.visible_to(guest).exclude(requester=guest).count() == 1
    assert Ticket.objects.filter(minutes_spent__gt=0).count() >= 5
    notes = TicketEvent.objects.filter(kind="note")
    assert any("francois.vauvenarc" in note.after.get("mentioned", {}) for note in notes)

    Follow.objects.first().delete()
    load()

    assert Follow.objects.count() == 2


def test_mails_are_noted_as_sent_on_their_day_to_invented_people_only(themes):
    load()

    mails = OutgoingEmail.objects.select_related("event")
    assert {mail.state for mail in mails} == {"sent"}
    assert [mail for mail in mails if not mail.sent_at == mail.created_at == mail.event.at] == []
    invented = {persona.email for persona in personas()}
    real = re.compile(r"@(?!([a-z-]+\.)*example\.org$)")
    assert {mail.to for mail in mails if real.search(mail.to)} <= invented


def test_people_have_the_rights_of_their_part(themes):
    load_people(read_people())

    users = found(read_people())
    theme = Role.objects.get(user=users["maelle.saintebaume"]).category
    confidential = Role.objects.get(user=users["nadia.cerisol"]).category
    logins = ("lea.fontvieille", "maelle.saintebaume", "francois.vauvenarc", "theodora.estaqueau")
    assert [role_on(users[login], theme.pk) for login in logins] == [
        None,
        RoleKind.HANDLER,
        RoleKind.MANAGER,
        RoleKind.OBSERVER,
    ]
    assert [role_on(users[login], confidential.pk) for login in logins] == [None] * 4
    assert {login for login, user in users.items() if user.is_staff} == STAFF
    assert users["camille.roquefavour@example.org"].check_password("camille-demo-2026")


def test_everybody_who_filed_has_a_postal_address(themes):
    load_people(read_people())

    users = found(read_people())
    assert [one.slug for one in read_scenarios() if not users[one.filing.by].has_postal_address] == []
    assert not users["noe.garlaban"].has_postal_address  # with him, one lives the first time


def test_a_company_and_an_association_are_there_with_right_numbers(themes):
    load_people(read_people())

    kept = User.objects.exclude(body_kind="person").values_list("body_kind", "siret", "rna", "phone")

    assert {kind for kind, _siret, _rna, _phone in kept} == {"company", "association"}
    for _kind, siret, rna, phone in kept:
        assert [read_siret(siret) if siret else "", read_rna(rna) if rna else ""] == [siret, rna]
        assert phone == (read_phone(phone) if phone else "")


def test_nothing_is_loaded_outside_the_demonstration(themes, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="réservés à la démonstration"):
        load()
    assert not User.objects.exists()


def test_nothing_is_loaded_without_themes(db, settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match="load_themes"):
        load()
    assert not User.objects.exists()


# --- instants -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2026, 2028])
def test_whatever_the_day_staff_rest_and_events_follow_each_other(year):
    holidays = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    scenarios, wrong = read_scenarios(), []
    for number in range(366):
        today = date(year, 1, 1) + timedelta(days=number)
        for scenario in scenarios:
            times = instants(scenario, today=today, staff=STAFF)
            steps = zip(times[1:], scenario.moves, strict=True)
            worked = [at for at, step in steps if step.by in STAFF]
            resting = [at for at in worked if at.weekday() >= 5 or (at.month, at.day) in holidays]
            if resting or times != sorted(set(times)) or times[-1].date() >= today:
                wrong.append((today, scenario.slug))

    assert wrong == []


def test_dates_in_texts_follow_the_day_they_are_written():
    at = timezone.make_aware(datetime(2026, 4, 2, 23, 30))  # noqa: DTZ001 -- made aware

    text = with_dates("{ago[1]}, {ahead[4]}, {day[1]}, {year[0]}, {year[3]}, {end[3]}", at)

    assert text == "1er avril 2026, 6 avril 2026, 01/04/2026, 2025-2026, 2022-2023, 2023"
