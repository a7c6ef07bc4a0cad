"""The page where staff choose their mails: what it says, one click, the way back."""

import pytest
from django.urls import reverse

from notifications.choices import choose
from notifications.habits import habits_of
from notifications.models import MailChoice, Profile
from tests import factories
from tests.pages import errors_of, words_of

PAGE = "/gestion/mes-courriels/"
CURRENT = "C’est votre choix actuel."


@pytest.fixture
def colettes(client_of, colette):
    return client_of(colette)


def chosen(person):
    return dict(MailChoice.objects.filter(person=person).values_list("category__slug", "profile"))


def test_page_says_what_she_receives_before_she_chose(colettes, transcripts):
    words = words_of(colettes.get(PAGE))

    usual = words.index("À la création")
    assert words.count(CURRENT) == 1
    assert usual < words.index(CURRENT) < words.index("Celles dont je suis en charge")
    assert "Études à la création comme pour tous vos thèmes" in words


@pytest.mark.parametrize("profile", Profile.values)
def test_one_click_chooses_a_ready_profile_and_one_undoes_it(colettes, colette, profile):
    choose(colette, None, Profile.IN_CHARGE)

    page = colettes.post(f"{PAGE}tous/", {"profile": profile}, follow=True)
    assert (page.redirect_chain, chosen(colette)) == ([(PAGE, 302)], {None: profile})
    assert "Votre choix est enregistré." in words_of(page)

    colettes.post(f"{PAGE}annuler/")
    assert chosen(colette) == {None: "in_charge"}


def test_undoing_twice_undoes_once(colettes, colette):
    colettes.post(f"{PAGE}tous/", {"profile": "all"})

    first = words_of(colettes.post(f"{PAGE}annuler/", follow=True))
    second = words_of(colettes.post(f"{PAGE}annuler/", follow=True))

    assert chosen(colette) == {}
    assert ("Votre dernier choix est annulé." in first, "est annulé" in second) == (True, False)


def test_same_click_twice_keeps_the_way_back(colettes, colette):
    choose(colette, None, Profile.IN_CHARGE)
    for _click in range(2):
        colettes.post(f"{PAGE}tous/", {"profile": "none"})

    colettes.post(f"{PAGE}annuler/")

    assert chosen(colette) == {None: "in_charge"}


def test_choice_for_a_theme_is_shown_with_what_it_comes_from(colettes, colette, studies, transcripts):
    factories.grant_role(colette, transcripts, "handler")

    colettes.post(f"{PAGE}theme/", {"theme": studies.pk, "profile": "all"})

    words = words_of(colettes.get(PAGE))
    assert chosen(colette) == {"etudes": "all"}
    assert "Études toutes Retirer ce choix Études" in words
    assert "Relevé de notes toutes comme « Études »" in words


def test_choice_for_a_theme_is_taken_back_and_put_back(colettes, colette, studies):
    choose(colette, studies.pk, Profile.ALL)

    colettes.post(f"{PAGE}theme/", {"theme": studies.pk, "profile": ""})
    assert chosen(colette) == {}

    colettes.post(f"{PAGE}annuler/")
    assert chosen(colette) == {"etudes": "all"}


@pytest.mark.parametrize(
    ("posted", "error"),
    [
        ({"theme": "", "profile": "all"}, "Thème\u00a0: Choisissez un thème."),
        ({"theme": "9" * 30, "profile": "all"}, "Thème\u00a0: Choisissez un thème de la liste."),
        ({"theme": "elsewhere", "profile": "all"}, "Thème\u00a0: Choisissez un thème de la liste."),
        (
            {"theme": "hers", "profile": "x"},
            "Courriels à recevoir\u00a0: Choisissez une réponse de la liste.",
        ),
    ],
    ids=["none", "huge", "elsewhere", "unknown"],
)
def test_bad_choice_is_refused_in_french(colettes, colette, studies, refunds, posted, error):
    posted["theme"] = {"elsewhere": refunds.pk, "hers": studies.pk}.get(posted["theme"], posted["theme"])

    page = colettes.post(f"{PAGE}theme/", posted)

    assert (page.status_code, errors_of(page), chosen(colette)) == (200, [error], {})


def test_unknown_profile_for_all_is_refused(colettes, colette):
    page = colettes.post(f"{PAGE}tous/", {"profile": "tout"}, follow=True)

    assert "Choisissez une réponse de la liste." in words_of(page)
    assert chosen(colette) == {}


def test_summaries_are_kept(colettes, colette):
    assert "bilan de la semaine" not in words_of(colettes.get(PAGE))

    page = colettes.post(f"{PAGE}resumes/", {"has_daily": "on", "hours": ["17", "9", "9"]}, follow=True)

    kept = habits_of(colette)
    assert (kept.digest_hours, kept.has_daily, kept.has_overview) == ([9, 17], True, True)
    assert "Vos réglages sont enregistrés." in words_of(page)


def test_manager_stops_the_overview(client_of, mathilde):
    browser = client_of(mathilde)
    assert "Recevoir le bilan de la semaine" in words_of(browser.get(PAGE))

    browser.post(f"{PAGE}resumes/", {"hours": ["8"]})

    kept = habits_of(mathilde)
    assert (kept.has_daily, kept.has_overview) == (False, False)


@pytest.mark.parametrize(
    ("hours", "error"),
    [
        ([], "Choisissez au moins une heure."),
        (["3"], "Choisissez une heure de la liste."),
        (["x"], "Choisissez une heure de la liste."),
    ],
    ids=["none", "at night", "hostile"],
)
def test_hour_out_of_the_list_is_refused(colettes, colette, hours, error):
    page = colettes.post(f"{PAGE}resumes/", {"has_daily": "on", "hours": hours})

    assert errors_of(page) == [f"Heures du résumé\u00a0: {error}"]
    assert habits_of(colette).digest_hours == [8]


def test_page_does_not_exist_for_others(client_of, lea, client):
    assert client_of(lea).get(PAGE).status_code == 404
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("address", ["tous/", "theme/", "annuler/", "resumes/"])
def test_reading_changes_nothing(colettes, colette, address):
    assert colettes.get(f"{PAGE}{address}").status_code == 405


def test_preferences_of_staff_lead_there(colettes, client_of, lea):
    page = reverse("accounts:preferences")

    assert PAGE in colettes.get(page).content.decode()
    assert PAGE not in client_of(lea).get(page).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_whatever_the_number_of_themes(
    client_of, colette, studies, count, django_assert_num_queries
):
    for _number in range(count):
        theme = factories.LeafFactory(parent=studies)
        factories.grant_role(colette, theme, "handler")
        choose(colette, theme.pk, Profile.ALL)
    browser = client_of(colette)
    browser.get(PAGE)

    # Session and person; her choices thrice, roles, the tree; the list of themes; her summaries, manager or
    # not.
    with django_assert_num_queries(10):
        browser.get(PAGE)
