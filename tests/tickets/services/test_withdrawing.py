"""A file is taken back by its author before anybody else opened it: the content goes, the trace stays."""

from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from notifications.models import OutgoingEmail
from tests.factories import file_ticket, invite, move, move_draft, pdf, png, ticket_in
from tests.pages import errors_of, key_of, words_of
from tickets.files.preview import sheet_of
from tickets.lifecycle.refusals import FileOpenedError, MissingInputError, MoveRefusedError, NotAllowedError
from tickets.models import Attachment, SearchDocument, TicketEvent, Verdict
from tickets.models.file import private_storage
from tickets.services.files import files_waiting
from tickets.services.limits import kept_for_request
from tickets.services.orphans import erase_orphans

pytestmark = pytest.mark.django_db
NAME = "certificat-secret.pdf"


@pytest.fixture
def ticket(lea, transcripts):
    """A request with one file."""
    return file_ticket(lea, transcripts, files=[pdf(NAME)])


@pytest.fixture
def file(ticket):
    return ticket.attachments.get()


def sent(ticket, person, name="comment", upload=None):
    """Have `person` send a file with a message, and return it."""
    draft = move_draft(ticket, name, person, files=[upload or pdf("joint.pdf")])
    move(ticket, name, person, key=draft.key)
    return Attachment.objects.filter(owner=person).latest("pk")


def download(browser, file):
    """Receive the whole of a file."""
    return b"".join(browser.get(file.get_absolute_url()))


def opened(file):
    file.refresh_from_db()
    return file.opened_at is not None


def page_url(ticket, file):
    return f"{reverse('tickets:move', args=[ticket.reference, 'retirer-un-fichier'])}?fichier={file.uuid}"


# --- what goes, what stays ------------------------------------------------------------------------------
def test_content_and_name_go_and_the_trace_stays(
    ticket, file, lea, stored, django_capture_on_commit_callbacks
):
    sheet_of(file, 1)
    assert len(stored()) > 1
    with django_capture_on_commit_callbacks(execute=True):
        move(ticket, "withdraw_file", lea, file=file)

    digest = file.sha256
    file.refresh_from_db()
    assert stored() == []
    assert (file.name, file.sha256, bool(file.content)) == ("fichier-retire.pdf", digest, False)
    assert abs((timezone.now() - file.withdrawn_at).total_seconds()) < 60
    event = ticket.events.get(kind="withdraw_file")
    assert (event.actor, event.is_internal) == (lea, False)
    assert event.after["file"] == str(file.uuid)
    assert (event.after["sha256"], event.after["size"]) == (digest, file.size)
    assert NAME not in str(event.after)


def test_content_another_row_holds_stays(ticket, file, lea, stored, django_capture_on_commit_callbacks):
    held = {"ticket": ticket, "event": file.event, "owner": lea, "name": "autre.pdf", "size": file.size}
    Attachment.objects.create(content=file.content.name, **held)
    with django_capture_on_commit_callbacks(execute=True):
        move(ticket, "withdraw_file", lea, file=file)

    assert len(stored()) == 1


def test_name_is_found_no_more_and_the_other_words_are(ticket, file, lea, claire):
    move(ticket, "comment", lea, message="Un mot rare : hippocampe.")
    move(ticket, "note", claire, message="Une note : ornithorynque.")
    before = {doc.is_internal: doc.text for doc in SearchDocument.objects.filter(ticket=ticket)}
    assert all("secret" in text for text in before.values())

    move(ticket, "withdraw_file", lea, file=file)

    for doc in SearchDocument.objects.filter(ticket=ticket):
        assert "secret" not in doc.text
        assert "retire" in doc.text
        assert ("ornithorynque" in doc.text) == doc.is_internal
        assert "hippocampe" in doc.text


def test_withdrawn_file_is_neither_checked_nor_counted_nor_an_orphan(ticket, file, lea):
    Attachment.objects.update(verdict=Verdict.PENDING)
    assert (files_waiting(), kept_for_request(ticket.pk)) == (1, file.size)

    move(ticket, "withdraw_file", lea, file=file)

    assert (files_waiting(), kept_for_request(ticket.pk)) == (0, 0)
    private_storage().save("ab/cd/perdu", ContentFile(b"perdu"))
    assert erase_orphans(timezone.now()) == 0


# --- who, when ------------------------------------------------------------------------------------------
def test_nobody_withdraws_the_file_of_somebody_else(ticket, file, lea, claire, marc):
    invite(ticket, marc)
    for person in (claire, marc):
        with pytest.raises(NotAllowedError):
            move(ticket, "withdraw_file", person, file=file)
    with pytest.raises(NotAllowedError):
        move(file_ticket(lea, ticket.category), "withdraw_file", lea, file=file)
    with pytest.raises(MissingInputError):
        move(ticket, "withdraw_file", lea)


def test_withdrawn_file_is_not_withdrawn_twice(ticket, file, lea):
    move(ticket, "withdraw_file", lea, file=file)

    with pytest.raises(FileOpenedError):
        move(ticket, "withdraw_file", lea, file=file)


def test_handler_withdraws_her_own_file(ticket, lea, claire):
    mine = sent(ticket, claire)

    move(ticket, "withdraw_file", claire, file=mine)

    assert OutgoingEmail.objects.filter(event__kind="withdraw_file").get().recipient == lea


def test_internal_file_leaves_without_a_word_to_the_requester(ticket, lea, claire, client_of):
    mine = sent(ticket, claire, "note", pdf("interne.pdf"))

    move(ticket, "withdraw_file", claire, file=mine)

    assert ticket.events.get(kind="withdraw_file").is_internal
    assert not OutgoingEmail.objects.filter(event__kind="withdraw_file", recipient=lea).exists()
    assert "Fichier retiré par son auteur" not in words_of(client_of(lea).get(ticket.get_absolute_url()))


# --- opening ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("person", "is_opening"), [("claire", True), ("oscar", True), ("adam", True), ("lea", False)]
)
def test_download_by_somebody_else_is_an_opening(person, is_opening, request, client_of, file, lea, ticket):
    download(client_of(request.getfixturevalue(person)), file)

    assert opened(file) == is_opening
    if is_opening:
        with pytest.raises(FileOpenedError):
            move(ticket, "withdraw_file", lea, file=file)


def test_page_drawn_is_an_opening_and_the_page_around_it_is_not(client_of, claire, lea, transcripts):
    ticket = file_ticket(lea, transcripts, files=[png()])
    file = ticket.attachments.get()
    browser = client_of(claire)

    browser.get(file.get_preview_url())
    assert not opened(file)
    browser.get(f"{file.get_preview_url()}1/")
    assert opened(file)


def test_archive_opens_what_it_gives(client_of, claire, lea, ticket, file):
    mine = sent(ticket, claire)
    held = sent(ticket, lea)
    Attachment.objects.filter(pk=held.pk).update(verdict=Verdict.PENDING)

    b"".join(client_of(claire).get(reverse("tickets:archive", args=[ticket.reference])))

    assert [opened(one) for one in (file, mine, held)] == [True, False, False]


def test_asking_for_headers_opens_nothing(client_of, claire, file, ticket):
    client_of(claire).head(file.get_absolute_url())
    client_of(claire).head(reverse("tickets:archive", args=[ticket.reference]))

    assert not opened(file)


def test_refused_download_opens_nothing(client_of, claire, ines, file):
    Attachment.objects.update(verdict=Verdict.PENDING)
    for person in (claire, ines):
        client_of(person).get(file.get_absolute_url())

    assert not opened(file)


def test_first_opening_is_kept(client_of, claire, colette, file):
    download(client_of(claire), file)
    file.refresh_from_db()
    first = file.opened_at
    download(client_of(colette), file)
    file.refresh_from_db()

    assert file.opened_at == first


def test_withdrawn_file_is_gone_for_everybody(client_of, claire, lea, file, ticket):
    move(ticket, "withdraw_file", lea, file=file)

    for person in (claire, lea):
        answer = client_of(person).get(file.get_absolute_url())
        assert (answer.status_code, NAME in answer.content.decode()) == (410, False)
        assert "Ce fichier a été retiré" in words_of(answer)
        assert client_of(person).get(f"{file.get_preview_url()}1/").status_code == 404
        archive = b"".join(client_of(person).get(reverse("tickets:archive", args=[ticket.reference])))
        assert b"LISEZ-MOI" in archive


# --- pages ------------------------------------------------------------------------------------------------
def test_button_is_beside_her_own_unopened_files_only(client_of, lea, claire, marc, ticket, file):
    invite(ticket, marc)
    theirs = sent(ticket, claire)
    address = ticket.get_absolute_url()
    staff = reverse("admin:tickets_ticket_change", args=[ticket.pk])

    def offered(person, url):
        page = client_of(person).get(url).content.decode()
        return {one for one in (file, theirs) if f"retirer-un-fichier/?fichier={one.uuid}" in page}

    assert offered(lea, address) == {file}
    assert offered(claire, staff) == {theirs}
    assert offered(claire, address) == offered(marc, address) == set()
    download(client_of(claire), file)
    assert offered(lea, address) == set()


def test_requester_withdraws_from_the_page(client_of, lea, ticket, file):
    browser, url = client_of(lea), page_url(ticket, file)

    page = browser.get(url)
    assert f'value="{file.uuid}" selected' in page.content.decode()
    assert "sans retour possible" in words_of(page)
    answer = browser.post(url, {"key": key_of(page), "file": str(file.uuid)}, follow=True)

    said = words_of(answer)
    assert "Votre fichier est retiré" in said
    assert "fichier-retire.pdf" in said
    assert "retiré par son auteur le" in said
    assert NAME not in said
    assert answer.context["files"] == []


def test_file_opened_meanwhile_stays_and_the_page_says_so(client_of, lea, claire, ticket, file):
    browser, url = client_of(lea), page_url(ticket, file)
    page = browser.get(url)
    download(client_of(claire), file)

    answer = browser.post(url, {"key": key_of(page), "file": str(file.uuid)})

    assert "quelqu’un l’a déjà ouvert" in errors_of(answer)[0]
    file.refresh_from_db()
    assert (file.name, file.withdrawn_at) == (NAME, None)


@pytest.mark.parametrize("value", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_file_made_up_is_refused(value, client_of, lea, ticket, file):
    page = client_of(lea).get(page_url(ticket, file))

    answer = client_of(lea).post(page_url(ticket, file), {"key": key_of(page), "file": value})

    assert (answer.status_code, len(errors_of(answer))) == (200, 1)


def test_handler_withdraws_from_the_workbench(client_of, claire, ticket):
    mine = sent(ticket, claire)
    address = reverse("admin:tickets_ticket_move", args=[ticket.pk, "retirer-un-fichier"])
    browser = client_of(claire)

    page = browser.get(f"{address}?fichier={mine.uuid}")
    browser.post(address, {"key": key_of(page), "file": str(mine.uuid)})

    mine.refresh_from_db()
    assert mine.withdrawn_at is not None


# --- told -------------------------------------------------------------------------------------------------
def told(kind="withdraw_file"):
    mails = OutgoingEmail.objects.filter(event__kind=kind)
    return sorted((mail.recipient.login, mail.message) for mail in mails)


@pytest.mark.usefixtures("claire", "colette")
def test_staff_who_heard_of_the_file_hear_that_it_left(ticket, file, lea):
    move(ticket, "withdraw_file", lea, file=file)

    assert told() == [
        ("claire.dumas", "staff_news"),
        ("colette.roux", "staff_news"),
        ("lea.fontaine", "file_withdrawn"),
    ]
    bodies = OutgoingEmail.objects.filter(event__kind="withdraw_file").values_list("body_text", flat=True)
    assert not any(NAME in body for body in bodies)


def test_staff_who_heard_nothing_of_it_hear_nothing(lea, claire, colette, transcripts):
    ticket = ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)
    file = sent(ticket, lea)  # told to whoever is in charge, who then hands it over
    move(ticket, "assign", claire, assignee=colette)

    move(ticket, "withdraw_file", lea, file=file)

    assert told() == [("claire.dumas", "staff_news"), ("lea.fontaine", "file_withdrawn")]


# --- at once ----------------------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_opening_and_withdrawing_at_once_have_one_winner(client_of, lea, claire, transcripts):
    for _each in range(6):
        ticket = file_ticket(lea, transcripts, files=[pdf()])
        file, outcomes = ticket.attachments.get(), {}
        browser = client_of(claire)

        def read(file=file, browser=browser, outcomes=outcomes):
            answer = browser.get(file.get_absolute_url())
            outcomes["read"] = answer.status_code
            answer.close()
            connection.close()

        def take_back(ticket=ticket, file=file, outcomes=outcomes):
            try:
                move(ticket, "withdraw_file", lea, file=file)
                outcomes["left"] = True
            except MoveRefusedError:
                outcomes["left"] = False
            connection.close()

        threads = [Thread(target=read), Thread(target=take_back)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert outcomes["left"] != (outcomes["read"] == 200)
        assert TicketEvent.objects.filter(ticket=ticket, kind="withdraw_file").exists() == outcomes["left"]
