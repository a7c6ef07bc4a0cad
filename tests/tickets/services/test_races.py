"""Two people at once, on a real PostgreSQL: one after the other, and each sees what is true."""

import threading
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from notifications.models import OutgoingEmail
from teledemande.french_dates import instant_words
from tests.factories import draft_of, file_ticket, handler_on, move, move_draft, pdf, ticket_in
from tests.races import at_once
from tickets import typing_keys
from tickets.lifecycle.refusals import MoveRefusedError
from tickets.models import Attachment, Draft, SearchDocument, Ticket, TicketEvent
from tickets.services.continuing import begin_follow_up
from tickets.services.drafts import add_files, discard_draft, fork_draft, keep_draft, remove_file
from tickets.services.filing import open_ticket
from tickets.services.left_drafts import forget_stale

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def outcomes(results):
    """Return how many acts ended each way: the class of the refusal, or « done »."""
    return dict(Counter(type(r).__name__ if isinstance(r, Exception) else "done" for r in results))


def story(ticket):
    return list(TicketEvent.objects.filter(ticket=ticket).values_list("sequence", "kind"))


ROUNDS = range(3)


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_handlers_take(lea, claire, colette, transcripts, _round):
    """Both saw it free: the second is told who has it."""
    ticket = file_ticket(lea, transcripts)

    results = at_once(*(lambda p=p: move(ticket, "take", p, seen=1) for p in (claire, colette)))

    (taken,) = TicketEvent.objects.filter(kind="take")
    assert outcomes(results) == {"done": 1, "TakenError": 1}
    assert Ticket.objects.get().assignee == taken.actor
    assert story(ticket) == [(1, "submit"), (2, "take")]


def test_two_hundred_take_at_once(lea, transcripts):
    """One has it, 199 are told who and when, and the mails are those of one taking."""
    ticket = file_ticket(lea, transcripts)
    handlers = [handler_on(transcripts) for _each in range(200)]

    results = at_once(*(lambda p=p: move(ticket, "take", p, seen=1) for p in handlers))

    (taken,) = TicketEvent.objects.filter(kind="take")
    reasons = {str(result) for result in results if isinstance(result, MoveRefusedError)}
    assert outcomes(results) == {"done": 1, "TakenError": 199}
    assert reasons == {
        f"{taken.actor} a cette demande en charge depuis le {instant_words(taken.at)}. Rien n’a été "
        "modifié ; pour la lui reprendre, recommencez."
    }
    assert Ticket.objects.get().assignee == taken.actor
    assert story(ticket) == [(1, "submit"), (2, "take")]
    mails = OutgoingEmail.objects.filter(event=taken).values_list("recipient", "message")
    assert list(mails) == [(lea.pk, "taken")]


def test_many_press_the_button_at_once(lea, transcripts, client_of):
    ticket = file_ticket(lea, transcripts)
    address = reverse("admin:tickets_ticket_move", args=[ticket.pk, "prendre-en-charge"]) + "?vu=1"
    people = [handler_on(transcripts) for _each in range(20)]
    browsers = [(client_of(person), typing_keys.sign(uuid.uuid4(), person)) for person in people]

    answers = at_once(*(lambda b=b, k=k: b.post(address, {"key": k}, follow=True) for b, k in browsers))

    (taken,) = TicketEvent.objects.filter(kind="take")
    # Read in the pages: the contexts the test client keeps are those of all threads.
    pages = [answer.content.decode() for answer in answers]
    refusal = f"{taken.actor} a cette demande en charge depuis le {instant_words(taken.at)}."
    assert sum("Demande prise en charge." in page for page in pages) == 1
    assert sum(refusal in page for page in pages) == 19
    assert OutgoingEmail.objects.filter(event__ticket=ticket, message="taken").count() == 1


ONCE = [
    ("in_progress", "close", "claire", "close", "claire"),
    ("closed", "approve", "lea", "approve", "lea"),
    ("closed", "approve", "lea", "contest", "lea"),
    ("waiting", "answer", "lea", "answer", "lea"),
    ("in_progress", "withdraw", "lea", "refuse", "claire"),
]


@pytest.mark.parametrize("_round", ROUNDS)
@pytest.mark.parametrize(("status", "name", "who", "other", "by"), ONCE, ids=[f"{o[1]}-{o[3]}" for o in ONCE])
def test_one_move_wins(lea, claire, transcripts, status, name, who, other, by, _round):
    people = {"lea": lea, "claire": claire}
    ticket = ticket_in(status, requester=lea, category=transcripts, handler=claire)
    before = len(story(ticket))

    results = at_once(lambda: move(ticket, name, people[who]), lambda: move(ticket, other, people[by]))

    assert outcomes(results) == {"done": 1, "WrongStatusError": 1}
    assert len(story(ticket)) == before + 1


def test_contest_while_the_handler_takes_back_what_is_closed(lea, claire, colette, transcripts):
    """Whichever comes first, the request ends held by somebody or refused to her."""
    ticket = ticket_in("closed", requester=lea, category=transcripts, handler=claire)

    results = at_once(lambda: move(ticket, "contest", lea), lambda: move(ticket, "take", colette))

    ticket = Ticket.objects.get()
    held_by = {"done": colette, "WrongStatusError": claire}[
        type(results[1]).__name__ if isinstance(results[1], Exception) else "done"
    ]
    assert (ticket.status, ticket.assignee) == ("in_progress", held_by)


def test_many_comments_get_each_their_rank(lea, claire, transcripts):
    ticket = file_ticket(lea, transcripts)

    results = at_once(*(lambda n=n: move(ticket, "comment", lea, message=f"mot{n}") for n in range(8)))

    text = SearchDocument.objects.get(is_internal=False).text
    assert outcomes(results) == {"done": 8}
    assert [rank for rank, _kind in story(ticket)] == list(range(1, 10))
    assert Ticket.objects.get().event_count == 9
    assert sorted(word for word in text.split() if word.startswith("mot")) == [f"mot{n}" for n in range(8)]


@pytest.mark.parametrize("_round", ROUNDS)
def test_replayed_move_is_made_once(lea, transcripts, _round):
    ticket = file_ticket(lea, transcripts)
    draft = move_draft(ticket, "comment", lea, files=[pdf()])

    results = at_once(*(lambda: move(ticket, "comment", lea, key=draft.key) for _ in range(4)))

    assert outcomes(results) == {"done": 4}
    assert (story(ticket), Attachment.objects.count()) == ([(1, "submit"), (2, "comment")], 1)


@pytest.mark.parametrize("_round", ROUNDS)
def test_same_form_files_once(lea, transcripts, _round):
    draft = draft_of(lea, transcripts, files=[pdf()])

    results = at_once(*(lambda: open_ticket(draft.key, requester=lea) for _ in range(4)))

    ticket = Ticket.objects.get()
    assert results == [ticket] * 4
    assert (TicketEvent.objects.count(), Attachment.objects.count(), Draft.objects.count()) == (1, 1, 0)


def test_people_who_file_at_once_get_each_a_reference(lea, marc, transcripts):
    drafts = [draft_of(person, transcripts) for person in (lea, marc) * 4]

    results = at_once(*(lambda d=d: open_ticket(d.key, requester=d.owner) for d in drafts))

    assert len({ticket.reference for ticket in results}) == 8
    assert [ticket.requester for ticket in results] == [draft.owner for draft in drafts]


def test_two_tabs_do_not_pass_the_limit_of_files_together(lea, transcripts, settings, stored):
    settings.FILES_MAX_COUNT = 3
    draft = draft_of(lea, transcripts)

    refusals = at_once(*(lambda n=n: add_files(draft, [pdf(f"{n}.pdf")]) for n in range(6)))

    assert sorted(map(len, refusals)) == [0, 0, 0, 1, 1, 1]
    assert (draft.files.count(), len(stored())) == (3, 3)


@pytest.mark.parametrize("_round", ROUNDS)
def test_several_drafts_do_not_pass_the_limit_of_a_day_together(lea, transcripts, settings, stored, _round):
    settings.FILES_MAX_BYTES_A_DAY = 3 * pdf().size
    drafts = [draft_of(lea, transcripts) for _number in range(6)]

    refusals = at_once(*(lambda d=d: add_files(d, [pdf()]) for d in drafts))

    assert sorted(map(len, refusals)) == [0, 0, 0, 1, 1, 1]
    assert len(stored()) == 3


@pytest.mark.parametrize("_round", range(10))
def test_tabs_that_write_apart_and_send_files_wait_for_each_other(lea, transcripts, settings, _round):
    settings.DRAFTS_MAX_COUNT = 4
    drafts = [draft_of(lea, transcripts, files=[pdf()]) for _number in range(4)]
    acts = [lambda d=d: fork_draft(d, {"message": "à part"}) for d in drafts]

    results = at_once(*acts, *(lambda d=d: add_files(d, [pdf("b.pdf")]) for d in drafts))

    assert (None in results, Draft.objects.count()) == (False, 4)


@pytest.mark.parametrize("_round", ROUNDS)
def test_file_sent_while_its_draft_is_filed_is_attached_or_refused(lea, transcripts, stored, _round):
    draft = draft_of(lea, transcripts, files=[pdf("a.pdf")])

    refusals, ticket = at_once(
        lambda: add_files(draft, [pdf("b.pdf")]), lambda: open_ticket(draft.key, requester=lea)
    )

    names = sorted(ticket.attachments.values_list("name", flat=True))
    assert names == (["a.pdf"] if refusals else ["a.pdf", "b.pdf"])
    assert (len(stored()), Draft.objects.count()) == (len(names), 0)


def test_same_draft_is_made_once(lea, transcripts):
    key = uuid.uuid4()
    values = [{"subject": f"Objet {n}"} for n in range(4)]

    results = at_once(
        *(lambda v=v: keep_draft(key, owner=lea, values=v, category=transcripts) for v in values)
    )

    assert outcomes(results) == {"done": 4}
    assert Draft.objects.get().values in values


def while_another(act, following):
    """Do `act` in a transaction that stays open until `following`, in another one, has had time to begin."""
    results = []

    def run():
        try:
            results.append(following())
        finally:
            connection.close()

    with transaction.atomic():
        done = act()
        thread = threading.Thread(target=run)
        thread.start()
        thread.join(timeout=0.5)
    thread.join(timeout=30)
    return done, results[0]


def test_file_taken_out_while_its_draft_is_filed_stays_in_the_request(lea, transcripts, stored):
    draft = draft_of(lea, transcripts, files=[pdf()])
    file = draft.files.get()

    ticket, _none = while_another(
        lambda: open_ticket(draft.key, requester=lea), lambda: remove_file(draft, file.uuid)
    )

    assert [str(path) for path in stored()] == [ticket.attachments.get().content.path]


def test_file_being_taken_out_when_a_message_goes_is_not_sent(lea, transcripts, stored):
    draft = move_draft(file_ticket(lea, transcripts), "comment", lea, files=[pdf()])
    file = draft.files.get()

    while_another(
        lambda: remove_file(draft, file.uuid), lambda: move(draft.ticket, "comment", lea, key=draft.key)
    )

    assert (list(Attachment.objects.all()), stored()) == ([], [])


def test_draft_thrown_away_while_it_is_filed_leaves_the_request_its_files(lea, transcripts, stored):
    draft = draft_of(lea, transcripts, files=[pdf()])

    ticket, _none = while_another(lambda: open_ticket(draft.key, requester=lea), lambda: discard_draft(draft))

    assert [str(path) for path in stored()] == [ticket.attachments.get().content.path]


def test_old_draft_its_author_comes_back_to_is_not_erased(lea, transcripts):
    draft = draft_of(lea, transcripts)
    long_ago = timezone.now() - 3 * settings.DRAFT_LIFETIME
    Draft.objects.update(updated_at=long_ago, warned_at=long_ago)

    _kept, erased = while_another(
        lambda: keep_draft(draft.key, owner=lea, category=transcripts, values={"subject": "Me revoilà"}),
        lambda: forget_stale(timezone.now()),
    )

    assert (erased, Draft.objects.get().values) == (0, {"subject": "Me revoilà"})


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_clicks_begin_one_sequel(lea, claire, transcripts, _round):
    ticket = ticket_in("approved", requester=lea, category=transcripts, handler=claire)
    Ticket.objects.filter(pk=ticket.pk).update(ended_at=timezone.now() - timedelta(days=40))
    ended = Ticket.objects.get(pk=ticket.pk)

    first, second = at_once(*[lambda: begin_follow_up(ended, lea)] * 2)

    assert first == second == Draft.objects.get()
