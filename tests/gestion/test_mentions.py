"""« @prenom.nom » in a note: who is told, and how it is shown."""

import uuid

import pytest
from django.urls import reverse

from notifications.models import OutgoingEmail
from tests import factories
from tickets import typing_keys
from tickets.templatetags.mentions import with_mentions


@pytest.fixture
def ticket(lea, transcripts, claire):
    return factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)


def told_by_name():
    mails = OutgoingEmail.objects.filter(message__in=("mentioned", "staff_confidential")).order_by("pk")
    return [(mail.recipient.login, mail.message) for mail in mails]


def test_colleague_named_in_a_note_is_told(ticket, claire, colette, oscar):
    factories.move(ticket, "note", claire, message="Vu avec @colette.roux, et @Oscar.Petit.")

    assert told_by_name() == [("colette.roux", "mentioned"), ("oscar.petit", "mentioned")]
    mail = OutgoingEmail.objects.filter(message="mentioned").first()
    assert "Claire Dumas vous mentionne dans une note" in mail.subject
    assert "> Vu avec @colette.roux" in mail.body_text


@pytest.mark.parametrize("name", ["bruno.garnier", "lea.fontaine", "claire.dumas", "personne", "marc.aubert"])
def test_nobody_else_is_told(name, ticket, claire, bruno, marc):
    factories.move(ticket, "note", claire, message=f"Voir @{name}")

    assert told_by_name() == []
    assert "mentioned" not in ticket.events.last().after


def test_colleague_whose_own_request_it_is_is_not_told(claire, colette, transcripts):
    ticket = factories.ticket_in("in_progress", requester=colette, category=transcripts, handler=claire)

    factories.move(ticket, "note", claire, message="Voir @colette.roux")

    assert not OutgoingEmail.objects.filter(event__kind="note").exists()


def test_whoever_is_in_charge_is_told_once(ticket, claire, colette):
    factories.move(ticket, "note", colette, message="@claire.dumas et @claire.dumas")

    mails = OutgoingEmail.objects.filter(event__kind="note")
    assert [(mail.recipient, mail.message) for mail in mails] == [(claire, "mentioned")]


def test_name_in_a_message_to_the_requester_tells_nobody(ticket, claire, colette):
    factories.move(ticket, "comment", claire, message="@colette.roux vous recevra.")

    assert told_by_name() == []
    assert ticket.events.last().after.get("mentioned") is None


def test_name_in_the_note_of_a_move_counts(ticket, claire, colette):
    factories.move(ticket, "release", claire, message="@colette.roux, peux-tu la prendre ?")

    assert [one for one in told_by_name() if one[0] == "colette.roux"] == [("colette.roux", "mentioned")]


def test_mail_about_a_confidential_request_says_nothing_of_the_note(lea, alert):
    author, named = (
        factories.handler_on(alert, login=login, last_name=login) for login in ("s.arnaud", "p.vidal")
    )
    ticket = factories.ticket_in("in_progress", requester=lea, category=alert, handler=author)
    OutgoingEmail.objects.all().delete()

    factories.move(ticket, "note", author, message="@p.vidal : dossier délicat.")

    assert told_by_name() == [("p.vidal", "staff_confidential")]
    assert "délicat" not in OutgoingEmail.objects.get(recipient=named).body_text


def test_address_is_not_a_mention(ticket, claire, colette):
    factories.move(ticket, "note", claire, message="Écrire à nom@colette.roux")

    assert told_by_name() == []


def test_name_is_marked_for_those_who_were_told(client_of, ticket, claire, colette):
    factories.move(ticket, "note", claire, message="Voir @colette.roux et @inconnu.\n<script>")

    html = client_of(claire).get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()

    assert '<strong class="mention">@colette.roux</strong> et @inconnu.' in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("words", ["<b>&</b> @a.b\n\nfin", "@a.b@a.b", '@a.b"<img>'])
def test_marking_escapes_everything_else(words):
    html = with_mentions(words, ("a.b",))

    assert "<b>" not in html
    assert "<img>" not in html
    assert '<strong class="mention">@a.b</strong>' in html


@pytest.mark.parametrize("number", [1, 3])
def test_note_costs_a_query_more_for_each_person_named(
    number, ticket, claire, transcripts, django_assert_num_queries
):
    people = [factories.handler_on(transcripts, login=f"p{rank}.vidal") for rank in range(number)]
    from tickets.mentions import mentioned_in

    with django_assert_num_queries(1 + number):
        found = mentioned_in(" ".join(f"@{person.login}" for person in people), ticket, author=claire)

    assert found == {person.login: person.pk for person in people}


# --- in a message to the requester -------------------------------------------------------------------------
@pytest.fixture
def send(client_of, claire, ticket):
    """Return a function that posts a message of Claire to the requester."""

    def post(slug="commenter", **given):
        key = typing_keys.sign(uuid.uuid4(), claire)
        address = reverse("admin:tickets_ticket_move", args=[ticket.pk, slug])
        return client_of(claire).post(address, {"key": key, "outcome": "accepted"} | given)

    return post


@pytest.mark.parametrize("slug", ["commenter", "demander", "cloturer"])
def test_message_that_names_a_colleague_is_asked_about_again(slug, send, colette, ticket):
    response = send(slug, message="@colette.roux, qu’en penses-tu ?")

    html = response.content.decode()
    assert response.status_code == 200
    assert "si c’est pour votre équipe" in html
    assert "qu’en penses-tu" in html
    assert 'name="asked_again"' in html
    assert ticket.events.count() == 2


def test_message_that_names_a_colleague_leaves_when_sent_again(send, colette, ticket):
    assert send(message="Écrivez à @colette.roux", asked_again="1").status_code == 302
    assert ticket.events.count() == 3


@pytest.mark.parametrize("words", ["Écrivez à nom@example.org", "@inconnu", "Bonjour."])
def test_other_messages_leave_at_once(words, send, colette, ticket):
    assert send(message=words).status_code == 302


# --- the picker, without JavaScript ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("chosen", "kept"), [("colette.roux", "Déjà écrit.\n\n@colette.roux"), ("bruno.garnier", "Déjà écrit.")]
)
def test_colleague_chosen_is_named_under_what_was_typed(
    chosen, kept, client_of, claire, colette, bruno, ticket
):
    given = {"key": typing_keys.sign(uuid.uuid4(), claire), "insert_mention": "1", "colleague": chosen}
    address = reverse("admin:tickets_ticket_move", args=[ticket.pk, "noter"])

    response = client_of(claire).post(address, given | {"message": "Déjà écrit."}, follow=True)

    assert response.context["form"]["message"].value().strip() == kept
    assert ticket.events.count() == 2


def test_picker_offers_the_people_of_the_theme(client_of, claire, colette, oscar, bruno, mathilde, ticket):
    writings = (
        client_of(claire).get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).context["writings"]
    )

    assert [tool.colleagues for tool in (one["tools"] for one in writings)] == [
        [],
        [mathilde, oscar, colette],
    ]


def test_name_in_the_reason_of_an_abuse_tells_too(ticket, claire, colette):
    factories.move(ticket, "report_abuse", claire, message="@colette.roux l’a vu aussi.")

    assert told_by_name() == [("colette.roux", "mentioned")]
