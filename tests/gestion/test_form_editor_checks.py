"""What the editor refuses, what it lets one try, and the documents it offers."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from categories.models import ChoiceItem, ChoiceList, FormVersion, ModelDocument
from categories.questionnaire.definition import Definition, Piece, write_definition
from categories.questionnaire.enums import Requirement
from tests.categories.questionnaire.strategies import question
from tests.categories.questionnaire.test_checking import ONE_FAULT, PIECES, block, when
from tests.factories import odt, pdf, pdf_bytes
from tests.pages import errors_of, words_of
from tickets.models import Draft


def url(theme, name="theme_form", *args):
    return reverse(f"admin:{name}", args=[theme.pk, *args])


@pytest.fixture
def manager(client_of, mathilde):
    """The browser of the manager."""
    return client_of(mathilde)


def draft_with(theme, questions=(), pieces=(), **options):
    """Return a draft that holds whatever it is given: what no page lets in is there all the same."""
    definition = write_definition(Definition(tuple(questions), tuple(pieces), **options))
    return FormVersion.objects.create(category=theme, number=1, definition=definition)


# --- publication -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("questions", "sentence"), ONE_FAULT.values(), ids=list(ONE_FAULT))
def test_faulty_question_is_said_and_not_published(questions, sentence, manager, transcripts):
    draft = draft_with(transcripts, questions)
    address = url(transcripts, "theme_form_publish")

    pages = [manager.get(address), manager.post(address, {"revision": draft.revision})]

    assert [page.status_code for page in pages] == [200, 200]
    assert all(" ".join(sentence.split()) in words_of(page) for page in pages)
    assert len(errors_of(pages[1])) == 1
    draft.refresh_from_db()
    assert draft.published_at is None


@pytest.mark.parametrize(("options", "sentence"), PIECES.values(), ids=list(PIECES))
def test_faulty_piece_is_said_with_a_link_to_its_page(options, sentence, manager, transcripts):
    draft_with(transcripts, [block(question("dans", "yes_no"))], [Piece("p", "Pièce", **options)])

    page = manager.get(url(transcripts, "theme_form_publish"))

    assert errors_of(page) == [f"Pièce\u00a0: {sentence}"]
    assert f'href="{url(transcripts, "theme_form_piece", "p")}"' in page.content.decode()


def test_faults_are_shown_where_they_are(manager, transcripts):
    draft_with(transcripts, [question("a", label="Échelon", condition=when("rien"))], message="rien")

    page = words_of(manager.get(url(transcripts)))

    assert "2 points sont à corriger avant de publier." in page
    assert "À corriger : La question dont elle dépend n’existe pas." in page


@pytest.mark.parametrize(
    ("kind", "answers", "field"),
    [
        ("choice", {"choices": ""}, "Réponses proposées"),
        ("choice", {"choices": "Oui\noui"}, "Réponses proposées"),
        ("several", {"choices": "\n".join(map(str, range(201)))}, "Réponses proposées"),
        ("number", {"minimum": "3", "maximum": "2"}, "Au plus"),
        ("number", {"minimum": "NaN"}, "Au plus"),
        ("number", {"maximum": "1e9999"}, "Au plus"),
        ("short_text", {"max_length": "0"}, "Nombre de caractères, au plus"),
        ("short_text", {"max_length": "251"}, "Nombre de caractères, au plus"),
        ("short_text", {"prefill": "profile.password"}, "Remplie à l’avance avec"),
        ("short_text", {"autocomplete": "cc-number"}, "Ce que le navigateur peut proposer"),
        ("block", {"max_items": "21"}, "Nombre de fois, au plus"),
        ("short_text", {"label": " \u200b\x00 "}, "Question"),
        ("short_text", {"label": "x" * 301}, "Question"),
        ("short_text", {"help": "x" * 1001}, "Aide"),
    ],
    ids=str,
)
def test_setting_that_cannot_be_is_refused_at_its_field(kind, answers, field, manager, transcripts):
    draft = draft_with(transcripts)
    given = {"nature": kind, "label": "Intitulé", "revision": draft.revision} | answers

    response = manager.post(url(transcripts, "theme_form_question_add"), given)

    assert [words.split("\u00a0:")[0] for words in errors_of(response)] == [field]
    assert FormVersion.objects.get().definition == {}


@pytest.mark.parametrize(
    "where",
    [{"nature": "telepathy"}, {"nature": "block", "bloc": "b"}, {"nature": "number", "bloc": "rien"}],
    ids=["kind", "block in a block", "no such block"],
)
def test_question_that_goes_nowhere_is_not_added(where, manager, transcripts):
    draft = draft_with(transcripts, [block(question("a"), name="b")])
    before = draft.definition

    manager.post(url(transcripts, "theme_form_question_add"), {"label": "x", "revision": 0} | where)

    draft.refresh_from_db()
    assert draft.definition == before


def test_question_of_a_block_offers_no_prefill_that_would_do_nothing(manager, transcripts):
    draft_with(transcripts, [block(question("dedans"), name="b"), question("dehors")])

    pages = [manager.get(url(transcripts, "theme_form_question", name)) for name in ("dedans", "dehors")]

    assert ['name="prefill"' in page.content.decode() for page in pages] == [False, True]
    assert all('name="autocomplete"' in page.content.decode() for page in pages)


def test_piece_required_by_law_names_the_law(manager, transcripts):
    draft_with(transcripts)
    answers = {"label": "Avis", "requirement": "law", "revision": 0}

    response = manager.post(url(transcripts, "theme_form_piece_add"), answers)

    assert errors_of(response) == ["Texte qui l’exige\u00a0: Indiquez le texte qui exige cette pièce."]


def test_sensitive_question_is_not_offered_as_the_words_of_the_request(manager, transcripts):
    asked = [question("motif", "long_text"), question("sante", "long_text", is_sensitive=True)]
    draft = draft_with(transcripts, asked)
    address = url(transcripts, "theme_form_introduction")

    page = manager.get(address).content.decode()
    refused = manager.post(address, {"intro": "", "message": "sante", "revision": draft.revision})

    assert ['value="motif"' in page, 'value="sante"' in page] == [True, False]
    assert len(errors_of(refused)) == 1


def test_version_in_force_that_a_list_broke_since_is_said(manager, transcripts):
    shared = ChoiceList.objects.create(slug="ufr", name="Composantes")
    law, _arts = (
        ChoiceItem.objects.create(choice_list=shared, slug=name, name=name) for name in ("Droit", "Lettres")
    )
    asked = question("ufr", "choice", choices_from="ufr", label="Composante")
    draft = draft_with(transcripts, [asked, question("a", is_required=True, condition=when("ufr", "Droit"))])
    manager.post(url(transcripts, "theme_form_publish"), {"revision": draft.revision})
    warning = "la version en vigueur ne se remplit plus comme prévu"
    sound = words_of(manager.get(url(transcripts)))

    ChoiceItem.objects.filter(pk=law.pk).update(name="Faculté de droit")
    broken = words_of(manager.get(url(transcripts)))
    manager.post(url(transcripts, "theme_form_start"))
    mended = words_of(manager.get(url(transcripts)))

    assert [warning in page for page in (sound, broken, mended)] == [False, True, False]
    assert "À corriger : Elle attend une réponse qui n’est jamais proposée." in mended.replace("\xa0", " ")


# --- preview -----------------------------------------------------------------------------------------------
@pytest.fixture
def tried(transcripts):
    """A form with a condition, a block and a conditional piece."""
    return draft_with(
        transcripts,
        [
            question("boursier", "yes_no", label="Boursier", is_required=True),
            question("echelon", "number", label="Échelon", is_required=True, condition=when("boursier")),
            block(question("nom", label="Nom"), label="Enfants", max_items=3),
            question("motif", "long_text", label="Motif"),
        ],
        [
            Piece("avis", "Avis d’imposition", condition=when("boursier")),
            Piece("quittance", "Quittance", Requirement.LAW, "CRPA", condition=when("boursier")),
        ],
        message="motif",
        intro="Avant de commencer.",
    )


def test_preview_shows_the_form_as_it_will_be(tried, manager):
    page = words_of(manager.get(url(tried.category, "theme_form_preview")))

    shown = ("Avant de commencer.", "Objet", "Boursier", "Échelon", "Enfants", "Motif", "Avis d’imposition")
    places = [page.find(words) for words in shown]
    assert -1 not in places
    assert places == sorted(places)


def test_preview_asks_what_the_page_of_a_request_asks(tried, manager, client_of, lea):
    tried.published_at = timezone.now()
    tried.save()
    pages = [
        manager.get(url(tried.category, "theme_form_preview")),
        client_of(lea).get(reverse("tickets:write", args=[tried.category.slug])),
    ]

    names = [
        re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', one.content.decode()) for one in pages
    ]
    asked = [[name for name in several if not name.startswith("csrf")] for several in names]
    own = ("key", "revision", "tab", "form")
    assert asked[0] == [name for name in asked[1] if name not in own]
    assert "without-quittance" in asked[0]
    assert "js/conditions.js" in pages[0].content.decode()


def test_trying_says_what_is_wrong_and_keeps_nothing(tried, manager):
    response = manager.post(
        url(tried.category, "theme_form_preview"), {"subject": "x", "q-boursier": "oui", "q-echelon": "x"}
    )

    assert errors_of(response) == [
        "Échelon\u00a0: Écrivez un nombre, en chiffres.",
        "Quittance\u00a0: Joignez cette pièce, ou cochez «\u00a0Je n’ai pas cette pièce\u00a0» et dites "
        "pourquoi.",
    ]
    tried.refresh_from_db()
    assert tried.revision == 0


def test_trying_shows_what_would_be_kept(tried, manager):
    answers = {"q-boursier": "non", "q-echelon": "7", "q-enfants-0-nom": "Zoé", "message": "Voici."}
    answers |= {"subject": "Bourse"}

    page = words_of(manager.post(url(tried.category, "theme_form_preview"), answers))

    kept = page.partition("Ces réponses seraient acceptées")[2].partition("Essayer")[0]
    assert kept.split() == ["Boursier", "Non", "Enfants", "Nom", "Zoé", "Motif", "Voici."]


@pytest.mark.parametrize(
    "given",
    [{"piece-quittance": pdf()}, {"without-quittance": "on", "reason-quittance": "Perdue."}],
    ids=["joined", "missing"],
)
def test_piece_is_tried_too_and_its_file_is_kept_nowhere(given, tried, manager, stored):
    answers = {"subject": "Bourse", "q-boursier": "oui", "q-echelon": "7", "message": "Voici."}

    response = manager.post(url(tried.category, "theme_form_preview"), answers | given)

    assert errors_of(response) == []
    assert "seraient acceptées" in words_of(response)
    assert "data-file=" not in response.content.decode()
    assert (stored(), Draft.objects.count()) == ([], 0)


def test_one_more_item_is_shown_without_judging(tried, manager):
    response = manager.post(
        url(tried.category, "theme_form_preview"), {"nb-enfants": "1", "add_item": "enfants"}
    )

    page = response.content.decode()
    assert 'name="q-enfants-1-nom"' in page
    assert errors_of(response) == []
    assert "seraient acceptées" not in page


def test_item_is_taken_out_without_judging(tried, manager):
    typed = {"nb-enfants": "2", "q-enfants-0-nom": "Zoé", "q-enfants-1-nom": "Max"}

    response = manager.post(url(tried.category, "theme_form_preview"), typed | {"remove_item": "enfants-0"})

    page = response.content.decode()
    assert re.findall(r'name="(q-enfants-\d-nom)" value="([^"]*)"', page) == [("q-enfants-0-nom", "Max")]
    assert errors_of(response) == []


def test_preview_of_a_theme_without_form_says_so(manager, transcripts):
    assert "Aucune version n’existe encore" in words_of(manager.get(url(transcripts, "theme_form_preview")))


@pytest.mark.parametrize("number", ["7", "x", "9" * 30, "-1"], ids=str)
def test_preview_of_no_version_does_not_exist(number, tried, manager):
    address = url(tried.category, "theme_form_preview")

    assert manager.get(f"{address}?version=1").status_code == 200
    assert manager.get(f"{address}?version={number}").status_code == 404


# --- model documents -------------------------------------------------------------------------------------
def add_model(browser, theme, upload, name="Formulaire d’aménagement"):
    return browser.post(url(theme, "theme_form_models"), {"name": name, "upload": upload})


def test_model_is_downloaded_by_anybody_and_never_shown(manager, client, transcripts, stored):
    add_model(manager, transcripts, pdf("a/../b.pdf"))
    document = ModelDocument.objects.get()

    response = client.get(reverse("categories:model", args=[document.uuid]))

    assert b"".join(response.streaming_content) == pdf_bytes()
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert [path.parent.name for path in stored()] == ["modeles"]


REFUSED = {
    "empty": (SimpleUploadedFile("a.pdf", b""), "Fichier"),
    "page": (SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>%PDF-"), "Fichier"),
    "text document": (odt(), "Fichier"),
    "too large": (SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(10_000_000)), "Fichier"),
}


@pytest.mark.parametrize(("upload", "field"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_no_model_is_refused(upload, field, manager, transcripts, stored):
    upload.seek(0)

    response = add_model(manager, transcripts, upload)

    assert [words.split("\u00a0:")[0] for words in errors_of(response)] == [field]
    assert not ModelDocument.objects.exists()
    assert stored() == []


def test_model_is_offered_by_a_piece_and_stays_while_a_version_offers_it(
    manager, transcripts, stored, django_capture_on_commit_callbacks
):
    add_model(manager, transcripts, pdf())
    document = ModelDocument.objects.get()
    draft = draft_with(transcripts, pieces=[Piece("p", "Formulaire rempli", model=str(document.uuid))])
    address = url(transcripts, "theme_form_model_remove", document.uuid)

    assert "Modèle : Formulaire d’aménagement" in words_of(manager.get(url(transcripts)))
    assert "il reste" in words_of(manager.post(address, follow=True))

    draft.delete()
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(address)
    assert not ModelDocument.objects.exists()
    assert stored() == []


def test_model_of_another_theme_is_neither_chosen_nor_removed(manager, transcripts, late_enrolment):
    add_model(manager, late_enrolment, pdf())
    document = ModelDocument.objects.get()
    draft_with(transcripts)
    answers = {"label": "Avis", "requirement": "useful", "model": str(document.uuid), "revision": 0}

    response = manager.post(url(transcripts, "theme_form_piece_add"), answers)
    removal = manager.post(url(transcripts, "theme_form_model_remove", document.uuid))

    assert [words.split("\u00a0:")[0] for words in errors_of(response)] == ["Modèle à télécharger"]
    assert removal.status_code == 404
    assert ModelDocument.objects.exists()


def test_unknown_model_does_not_exist(client, db):
    assert client.get("/themes/modeles/5d0d0a0e-0000-4000-8000-000000000000/").status_code == 404
