"""What a request teaches: proposed without its persons, published or set aside by a manager."""

import uuid

import pytest
from django.urls import reverse

from categories.enums import RoleKind
from categories.models import FaqEntry
from categories.roles import grant_role
from notifications.models import OutgoingEmail
from tests.factories import GIVEN, file_ticket, handler_on, invite, move, ticket_in
from tests.pages import words_of
from tickets import typing_keys
from tickets.lifecycle.refusals import (
    AlreadyProposedError,
    ConfidentialSolutionError,
    MoveRefusedError,
    NotAllowedError,
    NotProposedError,
    PersonalDataError,
)
from tickets.models import Solution

pytestmark = pytest.mark.django_db
QUESTION, ANSWER = "Délai du relevé", "Sous **dix** jours."


@pytest.fixture
def ticket(lea, claire, transcripts):
    """A closed request, whose answer names Léa and Claire."""
    lea.phone, lea.address_line1 = "+33465710011", "12 rue des Lilas"
    lea.postal_code, lea.city = "13100", "Aix"
    lea.cas_attributes = {"supannEtuId": ["21304567"]}
    lea.save()
    ticket = file_ticket(lea, transcripts, subject="Relevé de Léa")
    move(ticket, "take", claire)
    words = f"Bonjour Mme Fontaine, relevé ({ticket.reference}, n° 21304567) sous dix jours. Claire"
    return move(ticket, "close", claire, message=words)


@pytest.fixture
def proposed(ticket, claire):
    return move(ticket, "publish_solution", claire)


@pytest.fixture
def post(client_of):
    """Return a function that posts the form of a move at the workbench."""

    def send(person, ticket, slug, **answers):
        key = typing_keys.sign(uuid.uuid4(), person)
        return client_of(person).post(address(ticket, slug), answers | {"key": key}, follow=True)

    return send


def address(ticket, slug):
    return reverse("admin:tickets_ticket_move", args=[ticket.pk, slug])


def page_of(client_of, person, ticket):
    return client_of(person).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))


# --- what the software proposes ------------------------------------------------------------------------
def test_form_is_filled_without_persons_and_shows_what_was_taken_out(client_of, claire, ticket):
    page = client_of(claire).get(address(ticket, "proposer-une-solution"))

    initial = page.context["form"].initial
    assert initial["question"] == "Relevé de [nom]"
    assert initial["solution"] == (
        "Bonjour Mme [nom], relevé ([numéro de demande], n° [numéro]) sous dix jours. [nom]"
    )
    assert "<mark>[numéro]</mark>" in page.content.decode()
    assert "au lieu de «\u00a021304567\u00a0»" in page.content.decode()


def test_answer_proposed_is_the_closing_one_and_never_a_note(client_of, claire, ticket):
    move(ticket, "note", claire, message="Note à ne pas dire")
    move(ticket, "comment", ticket.requester, message="Mots de Léa")
    move(ticket, "comment", claire, message="Un mot de plus")

    page = client_of(claire).get(address(ticket, "proposer-une-solution"))

    assert page.context["form"].initial["solution"].startswith("Bonjour Mme")


def test_request_without_an_answer_proposes_its_subject(client_of, claire, lea, transcripts):
    ticket = file_ticket(lea, transcripts, subject="Relevé perdu")

    initial = client_of(claire).get(address(ticket, "proposer-une-solution")).context["form"].initial

    assert initial == {"question": "Relevé perdu", "solution": ""}


LEFT = [
    *("Dites à Léa", "Mme FONTAINE", "signé Claire Dumas", "au 04 65 71 00 11", "n° 21304567"),
    *("12, rue des lilas", "13100 Aix", "lea.fontaine", "a@b.example.org", "TD-2026-000001"),
    *("Bonjour Mme [nom],", "au [téléphone]"),
    *("à l’attention d’invitee@example.net", "le 06 11 22 33 44"),
]


@pytest.mark.parametrize("words", LEFT)
def test_what_is_left_of_a_person_is_refused_and_kept_in_the_form(words, post, claire, ticket):
    answer = post(claire, ticket, "proposer-une-solution", question=QUESTION, solution=f"Réponse. {words}")

    assert "Votre texte dit encore quelque chose d’une personne" in words_of(answer)
    assert words in answer.context["form"]["solution"].value()
    assert not Solution.objects.exists()


def test_people_invited_are_persons_of_the_request(claire, ticket, ines):
    invite(ticket, ines)

    with pytest.raises(PersonalDataError, match="Marchand"):
        move(ticket, "publish_solution", claire, solution="Voyez Inès Marchand.")


def test_service_may_be_named(claire, ticket):
    service = ticket.service

    words = f"Écrivez à {service.email} ou au {service.phone}, {service.postal_address}."
    move(ticket, "publish_solution", claire, solution=words)

    assert Solution.objects.get().answer == words


# --- who, and what is kept -------------------------------------------------------------------------------
def test_proposal_waits_for_the_managers_and_the_requester_knows_nothing(
    post, client_of, claire, mathilde, bruno, lea, ticket
):
    status = ticket.status

    answer = post(claire, ticket, "proposer-une-solution", question=QUESTION, solution=ANSWER)

    ticket.refresh_from_db()
    event = ticket.events.latest("sequence")
    assert (event.kind, event.is_internal, ticket.status) == ("publish_solution", True, status)
    assert answer.context["solution"] == Solution.objects.get()
    assert answer.context["judging"] == []
    told = OutgoingEmail.objects.filter(event=event)
    assert [mail.recipient for mail in told] == [mathilde]
    listed = [list(client_of(p).get(reverse("admin:solutions")).context["rows"]) for p in (mathilde, bruno)]
    assert listed == [[Solution.objects.get()], []]
    assert QUESTION not in client_of(lea).get(ticket.get_absolute_url()).content.decode()
    assert "Solutions à valider" in words_of(client_of(mathilde).get(reverse("admin:index")))
    assert "Solutions à valider" not in words_of(client_of(claire).get(reverse("admin:index")))


def test_one_proposal_at_a_time(claire, proposed):
    with pytest.raises(AlreadyProposedError):
        move(proposed, "publish_solution", claire)


def test_manager_publishes_after_a_last_hand(post, client_of, claire, mathilde, proposed, transcripts):
    page = client_of(mathilde).get(address(proposed, "publier-la-solution"))
    assert page.context["form"].initial == GIVEN["publish_solution"]

    answer = post(mathilde, proposed, "publier-la-solution", question=QUESTION, solution=ANSWER)

    entry, solution = FaqEntry.objects.get(), Solution.objects.get()
    assert (entry.title, entry.body, entry.is_published) == (QUESTION, ANSWER, True)
    assert list(entry.categories.all()) == [transcripts]
    assert (solution.state, solution.entry, solution.answer) == ("published", entry, ANSWER)
    assert [row.title for row in answer.context["links"]] == [QUESTION]
    event = proposed.events.latest("sequence")
    assert (event.kind, event.actor, event.is_internal) == ("accept_solution", mathilde, True)
    assert [mail.recipient for mail in OutgoingEmail.objects.filter(event=event)] == [claire]
    assert QUESTION in client_of(proposed.requester).get(entry.get_absolute_url()).content.decode()
    with pytest.raises(NotProposedError):
        move(proposed, "accept_solution", mathilde)


def test_manager_cannot_publish_a_person(mathilde, proposed):
    with pytest.raises(PersonalDataError):
        move(proposed, "accept_solution", mathilde, solution="Demandez à Léa.")
    assert not FaqEntry.objects.exists()


def test_wording_the_questions_refuse_is_refused_here(mathilde, proposed):
    with pytest.raises(MoveRefusedError):
        move(proposed, "accept_solution", mathilde, solution="Voyez [ici](javascript:alert(1)).")
    assert (FaqEntry.objects.exists(), Solution.objects.get().state) == (False, "pending")


def test_manager_sets_aside_with_a_reason_her_colleague_reads(post, claire, mathilde, proposed):
    post(mathilde, proposed, "ecarter-la-solution", message="Déjà dans les questions du thème.")

    event = proposed.events.latest("sequence")
    assert (event.kind, event.words) == ("decline_solution", "Déjà dans les questions du thème.")
    (mail,) = OutgoingEmail.objects.filter(event=event)
    assert mail.recipient == claire
    assert "Déjà dans les questions du thème." in mail.body_text
    assert (Solution.objects.get().state, FaqEntry.objects.exists()) == ("declined", False)
    move(proposed, "publish_solution", claire)


def test_handler_judges_nothing(claire, proposed):
    for name in ("accept_solution", "decline_solution"):
        with pytest.raises(NotAllowedError):
            move(proposed, name, claire)


def test_nothing_of_a_confidential_theme_is_published(client_of, claire, alert, lea):
    person = handler_on(alert)
    ticket = ticket_in("closed", requester=lea, category=alert, handler=person)

    offered = [button.move.name for button in page_of(client_of, person, ticket).context["actions"].all]
    assert "publish_solution" not in offered
    with pytest.raises(ConfidentialSolutionError):
        move(ticket, "publish_solution", person)


def test_proposal_of_a_request_moved_to_a_confidential_theme_is_not_published(proposed, mathilde, alert):
    grant_role(mathilde, alert, RoleKind.MANAGER)
    type(proposed).objects.update(category=alert)

    with pytest.raises(ConfidentialSolutionError):
        move(proposed, "accept_solution", mathilde)
