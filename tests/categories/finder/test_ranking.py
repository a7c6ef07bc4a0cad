"""The ranking, on a few documents of its own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from categories.finder.index import Document, build_index
from categories.finder.marking import marked
from categories.finder.ranking import rank, understand

TITLES = {
    1: "Remboursement des droits d’inscription",
    2: "Inscription administrative tardive",
    3: "Relevé de notes",
    4: "Duplicata de diplôme",
    5: "Transfert de dossier vers une autre université",
    6: "Bibliothèque",
}
INDEX = build_index(
    [
        Document(key, [(3.0, title), (0.5, "Intitulé de la formation")], [title])
        for key, title in TITLES.items()
    ]
)


def first(asked):
    hits = rank(understand(asked, INDEX), INDEX)
    return hits[0].key if hits else None


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        pytest.param("remboursement", 1, id="the word"),
        pytest.param("être remboursée", 1, id="another form"),
        pytest.param("remb", 1, id="beginning of the last word"),
        pytest.param("rembousement", 1, id="a letter left out"),
        pytest.param("remborusemnt", 1, id="two mistakes in a long word"),
        pytest.param("BIBLIOTHEQUE", 6, id="capitals without accents"),
        pytest.param("bibliothécaire", 6, id="a word of the family"),
        pytest.param("jinscription tardive", 2, id="apostrophe left out"),
        pytest.param("bulletin", 3, id="a word of its group"),
        pytest.param("changer de fac", 5, id="an expression of its group"),
        pytest.param("jinskripsion tardive", 2, id="an unknown word beside a known one"),
        pytest.param("duplikata", 4, id="spelt by ear"),
        pytest.param("jvoudré mon diplom", 4, id="a text message"),
        pytest.param(
            "Bonjour madame, hier soir en rentrant du cinéma avec des amis du lycée, sous la pluie, je me "
            "suis aperçue en cherchant mes clefs que le facteur avait déposé chez la voisine un colis vide ; "
            "depuis je réfléchis à mon avenir, et je voudrais un duplicata de mon diplôme, merci beaucoup",
            4,
            id="what is wanted said at the end of a story",
        ),
        pytest.param("zygomorphe", None, id="nothing"),
        pytest.param("", None, id="nothing asked"),
        pytest.param("?!… «»", None, id="punctuation"),
    ],
)
def test_best_answer(asked, key):
    assert first(asked) == key


def test_a_mistake_counts_less_than_the_word_itself():
    index = build_index([Document(1, [(3.0, "bourses")]), Document(2, [(3.0, "courses")])])

    assert [hit.key for hit in rank(understand("bourses", index), index)] == [1]
    assert (
        rank(understand("bourzes", index), index)[0].score
        < rank(understand("bourses", index), index)[0].score
    )


def test_one_word_in_common_is_not_a_whole_expression():
    index = build_index(
        [
            Document(1, [(3.0, "carte")], ["je veux une carte"]),
            Document(2, [(3.0, "carte grise perdue")], ["carte grise perdue"]),
        ]
    )

    assert [hit.key for hit in rank(understand("carte grise perdue", index), index)] == [2, 1]


def test_a_short_word_is_not_taken_for_another():
    index = build_index([Document(1, [(3.0, "vae")]), Document(2, [(3.0, "vap")])])

    assert [hit.key for hit in rank(understand("vap", index), index)] == [2]
    assert rank(understand("vax", index), index) == []


def test_words_side_by_side_count_more_than_words_apart():
    index = build_index(
        [
            Document(1, [(3.0, "carte rouge du restaurant étranger")]),
            Document(2, [(3.0, "restaurant rouge avec carte étranger")]),
        ]
    )

    assert rank(understand("carte rouge", index), index)[0].key == 1


def test_equals_stand_in_the_order_of_the_index():
    documents = [Document(key, [(3.0, "même titre")], ["même titre"]) for key in (30, 10, 20)]
    index = build_index(documents)

    assert [hit.key for hit in rank(understand("titre", index), index)] == [30, 10, 20]


def test_an_index_of_nothing_answers_nothing():
    index = build_index([])

    assert rank(understand("remboursement", index), index) == []


def test_words_found_are_marked_and_the_text_is_kept_whole():
    asked = understand("me faire rembouser mes frais d'inscriptions", INDEX)
    pieces = marked(TITLES[1], asked.slots)

    assert "".join(piece.text for piece in pieces) == TITLES[1]
    assert [piece.text for piece in pieces if piece.is_found] == ["Remboursement", "droits", "inscription"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_whatever_is_asked_is_answered_and_whole(text):
    asked = understand(text, INDEX)
    hits = rank(asked, INDEX)

    assert [(-hit.score) for hit in hits] == sorted(-hit.score for hit in hits)
    assert all(0 <= hit.coverage <= 1.0001 for hit in hits)
    assert "".join(piece.text for piece in marked(text, asked.slots)) == text
