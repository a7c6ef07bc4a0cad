"""The draft of somebody else, by its key: as if it did not exist, and nothing of it changes."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import factories
from tests.attacks.forms import WITHOUT_PHOTO, hidden_of, publish, write_url
from tests.pages import filing_of, key_of
from tests.strictness import StrictClient
from tickets import typing_keys
from tickets.models import Draft, DraftFile, Ticket
from tickets.services.drafts import add_files, keep_draft

MINE = {"subject": "À moi", "message": "Mes mots."}


@pytest.fixture
def version(transcripts):
    """The form in force."""
    return publish(transcripts)


@pytest.fixture
def hers(lea, transcripts, version):
    """Léa’s draft: words that nobody else may read, and a file."""
    values = {"subject": "Secret de Léa", "message": "Secret aussi", "q-motif": "Vol"} | WITHOUT_PHOTO
    draft = keep_draft(uuid.uuid4(), owner=lea, category=transcripts, values=values)
    assert add_files(draft, [factories.pdf("secret-lea.pdf")], "plainte") == []
    return draft


@pytest.fixture
def a_visitors(transcripts, version):
    """The draft of somebody who has not logged in, and her browser."""
    browser = StrictClient()
    values = hidden_of(browser.get(write_url(transcripts))) | {"subject": "Secret", "message": "Secret aussi"}
    browser.post(write_url(transcripts), values)
    return Draft.objects.get(), browser


@pytest.fixture
def addresses(transcripts):
    """Where a draft may be written to."""
    return {
        name: reverse(f"tickets:{name}", args=[transcripts.slug]) for name in ("autosave", "upload", "check")
    }


def state_of(draft):
    """Return all that the database holds of `draft`."""
    rows = Draft.objects.filter(pk=draft.pk).values()
    return list(rows), list(DraftFile.objects.filter(draft=draft.pk).values())


def attack(browser, transcripts, addresses, draft, signed):
    """Post to `draft` in every way with its signed key; return the answers."""
    file = DraftFile.objects.filter(draft=draft).first()
    typed = (
        MINE | WITHOUT_PHOTO | {"key": signed, "revision": str(draft.revision), "tab": str(draft.tab or "")}
    )
    remove = {"remove": str(file.uuid)} if file else {}
    return [
        browser.get(write_url(transcripts), {"brouillon": draft.key}),
        browser.get(addresses["check"], {"brouillon": draft.key}),
        browser.post(addresses["autosave"], typed),
        browser.post(addresses["upload"], typed | remove | {"piece-photo": factories.jpeg()}),
        browser.post(addresses["check"], typed | {"terms": "on"}),
        browser.post(write_url(transcripts), typed | remove),
        browser.post(write_url(transcripts), typed | {"new_form": "1"}),
        browser.post(f"{write_url(transcripts)}?brouillon={draft.key}", typed | {"later": "1"}),
    ]


def words_of_all(answers):
    return "".join(answer.content.decode() + str(answer.headers) for answer in answers)


# --- drafts of people ---------------------------------------------------------------------------------
@pytest.mark.parametrize("signed_for", ["lea", "marc", "nobody", "unsigned", "missing"])
def test_draft_of_somebody_else_does_not_exist_by_its_key(
    client_of, lea, marc, transcripts, hers, addresses, signed_for
):
    keys = {
        "lea": typing_keys.sign(hers.key, lea),  # copied from her screen
        "marc": typing_keys.sign(hers.key, marc),
        "nobody": typing_keys.sign(hers.key, type("Anonymous", (), {"pk": None})),
        "unsigned": str(hers.key),
        "missing": "",
    }
    before = state_of(hers)

    answers = attack(client_of(marc), transcripts, addresses, hers, keys[signed_for])

    assert "ecret" not in words_of_all(answers)
    assert state_of(hers) == before
    assert not Ticket.objects.filter(requester=lea).exists()


def test_a_key_that_is_taken_answers_like_a_free_one(client_of, marc, transcripts, hers, addresses):
    """Otherwise keys could be tried."""
    shapes = []
    for key in (hers.key, uuid.uuid4()):
        typed = MINE | {"key": typing_keys.sign(key, marc), "revision": "0"}
        answer = client_of(marc).post(addresses["autosave"], typed)
        shapes.append((answer.status_code, sorted(answer.json()), answer.json()["revision"]))

    assert shapes[0] == shapes[1]


def test_dashboard_and_files_of_drafts_are_those_of_the_reader(client_of, marc, hers):
    page = client_of(marc).get(reverse("tickets:dashboard")).content.decode()

    assert "Secret" not in page
    assert str(hers.key) not in page


# --- a signed key without a session -------------------------------------------------------------------
def test_signed_key_of_a_person_writes_and_reads_nothing_without_a_session(
    client, lea, transcripts, hers, addresses
):
    answers = attack(client, transcripts, addresses, hers, typing_keys.sign(hers.key, lea))

    assert "Secret" not in words_of_all(answers)
    hers.refresh_from_db()
    assert not Ticket.objects.exists()
    assert hers.owner == lea


@pytest.mark.parametrize("address", ["autosave", "upload"])
def test_answer_to_a_key_without_a_session_tells_nothing_of_the_draft(client, lea, hers, addresses, address):
    typed = MINE | {"key": typing_keys.sign(hers.key, lea), "revision": "0", "piece-photo": factories.jpeg()}

    answer = client.post(addresses[address], typed)

    told = json.dumps(answer.json(), ensure_ascii=False)
    file = hers.files.get(piece="plainte")
    assert [word for word in ("Secret", "secret-lea", "Vol", file.name, str(file.uuid)) if word in told] == []


def test_key_without_a_session_takes_no_file_out(client, lea, transcripts, hers, addresses):
    """Her page may still be open on a shared computer: what she joined stays until she says otherwise."""
    file = hers.files.get()
    typed = {"key": typing_keys.sign(hers.key, lea), "remove": str(file.uuid)}

    client.post(addresses["upload"], typed)
    client.post(write_url(transcripts), typed | MINE)

    assert hers.files.filter(pk=file.pk).exists()


def test_key_without_a_session_does_not_overwrite_what_was_written_since(
    client, lea, transcripts, hers, addresses
):
    keep_draft(hers.key, owner=lea, category=transcripts, values=hers.values | {"message": "La suite."})
    typed = MINE | {"key": typing_keys.sign(hers.key, lea), "revision": "0"}

    answer = client.post(addresses["autosave"], typed)

    hers.refresh_from_db()
    assert (answer.status_code, hers.values["message"]) == (409, "La suite.")


@pytest.mark.parametrize("address", ["autosave", "upload"])
def test_key_of_a_closed_account_opens_nothing(client, lea, hers, addresses, address):
    lea.is_active = False
    lea.save()
    before = state_of(hers)

    client.post(addresses[address], MINE | {"key": typing_keys.sign(hers.key, lea), "revision": "0"})

    assert state_of(hers) == before


# --- visitors -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["another visitor", "somebody signed in"])
def test_draft_of_a_visitor_is_hers_alone(client, client_of, marc, transcripts, a_visitors, addresses, who):
    draft, _browser = a_visitors
    intruder = client if who == "another visitor" else client_of(marc)
    before = state_of(draft)

    nobody = type("Anonymous", (), {"pk": None})
    answers = attack(intruder, transcripts, addresses, draft, typing_keys.sign(draft.key, nobody))

    assert "Secret" not in words_of_all(answers)
    assert state_of(draft) == before


def test_login_adopts_the_drafts_of_this_session_only(client, marc, transcripts, a_visitors):
    draft, browser = a_visitors
    client.post(
        write_url(transcripts),
        hidden_of(client.get(write_url(transcripts))) | {"subject": "Autre", "message": "x"},
    )

    client.force_login(marc)

    draft.refresh_from_db()
    assert draft.owner is None
    assert [one.values["subject"] for one in Draft.objects.filter(owner=marc)] == ["Autre"]
    browser.logout()


def test_visitor_planted_by_somebody_ends_with_the_login(client, marc, transcripts, a_visitors):
    """Her session is given a visitor known to an intruder: once logged in, nothing of hers is his."""
    draft, intruder = a_visitors
    session = client.session
    session["visitor"] = str(draft.visitor)
    session.save()

    client.force_login(marc)
    later = hidden_of(client.get(write_url(transcripts))) | MINE
    client.post(write_url(transcripts), later)

    assert "visitor" not in client.session
    assert not Draft.objects.filter(visitor=draft.visitor).exists()
    page = intruder.get(
        write_url(transcripts), {"brouillon": Draft.objects.get(owner=marc, values__subject="À moi").key}
    )
    assert "Mes mots." not in page.content.decode()


def test_logging_out_leaves_no_visitor_with_her_drafts(client_of, marc, transcripts, version):
    browser = client_of(marc)
    browser.post(write_url(transcripts), hidden_of(browser.get(write_url(transcripts))) | MINE)
    draft = Draft.objects.get()
    browser.logout()

    page = browser.get(write_url(transcripts), {"brouillon": draft.key})

    assert "Mes mots." not in page.content.decode()


# --- other sites --------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["autosave", "upload", "check"])
def test_another_site_cannot_post_for_her(lea, hers, addresses, address):
    browser = StrictClient(enforce_csrf_checks=True)
    browser.force_login(lea)
    before = state_of(hers)

    answer = browser.post(
        addresses[address],
        MINE | {"terms": "on", "revision": "0", "files": SimpleUploadedFile("a.pdf", factories.pdf_bytes())},
        headers={"origin": "https://ailleurs.example.org"},
    )

    assert answer.status_code == 403
    assert state_of(hers) == before
    assert (Draft.objects.count(), Ticket.objects.count()) == (1, 0)


@pytest.mark.parametrize("name", ["autosave", "upload"])
def test_addresses_of_scripts_answer_only_what_is_posted(client_of, lea, hers, addresses, name):
    assert client_of(lea).get(addresses[name], {"key": str(hers.key)}).status_code == 405


# --- filing what belongs to somebody else -------------------------------------------------------------
def test_check_page_of_mine_does_not_file_hers(client_of, lea, marc, transcripts, hers, addresses):
    browser = client_of(marc)
    values = hidden_of(browser.get(write_url(transcripts))) | MINE | WITHOUT_PHOTO
    checked = browser.get(browser.post(write_url(transcripts), values)["Location"])

    browser.post(addresses["check"], filing_of(checked) | {"key": typing_keys.sign(hers.key, marc)})
    browser.post(addresses["check"], filing_of(checked) | {"key": typing_keys.sign(hers.key, lea)})

    assert not Ticket.objects.exists()
    assert key_of(checked)
