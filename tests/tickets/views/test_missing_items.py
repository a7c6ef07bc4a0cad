"""What is missing, on the pages: staff ask for it, the requester sees it, sends it or says she will not."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.attacks.forms import filed, publish
from tests.factories import invite, move, pdf, ticket_in
from tests.pages import errors_of, key_of, words_of
from tickets import typing_keys
from tickets.models import Draft, RequiredItem, Ticket

NOTICE = {
    "items": "- Attestation CVEC\n\n  Relevé  du baccalauréat \nAttestation CVEC",
    "legal_basis": "Code de l’éducation, D612-4",
    "is_indispensable": "no",
}


@pytest.fixture
def handled(lea, claire, transcripts):
    return ticket_in("in_progress", requester=lea, category=transcripts, handler=claire)


@pytest.fixture
def asked(handled, claire):
    return move(handled, "ask_items", claire)


def ask_url(ticket):
    return reverse("admin:tickets_ticket_move", args=[ticket.pk, "demander-des-pieces"])


def staff_url(ticket):
    return reverse("admin:tickets_ticket_change", args=[ticket.pk])


def ask(browser, ticket, **answers):
    """Fill in the form of a notice from its own page."""
    page = browser.get(ask_url(ticket))
    day = (timezone.localdate() + timedelta(days=20)).isoformat()
    return browser.post(ask_url(ticket), {"key": key_of(page), "deadline": day} | NOTICE | answers)


def answer_url(ticket, slug="repondre"):
    return reverse("tickets:move", args=[ticket.reference, slug])


def answer(browser, ticket, slug="repondre", **answers):
    page = browser.get(ticket.get_absolute_url())
    return browser.post(answer_url(ticket, slug), {"key": key_of(page)} | answers)


def status_of(ticket):
    return Ticket.objects.get(pk=ticket.pk).status


# --- staff ---------------------------------------------------------------------------------------------
def test_handler_asks_by_lines_and_the_page_says_the_effect_first(client_of, claire, handled):
    browser = client_of(claire)

    page = words_of(browser.get(ask_url(handled)))
    ask(browser, handled)

    assert "vaut accord ne court pas" in page
    assert "posez plutôt une question" in page
    assert [one.label for one in RequiredItem.objects.all()] == ["Attestation CVEC", "Relevé du baccalauréat"]
    assert RequiredItem.objects.first().notice.is_indispensable is False
    assert status_of(handled) == "waiting"


def test_plain_question_says_nothing_of_that_effect(client_of, claire, handled):
    page = words_of(client_of(claire).get(ask_url(handled).replace("demander-des-pieces", "demander")))

    assert "vaut accord ne court pas" not in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"items": " \n-"}, "Écrivez au moins un élément, un par ligne."),
        ({"items": "\n".join(f"Pièce {n}" for n in range(21))}, "Demandez 20 éléments au plus à la fois."),
        ({"items": "é" * 201}, f"Chaque élément tient en 200 caractères : « {'é' * 30}… » est trop long."),
        (
            {"legal_basis": ""},
            "Nommez le texte ; si aucun ne l’exige, posez plutôt une question au demandeur.",
        ),
        ({"is_indispensable": ""}, "Dites si ces éléments sont indispensables."),
        ({"deadline": ""}, "Laissez au moins quinze jours au demandeur, et un an au plus."),
        ({"deadline": "2020-01-01"}, "Laissez au moins quinze jours au demandeur, et un an au plus."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(wrong, sentence, client_of, claire, handled):
    page = ask(client_of(claire), handled, message="Précision utile", **wrong)

    assert page.status_code == 200
    assert [words.partition("\u00a0: ")[2].replace("\u00a0", " ") for words in errors_of(page)] == [sentence]
    assert "Précision utile" in page.content.decode()
    assert not RequiredItem.objects.exists()


def test_pieces_the_form_required_and_that_are_missing_are_proposed(client_of, claire, lea, transcripts):
    publish(transcripts)
    ticket = move(filed(client_of(lea), transcripts), "take", claire)
    browser = client_of(claire)

    form = browser.get(ask_url(ticket)).context["form"]
    assert (form["items"].initial, form["legal_basis"].initial) == ("Photo", "arrêté de 1900")
    assert "Pièces que le formulaire exige : Photo." in form["items"].help_text.replace("\u00a0", " ")

    ask(browser, ticket, items="Photo")
    assert browser.get(ask_url(ticket)).context["form"]["items"].initial == ""


def test_piece_that_was_joined_is_not_proposed(client_of, claire, lea, transcripts):
    publish(transcripts)
    given = {"piece-photo": [pdf()], "without-photo": "", "reason-photo": ""}
    ticket = move(filed(client_of(lea), transcripts, **given), "take", claire)

    assert client_of(claire).get(ask_url(ticket)).context["form"]["items"].initial == ""


def test_card_of_staff_says_what_came_and_what_is_due(client_of, claire, lea, asked):
    assert words_of(client_of(claire).get(staff_url(asked))).count("attendu") >= 2
    move(asked, "answer", lea, supplied=(asked.required_items.due()[0],))
    card = client_of(claire).get(staff_url(asked)).content.decode().split('id="manque"')[1]
    move(asked, "answer", lea, gives_up=True)
    after = client_of(claire).get(staff_url(asked)).content.decode().split('id="manque"')[1]

    assert "envoyé le" in card
    assert "<strong>attendu</strong>" in card
    assert "dit le demandeur le" in after
    assert "<strong>attendu</strong>" not in after


# --- requester -----------------------------------------------------------------------------------------
def test_requester_sees_what_is_due_before_anything_else(client_of, lea, asked):
    page = words_of(client_of(lea).get(asked.get_absolute_url()))

    top = page.partition("Échanges")[0]
    for words in (
        "Votre réponse est attendue",
        "À envoyer au plus tard le",
        "Attestation CVEC",
        "Texte qui l’exige : Code de l’éducation, D612-4.",
        "vaut accord ne court pas",
    ):
        assert words in top
    assert "vous a posé une question" not in page


def test_form_has_a_box_for_each_item_due_and_one_to_stop(client_of, lea, asked):
    browser, items = client_of(lea), list(asked.required_items.due())

    answer(browser, asked, message="Voici.", supplied=[items[0].pk])

    assert status_of(asked) == "waiting"
    form = browser.get(asked.get_absolute_url()).context["form"]
    assert list(form.fields["supplied"].queryset) == [items[1]]
    page = words_of(browser.get(asked.get_absolute_url()))
    assert "Attestation CVEC" not in page.partition("Échanges")[0]
    answer(browser, asked, gives_up="on")
    assert status_of(asked) == "in_progress"
    after = browser.get(asked.get_absolute_url())
    assert "supplied" not in after.context["form"].fields
    assert after.context["notices"] == []


def test_box_ticked_survives_a_form_that_comes_back(client_of, lea, asked):
    item = asked.required_items.due()[1]

    page = answer(client_of(lea), asked, message="", supplied=[item.pk])

    assert page.status_code == 200
    assert page.content.decode().count("checked") == 1
    assert Draft.objects.get().values["supplied"] == [str(item.pk)]
    again = client_of(lea).get(f"{answer_url(asked)}?brouillon={Draft.objects.get().key}")
    assert again.content.decode().count("checked") == 1


@pytest.mark.parametrize("value", ["0", "x", "999999999999999999999"])
def test_box_made_up_is_refused_and_the_words_are_kept(value, client_of, lea, asked):
    page = answer(client_of(lea), asked, message="Mot gardé", supplied=[value])

    assert page.status_code == 200
    assert "Mot gardé" in page.content.decode()
    assert asked.required_items.due().count() == 2


def test_person_invited_may_tick_and_is_not_offered_to_stop(client_of, marc, asked):
    invite(asked, marc)

    form = client_of(marc).get(asked.get_absolute_url()).context["form"]

    assert "supplied" in form.fields
    assert "gives_up" not in form.fields


def test_staff_who_look_are_offered_no_box(client_of, claire, asked):
    assert client_of(claire).get(asked.get_absolute_url()).context["form"] is None
    url = reverse("admin:tickets_ticket_move", args=[asked.pk, "commenter"])
    assert "supplied" not in client_of(claire).get(url).context["form"].fields


def test_item_that_came_meanwhile_is_said_and_nothing_is_sent(client_of, lea, asked):
    browser, item = client_of(lea), asked.required_items.due()[0]
    page = browser.get(asked.get_absolute_url())
    move(asked, "answer", lea, supplied=(item,))

    again = browser.post(
        answer_url(asked), {"key": key_of(page), "message": "La voici.", "supplied": [item.pk]}
    )

    assert "Ce qui est encore attendu a changé entre-temps" in words_of(again)
    assert asked.events.filter(kind="answer").count() == 1


def test_what_is_due_is_still_asked_once_staff_go_on(client_of, lea, claire, colette, asked):
    move(asked, "release", claire)
    move(asked, "take", colette)
    browser = client_of(lea)

    page = browser.get(asked.get_absolute_url())
    assert "Attestation CVEC" in words_of(page).partition("Échanges")[0]
    key = str(typing_keys.sign(uuid.uuid4(), lea))
    given = [item.pk for item in asked.required_items.due()]
    browser.post(answer_url(asked, "commenter"), {"key": key, "message": "Voici.", "supplied": given})
    assert not asked.required_items.due().exists()


def test_request_without_a_notice_shows_nothing_of_it(client_of, lea, claire, handled):
    assert "Pièces demandées" not in words_of(client_of(claire).get(staff_url(handled)))
    assert "À envoyer au plus tard" not in words_of(client_of(lea).get(handled.get_absolute_url()))


def test_ended_request_expects_nothing(client_of, lea, claire, asked):
    move(asked, "refuse", claire)

    page = client_of(lea).get(asked.get_absolute_url())

    assert page.context["notices"] == []
    assert page.context["form"] is None or "supplied" not in page.context["form"].fields


def test_history_says_what_was_asked_and_what_came(client_of, lea, asked):
    move(asked, "answer", lea, supplied=(asked.required_items.due()[0],))

    history = words_of(client_of(lea).get(asked.get_absolute_url())).partition("Échanges")[2]

    assert "Manque : Attestation CVEC ; Justificatif du motif du retard." in history
    assert "Envoyé : Attestation CVEC." in history
    assert "Encore attendu : Justificatif du motif du retard." in history
