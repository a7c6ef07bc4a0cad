"""The form of a theme, edited in the workbench: who, the pages, versions, two editors."""

import pytest
from django.urls import reverse

from categories.models import FormVersion, ModelDocument
from categories.questionnaire import editing
from categories.questionnaire.definition import Condition, Piece, read_definition
from categories.questionnaire.enums import YES, Operator, QuestionKind, Requirement
from tests.categories.questionnaire.strategies import question
from tests.pages import errors_of, words_of


def url(theme, name="theme_form", *args):
    return reverse(f"admin:{name}", args=[theme.pk, *args])


@pytest.fixture
def manager(client_of, mathilde):
    """The browser of the manager."""
    return client_of(mathilde)


@pytest.fixture
def draft(transcripts):
    """A draft with a question that commands another, a block and a piece."""
    draft = editing.start_version(transcripts)
    for asked, where in (
        (question("", "yes_no", label="Êtes-vous boursier ?"), {}),
        (question("", label="Échelon", condition=Condition("etes_vous_boursier", Operator.IS, YES)), {}),
        (question("", "block", label="Enfants"), {}),
        (question("", label="Prénom de l’enfant"), {"block": "enfants"}),
    ):
        draft = editing.add_question(draft.pk, draft.revision, asked, **where)
    return editing.add_piece(
        draft.pk, draft.revision, Piece("", "Avis", Requirement.LAW, "CRPA", accepted=("pdf",))
    )


def form_of(draft):
    draft.refresh_from_db()
    return read_definition(draft.definition)


def post(browser, draft, name, *args, **answers):
    """Post to a page of the editor, at the revision of the draft."""
    draft.refresh_from_db()
    answers = {"revision": draft.revision} | answers
    return browser.post(url(draft.category, name, *args), answers, follow=True)


# --- who ------------------------------------------------------------
PAGES = {
    "form": ("theme_form",),
    "introduction": ("theme_form_introduction",),
    "kind": ("theme_form_question_add",),
    "question": ("theme_form_question", "echelon"),
    "inner question": ("theme_form_question", "prenom_de_lenfant"),
    "remove question": ("theme_form_question_remove", "enfants"),
    "add piece": ("theme_form_piece_add",),
    "piece": ("theme_form_piece", "avis"),
    "remove piece": ("theme_form_piece_remove", "avis"),
    "preview": ("theme_form_preview",),
    "publish": ("theme_form_publish",),
    "discard": ("theme_form_discard",),
    "models": ("theme_form_models",),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_page_exists_for_managers_and_administrators_only(
    page, client_of, client, draft, mathilde, adam, claire, oscar, bruno, lea
):
    address = url(draft.category, *page)

    assert [client_of(one).get(address).status_code for one in (mathilde, adam)] == [200, 200]
    assert [client_of(one).get(address).status_code for one in (claire, oscar, bruno, lea)] == [404] * 4
    assert client.get(address).status_code == 302


def test_managers_of_another_theme_and_confidential_ones(client_of, mathilde, adam, alert, studies, refunds):
    assert client_of(mathilde).get(url(alert)).status_code == 404
    assert client_of(adam).get(url(alert)).status_code == 200
    assert client_of(mathilde).get(url(refunds)).status_code == 404
    assert client_of(adam).get(url(studies)).status_code == 404  # a branch has no form


def test_manager_finds_her_themes_from_the_first_page(manager, client_of, claire, transcripts):
    assert "Mes thèmes" in words_of(manager.get(reverse("admin:index")))
    assert "Mes thèmes" not in words_of(client_of(claire).get(reverse("admin:index")))


@pytest.mark.parametrize(
    "page", ["theme_form_start", "theme_form_question_move", "theme_form_piece_move"], ids=str
)
def test_what_only_changes_is_only_posted(page, manager, draft):
    args = [] if page == "theme_form_start" else ["avis"]

    assert manager.get(url(draft.category, page, *args)).status_code == 405


# --- building ------------------------------------------------------------
def test_form_is_built_from_nothing(manager, transcripts):
    manager.post(url(transcripts, "theme_form_start"))
    draft = FormVersion.objects.get()
    post(
        manager,
        draft,
        "theme_form_question_add",
        nature="yes_no",
        label="Êtes-vous boursier ?",
        is_required="on",
    )
    condition = '["etes_vous_boursier", "is", "oui"]'
    post(
        manager,
        draft,
        "theme_form_question_add",
        nature="choice",
        label="Échelon",
        choices="0\n1\n\n 2 ",
        condition=condition,
    )
    post(manager, draft, "theme_form_question_add", nature="block", label="Enfants", max_items="4")
    post(
        manager,
        draft,
        "theme_form_question_add",
        nature="date",
        label="Né le",
        bloc="enfants",
        autocomplete="bday",
    )
    post(
        manager,
        draft,
        "theme_form_question_add",
        nature="number",
        label="Somme",
        minimum="1 000,50",
        apres="echelon",
    )
    post(
        manager,
        draft,
        "theme_form_piece_add",
        label="Avis d’imposition",
        requirement="law",
        legal_basis="CRPA, article L113-12",
        accepted=["pdf", "picture"],
        condition=condition,
    )

    form = form_of(draft)
    assert [one.name for one in form.questions] == ["etes_vous_boursier", "echelon", "somme", "enfants"]
    assert form.question("echelon").choices == ("0", "1", "2")
    assert form.question("echelon").condition == Condition("etes_vous_boursier", Operator.IS, YES)
    assert form.question("somme").minimum == "1000.50"
    assert (form.question("enfants").max_items, form.question("enfants").questions[0].autocomplete) == (
        4,
        "bday",
    )
    assert form.pieces[0].legal_basis == "CRPA, article L113-12"
    assert form.pieces[0].accepted[:2] == ("pdf", "jpg")
    assert form.pieces[0].condition == form.question("echelon").condition


def test_question_is_edited_and_keeps_its_name(manager, draft):
    response = post(
        manager,
        draft,
        "theme_form_question",
        "echelon",
        label="Échelon de bourse",
        help="De 0 à 7.",
        is_required="on",
    )

    assert "La question est enregistrée." in words_of(response)
    changed = form_of(draft).question("echelon")
    assert (changed.label, changed.help, changed.is_required, changed.condition) == (
        "Échelon de bourse",
        "De 0 à 7.",
        True,
        None,
    )


def test_edit_page_shows_what_is_there(manager, draft):
    page = manager.get(url(draft.category, "theme_form_question", "echelon")).content.decode()

    assert 'value="Échelon"' in page
    assert (
        '<option value="[&quot;etes_vous_boursier&quot;, &quot;is&quot;, &quot;oui&quot;]" selected>' in page
    )


def test_condition_that_no_longer_holds_is_seen_and_kept_until_another_is_chosen(manager, draft):
    post(manager, draft, "theme_form_question_remove", "etes_vous_boursier")

    page = words_of(manager.get(url(draft.category, "theme_form_question", "echelon")))

    assert "Condition qui ne peut plus être remplie" in page
    assert "À corriger : La question dont elle dépend n’existe pas." in words_of(
        manager.get(url(draft.category))
    )


def test_condition_of_nowhere_is_refused(manager, draft):
    response = post(
        manager, draft, "theme_form_question", "echelon", label="É", condition='["rien", "is", "oui"]'
    )

    assert errors_of(response)[0].startswith("Posée\u00a0: ")


def test_questions_and_pieces_are_moved(manager, draft):
    post(manager, draft, "theme_form_question_move", "enfants", sens="monter")
    post(manager, draft, "theme_form_question_move", "etes_vous_boursier", sens="descendre")

    assert [one.name for one in form_of(draft).questions] == ["enfants", "etes_vous_boursier", "echelon"]


def test_removal_says_what_depends_on_it(manager, draft):
    page = manager.get(url(draft.category, "theme_form_question_remove", "etes_vous_boursier"))

    assert "En dépendent, et seront à corriger avant de publier : Échelon" in words_of(page)
    assert form_of(draft).question("etes_vous_boursier")


def test_introduction_is_written(manager, draft):
    post(manager, draft, "theme_form_question_add", nature="long_text", label="Motif")
    post(manager, draft, "theme_form_introduction", intro="Avant de commencer…", message="motif")

    assert (form_of(draft).intro, form_of(draft).message) == ("Avant de commencer…", "motif")


@pytest.mark.parametrize("name", ["rien", "avis"], ids=["nothing", "a piece"])
def test_question_gone_leads_back_to_the_form(name, manager, draft):
    response = manager.get(url(draft.category, "theme_form_question", name), follow=True)

    assert response.redirect_chain == [(url(draft.category), 302)]
    assert "Cette question n’est plus dans le formulaire." in words_of(response)


# --- two editors, versions ------------------------------------------------------------
def test_second_editor_is_told_keeps_her_words_and_may_insist(manager, client_of, adam, draft):
    stale = {"revision": draft.revision, "label": "Le mien"}
    post(client_of(adam), draft, "theme_form_question", "echelon", label="Le sien")

    response = manager.post(url(draft.category, "theme_form_question", "echelon"), stale)

    page = words_of(response)
    assert "Quelqu’un d’autre, ou un autre onglet, a modifié ce formulaire" in page
    assert form_of(draft).question("echelon").label == "Le sien"
    assert 'value="Le mien"' in response.content.decode()
    assert f'name="revision" value="{draft.revision}"' in response.content.decode()

    post(manager, draft, "theme_form_question", "echelon", label="Le mien")
    assert form_of(draft).question("echelon").label == "Le mien"


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 30, "²"], ids=str)
def test_edit_without_a_revision_is_refused(revision, manager, draft):
    response = post(manager, draft, "theme_form_question_remove", "echelon", revision=revision)

    assert "Quelqu’un d’autre" in words_of(response)
    assert form_of(draft).question("echelon")


def test_version_is_published_shown_for_ever_and_begun_again(manager, mathilde, draft):
    response = post(manager, draft, "theme_form_publish")
    assert "La version 1 est publiée" in words_of(response)
    draft.refresh_from_db()
    assert draft.published_by == mathilde

    page = words_of(manager.get(url(draft.category, "theme_form_version", 1)))
    assert "elle ne change plus" in page
    assert "À remplir si « Êtes-vous boursier ? » est « oui »." in page
    assert "Modifier" not in page

    manager.post(url(draft.category, "theme_form_start"), {"version": "1"})
    following = FormVersion.objects.get(number=2)
    assert following.definition == draft.definition


def test_edit_page_of_a_form_published_meanwhile_leads_back(manager, draft):
    post(manager, draft, "theme_form_publish")

    response = post(manager, draft, "theme_form_question", "echelon", label="Trop tard")

    assert "a été publié ou abandonné" in words_of(response)
    assert form_of(draft).question("echelon").label == "Échelon"


def test_draft_is_abandoned_once_confirmed(manager, draft):
    address = url(draft.category, "theme_form_discard")
    manager.get(address)
    assert FormVersion.objects.count() == 1

    response = post(manager, draft, "theme_form_discard")

    assert "est abandonnée" in words_of(response)
    assert not FormVersion.objects.exists()


@pytest.mark.parametrize("number", [2, 7], ids=["draft", "nothing"])
def test_only_published_versions_have_a_page(number, manager, draft):
    post(manager, draft, "theme_form_publish")
    manager.post(url(draft.category, "theme_form_start"))

    assert manager.get(url(draft.category, "theme_form_version", number)).status_code == 404


# --- cost ------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 60])
def test_form_of_any_size_costs_the_same(count, manager, transcripts, django_assert_num_queries):
    draft = editing.start_version(transcripts)
    for rank in range(count):
        draft = editing.add_question(draft.pk, draft.revision, question("", label=f"Question {rank}"))
    address = url(transcripts)

    with django_assert_num_queries(5):
        manager.get(address)
    assert ModelDocument.objects.count() == 0


@pytest.mark.parametrize("kind", [*QuestionKind])
def test_each_kind_has_its_page(kind, manager, draft):
    page = manager.get(url(draft.category, "theme_form_question_add") + f"?nature={kind}&apres=&bloc=")

    assert page.status_code == 200
    assert str(kind.label) in words_of(page)
