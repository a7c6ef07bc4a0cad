"""The form of a theme is edited on one locked draft, and published once for all."""

import json
from threading import Barrier, Thread

import pytest
from django.db import connection

from categories.models import FormVersion
from categories.questionnaire import editing
from categories.questionnaire.definition import Condition, Piece, read_definition
from categories.questionnaire.enums import Requirement
from categories.questionnaire.versions import current_form, current_version
from tests.categories.questionnaire.strategies import question


@pytest.fixture
def draft(transcripts):
    return editing.start_version(transcripts)


def form_of(draft):
    draft.refresh_from_db()
    return read_definition(draft.definition)


def names(draft):
    """Return the names of the questions; those of a block in a list of their own."""
    return [
        [one.name, [inner.name for inner in one.questions]] if one.questions else one.name
        for one in form_of(draft).questions
    ]


def write(draft, function, *args, **options):
    """Call a service on `draft` as it is now."""
    draft.refresh_from_db()
    return function(draft.pk, draft.revision, *args, **options)


def add(draft, *labels, **options):
    for label in labels:
        write(draft, editing.add_question, question("", label=label), **options)


# --- versions ------------------------------------------------------------------------------------------
def test_first_version_begins_empty(draft, transcripts):
    assert (draft.number, draft.definition, draft.published_at) == (1, {}, None)
    assert current_version(transcripts) is None


def test_theme_has_one_draft(draft, transcripts):
    assert editing.start_version(transcripts) == draft


def test_next_version_begins_as_the_one_in_force(draft, transcripts, mathilde):
    add(draft, "Nom")
    published = write(draft, editing.publish_version, mathilde)

    following = editing.start_version(transcripts)

    assert (published.number, published.published_by) == (1, mathilde)
    assert (following.number, following.definition) == (2, published.definition)
    assert current_version(transcripts) == published


def test_version_begins_again_from_an_older_one(draft, transcripts, mathilde):
    add(draft, "Nom")
    first = write(draft, editing.publish_version, mathilde)
    second = editing.start_version(transcripts)
    write(second, editing.remove_question, "nom")
    write(second, editing.publish_version, mathilde)

    third = editing.start_version(transcripts, first)

    assert current_form(transcripts).questions == ()
    assert (third.number, third.definition) == (3, first.definition)


def test_discarded_draft_leaves_the_version_in_force(draft, transcripts, mathilde):
    published = write(draft, editing.publish_version, mathilde)
    following = editing.start_version(transcripts)
    add(following, "Nom")

    write(following, editing.discard_version)

    assert list(FormVersion.objects.all()) == [published]


EVERY_EDIT = {
    "add question": lambda pk, rev: editing.add_question(pk, rev, question("", label="Autre")),
    "replace question": lambda pk, rev: editing.replace_question(pk, rev, "nom", question("", label="Autre")),
    "remove question": lambda pk, rev: editing.remove_question(pk, rev, "nom"),
    "move question": lambda pk, rev: editing.move_question(pk, rev, "nom", 1),
    "add piece": lambda pk, rev: editing.add_piece(pk, rev, Piece("", "Autre")),
    "replace piece": lambda pk, rev: editing.replace_piece(pk, rev, "avis", Piece("", "Autre")),
    "remove piece": lambda pk, rev: editing.remove_piece(pk, rev, "avis"),
    "move piece": lambda pk, rev: editing.move_piece(pk, rev, "avis", 1),
    "introduction": lambda pk, rev: editing.set_introduction(pk, rev, intro="x", message=""),
    "discard": editing.discard_version,
    "publish": lambda pk, rev: editing.publish_version(pk, rev, None),
}


def filled(draft):
    add(draft, "Nom", "Prénom")
    write(draft, editing.add_piece, Piece("", "Avis"))
    draft.refresh_from_db()
    return json.dumps(draft.definition)


@pytest.mark.parametrize("edit", EVERY_EDIT.values(), ids=list(EVERY_EDIT))
def test_published_version_never_changes(edit, draft, mathilde):
    before = filled(draft)
    published = write(draft, editing.publish_version, mathilde)
    facts = FormVersion.objects.values().get()

    with pytest.raises(editing.PublishedFormError):
        edit(published.pk, published.revision)

    assert FormVersion.objects.values().get() == facts
    assert json.dumps(facts["definition"]) == before


@pytest.mark.parametrize("edit", EVERY_EDIT.values(), ids=list(EVERY_EDIT))
def test_who_read_an_older_draft_overwrites_nothing(edit, draft):
    filled(draft)
    facts = FormVersion.objects.values().get()

    with pytest.raises(editing.StaleFormError):
        edit(draft.pk, draft.revision - 1)

    assert FormVersion.objects.values().get() == facts


def test_version_gone_is_said(draft):
    write(draft, editing.discard_version)

    with pytest.raises(editing.EditingRefusedError, match="n’existe plus"):
        editing.remove_question(draft.pk, 0, "nom")


def test_faulty_form_is_not_published(draft, mathilde):
    write(draft, editing.add_question, question("", "choice", label="Niveau"))

    with pytest.raises(editing.FaultyFormError) as refusal:
        write(draft, editing.publish_version, mathilde)

    assert [fault.sentence for fault in refusal.value.faults] == ["Aucune réponse n’est proposée."]
    draft.refresh_from_db()
    assert draft.published_at is None


# --- questions and pieces --------------------------------------------------------------------------------
def test_names_come_from_labels_and_stay(draft):
    add(draft, "Date de naissance", "Date de naissance")
    write(draft, editing.replace_question, "date_de_naissance", question("", label="Né le"))

    assert [(one.name, one.label) for one in form_of(draft).questions] == [
        ("date_de_naissance", "Né le"),
        ("date_de_naissance_2", "Date de naissance"),
    ]


def test_long_labels_give_names_that_differ(draft):
    add(draft, "x" * 100, "x" * 100)

    assert names(draft) == ["x" * 60, "x" * 58 + "_2"]


def test_questions_are_put_in_order(draft):
    add(draft, "A", "B")
    add(draft, "C", after="a")
    assert names(draft) == ["a", "c", "b"]

    write(draft, editing.move_question, "b", -1)
    write(draft, editing.move_question, "a", -1)
    assert names(draft) == ["a", "b", "c"]

    write(draft, editing.remove_question, "a")
    assert names(draft) == ["b", "c"]


def test_questions_of_a_block_are_put_in_order(draft):
    write(draft, editing.add_question, question("", "block", label="Enfants"))
    add(draft, "Nom", "Âge", block="enfants")
    add(draft, "Prénom", block="enfants", after="nom")
    write(draft, editing.move_question, "age", -1)
    write(draft, editing.replace_question, "nom", question("", "number", label="Rang"))

    assert names(draft) == [["enfants", ["nom", "age", "prenom"]]]
    assert form_of(draft).questions[0].questions[0].label == "Rang"

    write(draft, editing.remove_question, "age")
    assert names(draft) == [["enfants", ["nom", "prenom"]]]


@pytest.mark.parametrize(
    ("block", "kind"), [("nom", "number"), ("rien", "number"), ("enfants", "block")], ids=str
)
def test_question_goes_into_no_other_thing_than_a_block(block, kind, draft):
    add(draft, "Nom")
    write(draft, editing.add_question, question("", "block", label="Enfants"))

    with pytest.raises(editing.EditingRefusedError):
        write(draft, editing.add_question, question("", kind, label="Dedans"), block=block)


def test_question_that_was_the_words_of_the_request_takes_its_role_away(draft):
    write(draft, editing.add_question, question("", "long_text", label="Motif"))
    write(draft, editing.set_introduction, intro="Bonjour.", message="motif")
    assert (form_of(draft).intro, form_of(draft).message) == ("Bonjour.", "motif")

    write(draft, editing.remove_question, "motif")

    assert form_of(draft).message == ""


def test_pieces_are_put_in_order(draft):
    for label in ("A", "B"):
        write(draft, editing.add_piece, Piece("", label))
    write(draft, editing.add_piece, Piece("", "C"), after="a")
    write(draft, editing.move_piece, "b", -1)
    law = Piece("", "Avis", Requirement.LAW, "CRPA", condition=Condition("q"))
    write(draft, editing.replace_piece, "c", law)
    write(draft, editing.remove_piece, "a")

    assert [(one.name, one.label) for one in form_of(draft).pieces] == [("b", "B"), ("c", "Avis")]
    assert form_of(draft).piece("c").is_required


# --- who ------------------------------------------------------------
def test_forms_are_edited_by_managers_and_administrators(
    mathilde, adam, claire, oscar, lea, late_enrolment, transcripts, alert, refunds
):
    def edited(person):
        return set(editing.themes_edited_by(person))

    assert edited(mathilde) == {late_enrolment, transcripts}
    assert edited(adam) == {late_enrolment, transcripts, alert, refunds}
    assert [edited(one) for one in (claire, oscar, lea)] == [set(), set(), set()]


# --- races ------------------------------------------------------------
def together(*acts):
    """Run each act in a thread of its own; return what each gave or raised, without order."""
    found, gate = [], Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            found.append(act())
        except editing.EditingRefusedError as refusal:
            found.append(type(refusal))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_begin_together_share_the_draft(transcripts):
    one, other = together(*[lambda: editing.start_version(transcripts).pk] * 2)

    assert one == other
    assert FormVersion.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_edits_together_one_is_told(draft):
    def edit(label):
        return lambda: editing.add_question(draft.pk, 0, question("", label=label)).revision

    assert set(together(edit("A"), edit("B"))) == {1, editing.StaleFormError}
    assert len(form_of(draft).questions) == 1
