"""From what people type to stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from categories.finder.words import fold, stems_of, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("remboursements", "rembourser", id="noun and verb"),
        pytest.param("étudiante", "etudiants", id="gender, number, accents"),
        pytest.param("validée", "valider", id="participle"),
        pytest.param("étrangères", "etranger", id="feminine in ère"),
        pytest.param("CÉSURE", "césures", id="capitals"),
        pytest.param("l’examen", "examens", id="elision"),
        pytest.param("qu'inscription", "inscriptions", id="elision of two letters"),
        pytest.param("cœur", "coeurs", id="ligature"),
        pytest.param("3ème", "3e", id="ordinal"),
        pytest.param("tiers-temps", "tiers temps", id="hyphen"),
    ],
)
def test_forms_of_a_word_have_one_stem(one, other):
    assert stems_of(one) == stems_of(other) != []


@pytest.mark.parametrize(("one", "other"), [("note", "notaire"), ("vae", "vap"), ("bourse", "bourg")])
def test_different_words_keep_different_stems(one, other):
    assert stems_of(one) != stems_of(other)


@given(st.text())
def test_any_text_is_read_and_words_stand_where_they_are_said_to(text):
    for word in words_of(text):
        assert word.folded
        assert word.folded in fold(text[word.start : word.end]).replace("_", "")


def test_words_keep_their_places_after_an_elision_and_a_ligature():
    text = "L’Œuvre d’une étudiante"

    assert [text[word.start : word.end] for word in words_of(text)] == ["Œuvre", "une", "étudiante"]
