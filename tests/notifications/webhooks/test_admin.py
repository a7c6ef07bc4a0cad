"""The room of webhooks: who writes which, what is refused, the secret shown once."""

import pytest
from django.urls import reverse

from notifications.models import CallState, Webhook, WebhookCall
from notifications.webhooks.writing import ping
from tests import factories
from tests.pages import errors_of, words_of

LIST = reverse("admin:notifications_webhook_changelist")
ADD = reverse("admin:notifications_webhook_add")


# Session, person, rights, themes offered, the webhook and its calls.
QUERIES = 18


def page_of(hook):
    return reverse("admin:notifications_webhook_change", args=[hook.pk])


def acts_of(hook):
    names = ("try", "secret", "again")
    return [reverse(f"admin:notifications_webhook_{name}", args=[hook.pk]) for name in names]


def answers(category, **changed):
    given = {"name": "Outil", "url": "https://outils.example.org/td", "events": ["submit", "close"]}
    return given | {"category": category.pk, "is_active": "on"} | changed


@pytest.fixture
def one(make_hook, studies):
    return make_hook(studies, url="https://outils.example.org/td")


def test_manager_creates_one_and_sees_its_secret_once(mathilde, client_of, studies):
    browser = client_of(mathilde)

    first = browser.post(ADD, answers(studies), follow=True)
    hook = Webhook.objects.get()
    second = browser.get(page_of(hook))

    assert (hook.created_by, hook.events, hook.category) == (mathilde, ["submit", "close"], studies)
    assert hook.secret.startswith("tdwh_")
    assert (hook.secret in words_of(first), hook.secret in words_of(second)) == (True, False)


def test_secret_of_another_is_never_shown(mathilde, adam, client_of, studies, one):
    adams = client_of(adam)
    client_of(mathilde).post(ADD, answers(studies))

    pages = [adams.get(page_of(hook)) for hook in Webhook.objects.all()] + [adams.get(LIST)]

    for hook in Webhook.objects.all():
        assert all(hook.secret.encode() not in page.content for page in pages)


def test_new_secret_is_shown_once_and_replaces_the_old(mathilde, client_of, one):
    browser, old = client_of(mathilde), one.secret

    shown = browser.post(reverse("admin:notifications_webhook_secret", args=[one.pk]), follow=True)

    one.refresh_from_db()
    assert one.secret != old
    assert one.secret in words_of(shown)
    assert one.secret not in words_of(browser.get(page_of(one)))


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"url": "https://127.0.0.1/"}, "Adresse URL : Cette adresse mène à un réseau privé"),
        ({"url": "https://0x7f.1/"}, "Adresse URL : Cette adresse mène à un réseau privé"),
        ({"url": "rien"}, "Adresse URL : L’adresse doit commencer par https://."),
        ({"url": ""}, "Adresse URL : "),
        ({"events": []}, "Événements : Choisissez au moins un événement."),
        ({"events": ["note"]}, "Événements : "),
        ({"name": ""}, "Nom : "),
    ],
    ids=["private", "disguised", "no address", "empty", "no event", "event for staff", "no name"],
)
def test_wrong_answers_are_refused_in_words_and_nothing_is_lost(mathilde, client_of, studies, changed, error):
    response = client_of(mathilde).post(ADD, answers(studies, **changed))

    [said] = errors_of(response)
    assert said.replace("\u00a0", " ").startswith(error)
    assert f'value="{changed.get("name", "Outil")}"' in response.content.decode()
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    ("person", "status"),
    [("mathilde", 200), ("adam", 200), ("claire", 404), ("bruno", 404), ("lea", 404)],
)
def test_webhooks_are_for_managers_and_administrators(person, status, request, client_of, one):
    browser = client_of(request.getfixturevalue(person))

    assert [browser.get(address).status_code for address in (LIST, ADD, page_of(one))] == [status] * 3


def test_manager_of_another_theme_does_not_know_of_it(client_of, finances, studies, one):
    browser = client_of(factories.handler_on(finances, "manager"))
    acts = acts_of(one)

    assert list(browser.get(LIST).context["cl"].queryset) == []
    assert browser.get(page_of(one)).status_code == 404
    assert browser.post(page_of(one), answers(finances)).status_code == 404
    assert [browser.post(act).status_code for act in acts] == [404] * 3
    response = browser.post(ADD, answers(studies))
    assert errors_of(response)
    assert Webhook.objects.get() == one
    assert not WebhookCall.objects.exists()


def test_acts_are_posted(mathilde, client_of, one):
    browser = client_of(mathilde)
    acts = acts_of(one)

    assert [browser.get(act).status_code for act in acts] == [405] * 3


def test_nothing_is_deleted(adam, client_of, one):
    address = reverse("admin:notifications_webhook_delete", args=[one.pk])

    assert client_of(adam).post(address, {"post": "yes"}).status_code == 404
    assert Webhook.objects.exists()


def test_trial_is_written_and_listed(mathilde, client_of, one):
    browser = client_of(mathilde)
    address = reverse("admin:notifications_webhook_try", args=[one.pk])

    first, second = browser.post(address, follow=True), browser.post(address, follow=True)

    assert "Essai envoyé" in words_of(first)
    assert "un essai attend déjà" in words_of(second)
    assert one.calls.count() == 1


def test_calls_are_logged_and_made_again(mathilde, client_of, one, lea, transcripts):
    ticket = factories.file_ticket(lea, transcripts)
    WebhookCall.objects.update(state=CallState.FAILED, attempts=50, answer="503 <Panne>", milliseconds=1234)
    waiting = ping(one)
    browser = client_of(mathilde)

    page = words_of(browser.get(page_of(one)))
    again = browser.post(
        reverse("admin:notifications_webhook_again", args=[one.pk]),
        {"_selected_action": [one.calls.get(ticket=ticket).pk, waiting.pk, "x"]},
        follow=True,
    )

    for words in (f"Demande déposée ({ticket.reference})", "échec", "503 <Panne>", "1234 ms", "essai"):
        assert words in page
    assert "1 appel sera refait." in words_of(again)
    assert set(one.calls.values_list("state", "attempts")) == {(CallState.QUEUED, 0)}


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_depend_on_the_number_of_calls(
    mathilde, client_of, one, lea, transcripts, count, django_assert_num_queries
):
    for _number in range(count):
        factories.file_ticket(lea, transcripts)
    browser = client_of(mathilde)
    browser.get(page_of(one))

    with django_assert_num_queries(QUERIES):
        browser.get(page_of(one))
