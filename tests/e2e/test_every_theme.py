"""Each theme of the file is filed from the browser: its own questions, its pieces joined or said missing."""

import pytest
import yaml

from categories.management.commands.load_themes import SHIPPED
from categories.questionnaire.definition import read_definition
from categories.questionnaire.enums import QuestionKind
from categories.questionnaire.form import input_name
from categories.questionnaire.loading import definition_of
from tests.e2e import samples
from tests.e2e.actors import LEA, NOE
from tests.test_every_theme import TEXTS

pytestmark = pytest.mark.browser


def leaves(entries):
    """Return the themes of the file, in order."""
    for entry in entries:
        yield from leaves(entry["children"]) if "children" in entry else [entry]


THEMES = list(leaves(yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["themes"]))


def answer(person, definition):
    """Answer every question of the form."""
    for question in definition.questions:
        if question.name == definition.message:
            continue
        field = person.page.locator(f'[name="{input_name(question)}"]')
        if question.kind == QuestionKind.CHOICE:
            field.select_option(index=1)
        else:
            field.fill(TEXTS[question.kind])
    person.page.locator("[name=message]").fill("Voici ce que je demande.")


def give_pieces(person, definition):
    """Join every other piece, and say why the others that a text requires are missing."""
    for rank, piece in enumerate(definition.pieces):
        home = person.page.locator(f'[data-piece="{piece.name}"]')
        if rank % 2 == 0:
            home.locator("input[type=file]").set_input_files([samples.pdf(f"{piece.name}.pdf")])
        elif piece.is_required:
            home.get_by_label("Je n’ai pas cette pièce").check()
            home.get_by_label("Pourquoi").fill("Je l’ai demandée.")


def sees_everything(person, definition):
    """Wait for each question and each piece joined on the page of the request."""
    words = person.page.locator("main").inner_text()
    labels = [one.label for one in definition.questions if one.name != definition.message]
    files = [f"{piece.name}.pdf" for piece in definition.pieces[::2]]
    assert [one for one in labels + files if one not in words] == []


def file(person, theme):
    """File a request under `theme` and read it."""
    definition = read_definition(definition_of(theme))
    person.go(f"/demandes/nouvelle/{theme['slug']}/")
    if person.heading() == "Votre adresse postale":
        person.give_postal_address()
    person.title(theme["name"])
    answer(person, definition)
    give_pieces(person, definition)
    person.press("Continuer : vérifier ma demande")
    person.title("Vérifier votre demande")
    person.deposit()
    person.title("Votre demande est déposée")
    person.open(person.reference())
    sees_everything(person, definition)


@pytest.mark.parametrize("half", [0, 1], ids=["javascript", "no javascript"])
def test_every_theme_is_filed_from_the_browser(stage, half):
    person = stage.member((LEA, NOE)[half], javascript=half == 0)

    for theme in THEMES[half::2]:
        file(person, theme)

    assert len(THEMES) == 69
