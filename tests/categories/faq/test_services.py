"""Writing questions: what is refused, what never changes, what is counted."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from categories.enums import FaqAudience, FeedbackKind
from categories.faq.services import (
    HAS_CHILDREN,
    HEADING_NEEDS_NO_ANSWER,
    NEEDS_A_THEME,
    PARENT_HAS_AN_ANSWER,
    PARENT_STANDS_BELOW,
    advice_on,
    delete_entry,
    free_slug,
    record_feedback,
    save_entry,
)
from categories.models import FaqEntry, FaqFeedback

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 11, tzinfo=UTC)


def refusal_of(entry, *themes):
    with pytest.raises(ValidationError) as refusal:
        save_entry(entry, themes=list(themes))
    return refusal.value.message_dict


# --- slugs -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Que signifie l’absence de réponse ?", "que-signifie-l-absence-de-reponse"),
        ("Où ?", "ou"),
        ("???", "question"),
        ("mot " * 40, ("mot-" * 17).rstrip("-")),
        ("a" * 200, "a" * 70),
    ],
)
def test_slug_comes_from_the_title(db, title, slug):
    assert free_slug(title) == slug


def test_slug_taken_gets_a_number(written):
    slugs = [written("Délais").slug for _ in range(3)]

    assert slugs == ["delais", "delais-2", "delais-3"]


def test_slug_never_changes(silence, transcripts):
    silence.slug, silence.title = "autre", "Autre titre"

    save_entry(silence, themes=[transcripts])

    assert FaqEntry.objects.get(pk=silence.pk).slug == "que-veut-dire-le-silence"
    assert FaqEntry.objects.get(pk=silence.pk).title == "Autre titre"


# --- the day of update -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("title", "Autre", LATER),
        ("body", "Autre.", LATER),
        ("position", 3, NOON),
        ("is_published", False, NOON),
        ("synonyms", "mutisme", NOON),
    ],
)
def test_update_is_that_of_the_words(written, field, value, expected):
    with time_machine.travel(NOON, tick=False):
        entry = written("Question")
    setattr(entry, field, value)

    with time_machine.travel(LATER, tick=False):
        save_entry(entry, themes=[])

    assert FaqEntry.objects.get().updated_at == expected


# --- refusals --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("audience", [FaqAudience.THEME_USERS, FaqAudience.HANDLERS])
def test_readers_of_a_theme_need_a_theme(db, transcripts, audience):
    entry = FaqEntry(title="Question", body="Oui.", audience=audience)

    assert refusal_of(entry) == {"categories": [NEEDS_A_THEME]}
    assert save_entry(entry, themes=[transcripts]).pk is not None


def test_wording_that_keeps_people_out_is_refused_line_by_line(db):
    entry = FaqEntry(title="Question", body="Bien.\n\nVoir [ici](/themes/).\n\n[Rien](/nulle-part/)")

    faults = refusal_of(entry)["body"]

    assert [fault.split("\u00a0")[0] for fault in faults] == ["Ligne 3", "Ligne 5"]
    assert not FaqEntry.objects.exists()


def test_a_question_holds_no_question(silence):
    assert refusal_of(FaqEntry(title="Dessous", body="Oui.", parent=silence)) == {
        "parent": [PARENT_HAS_AN_ANSWER]
    }


def test_a_heading_with_questions_gets_no_answer(silence, delays):
    delays.body = "Une réponse."

    assert refusal_of(delays) == {"body": [HEADING_NEEDS_NO_ANSWER]}


def test_a_heading_is_not_put_under_itself(written, delays):
    below = written("Dessous", "", parent=delays)
    delays.parent = below

    assert refusal_of(delays) == {"parent": [PARENT_STANDS_BELOW]}


def test_what_holds_others_is_not_deleted(silence, delays):
    with pytest.raises(ValidationError) as refusal:
        delete_entry(delays)

    assert refusal.value.messages == [HAS_CHILDREN]
    delete_entry(silence)
    delete_entry(delays)
    assert not FaqEntry.objects.exists()


def test_advice_refuses_nothing(written):
    entry = written("Question", "Du <b>gras</b>.")

    assert [line.split("\u00a0")[0] for line in advice_on(entry)] == ["Ligne 1"]


def test_what_holds_nothing_is_told(written, silence, delays):
    assert advice_on(delays) == []
    assert advice_on(written("Vide", "")) == [
        "Sans réponse et sans question au-dessous, elle ne sera pas montrée."
    ]


# --- counting --------------------------------------------------------------------------------------------
def test_feedback_names_the_theme_and_nobody(silence, transcripts):
    record_feedback(silence, FeedbackKind.DEFLECTION, category=transcripts)

    (row,) = FaqFeedback.objects.values()
    assert {name: row[name] for name in row if name not in ("id", "at")} == {
        "entry_id": silence.pk,
        "category_id": transcripts.pk,
        "kind": "deflection",
    }


def test_feedback_of_an_unknown_kind_is_refused(silence):
    with pytest.raises(ValidationError):
        record_feedback(silence, "wonderful")

    assert not FaqFeedback.objects.exists()
