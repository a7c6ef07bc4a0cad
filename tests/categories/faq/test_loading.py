"""The questions shipped with the service: whole, well written, loaded without undoing anything."""

import re

import pytest
import yaml
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from categories.faq.loading import SHIPPED, load_shipped
from categories.faq.tree import nested_questions
from categories.markdown import remarks
from categories.models import Category, FaqEntry

TEXT = SHIPPED.read_text(encoding="utf-8")


def rows(entries):
    for row in entries:
        yield row
        yield from rows(row.get("entries", []))


ROWS = list(rows(yaml.safe_load(TEXT)["entries"]))
ANSWERS = [row for row in ROWS if "body" in row]


@pytest.fixture
def themes(db):
    """The shipped themes."""
    call_command("load_themes", verbosity=0)


@pytest.fixture
def shipped(themes):
    """The shipped questions, on the shipped themes."""
    FaqEntry.objects.all().delete()
    return load_shipped()


# --- the file --------------------------------------------------------------------------------------------
def test_each_row_is_a_heading_or_an_answer():
    known = {"slug", "title", "body", "entries", "themes", "synonyms", "audience"}

    assert 45 <= len(ANSWERS) <= 70
    assert [row["slug"] for row in ROWS if ("body" in row) == ("entries" in row)] == []
    assert [row["slug"] for row in ROWS if set(row) - known] == []
    assert len({row["slug"] for row in ROWS}) == len(ROWS)


def test_typography_is_french():
    texts = [row["title"] + "\n" + row.get("body", "") for row in ROWS]

    assert re.findall(r"\S+ [;:?!»]|« |«[^\u00a0]|\w'\w", "\n".join(texts)) == []


# --- loading ---------------------------------------------------------------------------------------------
def test_everything_is_loaded_under_its_heading(shipped):
    assert shipped == [row["slug"] for row in ROWS]
    assert FaqEntry.objects.answers().count() == len(ANSWERS)
    attached = {
        entry.slug: sorted(theme.slug for theme in entry.categories.all())
        for entry in FaqEntry.objects.prefetch_related("categories")
    }
    assert attached == {row["slug"]: sorted(row.get("themes", [])) for row in ROWS}


def test_links_lead_somewhere_and_texts_are_well_made(shipped):
    found = {entry.slug: [str(one) for one in remarks(entry.body)] for entry in FaqEntry.objects.all()}

    assert {slug: said for slug, said in found.items() if said} == {}


def test_a_visitor_sees_almost_everything(shipped):
    root = nested_questions(AnonymousUser())

    assert root.questions == []
    assert sum(len(node.questions) for node in root.headings) == len(ANSWERS) - 4


def test_loading_again_changes_nothing(shipped):
    before = list(FaqEntry.objects.order_by("pk").values())

    assert load_shipped() == []
    assert list(FaqEntry.objects.order_by("pk").values()) == before


def test_what_staff_changed_stays(shipped):
    FaqEntry.objects.filter(slug="cesure").update(title="Autre", is_published=False)
    FaqEntry.objects.filter(slug="redoubler").delete()

    assert load_shipped() == ["redoubler"]
    assert FaqEntry.objects.get(slug="cesure").title == "Autre"
    assert FaqEntry.objects.get(slug="redoubler").parent.slug == "etudes-et-examens"


def test_dry_run_says_and_writes_nothing(themes):
    FaqEntry.objects.all().delete()

    assert load_shipped(dry_run=True) == [row["slug"] for row in ROWS]
    assert not FaqEntry.objects.exists()


def test_without_themes_their_readers_wait(db):
    created = load_shipped()

    waiting = {row["slug"] for row in ROWS if row.get("audience") in ("theme_users", "handlers")}
    assert set(created) == {row["slug"] for row in ROWS} - waiting
    call_command("load_themes", verbosity=0)
    load_shipped()
    assert FaqEntry.objects.filter(slug__in=waiting).count() == len(waiting) == 3
    assert Category.objects.exists()


def test_a_heading_staff_made_a_question_takes_no_shipped_one(shipped):
    FaqEntry.objects.filter(parent__slug="contester").delete()
    FaqEntry.objects.filter(slug="contester").update(body="Une réponse.")

    assert load_shipped() == []
