"""The themes the service is shipped with are all there, whole."""

from io import StringIO

import pytest
import yaml
from django.core.management import call_command

from categories.enums import SilenceRule
from categories.finder.synonyms import shipped_synonyms
from categories.loading import load_themes
from categories.management.commands.load_themes import SHIPPED
from categories.models import Category, ChoiceItem, ChoiceList, FaqEntry, FormVersion, Service, Signpost
from categories.questionnaire.loading import definition_of
from categories.tree import nested_tree


@pytest.fixture(scope="module")
def shipped():
    return SHIPPED.read_text(encoding="utf-8")


def test_shipped_tree_is_loaded_whole(db, shipped):
    report = load_themes(shipped)

    document = yaml.safe_load(shipped)
    assert Category.objects.filter(is_leaf=True).count() == 69
    assert Service.objects.count() == len(document["services"])
    rows = (Service, Category, ChoiceList, ChoiceItem)
    assert len(report.created) == sum(model.objects.count() for model in rows)
    assert (len(report.forms), FormVersion.objects.count()) == (69, 69)
    assert (report.differences, report.incomplete) == ([], {})


# What the file calls otherwise than the database, and the values it writes otherwise.
RENAMED = {"address": "postal_address", "confidential": "is_confidential", "sve": "is_sve"}
TRANSLATED = {
    **{"demande": "request", "recours": "appeal", "reclamation": "complaint"},
    **{"acceptation": "acceptance", "rejet": "refusal", "aucune": "none"},
    **{"defenseur-des-droits": "rights_defender"},
}
LOOKED_AT_APART = {"children", "silence", "fields", "attachments"}


def lost(row, entry):
    """Return the keys of `entry` whose value is not that of `row`."""

    def held(key):
        value = getattr(row, RENAMED.get(key, key))
        return value.slug if key == "service" else value

    def wanted(value):
        return TRANSLATED.get(value, value) if isinstance(value, str) else value

    return [key for key in entry.keys() - LOOKED_AT_APART if held(key) != wanted(entry[key])]


def every_theme(entries, parent=None):
    """Yield (entry, slug of its parent, its place) for each theme and branch."""
    for position, entry in enumerate(entries):
        yield entry, parent, position
        yield from every_theme(entry.get("children", []), entry["slug"])


def test_every_value_of_the_shipped_themes_is_kept(db, shipped):
    load_themes(shipped)

    themes = list(every_theme(yaml.safe_load(shipped)["themes"]))
    rows = {row.slug: row for row in Category.objects.select_related("service", "parent")}
    assert {entry["slug"]: lost(rows[entry["slug"]], entry) for entry, _, _ in themes} == {
        slug: [] for slug in rows
    }
    assert {slug: (row.parent and row.parent.slug, row.position) for slug, row in rows.items()} == {
        entry["slug"]: (parent, position) for entry, parent, position in themes
    }


def test_every_question_and_piece_of_the_shipped_themes_is_kept(db, shipped):
    load_themes(shipped)

    versions = FormVersion.objects.filter(number=1, published_at__isnull=False)
    assert dict(versions.values_list("category__slug", "definition")) == {
        leaf["slug"]: definition_of(leaf) for leaf in leaves_of(yaml.safe_load(shipped)["themes"])
    }


def test_every_service_and_list_of_the_shipped_file_is_kept(db, shipped):
    load_themes(shipped)

    document = yaml.safe_load(shipped)
    services = {row.slug: row for row in Service.objects.all()}
    assert [lost(services[entry["slug"]], entry) for entry in document["services"]] == [[]] * len(services)
    for name in ("components", "doctoral_schools"):
        items = list(ChoiceItem.objects.filter(choice_list__slug=name))
        assert [(item.slug, item.name, item.source) for item in items] == [
            (entry["slug"], entry["name"], entry["source"]) for entry in document[name]
        ]
    assert set(document) == {"meta", "services", "components", "doctoral_schools", "themes"}


def test_every_list_a_shipped_form_names_is_there(db, shipped):
    load_themes(shipped)

    named = {
        question.get("choices_from")
        for version in FormVersion.objects.all()
        for question in version.definition["questions"]
    }
    there = set(ChoiceList.objects.values_list("slug", flat=True))
    assert named - {None, "", "academic_years"} == there


def test_the_shipped_tree_is_loaded_in_few_queries(db, shipped, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        load_themes(shipped)
    with django_assert_max_num_queries(12):
        load_themes(shipped)


def test_every_shipped_leaf_can_be_filed_under_and_every_branch_leads_to_one(db, shipped):
    load_themes(shipped)

    leaves = set(Category.objects.filter(is_leaf=True))
    drawn = set()

    def walk(nodes):
        for node in nodes:
            drawn.add(node.category)
            walk(node.children)

    walk(nested_tree())
    assert set(Category.objects.fileable()) == leaves
    assert drawn == set(Category.objects.all())


def test_shipped_leaves_keep_their_legal_regime(db, shipped):
    load_themes(shipped)

    rules = dict(Category.objects.filter(is_leaf=True).values_list("slug", "silence_rule"))
    months = dict(Category.objects.filter(is_leaf=True).values_list("slug", "silence_months"))
    in_file = {leaf["slug"]: leaf.get("silence", {}) for leaf in leaves_of(yaml.safe_load(shipped)["themes"])}
    french = {"acceptation": "acceptance", "rejet": "refusal", "aucune": "none"}

    assert rules == {slug: french[silence["rule"]] for slug, silence in in_file.items()}
    assert months == {slug: silence["months"] for slug, silence in in_file.items()}


def leaves_of(entries):
    for entry in entries:
        if "children" in entry:
            yield from leaves_of(entry["children"])
        else:
            yield entry


def test_command_loads_the_shipped_tree_and_tells(db):
    first, second = StringIO(), StringIO()

    call_command("load_themes", stdout=first)
    Category.objects.filter(slug=Category.objects.filter(is_leaf=True).first().slug).update(name="Changé")
    call_command("load_themes", stdout=second)

    rows = (Category, Service, ChoiceList, ChoiceItem)
    count = sum(model.objects.count() for model in rows)
    assert first.getvalue().splitlines() == [
        f"Thèmes, services et réponses : {count} créés.",
        "Formulaires : 69 créés.",
        f"Questions fréquentes : {FaqEntry.objects.count()} créés.",
        f"Démarches à faire ailleurs : {Signpost.objects.count()} créés.",
    ]
    assert "différents" in second.getvalue().splitlines()[4]
    assert "Changé ici" in second.getvalue().splitlines()[5]


def test_command_loads_words_and_questions_with_the_shipped_tree(db):
    call_command("load_themes", verbosity=0)

    words = shipped_synonyms()
    themes = Category.objects.filter(is_leaf=True)
    assert dict(themes.values_list("slug", "synonyms")) == {
        theme.slug: "\n".join(words.get(theme.slug, ())) for theme in themes
    }
    assert FaqEntry.objects.filter(categories__isnull=False).exists()


def test_dry_run_of_the_shipped_tree_writes_nothing(db):
    call_command("load_themes", dry_run=True, verbosity=0)

    assert not any(model.objects.exists() for model in (Category, Service, FormVersion, FaqEntry))


def test_silent_command_says_nothing(db):
    said = StringIO()

    call_command("load_themes", verbosity=0, stdout=said)

    assert said.getvalue() == ""


def test_silence_rule_of_a_branch_is_none(db, shipped):
    load_themes(shipped)

    assert set(Category.objects.filter(is_leaf=False).values_list("silence_rule", "service")) == {
        (SilenceRule.NONE, None)
    }


def test_loading_the_shipped_tree_again_changes_nothing(db, shipped):
    load_themes(shipped)
    before = list(Category.objects.order_by("pk").values())

    report = load_themes(shipped)

    assert (report.created, report.forms, report.differences) == ([], [], [])
    assert list(Category.objects.order_by("pk").values()) == before
