"""Which words hold for a theme, and what they say in the mails of a request."""

import pytest

from notifications.models import OutgoingEmail
from notifications.wordings.writing import use_original
from notifications.wordings.zones import EDITABLE, LINES, REPLACEABLE, ZONES
from tests import factories
from tickets.lifecycle.transitions import TRANSITIONS

pytestmark = pytest.mark.django_db
IN_CHARGE = "Claire Dumas a pris en charge votre demande"


def bodies(mail):
    return mail.body_text.replace("\n", " "), mail.body_html


# --- which --------------------------------------------------------------------------------------------
def test_nearest_words_win_whole(worded, latest, lea, claire, transcripts, studies):
    worded(None, "taken", closing_fr="De tous.", next_fr="Suite de tous.")
    worded(studies, "taken", closing_fr="Des études.", news_fr="Nouvelle des études.")
    ticket = factories.file_ticket(lea, transcripts)
    said = []

    for closing in (None, "Du relevé."):
        if closing:
            worded(transcripts, "taken", closing_fr=closing)
        factories.move(ticket, "take", claire)
        factories.move(ticket, "release", claire)
        text, _html = bodies(latest("taken"))
        wanted = (
            "De tous.",
            "Suite de tous.",
            "Des études.",
            "Nouvelle des études.",
            "Du relevé.",
            IN_CHARGE,
        )
        said.append([words for words in wanted if words in text])

    assert said == [["Des études.", "Nouvelle des études."], ["Du relevé.", IN_CHARGE]]


def test_words_of_every_theme_hold_where_nobody_wrote(worded, latest, lea, claire, transcripts, refunds):
    worded(None, "taken", closing_fr="De tous.")
    worded(refunds, "taken", closing_fr="Du remboursement.")

    factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    assert all("De tous." in body and "remboursement" not in body for body in bodies(latest("taken")))


def test_original_words_come_back_here_or_from_above(worded, latest, lea, claire, adam, transcripts, studies):
    worded(studies, "taken", closing_fr="Des études.")
    wording = worded(transcripts, "taken", closing_fr="Du relevé.")
    ticket = factories.file_ticket(lea, transcripts)
    said = []

    for inherits in (True, False):
        wording = use_original(transcripts, "taken", author=adam, revision=wording.version, inherits=inherits)
        factories.move(ticket, "take", claire)
        factories.move(ticket, "release", claire)
        said.append(["Des études." in latest("taken").body_text, "Du relevé." in latest("taken").body_text])

    assert said == [[True, False], [False, False]]


# --- what they say ------------------------------------------------------------------------------------
def test_each_zone_stands_in_its_place_around_what_is_ours(worded, latest, lea, claire, transcripts):
    claire.capacity = "Gestionnaire"
    claire.save()
    worded(
        transcripts,
        "taken",
        headline_fr="{{ gestionnaire }} s’occupe de vous",
        news_fr="Bonjour {{ prenom }} {{ nom }} : {{ reference }}, {{ theme }}.",
        next_fr="{{ service }} vous écrira.",
        closing_fr="Au sujet de « {{ objet }} » ({{ evenement }}).",
    )

    ticket = factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    mail = latest("taken")
    assert (
        mail.subject == f"[{ticket.reference}] Claire Dumas, Gestionnaire s’occupe de vous – Relevé de notes"
    )
    order = [
        "Bonjour Léa Fontaine,",
        f"Bonjour Léa Fontaine : {ticket.reference}, Relevé de notes.",
        "Et maintenant",
        "Service de la scolarité vous écrira.",
        f"/demandes/{ticket.reference}/",
        "Au sujet de « Relevé de notes » (Prise en charge).",
        "Toutes les informations de votre demande",
    ]
    for body in bodies(mail):
        places = [body.index(words) for words in order]
        assert places == sorted(places)
        assert IN_CHARGE not in body


def test_mandatory_words_stay_whatever_is_written(worded, latest, lea, claire, transcripts):
    words = {"introduction_fr": "Avant.", "next_fr": "Après.", "closing_fr": "Fin."}
    worded(transcripts, "refused", **words)
    worded(transcripts, "receipt", **words)

    factories.ticket_in("refused", requester=lea, category=transcripts, handler=claire)

    refused, receipt = bodies(latest("refused")), bodies(latest("receipt"))
    for body in refused:
        for kept in (
            "Avant.",
            "a refusé votre demande",
            "Auteur de la décision",
            "tribunal administratif",
            "Fin.",
        ):
            assert kept in body
    for body in receipt:
        for kept in ("Avant.", "a été reçue le", "R112-11-2", "Après.", "Service de la scolarité"):
            assert kept in body
    assert latest("refused").subject.startswith(
        f"[{latest('refused').ticket.reference}] Votre demande est refusée"
    )


def test_words_that_replace_ours_are_never_those_of_a_legal_mail():
    legal = {name for name, one in EDITABLE.items() if any(TRANSITIONS[kind].is_legal for kind in one.kinds)}

    assert {"receipt", "refused", "closed"} <= legal
    assert legal & REPLACEABLE == {*()}
    assert set(ZONES) > LINES


def test_english_words_or_ours_in_english(worded, latest, lea, claire, transcripts):
    lea.language = "en"
    lea.save()
    worded(transcripts, "taken", news_fr="Nouvelle.", news_en="News.", closing_fr="Fin.", headline_fr="Prise")

    factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    mail = latest("taken")
    assert "Your request is being handled" in mail.subject or "Prise" not in mail.subject
    for body in bodies(mail):
        assert ["News." in body, "Nouvelle." in body, "Fin." in body] == [True, False, False]


@pytest.mark.parametrize("person", ["lea", "claire", "marc"])
def test_confidential_mails_are_never_in_other_words(person, worded, lea, marc, alert, adam, studies):
    handler = factories.handler_on(alert)
    for message in EDITABLE:
        worded(studies, message, closing_fr="Fin.")
        worded(None, message, closing_fr="Fin.")
    ticket = factories.file_ticket(lea, alert)
    factories.invite(ticket, marc)
    factories.move(ticket, "take", handler)

    mails = OutgoingEmail.objects.filter(ticket=ticket)

    assert mails.count() >= 5
    assert not [mail.message for mail in mails if "Fin." in mail.body_text + mail.body_html]


# --- hostile ------------------------------------------------------------------------------------------
def test_words_of_an_editor_are_text_and_never_a_template(worded, latest, lea, claire, transcripts):
    worded(
        transcripts,
        "taken",
        news_fr="<script>alert(1)</script>\n-- \n[x](javascript:a) &amp; <b>gras</b>",
        closing_fr="Au revoir.",
    )

    factories.ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)

    mail = latest("taken")
    assert "<script" not in mail.body_html
    assert "<b>" not in mail.body_html
    assert "&lt;b&gt;gras&lt;/b&gt;" in mail.body_html
    assert "<b>gras</b>" in mail.body_text
    assert mail.body_text.count("\n-- \n") == 1
    assert mail.body_text.index("Au revoir.") < mail.body_text.index("\n-- \n")


def test_subject_of_a_requester_is_never_read_again(worded, latest, lea, claire, transcripts):
    hostile = "{{ reference }} {% load i18n %}\r\nBcc: x@example.org <img src=x>"
    worded(transcripts, "taken", headline_fr="Au sujet de {{ objet }}", news_fr="« {{ objet }} »")

    ticket = factories.file_ticket(lea, transcripts, subject=hostile)
    factories.move(ticket, "take", claire)

    mail = latest("taken")
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert "Au sujet de {{ reference }} {% load i18n %}" in mail.subject
    assert "<img" not in mail.body_html
    assert "« {{ reference }} {% load i18n %} Bcc: x@example.org <img src=x> »" in mail.body_text.replace(
        "\n", " "
    )


# --- cost ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("words", "queries"), [({}, 20), ({"closing_fr": "Fin."}, 21)], ids=["none", "some"])
def test_edited_words_cost_one_query_an_event(
    words, queries, worded, lea, claire, colette, transcripts, django_assert_num_queries
):
    ticket = factories.file_ticket(lea, transcripts)
    if words:
        for message in ("taken", "staff_news", "guest_news"):
            worded(transcripts, message, **words)
        worded(transcripts, "refused", **words)

    with django_assert_num_queries(queries):
        factories.move(ticket, "take", claire)
