"""The form of a theme, filled in by somebody who writes her own posts: only what is asked is kept."""

import pytest
from django.urls import reverse

from categories.questionnaire.definition import Definition, Question
from categories.questionnaire.enums import QuestionKind
from notifications.models import OutgoingEmail
from tests import factories
from tests.attacks.forms import WORDS, filed, hidden_of, posted, publish, write_url
from tests.pages import errors_of, filing_of
from tickets.models import Draft, DraftFile, Ticket
from tickets.presentation import facts_of


@pytest.fixture
def version(transcripts):
    """The form in force."""
    return publish(transcripts)


@pytest.fixture
def browser(client_of, lea, version):
    """Léa, before a theme that asks questions."""
    return client_of(lea)


# --- answers ------------------------------------------------------------------------------------------
def test_answer_to_a_hidden_question_is_not_kept(browser, transcripts):
    values = {"q-motif": "Perte", "q-recepisse": "caché"}

    ticket = filed(browser, transcripts, **values)

    assert ticket.answers.values == {"motif": "Perte"}
    assert filed(browser, transcripts, **values | {"q-motif": "Vol"}).answers.values["recepisse"] == "caché"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q-motif", "Destruction"),
        ("q-motif", "vol"),
        ("q-motif", "Vol\x00"),
        ("q-sports", ["Voile", "Échecs"]),
        ("q-sports", "['Voile']"),
        ("q-accord", "peut-être"),
        ("q-accord", "True"),
        ("for-whom", "everybody"),
    ],
)
def test_value_outside_the_choices_is_refused(browser, transcripts, name, value):
    answer = posted(browser, transcripts, **{name: value})

    assert len(errors_of(answer)) == 1 or (name.endswith("motif") and value == "Vol\x00")
    assert not Ticket.objects.exists()


STRANGE_NAMES = (
    *("q-__class__", "q-__init__-0-__globals__", "q-../../etc/passwd", "q-", "q--0-", "q-é\u202e", "q-\x00"),
    *("q-trajets", "q-trajets-0-", "q-trajets-9-ville", "q-trajets--1-ville", "q-trajets-0-__class__"),
    *("q-" + "n" * 900, "nb-__class__", "nb-", "nb-motif", "nb-\x00", "exempt-photo", "without-../.."),
    *("for-__proto__", "for-__class__", "for-pk", "reason-__class__", "__proto__", "answers", "absences"),
    *("category", "requester", "status", "form_version", "is_incomplete", "pieces", "beneficiary"),
    *("terms_version", "service", "priority", "owner"),
)


def test_names_that_are_no_fields_change_nothing(browser, lea, transcripts):
    plain = filed(browser, transcripts, **{"q-motif": "Perte"})

    odd = filed(browser, transcripts, **{"q-motif": "Perte"} | dict.fromkeys(STRANGE_NAMES, "1"))

    for name in ("status", "requester", "category", "form_version", "is_incomplete", "priority", "service"):
        assert getattr(odd, name) == getattr(plain, name)
    assert odd.answers.values == plain.answers.values == {"motif": "Perte"}
    assert odd.answers.absences == plain.answers.absences
    assert odd.answers.beneficiary == plain.answers.beneficiary == {}


def test_answers_of_another_theme_are_not_kept(browser, transcripts, refunds):
    publish(refunds, Definition((Question("compte", QuestionKind.SHORT_TEXT, "Compte"),)))

    ticket = filed(browser, transcripts, **{"q-motif": "Perte", "q-compte": "FR76"})

    assert ticket.answers.values == {"motif": "Perte"}


def test_an_answer_given_twice_is_one_answer(browser, transcripts):
    ticket = filed(browser, transcripts, **{"q-motif": ["Vol", "Perte"], "q-recepisse": ["a", "b"]})

    assert ticket.answers.values == {"motif": "Perte"}


@pytest.mark.parametrize(
    "count", ["1000000000", "-1", "NaN", "inf", "1e9", "٣", "２", "", "0", "9" * 5000, "3.5", "0x3", " 2 "]
)
def test_count_of_a_repeated_block_is_never_trusted(browser, transcripts, count):
    many = {f"q-trajets-{rank}-ville": f"Ville {rank}" for rank in range(50)}

    answer = posted(browser, transcripts, **{"nb-trajets": count} | many)

    page = browser.get(answer["Location"] if answer.status_code == 302 else write_url(transcripts))
    ticket = filed(browser, transcripts, **{"nb-trajets": count} | many)
    assert page.status_code == 200
    assert 1 <= len(ticket.answers.values["trajets"]) <= 3


@pytest.mark.parametrize("count", ["1000000000", "-1", "NaN", "９" * 3])
def test_one_more_item_stays_within_the_limit(browser, transcripts, count):
    posted(browser, transcripts, **{"nb-trajets": count, "add_item": "trajets"})

    draft = Draft.objects.get()
    page = browser.get(write_url(transcripts), {"brouillon": draft.key}).content.decode()
    assert 'name="q-trajets-0-ville"' in page
    assert 'name="q-trajets-3-ville"' not in page


# --- size ---------------------------------------------------------------------------------------------
def test_a_hundred_thousand_fields_are_refused_and_nothing_is_kept(browser, transcripts):
    answer = posted(browser, transcripts, **{f"q-x{rank}": "1" for rank in range(100_000)})

    assert answer.status_code == 413
    assert not Draft.objects.exists()


@pytest.mark.parametrize("slug", ["autosave", "write"])
def test_a_draft_keeps_no_name_longer_than_any_of_ours(browser, transcripts, slug):
    page = browser.get(write_url(transcripts))
    odd = {"q-" + "n" * 900: "1", "q-" + "n" * 190: "1", "q-caché\u202e": "1", "reason-\x00": "1"}

    browser.post(reverse(f"tickets:{slug}", args=[transcripts.slug]), hidden_of(page) | WORDS | odd)

    names = Draft.objects.get().values.keys() - hidden_of(page).keys() - WORDS.keys()
    assert names == {"q-" + "n" * 190}


def test_the_largest_form_may_still_be_posted(client_of, lea, refunds):
    names = [f"champ_{rank}" for rank in range(300)]
    publish(refunds, Definition(tuple(Question(name, QuestionKind.SHORT_TEXT, name) for name in names)))

    ticket = filed(client_of(lea), refunds, **{f"q-{name}": "réponse" for name in names})

    assert len(ticket.answers.values) == 300


# --- pieces -------------------------------------------------------------------------------------------
def test_file_of_a_piece_that_is_not_asked_for_is_erased_with_its_content(
    browser, transcripts, stored, django_capture_on_commit_callbacks
):
    files = {"piece-plainte": factories.pdf("plainte.pdf"), "piece-photo": factories.jpeg()}

    with django_capture_on_commit_callbacks(execute=True):
        ticket = filed(browser, transcripts, **{"q-motif": "Perte"} | files)

    assert [(one.piece, one.name) for one in ticket.attachments.all()] == [("photo", "photo.jpg")]
    assert len(stored()) == 1
    assert not DraftFile.objects.exists()


@pytest.mark.parametrize(
    "piece", ["compte", "_mandat", "__class__", "../../x", "p" * 500, "é\u202e", "a\x00b", ""]
)
def test_file_sent_for_no_piece_of_the_form_never_becomes_one(browser, transcripts, refunds, piece):
    ticket = filed(browser, transcripts, **{f"piece-{piece}": factories.pdf()})

    facts = facts_of(ticket, list(ticket.attachments.all()))
    assert [row.piece.name for row in facts.pieces if row.files] == []
    assert len(facts.loose_files) == (piece != "_mandat")  # that one is asked of whoever acts for another
    assert not ticket.answers.absences.keys() - {"photo"}


@pytest.mark.parametrize("name", ["exempt-photo", "without-plainte", "reason-plainte"])
def test_absence_that_the_form_does_not_offer_is_not_kept(browser, transcripts, name):
    ticket = filed(browser, transcripts, **{name: "on", "q-motif": "Vol"})

    assert ticket.answers.absences == {"photo": {"kind": "missing", "why": "Je n’en ai pas."}}
    assert ticket.is_incomplete


# --- the last step ------------------------------------------------------------------------------------
@pytest.mark.parametrize("terms", [{}, {"terms": ""}, {"terms": "false"}])
def test_nothing_is_filed_without_the_terms(browser, transcripts, terms):
    checked = browser.get(posted(browser, transcripts)["Location"])
    form = {name: value for name, value in filing_of(checked).items() if name != "terms"}

    answer = browser.post(reverse("tickets:check", args=[transcripts.slug]), form | terms)

    assert answer.status_code == 200
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("revision", ["7", "00", "99999999"])
def test_a_revision_that_is_not_the_one_shown_files_nothing(browser, transcripts, revision):
    checked = browser.get(posted(browser, transcripts)["Location"])
    address = reverse("tickets:check", args=[transcripts.slug])
    # A draft written twice, so that no revision above is its own.
    draft = Draft.objects.get()
    page = browser.get(write_url(transcripts), {"brouillon": draft.key})
    browser.post(write_url(transcripts), hidden_of(page) | WORDS)

    answer = browser.post(address, filing_of(checked) | {"revision": revision})

    assert answer.status_code == 302
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("revision", ["-1", "1e3", "², ٣", "x", "", "9" * 400])
def test_a_revision_that_is_no_number_breaks_nothing(browser, transcripts, revision):
    checked = browser.get(posted(browser, transcripts)["Location"])

    answer = browser.post(
        reverse("tickets:check", args=[transcripts.slug]), filing_of(checked) | {"revision": revision}
    )

    assert answer.status_code == 302


@pytest.mark.parametrize("which", ["unpublished", "another theme"])
def test_version_named_by_hand_is_not_that_of_the_request(browser, transcripts, refunds, version, which):
    forged = publish(transcripts if which == "unpublished" else refunds, Definition(), number=2)
    if which == "unpublished":
        type(forged).objects.filter(pk=forged.pk).update(published_at=None)
    names = ("form_version", "version", "form", "shown", "form_version_id")

    ticket = filed(browser, transcripts, **dict.fromkeys(names, str(forged.pk)) | {"q-motif": "Vol"})

    assert ticket.form_version == version
    assert ticket.answers.values == {"motif": "Vol"}


@pytest.mark.parametrize("change", [{"is_published": False}, {"is_leaf": False, "service": None}])
def test_theme_closed_between_two_steps_files_nothing_and_loses_nothing(browser, transcripts, change):
    checked = browser.get(posted(browser, transcripts)["Location"])
    type(transcripts).objects.filter(pk=transcripts.pk).update(**change)

    answer = browser.post(reverse("tickets:check", args=[transcripts.slug]), filing_of(checked))

    assert answer.status_code in (302, 404)
    assert not Ticket.objects.exists()
    assert Draft.objects.get().values["message"] == WORDS["message"]


def test_filing_under_a_confidential_theme_tells_mails_nothing(client_of, lea, alert, claire, adam):
    secret = Question("faits", QuestionKind.SHORT_TEXT, "Faits secrets", is_required=True)
    publish(alert, Definition((secret,)))

    words = {"subject": "Objet secret", "message": "Message secret", "q-faits": "Réponse secrète"}
    filed(client_of(lea), alert, **words, files=[factories.pdf("nom-secret.pdf")])

    mails = [f"{one.subject}{one.body_text}{one.body_html}" for one in OutgoingEmail.objects.all()]
    assert mails
    assert [mail for mail in mails if "secr" in mail.lower()] == []
