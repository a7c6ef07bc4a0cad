"""People are told before a draft of theirs goes: one mail each, once."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connection
from django.template import TemplateDoesNotExist

from notifications.draft_mails import warn_of_erasure
from notifications.models import OutgoingEmail
from tests.factories import draft_of
from tickets.models import Draft

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def left(draft, days):
    Draft.objects.filter(pk=draft.pk).update(updated_at=NOW - timedelta(days=days))
    return draft


def test_one_mail_lists_all_the_drafts_of_a_person(lea, marc, transcripts, refunds):
    left(draft_of(lea, transcripts, subject="Relevé de L2"), 26)
    left(draft_of(lea, refunds, subject="Droits payés deux fois"), 29)
    left(draft_of(marc, transcripts, subject="Attestation"), 27)
    left(draft_of(marc, transcripts, subject="Tout frais"), 1)

    assert [warn_of_erasure(NOW), warn_of_erasure(NOW)] == [2, 0]

    mails = {mail.to: mail for mail in OutgoingEmail.objects.all()}
    assert sorted(mails) == sorted([lea.email, marc.email])
    hers = mails[lea.email]
    assert (hers.subject, hers.recipient, hers.message) == (
        "2 brouillons seront bientôt effacés",
        lea,
        "draft_expiring",
    )
    assert [line for line in hers.body_text.splitlines() if line.startswith("- ")] == [
        "- Droits payés deux fois (thème « Remboursement »), à partir du 25",
        "- Relevé de L2 (thème « Relevé de notes »), à partir du 27 novembre",
    ]
    assert "/demandes/" in hers.body_text
    assert "Tout frais" not in mails[marc.email].body_text
    assert mails[marc.email].subject == "Votre brouillon sera bientôt effacé"


def test_mail_speaks_the_language_of_its_reader(lea, transcripts):
    lea.language = "en"
    lea.save()
    left(draft_of(lea, transcripts), 26)

    warn_of_erasure(NOW)

    mail = OutgoingEmail.objects.get()
    assert mail.headers["Content-Language"] == "en"
    assert "27 November 2026" in mail.body_text.replace("\n", " ")


def test_mail_that_cannot_be_written_leaves_the_draft_unannounced(lea, transcripts, settings):
    left(draft_of(lea, transcripts), 26)
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": []}]

    with pytest.raises(TemplateDoesNotExist):
        warn_of_erasure(NOW)

    assert Draft.objects.get().warned_at is None
    assert not OutgoingEmail.objects.exists()


def test_late_announcement_says_the_day_it_really_goes(lea, transcripts):
    left(draft_of(lea, transcripts), 60)

    with time_machine.travel(NOW, tick=False):
        warn_of_erasure(NOW)

    assert "25 novembre 2026" in OutgoingEmail.objects.get().body_text.replace("\n", " ")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_write_one_mail(lea, transcripts):
    left(draft_of(lea, transcripts), 26)

    def work():
        warn_of_erasure(NOW)
        connection.close()

    workers = [Thread(target=work) for _one in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert OutgoingEmail.objects.count() == 1
