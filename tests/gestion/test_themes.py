"""The sheet of a theme, edited by administrators and by those who manage it."""

from datetime import date

import pytest
from django.urls import reverse

from categories.models import Category
from tests import factories
from tests.pages import words_of

SIMPLE = (
    *("name", "slug", "position", "kind", "closing_delay_days", "start_event", "recourse", "legal_basis"),
    *("summary", "synonyms", "response_deadline", "assignment_rule", "default_priority"),
    *("mailbox", "mailbox_told", "time_asked"),
    *("retention_months", "silence_rule", "note", "source"),
)
LINKS = ("parent", "service", "alias_of", "redirect_to")
TICKS = ("is_leaf", "is_published", "is_confidential", "is_sve", "silence_verified", "manual_qualification")


def address_of(category):
    return reverse("admin:categories_category_change", args=[category.pk])


def answers_of(category, **changes):
    """Return what the page of `category` would send back, with `changes`."""
    answers = {name: getattr(category, name) for name in SIMPLE}
    answers |= {name: getattr(category, f"{name}_id") or "" for name in LINKS}
    answers |= {name: "on" for name in TICKS if getattr(category, name)}
    answers |= {"audience": category.audience, "silence_months": category.silence_months or ""}
    answers |= {name: getattr(category, name) or "" for name in ("opens_on", "closes_on", "next_review_on")}
    answers["owner"] = category.owner.login if category.owner else ""
    return answers | changes


def change(browser, category, **changes):
    return browser.post(address_of(category), answers_of(category, **changes))


def held(category):
    return Category.objects.get(pk=category.pk)


# --- administrators ------------------------------------------------------------------------------------
def test_theme_is_written(adams, transcripts):
    response = change(adams, transcripts, name="Relevés de notes")

    assert response.status_code == 302
    assert Category.objects.get(pk=transcripts.pk).name == "Relevés de notes"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"service": ""}, "Choisissez le service qui reçoit ces demandes."),
        ({"silence_months": ""}, "Indiquez le délai en mois"),
    ],
    ids=["no service", "silence without delay"],
)
def test_theme_that_breaks_a_rule_is_refused(changes, sentence, adams, transcripts):
    response = change(adams, transcripts, **changes)

    assert sentence in response.content.decode()
    assert Category.objects.get(pk=transcripts.pk).service_id is not None


def test_nothing_is_filed_under_a_theme_that_takes_requests(adams, transcripts, late_enrolment):
    response = change(adams, late_enrolment, parent=transcripts.pk)

    assert "choisissez une branche de l’arbre" in response.content.decode()
    assert Category.objects.get(pk=late_enrolment.pk).parent_id != transcripts.pk


def test_branch_with_themes_below_does_not_become_one(adams, studies, transcripts, service):
    response = change(adams, studies, is_leaf="on", service=service.pk)

    assert "D’autres thèmes sont rangés sous celui-ci" in response.content.decode()


def test_tree_is_shown_in_order(adams, late_enrolment, transcripts, refunds):
    response = adams.get(reverse("admin:categories_category_changelist"))

    names = [row.theme.name for row in response.context["rows"]]
    assert names == [
        "Études",
        "Inscription",
        "Inscription tardive",
        "Relevé de notes",
        "Finances",
        "Remboursement",
    ]


EVERYTHING = {
    "name": "Relevés de notes",
    "position": 4,
    "is_published": True,
    "is_confidential": True,
    "kind": "appeal",
    "audience": ["etudiant", "association"],
    "is_sve": True,
    "silence_rule": "refusal",
    "silence_months": 4,
    "silence_verified": True,
    "start_event": "complete_file",
    "recourse": "cada",
    "legal_basis": "CRPA, L311-1",
    "response_deadline": "1 mois",
    "manual_qualification": True,
    "closing_delay_days": 20,
    "summary": "Pour obtenir un relevé.",
    "synonyms": "mes notes\nbulletin",
    "default_priority": 3,
    "assignment_rule": "in_turn",
    "time_asked": "required",
    "mailbox": "scolarite@example.org",
    "mailbox_told": "all",
    "retention_months": 24,
    "next_review_on": date(2027, 1, 31),
    "opens_on": date(2026, 9, 1),
    "closes_on": date(2027, 8, 31),
    "note": "À revoir.",
    "source": "Règlement.",
}


def test_everything_of_a_theme_is_written(adams, transcripts, finances, claire):
    response = change(adams, transcripts, **EVERYTHING, parent=finances.pk, owner="CLAIRE.dumas")

    theme = held(transcripts)
    assert response.status_code == 302
    assert {name: getattr(theme, name) for name in EVERYTHING} == EVERYTHING
    assert (theme.parent, theme.owner) == (finances, claire)


def test_address_of_a_theme_and_identifier_of_a_service_do_not_change(adams, transcripts, service):
    """Links lead there, and `load_themes` would make again what it no longer finds."""
    mentions = {name: getattr(service, name) for name in ("postal_address", "email", "phone")}
    kept = (transcripts.slug, service.slug)

    theme_page = change(adams, transcripts, slug="autre", name="Relevés")
    service_page = adams.post(
        reverse("admin:categories_service_change", args=[service.pk]),
        {"slug": "autre", "name": "Études"} | mentions,
    )

    service.refresh_from_db()
    assert [page.status_code for page in (theme_page, service_page)] == [302, 302]
    assert (held(transcripts).name, service.name) == ("Relevés", "Études")
    assert (held(transcripts).slug, service.slug) == kept


def test_new_theme_is_given_its_address(adams, studies, service):
    like = factories.LeafFactory.build(slug="attestations", name="Attestations", service=service)

    page = adams.post(reverse("admin:categories_category_add"), answers_of(like, parent=studies.pk))

    assert page.status_code == 302
    assert Category.objects.get(name="Attestations").slug == "attestations"


def test_page_shown_again_sends_back_the_same(adams, transcripts, claire):
    Category.objects.filter(pk=transcripts.pk).update(owner=claire, audience=["etudiant"])
    before = Category.objects.filter(pk=transcripts.pk).values().get()

    change(adams, held(transcripts))

    assert Category.objects.filter(pk=transcripts.pk).values().get() == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"owner": "personne.ici"}, "owner"),
        ({"audience": ["licorne"]}, "audience"),
        ({"mailbox": "pas une adresse"}, "mailbox"),
        ({"closing_delay_days": "-1"}, "closing_delay_days"),
        ({"opens_on": "2026-09-02", "closes_on": "2026-09-01"}, "closes_on"),
    ],
)
def test_what_is_no_answer_is_refused_at_its_field(adams, transcripts, changes, field):
    response = change(adams, transcripts, **changes)

    assert list(response.context["adminform"].form.errors) == [field]


def test_theme_that_lacks_a_mention_is_not_published_and_says_which(adams, transcripts):
    Category.objects.filter(pk=transcripts.pk).update(is_published=False, legal_basis="")

    draft = words_of(adams.get(address_of(transcripts)))
    refused = change(adams, held(transcripts), is_published="on")

    assert "Pour publier ce thème, il manque" in draft
    assert "Fondement juridique" in draft
    assert dict(refused.context["adminform"].form.errors) == {
        "legal_basis": ["Indiquez le texte qui fixe le régime du silence."]
    }
    assert 'href="#id_legal_basis"' in refused.content.decode()
    assert held(transcripts).is_published is False


def test_second_place_and_redirection_are_made_here(adams, studies, finances, transcripts, refunds):
    place = factories.BranchFactory(parent=finances, name="Relevés")

    made = change(adams, place, alias_of=transcripts.pk)
    sent = change(adams, refunds, redirect_to=transcripts.pk)
    back = change(adams, transcripts, redirect_to=refunds.pk)

    assert (made.status_code, sent.status_code, back.status_code) == (302, 302, 200)
    assert (held(place).alias_of, held(refunds).redirect_to) == (transcripts, transcripts)
    assert "les liens tourneraient en rond" in back.content.decode()


def test_branch_is_not_put_below_itself(adams, studies, enrolment):
    response = change(adams, studies, parent=enrolment.pk)

    assert list(response.context["adminform"].form.errors) == ["parent"]


def test_refusal_says_nothing_of_the_page_from_what_was_refused(adams, transcripts):
    refused = change(adams, transcripts, service="")

    assert list(refused.context["adminform"].form.errors) == ["service"]
    assert "Aucune page publique" not in words_of(refused)


# --- managers ------------------------------------------------------------------------------------------
def test_manager_writes_the_sheet_of_her_theme(mathildes, transcripts):
    response = change(mathildes, transcripts, summary="À lire.", assignment_rule="least_loaded")

    theme = held(transcripts)
    assert response.status_code == 302
    assert (theme.summary, theme.assignment_rule) == ("À lire.", "least_loaded")


def test_manager_changes_neither_regime_nor_publication_nor_place(mathildes, transcripts, finances):
    kept = (
        *("name", "slug", "parent", "position", "is_leaf", "is_published", "is_confidential", "alias_of"),
        *("redirect_to", "kind", "service", "is_sve", "silence_rule", "silence_months", "start_event"),
        *("legal_basis", "recourse", "silence_verified", "retention_months", "manual_qualification"),
    )
    before = Category.objects.filter(pk=transcripts.pk).values(*kept).get()
    forged = dict.fromkeys(kept, "1") | {"parent": finances.pk, "silence_rule": "none", "slug": "x"}

    response = change(mathildes, transcripts, **forged, summary="Autre.")

    assert response.status_code == 302
    assert Category.objects.filter(pk=transcripts.pk).values(*kept).get() == before
    assert held(transcripts).summary == "Autre."


def test_manager_reads_what_administrators_decide_and_why(mathildes, transcripts):
    page = words_of(mathildes.get(address_of(transcripts)))

    assert "Ce que les administrateurs décident" in page
    assert "Le régime juridique engage l’université" in page
    assert "le silence vaut acceptation" in page


@pytest.mark.parametrize("who", ["claire", "oscar", "bruno"])
def test_sheet_does_not_exist_for_those_who_do_not_manage_the_theme(request, client_of, transcripts, who):
    browser = client_of(request.getfixturevalue(who))

    answers = [browser.get(address_of(transcripts)), change(browser, transcripts, summary="Pirate.")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert held(transcripts).summary == ""


def test_manager_of_a_branch_does_not_reach_its_confidential_theme(mathildes, alert, refunds, studies):
    assert [mathildes.get(address_of(theme)).status_code for theme in (alert, refunds, studies)] == [404] * 3
    assert mathildes.get(f"{reverse('admin:categories_category_changelist')}9999/change/").status_code == 404
    assert mathildes.get(reverse("admin:categories_category_add")).status_code == 404


def test_manager_lists_her_themes(mathildes, transcripts, late_enrolment, refunds, alert):
    response = mathildes.get(reverse("admin:categories_category_changelist"))

    assert {row.theme for row in response.context["rows"]} == {transcripts, late_enrolment}
    assert "Ajouter un thème" not in words_of(response)


def test_handler_who_manages_nothing_has_no_list(client_of, claire, transcripts):
    assert client_of(claire).get(reverse("admin:categories_category_changelist")).status_code == 404


# --- list ----------------------------------------------------------------------------------------------
def test_list_says_the_state_of_each_theme_and_what_waits(adams, studies, service, transcripts, time_machine):
    time_machine.move_to("2026-06-01T10:00:00+00:00", tick=False)
    made = {"parent": studies, "service": service, "silence_verified": True}
    factories.LeafFactory(name="Brouillon", is_published=False, legal_basis="", **made)
    factories.LeafFactory(name="Bientôt", opens_on=date(2026, 7, 1), **made)
    factories.LeafFactory(name="Fini", closes_on=date(2026, 5, 31), **made)
    factories.LeafFactory(name="Vieux", redirect_to=transcripts, **made)
    factories.LeafFactory(name="À relire", next_review_on=date(2026, 6, 1), **made)
    factories.BranchFactory(name="Bis", alias_of=transcripts, parent=studies)

    response = adams.get(reverse("admin:categories_category_changelist"))

    rows = {row.theme.name: row for row in response.context["rows"]}
    assert {name: row.state for name, row in rows.items()} == {
        "Études": "publié",
        "Relevé de notes": "publié",
        "Brouillon": "brouillon",
        "Bientôt": "ouvrira le 1er juillet 2026",
        "Fini": "fermé depuis le 31 mai 2026",
        "Vieux": "renvoyé vers « Relevé de notes »",
        "À relire": "publié",
        "Bis": "seconde place de « Relevé de notes »",
    }
    assert response.context["counters"] == {"to_validate": 1, "to_review": 1, "incomplete": 1, "drafts": 1}
    page = words_of(response)
    for words in ("régime à valider", "relecture prévue le 1er juin 2026", "il manque : sens du silence"):
        assert words in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_whatever_the_number_of_themes(
    adams, studies, service, count, django_assert_num_queries
):
    for _theme in range(count):
        factories.LeafFactory(parent=studies, service=service)

    with django_assert_num_queries(3):  # session, person, themes
        adams.get(reverse("admin:categories_category_changelist"))


def test_list_leads_to_the_public_sheet(adams, transcripts):
    page = adams.get(reverse("admin:categories_category_changelist")).content.decode()

    assert f'href="{transcripts.get_absolute_url()}"' in page
