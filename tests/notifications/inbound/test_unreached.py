"""An address a server refuses for good: the account is marked, staff have a task, she is told."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notifications.inbound.addresses import bounce_address
from notifications.inbound.reception import receive
from notifications.models import MailState, OutgoingEmail
from tests import factories
from tests.notifications.inbound.test_bounces import report
from tests.pages import words_of
from tests.races import at_once
from tickets.admin.queues import count_queues
from tickets.lifecycle.refusals import MissingInputError, MoveRefusedError, NotAllowedError, ReachedError

pytestmark = pytest.mark.django_db
WORDS = "5.1.1 550 5.1.1 Utilisateur inconnu"
BANNER = "Nos courriels n’arrivent plus à votre adresse"
TASK = "Joindre l’usager autrement"


@pytest.fixture
def held(ticket, claire):
    factories.move(ticket, "take", claire)
    return ticket


def bounce(person, ticket, kind="submit", **words):
    """Have the mail of that event to `person` sent, then reported as not delivered."""
    mail = OutgoingEmail.objects.get(ticket=ticket, recipient=person, event__kind=kind)
    OutgoingEmail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=timezone.now())
    receive(report(mail, to=bounce_address(mail.pk), **words))
    return mail


def again(row):
    return type(row).objects.get(pk=row.pk)


def kinds(ticket):
    return [event.kind for event in ticket.events.all()]


def page_of(client_of, person, ticket):
    return client_of(person).get(reverse("admin:tickets_ticket_change", args=[ticket.pk]))


# --- what is marked --------------------------------------------------------------------------------------
def test_account_is_marked_with_when_and_which_words(held, lea, time_machine):
    time_machine.move_to("2026-12-02T09:00:00+00:00", tick=False)

    bounce(lea, held)

    person = again(lea)
    assert person.address_is_refused
    assert (person.refused_address, person.refused_words) == (lea.email, WORDS)
    assert person.refused_at == timezone.now()


def test_task_is_put_on_each_request_of_hers_under_way_and_on_no_other(
    held, lea, marc, claire, late_enrolment
):
    def in_status(status, requester=lea):
        return factories.ticket_in(status, requester=requester, category=late_enrolment, handler=claire)

    others = {name: in_status(name) for name in ("submitted", "waiting", "postponed", "closed", "refused")}
    somebody_elses = in_status("in_progress", marc)

    bounce(lea, held)

    assert again(held).unreached_at is not None
    found = {name: again(one).unreached_at is not None for name, one in others.items()}
    assert found == {"submitted": True, "waiting": True, "postponed": True, "closed": True, "refused": False}
    assert again(somebody_elses).unreached_at is None


def test_decision_that_did_not_arrive_is_a_task_although_the_request_has_ended(lea, claire, late_enrolment):
    refused = factories.ticket_in("refused", requester=lea, category=late_enrolment, handler=claire)

    bounce(lea, refused, "refuse")

    assert again(refused).unreached_at is not None


@pytest.mark.parametrize(
    "words",
    [{"action": "delayed", "status": "4.4.1"}, {"action": "failed", "status": "4.4.7"}],
    ids=["delayed", "given up"],
)
def test_transient_report_marks_nothing(held, lea, words):
    bounce(lea, held, **words)

    assert (again(lea).address_is_refused, again(held).unreached_at) == (False, None)
    assert "unreached" not in kinds(held)


def test_report_about_an_address_she_has_left_says_nothing_of_hers(held, lea):
    User.objects.filter(pk=lea.pk).update(email="nouvelle@example.org")

    bounce(lea, held)

    assert (again(lea).address_is_refused, again(held).unreached_at) == (False, None)


def test_mail_to_a_colleague_or_to_somebody_invited_is_no_task(held, lea, marc, claire):
    factories.invite(held, marc)
    factories.move(held, "comment", lea)

    bounce(claire, held, "comment")
    bounce(marc, held, "comment")

    assert [again(one).address_is_refused for one in (claire, marc)] == [True, True]
    assert again(held).unreached_at is None


def test_second_report_asks_for_nothing_more(held, lea):
    bounce(lea, held, "submit")
    bounce(lea, held, "take")

    assert kinds(held).count("unreached") == 1


def test_mails_go_on_being_sent_to_a_marked_address(held, lea, claire):
    bounce(lea, held)
    factories.move(held, "comment", claire)
    factories.move(held, "close", claire)

    mails = OutgoingEmail.objects.filter(recipient=lea, event__kind__in=("comment", "close"))
    assert {mail.state for mail in mails} == {MailState.QUEUED}
    assert mails.count() == 2


# --- the task --------------------------------------------------------------------------------------------
def test_whoever_has_the_request_is_told_and_the_requester_reads_nothing_of_it(client_of, held, lea, claire):
    bounce(lea, held)

    [mail] = OutgoingEmail.objects.filter(event__kind="unreached")
    assert (mail.recipient, mail.message) == (claire, "staff_news")
    assert "joindre autrement" not in words_of(client_of(lea).get(held.get_absolute_url()))


def test_handlers_are_told_when_nobody_has_it(ticket, lea, claire, colette):
    bounce(lea, ticket)

    told = OutgoingEmail.objects.filter(event__kind="unreached").values_list("recipient", flat=True)
    assert set(told) == {claire.pk, colette.pk}


def test_task_is_in_its_view_marked_in_the_list_and_on_the_page(client_of, held, lea, claire):
    bounce(lea, held)
    browser = client_of(claire)
    listed = words_of(browser.get(reverse("admin:tickets_ticket_changelist"), {"vue": "a-joindre"}))
    page = words_of(page_of(client_of, claire, held))

    assert count_queues(claire)["a-joindre"] == 1
    assert (held.reference in listed, "à joindre autrement" in listed) == (True, True)
    assert (TASK in page, WORDS in page, "Les courriels n’y arrivent pas" in page) == (True, True, True)


def test_handler_says_what_was_done_and_the_task_is_over(client_of, held, lea, colette):
    bounce(lea, held)
    browser, address = (
        client_of(colette),
        reverse("admin:tickets_ticket_move", args=[held.pk, "joindre-autrement"]),
    )
    key = browser.get(address).context["key"]

    browser.post(address, {"key": key, "message": "Appelée ce matin."})
    browser.post(address, {"key": key, "message": "Appelée ce matin."})

    done = held.events.get(kind="reach")
    assert (done.actor, done.words, done.is_internal) == (colette, "Appelée ce matin.", True)
    assert again(held).unreached_at is None
    assert again(lea).address_is_refused
    assert TASK not in words_of(page_of(client_of, colette, held))


def test_task_is_over_with_a_word_by_somebody_who_handles_and_once(held, lea, oscar, claire):
    bounce(lea, held)

    with pytest.raises(MissingInputError):
        factories.move(held, "reach", claire, message=" ")
    with pytest.raises(NotAllowedError):
        factories.move(held, "reach", oscar)
    factories.move(held, "reach", claire)
    with pytest.raises(ReachedError):
        factories.move(held, "reach", claire)


def test_new_report_after_that_is_a_new_task(held, lea, claire):
    bounce(lea, held)
    factories.move(held, "reach", claire)

    bounce(lea, held, "take")

    assert kinds(held).count("unreached") == 2


def test_task_is_not_that_of_another_requester(held, lea, marc, mathilde):
    bounce(lea, held)

    factories.move(held, "change_requester", mathilde, person=marc)

    assert again(held).unreached_at is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_handlers_at_once_end_it_once(held, lea, claire, colette):
    bounce(lea, held)
    results = at_once(*(partial(factories.move, held, "reach", one) for one in (claire, colette)))
    refused = [type(one).__name__ for one in results if isinstance(one, MoveRefusedError)]

    assert (refused, kinds(held).count("reach")) == (["ReachedError"], 1)


# --- what she reads --------------------------------------------------------------------------------------
def test_she_is_told_on_every_page_and_others_are_not(client_of, held, lea, marc, claire):
    bounce(lea, held)
    pages = ["/", "/demandes/", held.get_absolute_url(), "/compte/preferences/"]

    assert [BANNER in words_of(client_of(lea).get(page)) for page in pages] == [True] * 4
    assert [BANNER in words_of(client_of(person).get("/")) for person in (marc, claire)] == [False, False]


def test_handler_whose_address_is_refused_is_told_in_the_workbench(client_of, held, lea, claire):
    factories.move(held, "comment", lea)
    bounce(claire, held, "comment")

    assert BANNER in words_of(client_of(claire).get(reverse("admin:tickets_ticket_changelist")))


def test_banner_costs_no_query(client_of, held, lea, django_assert_num_queries):
    browser = client_of(lea)
    browser.get("/a-propos/")
    with django_assert_num_queries(2):
        browser.get("/a-propos/")
    bounce(lea, held)
    with django_assert_num_queries(2):
        browser.get("/a-propos/")
