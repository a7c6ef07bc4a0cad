"""The form of a theme: its own questions, read by the server, kept whatever happens to the theme."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from categories.models import FormVersion
from categories.questionnaire.definition import Definition, Question
from categories.questionnaire.enums import QuestionKind
from tests import factories
from tests.pages import errors_of, words_of
from tests.strictness import StrictClient
from tests.tickets.views.forms import COMPLETE, NEXT, hidden_of, publish
from tickets.models import Draft, Ticket
from tickets.services.drafts import keep_draft

GOOD = {"subject": "Remboursement", "q-paid": "non", "without-identity": "on", "reason-identity": "Volée."}


@pytest.fixture
def theme(transcripts):
    transcripts.form_version = publish(transcripts, COMPLETE)
    return transcripts


@pytest.fixture
def write_url(theme):
    return reverse("tickets:write", args=[theme.slug])


def pdf(name="relevé.pdf"):
    return SimpleUploadedFile(name, factories.pdf_bytes(), content_type="application/pdf")


def begun(browser, url):
    return hidden_of(browser.get(url))


def close(theme):
    theme.is_published = False
    theme.save()


# --- blocks ----------------------------------------------------------------------------------------------
def test_item_is_added_then_taken_out_by_plain_buttons(client_of, lea, write_url):
    browser = client_of(lea)
    form = begun(browser, write_url) | {"subject": "Séjours", "nb-stays": "1", "q-stays-0-town": "Brest"}

    added = browser.post(write_url, form | {"add_item": "stays"})
    page = browser.get(added["Location"])
    form = hidden_of(page) | {"nb-stays": "2", "q-stays-0-town": "Brest", "q-stays-1-town": "Cork"}
    less = browser.get(browser.post(write_url, form | {"remove_item": "stays-0"})["Location"])

    assert ['id="bloc-stays-1"' in one.content.decode() for one in (page, less)] == [True, False]
    assert Draft.objects.get().values == {"nb-stays": "1", "q-stays-0-town": "Cork"}
    assert "Cork" in less.content.decode()


def test_block_does_not_grow_past_its_limit(client_of, lea, write_url):
    browser = client_of(lea)
    form = begun(browser, write_url) | {"nb-stays": "3", "add_item": "stays"}

    page = browser.get(browser.post(write_url, form)["Location"]).content.decode()

    assert [f'id="bloc-stays-{index}"' in page for index in (2, 3)] == [True, False]
    assert 'name="add_item"' not in page


@pytest.mark.parametrize("name", ["add_item", "remove_item"])
@pytest.mark.parametrize(
    "item", ["stays\x00", "stays\x00-0", "\u202e-0", "n" * 900, "n" * 900 + "-0", "stays-" + "9" * 5000]
)
def test_item_no_form_can_name_is_left_alone(client_of, lea, write_url, name, item):
    browser = client_of(lea)
    form = begun(browser, write_url) | {"subject": "Séjours", name: item}

    assert browser.post(write_url, form).status_code == 302
    assert Draft.objects.get().values == {"subject": "Séjours"}


# --- what is not asked -----------------------------------------------------------------------------------
def test_answer_of_a_hidden_question_stays_in_the_draft_and_is_not_filed(client_of, lea, write_url, theme):
    browser = client_of(lea)
    hidden = {"q-iban": "ce n’est pas un IBAN"}

    checked = browser.post(write_url, begun(browser, write_url) | GOOD | hidden)
    page = browser.get(checked["Location"])
    filed = hidden_of(page) | {"terms": "on"}
    draft = Draft.objects.get()
    browser.post(reverse("tickets:check", args=[theme.slug]), filed)

    assert draft.values["q-iban"] == hidden["q-iban"]
    assert hidden["q-iban"] not in words_of(page)
    assert Ticket.objects.get().answers.values == {"paid": "non"}


def test_file_of_a_piece_that_is_not_asked_for_is_neither_shown_nor_filed(client_of, lea, write_url, theme):
    browser = client_of(lea)
    files = {"piece-receipt": [pdf("reçu.pdf")], "piece-identity": [pdf("carte.pdf")]}

    page = browser.get(browser.post(write_url, begun(browser, write_url) | GOOD | files)["Location"])
    browser.post(reverse("tickets:check", args=[theme.slug]), hidden_of(page) | {"terms": "on"})

    assert ["carte.pdf" in words_of(page), "reçu.pdf" in words_of(page)] == [True, False]
    assert [file.name for file in Ticket.objects.get().attachments.all()] == ["carte.pdf"]


# --- the session ends, another tab writes ----------------------------------------------------------------
def test_form_rescued_after_the_session_writes_over_no_other_tab(client_of, lea, theme, write_url):
    browser = client_of(lea)
    draft = keep_draft(uuid4(), owner=lea, category=theme, values={"subject": "Départ"})
    draft_url = f"{write_url}?brouillon={draft.key}"
    mine, other = begun(browser, draft_url), begun(browser, draft_url)
    browser.post(write_url, mine | {"subject": "Ici", "add_files": "1"})

    answer = StrictClient().post(write_url, other | {"subject": "Là"})

    assert sorted(one.values["subject"] for one in Draft.objects.all()) == ["Ici", "Là"]
    assert str(Draft.objects.get(values__subject="Là").key) in answer["Location"]


# --- the theme changes -----------------------------------------------------------------------------------
@pytest.mark.parametrize("has_draft", [True, False], ids=["draft", "nothing-kept-yet"])
def test_form_changed_meanwhile_lets_her_finish_with_hers(client_of, lea, theme, write_url, has_draft):
    browser = client_of(lea)
    form = begun(browser, write_url) | GOOD
    if has_draft:
        form |= hidden_of(browser.get(browser.post(write_url, form | {"add_files": "1"})["Location"]))
    publish(theme, NEXT, number=2)

    written = browser.post(write_url, form)
    again = browser.get(written["Location"].replace("verifier/", ""))
    page = browser.get(written["Location"])
    browser.post(reverse("tickets:check", args=[theme.slug]), hidden_of(page) | {"terms": "on"})

    assert "Le formulaire de ce thème a changé" in words_of(again)
    assert "Volée." in words_of(page)
    assert Ticket.objects.get().form_version == theme.form_version


def test_new_form_taken_keeps_the_answers_that_stay_and_the_files(client_of, lea, theme, write_url):
    browser = client_of(lea)
    form = begun(browser, write_url) | GOOD | {"piece-identity": [pdf("carte.pdf")]}
    browser.post(write_url, form)
    publish(theme, NEXT, number=2)
    draft_url = f"{write_url}?brouillon={Draft.objects.get().key}"
    form = begun(browser, draft_url) | GOOD

    page = browser.get(browser.post(write_url, form | {"new_form": "1"})["Location"])

    draft = Draft.objects.get()
    assert draft.form_version == FormVersion.objects.get(number=2)
    assert (draft.values["q-paid"], draft.values["reason-identity"]) == ("non", "Volée.")
    assert 'name="q-why"' in page.content.decode()
    assert "a changé depuis" not in words_of(page)
    assert "carte.pdf" in words_of(page)  # no piece of the new form: a file among the others


def test_version_of_another_theme_is_not_taken(client_of, lea, theme, write_url, refunds):
    other = publish(refunds, NEXT)
    browser = client_of(lea)
    form = begun(browser, write_url)
    elsewhere = begun(browser, reverse("tickets:write", args=[refunds.slug]))

    browser.post(write_url, form | GOOD | {"form": elsewhere["form"]})

    assert Draft.objects.get().form_version != other


# --- the theme closes ------------------------------------------------------------------------------------
def test_theme_closed_meanwhile_keeps_and_shows_what_was_typed(client_of, lea, theme, write_url):
    browser = client_of(lea)
    form = begun(browser, write_url)
    close(theme)

    written = browser.post(write_url, form | GOOD | {"files": [pdf("note.pdf")]})
    page = browser.get(written["Location"])

    assert page.status_code == 200
    for words in ("ne reçoit plus de demandes", "Remboursement", "note.pdf"):
        assert words in words_of(page).replace("\xa0", " ")
    assert Draft.objects.get().values == GOOD
    assert not Ticket.objects.exists()


def test_closed_theme_shows_choices_in_words_reasons_and_a_masked_account(client_of, lea, theme, write_url):
    browser = client_of(lea)
    typed = GOOD | {"q-paid": "oui", "q-iban": "FR76 3000 6000 0112 3456 7890 189", "for-whom": "body"}
    written = browser.post(write_url, begun(browser, write_url) | typed | {"add_files": "1"})
    close(theme)

    page = words_of(browser.get(written["Location"]))

    shown = page.partition("Ce que vous aviez écrit ")[2].partition(" Télé-demande est")[0]
    assert shown == (
        "Objet Remboursement Avez-vous payé ? Oui IBAN FR76 •••• •••• 0189 "
        "Pour qui faites-vous cette demande ? Pour une entreprise, une association ou un organisme "
        "Pièce d’identité Volée."
    )


def test_theme_closed_after_the_session_keeps_what_was_typed(client, client_of, lea, theme, write_url):
    form = begun(client_of(lea), write_url)
    close(theme)

    answer = client.post(write_url, form | GOOD)

    assert Draft.objects.get(owner=lea).values == GOOD
    assert str(Draft.objects.get().key) in answer["Location"]


def test_theme_closed_on_the_check_page_files_nothing_and_loses_nothing(client_of, lea, theme, write_url):
    browser = client_of(lea)
    page = browser.get(browser.post(write_url, begun(browser, write_url) | GOOD)["Location"])
    close(theme)

    answer = browser.post(reverse("tickets:check", args=[theme.slug]), hidden_of(page) | {"terms": "on"})
    led = browser.get(answer["Location"])

    assert "ne reçoit plus de demandes" in words_of(led).replace("\xa0", " ")
    assert (Ticket.objects.count(), Draft.objects.get().values) == (0, GOOD)


def test_closed_theme_says_nothing_to_strangers(client_of, client, lea, marc, theme, write_url):
    keep_draft(uuid4(), owner=lea, category=theme, values=GOOD)
    draft_url = f"{write_url}?brouillon={Draft.objects.get().key}"
    close(theme)

    assert [one.get(draft_url).status_code for one in (client_of(marc), client)] == [404, 404]
    assert client_of(marc).post(write_url, GOOD).status_code == 404


@pytest.mark.parametrize("way", ["alias_of", "redirect_to"])
def test_form_of_a_place_that_leads_to_a_theme_is_the_form_of_that_theme(client_of, lea, theme, way):
    place = factories.BranchFactory(slug="seconde-place", **{way: theme})
    branch = factories.BranchFactory(slug="branche-seule")

    answer = client_of(lea).get(reverse("tickets:write", args=[place.slug]))
    nowhere = client_of(lea).get(reverse("tickets:write", args=[branch.slug]))

    assert (answer.status_code, answer["Location"]) == (302, reverse("tickets:write", args=[theme.slug]))
    assert nowhere.status_code == 404


@pytest.mark.parametrize("has_session", [True, False], ids=["session", "session over"])
def test_theme_made_a_second_place_meanwhile_keeps_what_was_typed(
    client, client_of, lea, refunds, theme, write_url, has_session
):
    browser = client_of(lea)
    form = begun(browser, write_url)
    theme.is_leaf, theme.service, theme.alias_of = False, None, refunds
    theme.silence_rule, theme.silence_months = "none", None
    theme.save()

    saved = browser.post(reverse("tickets:autosave", args=[theme.slug]), form | GOOD)
    written = (browser if has_session else client).post(write_url, form | GOOD)

    assert saved.status_code == 200
    page = browser.get(f"{write_url}?brouillon={Draft.objects.get().key}")
    assert Draft.objects.get().values == GOOD
    assert str(Draft.objects.get().key) in written["Location"]
    assert "Volée." in words_of(page)
    assert reverse("tickets:write", args=[refunds.slug]) in page.content.decode()


# --- size ------------------------------------------------------------------------------------------------
def test_three_hundred_questions_cost_what_one_does(client_of, lea, refunds, django_assert_num_queries):
    questions = tuple(
        Question(f"n{number}", QuestionKind.SHORT_TEXT, f"Question {number}") for number in range(300)
    )
    publish(refunds, Definition(questions))
    browser, url = client_of(lea), reverse("tickets:write", args=[refunds.slug])
    answers = {f"q-n{number}": f"Réponse {number}" for number in range(300)}
    form = begun(browser, url)
    started = timezone.now()

    with django_assert_num_queries(6):
        browser.get(url)
    written = browser.post(url, form | {"subject": "Long"} | answers)
    page = browser.get(written["Location"])

    assert errors_of(written) == []
    assert [words_of(page).count(f"Réponse {number}") > 0 for number in (0, 150, 299)] == [True] * 3
    assert (timezone.now() - started).total_seconds() < 6
