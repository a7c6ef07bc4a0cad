import pytest

from accounts.numbers import (
    WrongLength,
    WrongNumber,
    phone_words,
    read_phone,
    read_rna,
    read_siret,
    siret_words,
)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("06 39 98 12 34", "+33639981234", "06 39 98 12 34"),
        ("04.65.71.00.01", "+33465710001", "04 65 71 00 01"),
        ("+33 (0)4-65-71-00-01", "+33465710001", "04 65 71 00 01"),
        ("0033465710001", "+33465710001", "04 65 71 00 01"),
        ("02 62 30 00 01", "+262262300001", "0262 30 00 01"),
        ("05 96 60 12 34", "+596596601234", "0596 60 12 34"),
        ("+1 514 555 0199", "+15145550199", "+1 514-555-0199"),
        ("+995 32 212 34 56", "+995322123456", "+995 32 212 34 56"),
        ("٠٤٦٥٧١٠٠٠١", "+33465710001", "04 65 71 00 01"),
    ],
)
def test_a_telephone_number_is_kept_in_one_way_and_shown_as_people_write_it(typed, kept, shown):
    assert (read_phone(typed), phone_words(kept), read_phone(phone_words(kept))) == (kept, shown, kept)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "04",
        "04 65 71 00",
        "04 65 71 00 01 23",
        "112",
        "0800 FLEURS",
        "04 65 71 00 01 poste 12",
        "+",
        "+999 1",
        "04 65 71 00 01;ext=9",
        "(((((",
        "9" * 40,
        "9" * 4000,
    ],
)
def test_what_is_no_telephone_number_is_refused(typed):
    with pytest.raises(WrongNumber):
        read_phone(typed)


@pytest.mark.parametrize("kept", ["", "poste 12", "04 00 00 00 00"])
def test_what_was_kept_before_numbers_were_checked_is_still_shown(kept):
    assert phone_words(kept) == kept


@pytest.mark.parametrize("typed", ["732 829 320 00074", "73282932000074", " 732.829.320-00074 "])
def test_a_siret_is_kept_as_fourteen_digits(typed):
    assert (read_siret(typed), siret_words(read_siret(typed))) == (
        "73282932000074",
        "732\u00a0829\u00a0320\u00a000074",
    )


def test_the_post_has_a_key_of_its_own():
    assert read_siret("356 000 000 49837") == "35600000049837"


@pytest.mark.parametrize(
    ("typed", "digits"), [("732829320", 9), ("7328293200007", 13), ("732829320000741", 15)]
)
def test_a_siret_says_how_many_digits_were_typed(typed, digits):
    with pytest.raises(WrongLength) as refusal:
        read_siret(typed)

    assert refusal.value.digits == digits


@pytest.mark.parametrize(
    "typed", ["73282932000079", "7328293200007O", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "", "FR 732829320", "0" * 14]
)
def test_what_is_no_siret_is_refused(typed):
    with pytest.raises(WrongNumber):
        read_siret(typed)


def test_no_siret_is_shown_as_nothing():
    assert siret_words("") == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("w 133 012 345", "W133012345"), ("W9N1000123", "W9N1000123"), ("W133-012-345", "W133012345")],
)
def test_an_rna_number_is_kept_in_capitals(typed, kept):
    assert read_rna(typed) == kept


@pytest.mark.parametrize("typed", ["", "133012345", "W13301234", "W1330123456", "Wé33012345", "X133012345"])
def test_what_is_no_rna_number_is_refused(typed):
    with pytest.raises(WrongNumber):
        read_rna(typed)
