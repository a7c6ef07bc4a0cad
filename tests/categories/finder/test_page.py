"""The page « Que cherchez-vous ? », what is shown as one types, and the filing step."""

import cProfile
import re

import pytest
from django.urls import reverse

from categories.enums import Kind
from categories.finder import finding
from categories.finder.kept import Kept
from categories.models import Category, FaqEntry, Signpost
from categories.services import save_theme
from tests import factories
from tests.pages import words_of

THEMES, QUESTIONS = 1_000, 500
PAGE = "/themes/"


def links(response):
    """Return the addresses of themes in the order of the page."""
    return re.findall(r'href="/themes/([^/"?]+)/"', response.content.decode())


@pytest.fixture
def themes(transcripts, late_enrolment, refunds):
    return [transcripts, late_enrolment, refunds]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        pytest.param("releve", "releve-de-notes", id="without accent"),
        pytest.param("TARD inscr", "inscription-tardive", id="beginnings in any order"),
        pytest.param("me faire remboursser", "remboursement", id="a sentence with a mistake"),
    ],
)
def test_the_best_theme_is_the_first_link_and_the_tree_stays_below(client, themes, asked, first):
    page = client.get(PAGE, {"q": asked})

    assert links(page)[0] == first
    assert sorted(set(links(page))) == ["inscription-tardive", "releve-de-notes", "remboursement"]
    assert f'value="{asked}"' in page.content.decode()


def test_a_theme_found_says_its_kind_its_place_and_its_public(client, late_enrolment):
    late_enrolment.kind, late_enrolment.audience = Kind.APPEAL, ["etudiant"]
    save_theme(late_enrolment)
    page = client.get(PAGE, {"q": "inscriptions tardives"})

    assert "Recours Études › Inscription Pour : étudiants" in words_of(page)
    assert (
        '<mark class="found">Inscription</mark> <mark class="found">tardive</mark>' in page.content.decode()
    )
    assert "1 thème trouvé pour « inscriptions tardives »." in words_of(page)


def test_questions_and_signposts_come_after_the_themes(client, themes):
    FaqEntry.objects.create(slug="combien", title="Combien coûte un relevé ?", body="Rien.")
    Signpost.objects.create(slug="ailleurs", title="Relevé de carrière", body="Ailleurs.")
    page = client.get(PAGE, {"q": "relevé"}).content.decode()

    places = [
        page.index(part)
        for part in ("/themes/releve-de-notes/", "/questions-frequentes/combien/", "/ailleurs/ailleurs/")
    ]
    assert places == sorted(places)


def test_what_is_asked_elsewhere_comes_before_the_themes_and_the_page_says_so(client, themes):
    Signpost.objects.create(slug="carriere", title="Relevé de carrière", body="À la caisse de retraite.")
    page = client.get(PAGE, {"q": "relevé de carrière"})
    text = page.content.decode()

    assert 0 < text.index("/ailleurs/carriere/") < text.index("/themes/releve-de-notes/")
    assert (
        "« relevé de carrière » se demande sans doute ailleurs : une page dit où aller. "
        "1 thème s’en approche." in words_of(page)
    )
    assert text.count('href="/ailleurs/carriere/"') == 2  # found, and in the list of what is asked elsewhere


@pytest.mark.parametrize("is_open", [True, False])
def test_nothing_found_says_what_to_try_and_names_the_last_resort_only_when_it_is_open(
    client, themes, service, is_open
):
    factories.LeafFactory(
        slug="autre-demande",
        name="Autre demande",
        service=service,
        manual_qualification=True,
        is_published=is_open,
    )
    page = client.get(PAGE, {"q": "zygomorphe"})

    assert "Aucun résultat pour « zygomorphe »." in words_of(page)
    assert [link in page.content.decode() for link in ('href="#arbre"', 'href="/ailleurs/"')] == [True, True]
    assert ("autre-demande" in page.content.decode()) is is_open


def test_only_elsewhere_says_so(client, themes):
    Signpost.objects.create(slug="parcoursup", title="Parcoursup", body="Ailleurs.")

    assert "Aucun thème pour « parcoursup », mais une page dit où aller." in words_of(
        client.get(PAGE, {"q": "parcoursup"})
    )


@pytest.mark.parametrize(
    "asked", ["x" * 10_000, "\x00", "<script>alert(1)</script>", "«»?!", "%00%", "\ud83d"]
)
def test_a_hostile_question_is_harmless(client, themes, asked):
    page = client.get(PAGE, {"q": asked.encode("utf-8", "surrogatepass")})

    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert len(page.content) < 40_000


def test_what_is_shown_as_one_types_is_a_fragment(client, themes):
    page = client.get(PAGE, {"q": "relevé", "fragment": "1"})

    assert "<html" not in page.content.decode()
    assert links(page) == ["releve-de-notes"]
    assert links(client.get(PAGE, {"q": "", "fragment": "1"})) == []


def test_the_filing_step_finds_themes_to_file_under(client_of, lea, themes):
    browser = client_of(lea)
    page = browser.get(reverse("tickets:new"), {"etape": "theme", "q": "relevé"})
    fragment = browser.get(PAGE, {"q": "relevé", "fragment": "1", "depot": "1"})
    target = reverse("tickets:write", args=["releve-de-notes"])

    assert page.content.decode().count(f'href="{target}"') == 2  # found, and in the tree
    assert f'href="{target}"' in fragment.content.decode()
    assert '<input type="hidden" name="etape" value="theme">' in page.content.decode()


# --- cost ------------------------------------------------------------------------------------------------
def fill(themes, questions, service):
    """Write that many themes, ten to a branch, and questions, each attached to a theme."""
    branches = [
        factories.BranchFactory(slug=f"b-{rank}", name=f"Branche {rank}") for rank in range(themes // 10)
    ]
    Category.objects.bulk_create(
        Category(
            slug=f"t-{rank}",
            name=f"Démarche {rank} de sorte {rank % 37}",
            parent=branches[rank // 10],
            is_leaf=True,
            service=service,
            summary="Pour demander une pièce ou contester une décision. " * 5,
            synonyms="\n".join(f"expression {rank} numéro {line}" for line in range(12)),
        )
        for rank in range(themes)
    )
    FaqEntry.objects.bulk_create(
        FaqEntry(slug=f"q-{rank}", title=f"Question {rank} ?", body="Une réponse assez longue. " * 60)
        for rank in range(questions)
    )
    themes_ids = list(Category.objects.filter(is_leaf=True).values_list("pk", flat=True))
    attached = FaqEntry.categories.through
    attached.objects.bulk_create(
        attached(faqentry_id=pk, category_id=themes_ids[rank])
        for rank, pk in enumerate(FaqEntry.objects.values_list("pk", flat=True))
    )


@pytest.fixture
def fresh(monkeypatch):
    """A process that has read nothing yet."""
    for name in ("_themes", "_questions", "_signposts"):
        monkeypatch.setattr(finding, name, Kept())


def test_a_thousand_themes_cost_few_queries(
    client, client_of, lea, service, fresh, django_assert_num_queries
):
    fill(THEMES, QUESTIONS, service)
    Signpost.objects.create(slug="sortie", title="Sorte de démarche, question faite ailleurs", body="Là-bas.")
    asked, browser = {"q": "42"}, client_of(lea)

    with django_assert_num_queries(2):  # the themes, what is asked for elsewhere
        assert len(links(client.get(PAGE))) == THEMES
    with django_assert_num_queries(8):  # besides: stamps, forms, titles attached, questions
        client.get(PAGE, asked)
    with django_assert_num_queries(5):  # themes, signposts, two stamps, questions found
        page = client.get(PAGE, asked)
    with django_assert_num_queries(5):  # as one types, only what is found
        client.get(PAGE, asked | {"fragment": "1"})
    with django_assert_num_queries(7):  # besides: the session, and who she is
        browser.get(PAGE, asked)
    assert "/questions-frequentes/q-42/" in page.content.decode()


def test_the_work_grows_no_faster_than_the_page(client, service):
    def measure(asked):
        """Return how many functions are called for a kilobyte, once the texts have been read."""
        client.get(PAGE, {"q": asked})
        with cProfile.Profile() as profile:
            page = client.get(PAGE, {"q": asked})
        return sum(line.callcount for line in profile.getstats()) / len(page.content)

    fill(100, 50, service)
    small = measure("démarche 52")
    FaqEntry.objects.all().delete()
    Category.objects.filter(is_leaf=True).delete()
    Category.objects.all().delete()
    fill(THEMES, QUESTIONS, service)

    assert measure("démarche 512") < 2 * small
