"""The room of the questions, over HTTP: administrators write all, managers what is about their themes."""

import re

import pytest
from django.urls import reverse

from categories.enums import FeedbackKind
from categories.faq.services import record_feedback, save_entry
from categories.models import FaqEntry
from tests.factories import handler_on
from tests.pages import errors_of, words_of

LIST = reverse("admin:categories_faqentry_changelist")
ADD = reverse("admin:categories_faqentry_add")
PREVIEW = reverse("admin:faq_preview")


def address(entry, page="change"):
    return reverse(f"admin:categories_faqentry_{page}", args=[entry.pk])


def answers(**changes):
    given = {"title": "Que faire ?", "body": "Écrire.", "audience": "everybody", "position": 0}
    return {name: value for name, value in (given | {"is_published": "on"} | changes).items() if value != ""}


def titles():
    return list(FaqEntry.objects.order_by("pk").values_list("title", flat=True))


@pytest.fixture
def adams(client_of, adam):
    return client_of(adam)


@pytest.fixture
def mathildes(client_of, mathilde):
    """The browser of the manager of the studies."""
    return client_of(mathilde)


@pytest.fixture
def elsewhere(written, refunds):
    """A question about a theme that Mathilde does not manage."""
    return written("Ailleurs", "Oui.", refunds)


# --- writing ---------------------------------------------------------------------------------------------
def test_question_is_added_with_the_slug_of_its_title(adams, delays, transcripts):
    response = adams.post(ADD, answers(parent=delays.pk, categories=[transcripts.pk], synonyms="aide"))

    assert response.status_code == 302
    entry = FaqEntry.objects.get(title="Que faire ?")
    assert (entry.slug, entry.parent, entry.synonyms) == ("que-faire", delays, "aide")
    assert list(entry.categories.all()) == [transcripts]


def test_slug_may_be_chosen_then_never_changes(adams):
    adams.post(ADD, answers(slug="mon-adresse"))
    entry = FaqEntry.objects.get()

    adams.post(address(entry), answers(slug="une-autre", title="Autre"))

    entry.refresh_from_db()
    assert (entry.slug, entry.title) == ("mon-adresse", "Autre")


def test_slug_taken_is_refused(adams, silence):
    response = adams.post(ADD, answers(slug=silence.slug))

    assert len(errors_of(response)) == 1
    assert "Que faire ?" not in titles()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Ce champ est obligatoire."),
        ({"body": "Bien.\n\nVoir [ici](/themes/)."}, "Ligne 3"),
        ({"audience": "handlers"}, "choisissez au moins un thème"),
    ],
    ids=["title", "wording", "readers"],
)
def test_what_breaks_a_rule_is_refused_at_its_field(adams, changes, sentence):
    response = adams.post(ADD, answers(**changes))

    assert response.status_code == 200
    assert len(errors_of(response)) == 1
    assert sentence in words_of(response)
    assert titles() == []


def test_advice_is_given_and_refuses_nothing(adams):
    response = adams.post(ADD, answers(body="Du <b>gras</b>."), follow=True)

    assert "les balises HTML ne sont pas interprétées" in words_of(response)
    assert titles() == ["Que faire ?"]


def test_a_heading_is_not_offered_what_it_holds(adams, written, delays):
    below = written("Dessous", "", parent=delays)

    page = adams.get(address(delays)).content.decode()

    assert f'<option value="{below.pk}"' not in page
    assert "Sélectionnez un choix valide" in words_of(
        adams.post(address(delays), answers(body="", parent=below.pk))
    )


# --- preview ---------------------------------------------------------------------------------------------
def test_preview_shows_and_writes_nothing(adams, silence):
    given = answers(title=silence.title, body="**Autre** [ici](/themes/)", _preview="oui")

    page = adams.post(address(silence), given)

    assert page.status_code == 200
    assert "<strong>Autre</strong>" in page.content.decode()
    assert "À corriger. Ligne 1" in words_of(page)
    assert FaqEntry.objects.get(pk=silence.pk).body == silence.body


def test_preview_of_a_good_text_says_that_nothing_is_written(adams):
    page = adams.post(ADD, answers(body="**Bien**", _preview="oui"))

    assert "Rien n’est encore enregistré." in words_of(page)
    assert errors_of(page) == []
    assert titles() == []


def test_preview_while_typing(adams, mathildes, client_of, claire, lea, client):
    given = {"body": "# Titre\n\n<script>x</script>"}

    html = adams.post(PREVIEW, given).content.decode()

    assert "<h3>Titre</h3>" in html
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert mathildes.post(PREVIEW, given).status_code == 200
    assert adams.get(PREVIEW).status_code == 405
    assert [client_of(person).post(PREVIEW, given).status_code for person in (claire, lea)] == [404, 404]
    assert client.post(PREVIEW, given).status_code == 302


# --- figures ---------------------------------------------------------------------------------------------
def test_list_shows_the_tree_with_its_figures(adams, silence, delays, transcripts):
    for kind, times in ((FeedbackKind.HELPFUL, 3), (FeedbackKind.UNHELPFUL, 2), (FeedbackKind.DEFLECTION, 1)):
        for _ in range(times):
            record_feedback(silence, kind, category=transcripts)

    page = adams.get(LIST).content.decode()

    assert re.findall(r'table__number">(\d+)<', page) == ["3", "2", "1"]
    assert page.index("Délais") < page.index("Que veut dire le silence")
    assert "utile 3 pas utile 2 a répondu à la place d’une demande 1" in words_of(adams.get(address(silence)))


@pytest.mark.parametrize("count", [1, 3, 500])
def test_list_costs_the_same(adams, mathildes, transcripts, count, django_assert_num_queries):
    FaqEntry.objects.bulk_create(FaqEntry(title=f"Q{n}", slug=f"q-{n}", body="Oui.") for n in range(count))
    transcripts.faq_entries.set(FaqEntry.objects.all())

    with django_assert_num_queries(5):  # session, person, figures, questions, themes
        adams.get(LIST)
    with django_assert_num_queries(6):  # and whether she manages anything
        assert len(re.findall('scope="row"', mathildes.get(LIST).content.decode())) == count


# --- deleting --------------------------------------------------------------------------------------------
def test_what_holds_others_is_unpublished_not_deleted(adams, silence, delays):
    refused = adams.post(address(delays, "delete"), {"post": "yes"})

    assert refused.status_code == 404
    assert titles() == [delays.title, silence.title]
    assert "Supprimer" not in words_of(adams.get(address(delays)))
    adams.post(address(silence, "delete"), {"post": "yes"})
    assert titles() == [delays.title]


# --- managers --------------------------------------------------------------------------------------------
def test_manager_writes_about_her_themes(mathildes, transcripts, delays):
    response = mathildes.post(ADD, answers(categories=[transcripts.pk], parent=delays.pk))

    assert response.status_code == 302
    assert titles() == ["Délais", "Que faire ?"]


@pytest.mark.parametrize("themes", ["none", "another", "both"])
def test_manager_names_her_themes_and_no_other(mathildes, transcripts, refunds, themes):
    chosen = {"none": [], "another": [refunds.pk], "both": [transcripts.pk, refunds.pk]}[themes]

    response = mathildes.post(ADD, answers(categories=chosen))

    assert len(errors_of(response)) == 1
    assert titles() == []


def test_manager_changes_what_is_about_her_themes(mathildes, silence, transcripts):
    response = mathildes.post(address(silence), answers(categories=[transcripts.pk]))

    assert response.status_code == 302
    assert titles()[1:] == ["Que faire ?"]


@pytest.mark.parametrize("page", ["change", "delete"])
def test_manager_of_another_theme_finds_nothing(mathildes, elsewhere, transcripts, page):
    given = answers(categories=[transcripts.pk]) | {"post": "yes"}

    statuses = [mathildes.get(address(elsewhere, page)).status_code]
    statuses.append(mathildes.post(address(elsewhere, page), given).status_code)

    assert statuses == [404, 404]
    assert titles() == ["Ailleurs"]
    assert "Ailleurs" not in words_of(mathildes.get(LIST))


def test_what_is_also_about_another_theme_is_not_hers(mathildes, elsewhere, refunds, transcripts):
    save_entry(elsewhere, themes=[refunds, transcripts])

    assert mathildes.get(address(elsewhere)).status_code == 404
    save_entry(elsewhere, themes=[transcripts])
    assert mathildes.get(address(elsewhere)).status_code == 200


def test_what_is_about_no_theme_belongs_to_administrators(mathildes, adams, delays):
    assert mathildes.get(address(delays)).status_code == 404
    assert adams.get(address(delays)).status_code == 200


def test_manager_above_a_confidential_theme_does_not_enter_it(mathildes, client_of, written, alert):
    entry = written("Secrète", "Oui.", alert)

    assert mathildes.get(address(entry)).status_code == 404
    assert client_of(handler_on(alert, "manager")).get(address(entry)).status_code == 200


def test_manager_is_not_told_of_headings_she_does_not_see(mathildes, written, refunds, delays):
    hidden = written("Rubrique cachée", "", refunds, audience="handlers")

    page = mathildes.get(ADD).content.decode()

    assert f'<option value="{delays.pk}">' in page
    assert hidden.title not in page
    assert len(errors_of(mathildes.post(ADD, answers(parent=hidden.pk)))) == 2


@pytest.mark.parametrize("who", ["claire", "oscar", "lea"])
@pytest.mark.parametrize("page", ["list", "add", "change", "delete"])
def test_handlers_and_requesters_have_no_such_room(request, client_of, silence, who, page):
    browser = client_of(request.getfixturevalue(who))
    path = {"list": LIST, "add": ADD}.get(page) or address(silence, page)

    assert browser.get(path).status_code == 404
    assert browser.post(path, answers()).status_code in (404, 405)
    assert "Que faire ?" not in titles()
