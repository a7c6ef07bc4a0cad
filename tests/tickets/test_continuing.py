"""Once it is too late to reopen: a new request, begun for her and linked to the old one when filed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import OutgoingEmail
from tests.factories import move, ticket_in
from tests.pages import words_of
from tickets.lifecycle.refusals import NotAllowedError, TooEarlyError
from tickets.models import Draft, Ticket, TicketLink
from tickets.services.continuing import begin_follow_up, first_line
from tickets.services.drafts import fork_draft
from tickets.services.filing import open_ticket

pytestmark = pytest.mark.django_db
BUTTON = "Nouvelle demande pour la suite"


def aged(ticket, days):
    """Let `days` pass since the request ended."""
    Ticket.objects.filter(pk=ticket.pk).update(ended_at=timezone.now() - timedelta(days=days))
    return Ticket.objects.get(pk=ticket.pk)


@pytest.fixture
def ended(lea, claire, transcripts):
    """A request of Léa that ended forty days ago."""
    ticket = ticket_in(
        "approved", requester=lea, category=transcripts, handler=claire, subject="Relevé perdu"
    )
    return aged(ticket, 40)


@pytest.fixture
def begin(client_of, lea):
    """Return a function that presses the button for Léa."""
    return lambda ticket: client_of(lea).post(reverse("tickets:follow_up", args=[ticket.reference]))


def page_of(client_of, person, ticket):
    return words_of(client_of(person).get(ticket.get_absolute_url()))


@pytest.mark.parametrize(
    ("status", "days", "offered"),
    [
        *(("approved", 31, True), ("expired", 31, True), ("cancelled", 31, True)),
        *(("approved", 29, False), ("refused", 31, False), ("transmitted", 31, False)),
    ],
)
def test_offered_once_reopening_is_over(status, days, offered, client_of, lea, claire, transcripts):
    ticket = aged(ticket_in(status, requester=lea, category=transcripts, handler=claire), days)

    assert (BUTTON in page_of(client_of, lea, ticket)) is offered
    if not offered:
        with pytest.raises(TooEarlyError):
            begin_follow_up(ticket, lea)


def test_form_is_begun_for_her(client_of, begin, lea, ended, transcripts):
    answer = begin(ended)

    draft = Draft.objects.get()
    assert (draft.owner, draft.category, draft.follows) == (lea, transcripts, ended)
    assert answer["Location"] == f"/demandes/nouvelle/{transcripts.slug}/?brouillon={draft.key}"
    html = client_of(lea).get(answer["Location"]).content.decode()
    assert 'value="Relevé perdu"' in html
    assert f"Suite de la demande n°\u00a0{ended.reference}, déposée le" in html


def test_pressed_twice_it_is_the_same_draft(begin, ended):
    assert begin(ended)["Location"] == begin(ended)["Location"]
    assert Draft.objects.count() == 1


def test_filing_links_both_for_everybody_who_reads_them(client_of, lea, claire, ended):
    new = open_ticket(begin_follow_up(ended, lea).key, requester=lea)

    assert list(new.events.values_list("kind", flat=True)) == ["submit", "continues"]
    assert ended.events.latest("sequence").kind == "continued"
    link = TicketLink.objects.get()
    assert (link.ticket, link.other, link.kind) == (new, ended, "follow_up")
    for one, other in ((new, ended), (ended, new)):
        hers = page_of(client_of, lea, one)
        assert f"{other.reference} – {other.subject}" in hers
        assert f"Demande {other.reference}." in hers
        staff = client_of(claire).get(reverse("admin:tickets_ticket_change", args=[one.pk]))
        assert [row.title for row in staff.context["links"]] == [f"{other.reference} – {other.subject}"]
    receipt = OutgoingEmail.objects.filter(recipient=lea).latest("pk")
    assert (receipt.message, receipt.ticket) == ("receipt", new)
    assert ended.reference in receipt.body_text


def test_link_she_made_is_not_undone_by_staff(claire, lea, ended):
    new = open_ticket(begin_follow_up(ended, lea).key, requester=lea)

    with pytest.raises(Exception, match="que vous pouvez lire"):
        move(new, "unlink", claire, link=TicketLink.objects.get())


def test_draft_written_apart_goes_on_from_the_same_request(lea, ended):
    twin = fork_draft(begin_follow_up(ended, lea), {"subject": "Encore", "message": "Autre onglet"})

    open_ticket(twin.key, requester=lea)

    assert TicketLink.objects.get().other == ended


def test_request_given_to_somebody_else_since_is_left_alone(lea, ines, ended):
    draft = begin_follow_up(ended, lea)
    Ticket.objects.filter(pk=ended.pk).update(requester=ines)

    new = open_ticket(draft.key, requester=lea)

    assert not TicketLink.objects.exists()
    assert list(new.events.values_list("kind", flat=True)) == ["submit"]


def test_others_begin_nothing(client_of, claire, ines, ended):
    address = reverse("tickets:follow_up", args=[ended.reference])

    assert [client_of(person).post(address).status_code for person in (claire, ines)] == [404, 404]
    assert BUTTON not in page_of(client_of, claire, ended)
    with pytest.raises(NotAllowedError):
        begin_follow_up(ended, claire)


def test_closed_theme_leads_to_the_tree(client_of, lea, ended, transcripts):
    yesterday = timezone.localdate() - timedelta(days=1)
    type(transcripts).objects.filter(pk=transcripts.pk).update(closes_on=yesterday)

    browser = client_of(lea)

    answer = browser.post(reverse("tickets:follow_up", args=[ended.reference]))

    assert answer["Location"] == reverse("categories:tree")
    assert "choisissez celui qui convient" in words_of(browser.get(answer["Location"]))
    assert not Draft.objects.exists()


def test_first_line_names_the_request(ended):
    assert first_line(ended).startswith(f"Suite de la demande n°\u00a0{ended.reference}, déposée le ")
