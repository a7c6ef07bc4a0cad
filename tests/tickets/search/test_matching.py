"""Words find requests, for who may see them, the moment they are written."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.factories import file_ticket, jpeg, move, move_draft, odt, pdf
from tickets.models import SearchDocument
from tickets.search import matching
from tickets.search.matching import tickets_with
from tickets.search.words import plain_words


@pytest.fixture
def ticket(lea, transcripts):
    return file_ticket(
        lea,
        transcripts,
        subject="Relevé de notes égaré",
        message="J’étais à l’hôpital ; mon cœur bat. Les étudiants demandent des duplicatas, le 12/03/2026.",
        files=[pdf("certificat_médical.pdf"), odt("lettre-type.v2.odt")],
    )


FINDS = {
    "word": "notes",
    "capitals": "NOTES",
    "with-accent": "relevé",
    "without-accent": "releve",
    "accent-too-many": "nôtes",
    "decomposed-accent": "releve\u0301",
    "in-the-message": "hôpital",
    "without-elision": "hopital",
    "elision": "l'hôpital",
    "typographic-elision": "l’hôpital",
    "ligature": "cœur",
    "ligature-written-apart": "coeur",
    "several-words": "notes hopital",
    "any-order": "hopital notes",
    "punctuation": "notes, hôpital !",
    "file-name": "certificat_médical.pdf",
    "part-of-a-file-name": "medical",
    "stem-of-a-file-name": "certificat",
    "hyphen": "lettre-type",
    "part-of-a-hyphen": "type",
    "hyphen-written-apart": "lettre type",
    "extension": "odt",
    "date": "12/03/2026",
    "year": "2026",
    "quotes": '"notes"',
    "star": "notes*",
}


@pytest.mark.parametrize("text", FINDS.values(), ids=FINDS)
def test_words_find_the_request(ticket, lea, text):
    assert list(tickets_with(text, reader=lea)) == [ticket]


FINDS_NOT = {
    "nothing": "",
    "blank": " \t\n",
    "punctuation": "« ! » * % _ -",
    "other-word": "bourse",
    "one-word-too-many": "notes bourse",
    "operator": "bourse OR notes",
    "negation": "-notes bourse",
    "wildcard": "n%s",
    "everything": "*",
    "nul": "\x00",
}


@pytest.mark.parametrize("text", FINDS_NOT.values(), ids=FINDS_NOT)
def test_words_that_are_not_there_find_nothing(ticket, lea, text):
    assert list(tickets_with(text, reader=lea)) == []


@pytest.mark.postgres
@pytest.mark.parametrize("text", ["étudiant", "etudiante", "étudiantes", "duplicata", "note", "hôpitaux"])
def test_french_stems_on_postgresql(ticket, lea, text):
    assert list(tickets_with(text, reader=lea)) == [ticket]


@pytest.mark.postgres
def test_small_words_do_not_count_on_postgresql(ticket, lea):
    assert list(tickets_with("les notes de la", reader=lea)) == [ticket]


@pytest.mark.postgres
def test_postgresql_uses_its_index(ticket):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {matching._POSTGRES.format(**matching._UNKNOWN)}", ["notes", "notes"])
        plan = " ".join(row[0] for row in cursor.fetchall())

    assert ["tickets_search_words" in plan, "tickets_search_stems" in plan, "Seq Scan" in plan] == [
        True,
        True,
        False,
    ]


@pytest.mark.postgres
@pytest.mark.parametrize("text", ["égarée", "egare", "égarés", "ÉGARÉ"])
def test_feminine_and_plural_meet_on_postgresql(lea, transcripts, text):
    lost = file_ticket(lea, transcripts, subject="Diplôme égaré", message="Bonjour.")

    assert list(tickets_with(text, reader=lea)) == [lost]


def test_reference_finds_the_request_alone(ticket, lea, transcripts):
    file_ticket(lea, transcripts, message=f"Voir {ticket.reference}.")

    assert list(tickets_with(f" {ticket.reference.lower()} ", reader=lea)) == [ticket]


def test_reference_written_in_a_message_is_found(lea, marc, transcripts, ticket):
    """Lea's own request cites one she may not see."""
    hidden = file_ticket(marc, transcripts)
    citing = file_ticket(lea, transcripts, message=f"Comme dans {hidden.reference}.")

    assert list(tickets_with(hidden.reference, reader=lea)) == [citing]


VISIBLE = {"lea": True, "claire": True, "oscar": True, "adam": True, "marc": False, "bruno": False}


@pytest.mark.parametrize("name", VISIBLE)
@pytest.mark.parametrize("by", ["words", "reference"])
def test_only_what_the_reader_may_see(request, ticket, name, by):
    reader = request.getfixturevalue(name)
    text = "notes" if by == "words" else ticket.reference

    assert list(tickets_with(text, reader=reader)) == ([ticket] if VISIBLE[name] else [])


def test_nobody_signed_in_finds_nothing(ticket):
    assert list(tickets_with("notes", reader=AnonymousUser())) == []


def test_confidential_request_answers_its_requester_and_its_handlers(lea, alert, claire, adam):
    from tests.factories import handler_on

    guardian = handler_on(alert)
    ticket = file_ticket(lea, alert, message="Signalement délicat.")

    found = [list(tickets_with("délicat", reader=reader)) for reader in (lea, guardian, claire, adam)]

    assert found == [[ticket], [ticket], [], []]


INTERNAL = {"lea": False, "claire": True, "oscar": True, "adam": True}


@pytest.mark.parametrize("name", INTERNAL)
def test_words_of_notes_answer_staff_only(request, ticket, claire, name):
    draft = move_draft(ticket, "note", claire, files=[jpeg("rapport-interne.jpg")])
    move(ticket, "note", claire, message="Soupçon de fraude.", key=draft.key)
    reader = request.getfixturevalue(name)

    found = [list(tickets_with(text, reader=reader)) for text in ("fraude", "rapport", "notes fraude")]

    assert found == [[ticket] if INTERNAL[name] else []] * 3


def test_handler_does_not_find_the_notes_on_her_own_request(claire, colette, transcripts):
    own = file_ticket(claire, transcripts)
    move(own, "note", colette, message="Soupçon de fraude.")

    assert list(tickets_with("fraude", reader=claire)) == []
    assert list(tickets_with("fraude", reader=colette)) == [own]


def test_every_message_is_found_at_once(ticket, lea, claire):
    move(ticket, "take", claire)
    move(ticket, "ask", claire, message="Quel numéro ?")
    move(ticket, "answer", lea, message="Matricule 21304567.")

    assert [list(tickets_with(word, reader=lea)) for word in ("numéro", "21304567")] == [[ticket]] * 2


def test_withdrawn_document_is_found_no_more(ticket, lea):
    SearchDocument.objects.filter(ticket=ticket).update(text="autre chose")
    assert [list(tickets_with(word, reader=lea)) for word in ("notes", "chose")] == [[], [ticket]]

    SearchDocument.objects.filter(ticket=ticket).delete()

    assert list(tickets_with("chose", reader=lea)) == []


def test_request_of_very_many_words_still_moves(lea, claire, transcripts):
    """PostgreSQL indexes one megabyte of words a document, and fails past it."""
    ticket = file_ticket(lea, transcripts, subject="Premier mot")

    for rank in range(8):
        move(ticket, "comment", lea, message=" ".join(f"m{rank}x{n:06d}" for n in range(20_000)))

    assert move(ticket, "take", claire).status == "in_progress"
    assert list(tickets_with("premier", reader=lea)) == [ticket]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=40)
    | st.text(st.sampled_from("\"'*:^&|!()<->~ANDORNEAR%_\\-{}[]«»’œ²½\u200d"), max_size=30)
)
@example("a" * 100_000)
@example("é" * 5_000)
@example("' OR 1=1 --")
@example('"notes" NEAR("a" "b", 2)')
@example("text:notes")
@example("notes <-> egare")
@example("\U0001f393 \ud7ff \ufffe")
@example("½ ² ª 𝟘 ⅷ ㊀ ꙮ 𞤀")
def test_no_query_makes_the_search_fail(ticket, lea, text):
    found = list(tickets_with(text, reader=lea))

    assert found in ([], [ticket])


@pytest.mark.parametrize("count", [1, 3])
def test_search_costs_two_queries(lea, transcripts, django_assert_num_queries, count):
    for _ in range(count):
        file_ticket(lea, transcripts, message="Bonjour.")

    with django_assert_num_queries(2):
        found = list(tickets_with("bonjour", reader=lea))

    assert len(found) == count


def test_common_word_finds_the_same_as_a_rare_one(lea, claire, transcripts, monkeypatch):
    tickets = [file_ticket(lea, transcripts, message="Bonjour.") for _ in range(3)]
    file_ticket(claire, transcripts, message="Bonsoir.")
    move(tickets[0], "note", claire, message="Dossier urgent.")

    def found():
        words = ("bonjour", "urgent", "bonsoir")
        return [set(tickets_with(word, reader=reader)) for reader in (lea, claire) for word in words]

    rare = found()
    monkeypatch.setattr("tickets.search.matching.FEW", 0)
    assert found() == rare
    assert rare[0] == rare[3] == set(tickets)
    assert (rare[1], rare[4]) == (set(), {tickets[0]})


WORDS = {
    "lower-case": ("Bonjour MADAME", ["bonjour", "madame"]),
    "elisions": ("l’avis d'Inès, qu’il n'a lu", ["avis", "inès", "il", "a", "lu"]),
    "not-elisions": ("aujourd’hui presqu’île", ["aujourd", "hui", "presqu", "île"]),
    "query-language": ('"a" AND NOT (b* | !c):d', ["a", "and", "not", "b", "c", "d"]),
    "hyphens-and-underscores": ("-a_b- porte-monnaie", ["a", "b", "porte", "monnaie"]),
    "nothing": ("« – … »", []),
    "at-most-twelve": (" ".join("abcdefghijklmnop"), list("abcdefghijkl")),
}


@pytest.mark.parametrize(("text", "words"), WORDS.values(), ids=WORDS)
def test_plain_words(text, words):
    assert plain_words(text) == words
