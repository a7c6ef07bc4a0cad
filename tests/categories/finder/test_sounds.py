"""Spelling by ear."""

import pytest

from categories.finder.sounds import sound_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sesure", "cesure"),
        ("voudre", "voudrais"),
        ("egzamen", "examen"),
        ("harselement", "harcelement"),
        ("kopie", "copie"),
        ("atestation", "attestation"),
        ("license", "licence"),
        ("fote", "faute"),
        ("paye", "payer"),
    ],
)
def test_two_spellings_of_the_same_sounds(written, meant):
    assert sound_of(written) == sound_of(meant)


@pytest.mark.parametrize(("one", "other"), [("note", "date"), ("vae", "ves"), ("cours", "bourse")])
def test_words_that_sound_otherwise(one, other):
    assert sound_of(one) != sound_of(other)
