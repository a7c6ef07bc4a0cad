"""An answer taken back by its author, and what comes out of a printer."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import AT_ONCE, INES, LEA
from tests.services.process import wait_until

pytestmark = pytest.mark.browser

_FILED = []


@pytest.fixture
def reference(stage):
    """Return the reference of a request Inès has in charge; filed once."""
    if not _FILED:
        _FILED.append(stage.member(LEA).file("Une réponse trop vite partie", "Bonjour, qu’en est-il ?"))
        ines = stage.member(INES)
        ines.handle(_FILED[0])
        ines.press("Prendre en charge", exact=True)
        ines.sees("Demande prise en charge.")
    return _FILED[0]


@pytest.fixture
def ines_may_take_back(stage):
    """Give Inès the usual fifteen seconds for a test."""
    stage.member(INES).waits_before_sending("15 secondes")
    yield
    stage.member(INES).waits_before_sending(AT_ONCE)


def answer(ines, reference, words):
    ines.handle(reference)
    ines.page.locator("#form-comment textarea").fill(words)
    ines.press("Envoyer au demandeur")
    ines.sees("Votre message est ajouté.")


@pytest.mark.usefixtures("ines_may_take_back")
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "bare"])
def test_answer_is_taken_back_mended_and_sent(stage, reference, javascript):
    ines, lea = stage.member(INES, javascript=javascript), stage.member(LEA)
    answer(ines, reference, f"Le quetzal est vert ({javascript}).")
    ines.look("gestion-reponse-retenue")

    lea.open(reference)
    lea.sees_nothing_of("Le quetzal est vert")
    ines.press("Reprendre ma réponse")
    ines.sees("le demandeur ne l’a pas vue")
    expect(ines.page.locator("textarea[name=message]")).to_have_value(f"Le quetzal est vert ({javascript}).")
    ines.page.locator("textarea[name=message]").fill(f"Le quetzal est rouge ({javascript}).")
    ines.press("Ajouter un message", exact=True)
    ines.sees("Reprise avant envoi")

    mails = wait_until(
        lambda: [
            mail.text for mail in stage.stack.smtp.mails(to=lea.email) if f"rouge ({javascript})" in mail.text
        ],
        seconds=45,
        what="le courriel de la réponse",
    )
    assert [text for text in mails if "quetzal est vert" in text] == []
    lea.open(reference)
    lea.sees(f"Le quetzal est rouge ({javascript}).")
    lea.sees_nothing_of("Le quetzal est vert")


@pytest.mark.usefixtures("ines_may_take_back")
def test_clock_says_when_the_answer_has_left(stage, reference):
    ines = stage.member(INES)
    answer(ines, reference, "Celle-ci part.")

    expect(ines.page.get_by_role("timer").first).to_have_text(re.compile(r"^Il reste \d+ secondes?\.$"))
    ines.button("Reprendre ma réponse").focus()
    gone = ines.page.get_by_text("Votre réponse est partie.").first  # the latest answer is the first one
    expect(gone).to_be_visible(timeout=20_000)

    expect(gone).to_be_focused()
    expect(ines.page.get_by_role("button", name="Reprendre ma réponse")).to_have_count(0)


def on_paper(person):
    """Return the words of the page as a printer gets it."""
    person.page.emulate_media(media="print")
    words = person.page.locator("body").inner_text()
    assert person.page.locator("textarea:visible, button:visible, input:visible").count() == 0
    person.page.emulate_media(media="screen")
    return words


def test_paper_holds_the_request_and_nothing_to_click(stage, reference):
    ines, lea = stage.member(INES), stage.member(LEA)
    lea.open(reference)
    ines.handle(reference)

    for person in (lea, ines):
        words = on_paper(person)
        assert [one for one in (reference, "Bonjour, qu’en est-il ?", "Échanges") if one not in words] == []
        unwanted = ("Aperçu", "Retour à la liste", "Télécharger", "Voir comme", "Ajouter un message")
        assert [one for one in unwanted if one in words] == []
