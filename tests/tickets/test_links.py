"""Links of a request: to another one, or to a frequent question. They open nothing to anybody."""

import uuid

import pytest
from django.urls import reverse

from categories.enums import FaqAudience, RoleKind
from categories.roles import grant_role
from notifications.models import OutgoingEmail
from tests.factories import file_ticket, handler_on, move, question
from tests.pages import words_of
from tickets import typing_keys
from tickets.forms.linking import ONE_OF_THEM
from tickets.lifecycle.refusals import (
    AlreadyLinkedError,
    MissingInputError,
    UnsuitableEntryError,
    UnsuitableLinkError,
)
from tickets.models import TicketLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(lea, transcripts):
    return file_ticket(lea, transcripts, subject="Relevé perdu")


@pytest.fixture
def other(marc, transcripts):
    return file_ticket(marc, transcripts, subject="Relevé illisible")


@pytest.fixture
def refund(marc, refunds):
    """A request of a theme Claire does not read."""
    return file_ticket(marc, refunds, subject="Remboursement de Marc")


@pytest.fixture
def nora(studies, refunds):
    """A handler of both branches."""
    person = handler_on(studies, login="nora.both")
    grant_role(person, refunds, RoleKind.HANDLER)
    return person


@pytest.fixture
def faq(transcripts):
    return question("Quand reçoit-on son relevé\u00a0?", transcripts)


@pytest.fixture
def post(client_of):
    """Return a function that posts the form of a move at the workbench."""

    def send(person, ticket, slug, **answers):
        key = typing_keys.sign(uuid.uuid4(), person)
        return client_of(person).post(address(ticket, slug), answers | {"key": key}, follow=True)

    return send


def address(ticket, slug):
    return reverse("admin:tickets_ticket_move", args=[ticket.pk, slug])


def staff_page(client_of, person, ticket):
    return client_of(person).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))


def titles(page):
    return [row.title for row in page.context["links"]]


def kinds(ticket):
    return list(ticket.events.values_list("kind", "is_internal"))


# --- two requests ----------------------------------------------------------------------------------------
def test_both_requests_show_the_link_to_staff_and_to_nobody_else(post, client_of, claire, lea, ticket, other):
    answer = post(claire, ticket, "lier", linked=other.reference)

    assert titles(answer) == [f"{other.reference} – Relevé illisible"]
    assert f"Demande {other.reference}." in words_of(answer)
    assert titles(staff_page(client_of, claire, other)) == [f"{ticket.reference} – Relevé perdu"]
    assert (kinds(ticket)[1:], kinds(other)[1:]) == ([("link", True)], [("linked", True)])
    hers = client_of(lea).get(ticket.get_absolute_url()).content.decode()
    assert other.reference not in hers
    assert set(OutgoingEmail.objects.values_list("message", flat=True)) == {"receipt", "staff_news"}
    assert not OutgoingEmail.objects.filter(event__kind__in=("link", "linked")).exists()


def test_whoever_has_a_request_is_told_of_its_link(claire, colette, ticket, other):
    for one in (ticket, other):
        move(one, "take", colette)

    move(ticket, "link", claire, linked=other)

    told = OutgoingEmail.objects.filter(event__kind__in=("link", "linked"))
    assert sorted(told.values_list("recipient", "ticket")) == sorted(
        (colette.pk, one.pk) for one in (ticket, other)
    )
    assert not any(other.reference in mail.body_text for mail in told.filter(ticket=ticket))


def test_request_she_may_not_read_is_shown_nowhere(client_of, claire, nora, ticket, refund):
    move(ticket, "link", nora, linked=refund)

    hers, both = staff_page(client_of, claire, ticket), staff_page(client_of, nora, ticket)
    assert refund.reference in both.content.decode()
    assert titles(hers) == []
    assert refund.reference not in hers.content.decode()
    assert "Remboursement de Marc" not in hers.content.decode()


def test_number_she_may_not_read_is_one_that_does_not_exist(post, claire, ticket, refund):
    answers = [post(claire, ticket, "lier", linked=number) for number in (refund.reference, "TD-2026-999999")]

    errors = [answer.context["form"].errors for answer in answers]
    assert errors[0] == errors[1] != {}
    with pytest.raises(UnsuitableLinkError):
        move(ticket, "link", claire, linked=refund)


def test_link_is_made_once_from_either_end(claire, ticket, other):
    move(ticket, "link", claire, linked=other)

    with pytest.raises(AlreadyLinkedError):
        move(other, "link", claire, linked=ticket)
    with pytest.raises(UnsuitableLinkError):
        move(ticket, "link", claire, linked=ticket)


def test_unlinking_undoes_it_from_either_end(post, client_of, claire, ticket, other):
    move(ticket, "link", claire, linked=other)

    answer = post(claire, other, "delier", link=TicketLink.objects.get().pk)

    assert titles(answer) == titles(staff_page(client_of, claire, ticket)) == []
    assert [kind for kind, _is_internal in kinds(ticket)] == ["submit", "link", "unlinked"]
    assert [kind for kind, _is_internal in kinds(other)] == ["submit", "linked", "unlink"]
    move(ticket, "link", claire, linked=other)


def test_link_to_what_she_may_not_read_is_not_hers_to_undo(post, claire, nora, ticket, refund):
    move(ticket, "link", nora, linked=refund)
    link = TicketLink.objects.get()

    answer = post(claire, ticket, "delier", link=link.pk)

    assert answer.context["form"].errors["link"] == [str(UnsuitableLinkError.sentence)]
    with pytest.raises(UnsuitableLinkError):
        move(ticket, "unlink", claire, link=link)
    assert TicketLink.objects.exists()


def test_link_of_another_request_is_not_undone_from_here(claire, colette, ticket, other, lea, transcripts):
    move(ticket, "link", claire, linked=other)

    with pytest.raises(UnsuitableLinkError):
        move(file_ticket(lea, transcripts), "unlink", claire, link=TicketLink.objects.get())


# --- a frequent question ---------------------------------------------------------------------------------
def test_question_is_linked_for_staff(post, client_of, claire, lea, ticket, faq):
    answer = post(claire, ticket, "lier", entry=faq.pk)

    assert titles(answer) == [faq.title]
    assert f'href="{faq.get_absolute_url()}"' in answer.content.decode()
    assert faq.title not in client_of(lea).get(ticket.get_absolute_url()).content.decode()


def test_question_is_shown_to_the_requester_who_is_told(post, client_of, claire, lea, ticket, faq):
    move(ticket, "link", claire, entry=faq)

    post(claire, ticket, "montrer-une-question", entry=faq.pk, message="Voyez le second point.")

    page = client_of(lea).get(ticket.get_absolute_url())
    assert titles(page) == [faq.title]
    assert faq.get_absolute_url() in page.content.decode()
    mail = OutgoingEmail.objects.get(event__kind="show_entry", recipient=lea)
    assert mail.message == "entry_shown"
    assert " ".join(faq.title.split()) in " ".join(mail.body_text.split())
    assert faq.get_absolute_url() in mail.body_text
    assert "Voyez le second point." in mail.body_text
    assert TicketLink.objects.count() == 1


def test_question_taken_back_leaves_her_page(client_of, claire, lea, ticket, faq):
    move(ticket, "show_entry", claire, entry=faq)
    move(ticket, "unlink", claire, link=TicketLink.objects.get())

    assert titles(client_of(lea).get(ticket.get_absolute_url())) == []


def test_question_unpublished_since_is_shown_no_more(client_of, claire, lea, ticket, faq):
    move(ticket, "show_entry", claire, entry=faq)
    type(faq).objects.update(is_published=False)

    pages = client_of(lea).get(ticket.get_absolute_url()), staff_page(client_of, claire, ticket)

    assert [titles(page) for page in pages] == [[], []]


def test_question_the_requester_may_not_read_is_not_shown_to_her(post, claire, ticket, transcripts):
    entry = question("Procédure interne", transcripts, audience=FaqAudience.HANDLERS)

    answer = post(claire, ticket, "montrer-une-question", entry=entry.pk)

    assert answer.context["form"].errors["entry"] == [str(UnsuitableEntryError.sentence)]
    with pytest.raises(UnsuitableEntryError):
        move(ticket, "show_entry", claire, entry=entry)
    move(ticket, "link", claire, entry=entry)


def test_question_of_other_handlers_is_not_offered(client_of, post, claire, ticket, refunds):
    entry = question("Procédure de la comptabilité", refunds, audience=FaqAudience.HANDLERS)

    assert entry.title not in client_of(claire).get(address(ticket, "lier")).content.decode()
    with pytest.raises(UnsuitableEntryError):
        move(ticket, "link", claire, entry=entry)


def test_same_question_is_linked_and_shown_once(claire, ticket, faq):
    for name in ("link", "show_entry"):
        move(ticket, name, claire, entry=faq)
        with pytest.raises(AlreadyLinkedError):
            move(ticket, name, claire, entry=faq)


@pytest.mark.parametrize("both", [True, False], ids=["both", "none"])
def test_one_thing_at_a_time(both, post, claire, ticket, other, faq):
    given = {"linked": other.reference, "entry": faq.pk} if both else {}

    assert str(ONE_OF_THEM) in words_of(post(claire, ticket, "lier", **given))
    with pytest.raises(MissingInputError):
        move(ticket, "link", claire, **({"linked": other, "entry": faq} if both else {}))
