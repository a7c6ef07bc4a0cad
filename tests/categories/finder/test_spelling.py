"""Words of text messages, in full."""

import pytest

from categories.finder.index import Document, build_index
from categories.finder.spelling import spelled_out
from categories.finder.synonyms import vocabulary
from categories.finder.words import stems_of, words_of

INDEX = build_index([Document(1, [(3.0, "somme due\ncarte perdue")])])


def read(text):
    """Return the stems that mean something."""
    words = spelled_out(words_of(text), INDEX)
    return [stem for _place, stem, _names in vocabulary().terms([word.stem for word in words])]


@pytest.mark.parametrize(
    ("written", "stems"),
    [
        pytest.param("slt jvoudré ma carte stp", stems_of("carte"), id="words that say nothing, by ear"),
        pytest.param("jé perdu", stems_of("perdu"), id="shorthand of two words"),
        pytest.param("univ", stems_of("université"), id="shorthand of one word"),
        pytest.param("nous sommes perdus", stems_of("perdu"), id="we are, not sums"),
        pytest.param("sommes perdues", stems_of("sommes perdues"), id="sums"),
        pytest.param("zygomorphe", stems_of("zygomorphe"), id="a word that nobody knows stays"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_what_is_read(written, stems):
    assert read(written) == stems


def test_words_keep_their_place_in_the_text():
    text = "jé perdu ma carte"

    assert [text[word.start : word.end] for word in spelled_out(words_of(text), INDEX)] == [
        *("jé", "perdu", "ma", "carte"),
    ]
