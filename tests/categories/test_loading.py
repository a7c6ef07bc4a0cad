"""The tree of themes comes from a file, once; what staff changed since stays."""

from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from categories.enums import SilenceRule
from categories.loading import load_themes
from categories.management.commands.load_themes import SHIPPED
from categories.models import Category, Service
from categories.tree import nested_tree


@pytest.fixture(scope="module")
def shipped():
    return SHIPPED.read_text(encoding="utf-8")


def small(**leaf):
    """Return a small document whose one leaf is changed by `leaf`."""
    service = {"slug": "s", "name": "S", "address": "1 rue A", "email": "s@example.org", "phone": "04"}
    theme = {"slug": "feuille", "name": "Feuille", "service": "s"} | leaf
    return {"services": [service], "themes": [{"slug": "branche", "name": "Branche", "children": [theme]}]}


def dumped(document):
    return yaml.safe_dump(document, allow_unicode=True)


def test_shipped_tree_is_loaded_whole(db, shipped):
    report = load_themes(shipped)

    document = yaml.safe_load(shipped)
    assert Category.objects.filter(is_leaf=True).count() == 69
    assert Service.objects.count() == len(document["services"])
    assert len(report.created) == Service.objects.count() + Category.objects.count()
    assert report.different == []


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


def test_loading_again_changes_nothing(db, shipped):
    load_themes(shipped)
    before = list(Category.objects.order_by("pk").values())

    report = load_themes(shipped)

    assert (report.created, report.different) == ([], [])
    assert list(Category.objects.order_by("pk").values()) == before


def test_loading_again_keeps_what_staff_changed(db):
    load_themes(dumped(small()))
    Category.objects.filter(slug="feuille").update(name="Autre nom", is_published=False)
    Service.objects.update(phone="05")

    report = load_themes(dumped(small()))

    assert (report.created, report.different) == ([], ["s", "feuille"])
    assert (Category.objects.get(slug="feuille").name, Service.objects.get().phone) == ("Autre nom", "05")


def test_loading_adds_what_is_new_beside_what_is_there(db):
    load_themes(dumped(small()))
    document = small()
    document["themes"][0]["children"].append({"slug": "neuve", "name": "Neuve", "service": "s"})

    report = load_themes(dumped(document))

    new = Category.objects.get(slug="neuve")
    assert (report.created, new.parent.slug, new.position) == (["neuve"], "branche", 1)


def test_leaf_has_what_the_file_says(db):
    leaf = {
        "kind": "recours",
        "audience": ["etudiant"],
        "confidential": True,
        "sve": False,
        "silence": {"rule": "rejet", "months": 2},
        "silence_verified": True,
        "start_event": "are_sent",
        "recourse": "cada",
        "legal_basis": "CRPA, L311-1",
        "response_deadline": "1 mois",
        "manual_qualification": True,
        "note": "À voir.",
        "source": "site",
    }

    load_themes(dumped(small(**leaf)))

    fields = (
        *("kind", "audience", "is_confidential", "is_sve", "silence_rule", "silence_months"),
        *("silence_verified", "start_event", "recourse", "legal_basis", "response_deadline"),
        *("manual_qualification", "note", "source", "is_leaf", "is_published", "service__slug"),
    )
    assert list(Category.objects.filter(slug="feuille").values_list(*fields)) == [
        (
            *("appeal", ["etudiant"], True, False, "refusal", 2),
            *(True, "are_sent", "cada", "CRPA, L311-1", "1 mois"),
            *(True, "À voir.", "site", True, True, "s"),
        )
    ]


def without(document, *path):
    """Return the document without what `path` leads to."""
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return document


MALFORMED = {
    "not-yaml": "services: [",
    "not-a-document": "bonjour",
    "empty": "",
    "list": "- a\n- b",
    "python-object": "!!python/object/apply:os.system ['true']",
    "no-services": dumped(without(small(), "services")),
    "no-themes": dumped(without(small(), "themes")),
    "theme-without-slug": dumped(without(small(), "themes", 0, "children", 0, "slug")),
    "theme-without-name": dumped(without(small(), "themes", 0, "children", 0, "name")),
    "leaf-without-service": dumped(without(small(), "themes", 0, "children", 0, "service")),
    "service-without-phone": dumped(without(small(), "services", 0, "phone")),
    "unknown-service": dumped(small(service="ailleurs")),
    "unknown-kind": dumped(small(kind="voeu")),
    "unknown-rule": dumped(small(silence={"rule": "peut-être", "months": 2})),
    "unknown-start": dumped(small(start_event="un jour")),
    "unknown-recourse": dumped(small(recourse="pape")),
    "rule-without-months": dumped(small(silence={"rule": "rejet", "months": None})),
    "months-without-rule": dumped(small(silence={"rule": "aucune", "months": 2})),
    "silence-without-months": dumped(small(silence={"rule": "rejet"})),
    "same-slug-twice": dumped(small(slug="branche")),
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_malformed_document_is_refused_whole(db, text):
    with pytest.raises(ValueError, match=r"."):
        load_themes(text)

    assert (Category.objects.count(), Service.objects.count()) == (0, 0)


def test_refusal_names_the_theme_and_the_value(db):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 -- the whole sentence is compared
        load_themes(dumped(small(kind="voeu")))

    assert str(refusal.value) == "Thème « feuille » : valeur inconnue « voeu »."


def test_command_loads_the_shipped_tree_and_tells(db):
    first, second = StringIO(), StringIO()

    call_command("load_themes", stdout=first)
    Category.objects.filter(slug=Category.objects.filter(is_leaf=True).first().slug).update(name="Changé")
    call_command("load_themes", stdout=second)

    count = Category.objects.count() + Service.objects.count()
    assert str(count) in first.getvalue().splitlines()[0]
    assert "différents" in second.getvalue().splitlines()[1]


def test_command_says_what_is_wrong_with_a_file(db, tmp_path):
    path = tmp_path / "themes.yaml"
    path.write_text(dumped(small(kind="voeu")), encoding="utf-8")

    with pytest.raises(CommandError, match="voeu"):
        call_command("load_themes", str(path))

    assert Category.objects.count() == 0


def test_silence_rule_of_a_branch_is_none(db, shipped):
    load_themes(shipped)

    assert set(Category.objects.filter(is_leaf=False).values_list("silence_rule", "service")) == {
        (SilenceRule.NONE, None)
    }
