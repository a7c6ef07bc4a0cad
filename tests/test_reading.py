"""A GET changes nothing, whoever asks and whatever the address; a stranger's address is a 404."""

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver, reverse

from tests.factories import draft_of, file_ticket, move, move_draft, pdf
from tests.strictness import StrictClient
from tickets.lifecycle.transitions import TRANSITIONS
from tickets.services.worklist import save_view

ROOMS = ("accounts", "categories", "tickets", "notifications")


def addresses(resolver, prefix=""):
    """Return the addresses of the service as they are written, the stock admin's left out."""
    for item in resolver.url_patterns:
        path = prefix + str(item.pattern)
        if isinstance(item, URLPattern):
            yield path
        elif item.app_name != "admin":
            yield from addresses(item, path)


WRITTEN = sorted(addresses(get_resolver()))


@pytest.fixture
def ticket(lea, claire, transcripts):
    """A request with everything: a file, a note, a question, a draft of an answer."""
    ticket = file_ticket(lea, transcripts, files=[pdf()])
    for name in ("take", "note", "ask"):
        move(ticket, name, claire)
    move_draft(ticket, "answer", lea, files=[pdf()])
    draft_of(lea, transcripts, files=[pdf()])
    return ticket


def filled(path, ticket):
    """Return the real addresses an address stands for, about that request."""
    path = path.replace("<reference:reference>", ticket.reference)
    path = path.replace("<uuid:uuid>", str(ticket.attachments.get().uuid))
    path = path.replace("<str:token>", "jeton-inconnu").replace("<int:page>", "1")
    if path.endswith("<slug:slug>/") and ticket.reference in path:
        return [f"/{path.replace('<slug:slug>', name)}" for name in (*TRANSITIONS, "supprimer")]
    return [f"/{path.replace('<slug:slug>', ticket.category.slug)}"]


# What a reader keeps of her own reading is no change of a request.
HER_OWN = {"tickets.Visit"}


def everything():
    """Return every row of ours, but when a file was first opened by another than its author."""
    models = [model for label in ROOMS for model in apps.get_app_config(label).get_models()]
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name != "opened_at"}
            for row in model.objects.order_by("pk").values()
        ]
        for model in models
        if model._meta.label not in HER_OWN
    }


def browser_of(person):
    browser = StrictClient()
    if person is not None:
        browser.force_login(person)
        person.refresh_from_db()
    return browser


@pytest.mark.parametrize("who", ["nobody", "lea", "ines", "claire", "bruno", "adam"])
def test_reading_changes_nothing(request, ticket, who):
    browser = browser_of(None if who == "nobody" else request.getfixturevalue(who))
    before = everything()

    for path in WRITTEN:
        for address in filled(path, ticket):
            answer = browser.get(address)
            assert answer.status_code in (200, 302, 404, 405, 410, 503), address
            list(answer)  # read to its end, so that files are closed

    assert everything() == before


ABOUT_A_REQUEST = [path for path in WRITTEN if "<reference:reference>" in path]


@pytest.mark.parametrize("who", ["ines", "marc", "bruno"])
@pytest.mark.parametrize("path", ABOUT_A_REQUEST)
def test_request_of_somebody_else_does_not_exist(request, ticket, lea, path, who):
    hers, his = browser_of(lea), browser_of(request.getfixturevalue(who))

    for address in filled(path, ticket):
        seen = [browser.get(address).status_code for browser in (hers, his)]
        tried = his.post(address, {"message": "Je passais par là."}).status_code

        assert seen[1] == 404, address
        assert tried in (404, 405), address


# --- the workbench ---------------------------------------------------------------------------------------
# What opening a page may write, and why: the mark that its reader has seen it. It says nothing of the
# request, nobody else is shown it, and it is written twice as once; a click to ask for would be forgotten.
WRITTEN_BY_READING = {"tickets.ReadMark"}
OF_THE_LIST = ("changelist", "counters", "jump", "display", "views", "new_view")


@pytest.mark.parametrize("who", ["claire", "bruno", "adam"])
def test_reading_the_workbench_changes_nothing_but_read_marks(request, ticket, claire, who):
    view = save_view(claire, name="Toutes", query="vue=toutes", is_shared=True)
    browser = browser_of(request.getfixturevalue(who))
    pages = [reverse(f"admin:tickets_ticket_{name}") for name in OF_THE_LIST]
    pages += [
        reverse(f"admin:tickets_ticket_{name}", args=[view.pk]) for name in ("edit_view", "remove_view")
    ]
    pages += [reverse("admin:tickets_ticket_change", args=[ticket.pk])]
    pages += [
        reverse("admin:tickets_ticket_move", args=[ticket.pk, move.slug]) for move in TRANSITIONS.values()
    ]
    before = everything()

    for page in pages:
        answer = browser.get(page, {"vue": "toutes", "numero": ticket.reference})
        assert answer.status_code in (200, 302, 404), page

    after = everything()
    assert {label for label, rows in after.items() if rows != before[label]} <= WRITTEN_BY_READING
    assert len(after["tickets.ReadMark"]) == (who != "bruno")
