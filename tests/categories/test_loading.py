"""The tree of themes comes from a file, once; what staff changed since stays."""

from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command

from categories.loading import load_themes
from categories.models import Category, ChoiceItem, ChoiceList, FormVersion, Service
from tests.factories import ServiceFactory


def small(**leaf):
    """Return a small document whose one leaf is changed by `leaf`."""
    service = {"slug": "s", "name": "S", "address": "1 rue A", "email": "s@example.org", "phone": "04"}
    theme = {"slug": "feuille", "name": "Feuille", "service": "s"} | leaf
    return {"services": [service], "themes": [{"slug": "branche", "name": "Branche", "children": [theme]}]}


def dumped(document):
    return yaml.safe_dump(document, allow_unicode=True)


def test_loading_again_changes_nothing(db):
    load_themes(dumped(small(fields=[QUESTION])))
    before = list(Category.objects.order_by("pk").values())

    report = load_themes(dumped(small(fields=[QUESTION])))

    assert (report.created, report.forms, report.differences) == ([], [], [])
    assert list(Category.objects.order_by("pk").values()) == before


def test_loading_again_keeps_what_staff_changed(db):
    load_themes(dumped(small()))
    Category.objects.filter(slug="feuille").update(name="Autre nom", is_published=False)
    Service.objects.update(phone="05")

    report = load_themes(dumped(small()))

    assert (report.created, report.different) == ([], ["s", "feuille"])
    assert [str(difference) for difference in report.differences] == [
        "s : téléphone : 04 dans le fichier, 05 ici",
        "feuille : nom : Feuille dans le fichier, Autre nom ici",
    ]
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
    "unknown-audience": dumped(small(audience=["licorne"])),
    "too-long": dumped(small(legal_basis="x" * 301)),
    "not-a-slug": dumped(small(slug="pas un identifiant")),
    "not-a-boolean": dumped(small(sve="peut-être")),
    "another-version": dumped(small() | {"meta": {"schema_version": 2}}),
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_malformed_document_is_refused_whole(db, text):
    with pytest.raises(ValueError, match=r"."):
        load_themes(text)

    assert (Category.objects.count(), Service.objects.count()) == (0, 0)


UNKNOWN = {
    "document": small() | {"themse": []},
    "meta": small() | {"meta": {"licence": "x"}},
    "list": small() | {"components": [{"slug": "a", "name": "A", "licence": "x"}]},
    "branch": {"services": [], "themes": [{"slug": "b", "name": "B", "children": [], "licence": "x"}]},
    "theme": small(licence="x"),
    "silence": small(silence={"rule": "rejet", "months": 2, "licence": "x"}),
    "field": small(fields=[{"name": "a", "label": "A", "type": "text", "licence": "x"}]),
    "piece": small(attachments=[{"name": "a", "licence": "x"}]),
}


@pytest.mark.parametrize("document", UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_key_is_named(db, document):
    with pytest.raises(ValueError, match=r"(Clé|clé).*(licence|themse)"):
        load_themes(dumped(document))

    assert (Category.objects.count(), Service.objects.count(), ChoiceList.objects.count()) == (0, 0, 0)


def test_theme_that_lacks_a_mention_waits_unpublished(db):
    report = load_themes(dumped(small()))

    assert report.incomplete == {"feuille": ["sens du silence"]}
    assert Category.objects.get(slug="feuille").is_published is False


def test_new_theme_takes_its_words_and_a_known_one_keeps_its_own(db):
    load_themes(dumped(small()), synonyms={"feuille": ["carte perdue", "doublon"], "ailleurs": ["rien"]})
    theme = Category.objects.get(slug="feuille")
    words, theme.synonyms = theme.synonyms, ""
    theme.save()

    load_themes(dumped(small()), synonyms={"feuille": ["carte perdue"]})

    theme.refresh_from_db()
    assert (words, theme.synonyms) == ("carte perdue\ndoublon", "")


QUESTION = {"name": "motif", "label": "Motif", "type": "text", "required": True}


FAULTY = {
    "same name twice": ([QUESTION, QUESTION], "a le même nom"),
    "no choice": ([QUESTION | {"type": "select"}], "Aucune réponse n’est proposée."),
    "no such list": ([QUESTION | {"type": "select", "choices_from": "rien"}], "n’existe pas"),
    "no such purpose": ([QUESTION | {"autocomplete": "cc-number"}], "autocomplete"),
}


@pytest.mark.parametrize(("fields", "words"), FAULTY.values(), ids=list(FAULTY))
def test_form_that_could_not_be_filled_in_is_refused_whole(db, fields, words):
    with pytest.raises(ValueError, match=rf"Thème « feuille ».*question:motif.*{words}"):
        load_themes(dumped(small(fields=fields)))

    assert (Category.objects.count(), FormVersion.objects.count()) == (0, 0)


def test_sensitive_answer_is_not_made_the_words_of_the_request(db):
    long = QUESTION | {"type": "textarea"}
    fields = [long, long | {"name": "sante", "label": "Santé", "sensitive": True}]

    load_themes(dumped(small(fields=fields)))

    assert FormVersion.objects.get().definition["message"] == "motif"


def test_form_may_name_a_list_of_the_same_file(db):
    question = QUESTION | {"type": "select", "choices_from": "components"}

    report = load_themes(dumped(small(fields=[question]) | {"components": [{"slug": "a", "name": "A"}]}))

    assert report.forms == ["feuille"]


def test_theme_with_a_form_keeps_it(db):
    load_themes(dumped(small(fields=[QUESTION])))
    first = FormVersion.objects.get()

    report = load_themes(dumped(small(fields=[QUESTION | {"label": "Raison"}])))

    assert list(FormVersion.objects.all()) == [first]
    assert [str(one) for one in report.differences] == [
        "feuille : formulaire : un autre dans le fichier, version 1 ici"
    ]


def test_theme_whose_form_is_being_written_gets_none(db):
    load_themes(dumped(small(fields=[QUESTION])))
    FormVersion.objects.update(published_at=None)

    report = load_themes(dumped(small(fields=[QUESTION])))

    assert (report.forms, report.differences) == ([], [])


def test_answers_of_a_list_are_completed_and_kept(db):
    load_themes(dumped(small() | {"components": [{"slug": "a", "name": "A"}]}))
    ChoiceItem.objects.update(name="Autre", is_active=False)

    report = load_themes(
        dumped(small() | {"components": [{"slug": "a", "name": "A"}, {"slug": "b", "name": "B"}]})
    )

    assert report.created == ["components/b"]
    assert [str(one) for one in report.differences] == ["components/a : nom : A dans le fichier, Autre ici"]
    assert list(ChoiceItem.objects.values_list("name", "is_active")) == [("Autre", False), ("B", True)]


DIFFERENT = {
    "sve": (True, "feuille : saisine par voie électronique : non dans le fichier, oui ici"),
    "kind": ("request", "feuille : nature : recours dans le fichier, demande ici"),
    "note": ("", "feuille : note : À voir. dans le fichier, rien ici"),
    "audience": (
        ["etudiant", "exterieur"],
        "feuille : public : rien dans le fichier, étudiants, personnes extérieures ici",
    ),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_differences_are_said_in_words(db, name):
    load_themes(dumped(small(sve=False, kind="recours", note="À voir.", audience=[])))
    ours, sentence = DIFFERENT[name]
    Category.objects.filter(slug="feuille").update(**{{"sve": "is_sve"}.get(name, name): ours})

    report = load_themes(dumped(small(sve=False, kind="recours", note="À voir.", audience=[])))

    assert [str(difference) for difference in report.differences] == [sentence]


def test_theme_put_elsewhere_and_given_to_another_service_stays_there(db):
    load_themes(dumped(small()))
    Category.objects.filter(slug="feuille").update(parent=None, service=ServiceFactory(name="Autre service"))

    report = load_themes(dumped(small()))

    assert [str(one) for one in report.differences] == [
        "feuille : parent : Branche dans le fichier, rien ici",
        "feuille : service : S dans le fichier, Autre service ici",
    ]


def test_refusal_names_the_theme_and_the_value(db):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 -- the whole sentence is compared
        load_themes(dumped(small(kind="voeu")))

    assert str(refusal.value) == "Thème « feuille » : valeur inconnue « voeu »."


def test_dry_run_writes_nothing_and_says_what_would_be(db, tmp_path):
    path, said = tmp_path / "themes.yaml", StringIO()
    path.write_text(dumped(small()), encoding="utf-8")

    call_command("load_themes", str(path), dry_run=True, stdout=said)

    assert said.getvalue().splitlines() == [
        "Thèmes, services et réponses : 3 seraient créés.",
        "Formulaires : 1 seraient créés.",
        "Questions fréquentes : 0 seraient créés.",
        "Démarches à faire ailleurs : 0 seraient créés.",
        "À créer : s, branche, feuille.",
        "feuille : non publié, il manque : sens du silence.",
    ]
    assert not any(model.objects.exists() for model in (Category, Service, FormVersion))


def test_command_says_what_is_wrong_with_a_file(db, tmp_path):
    path = tmp_path / "themes.yaml"
    path.write_text(dumped(small(kind="voeu")), encoding="utf-8")

    with pytest.raises(CommandError, match="voeu"):
        call_command("load_themes", str(path))

    assert Category.objects.count() == 0
