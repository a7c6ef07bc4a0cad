"""The field of each kind: what it takes, how it is kept, what it refuses, hostile values included."""

import json

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from categories.questionnaire.enums import QuestionKind
from categories.questionnaire.fields import field_of, kept_answer
from tests.categories.questionnaire.strategies import question

CHOICES = ("Licence", "Master")
ANSWERED = [one for one in QuestionKind if one not in (QuestionKind.HEADING, QuestionKind.BLOCK)]


def kept(kind, typed, **options):
    """Return what is kept of `typed` by the field of that kind."""
    return kept_answer(field_of(question("q", kind, **options), CHOICES).clean(typed))


GOOD = [
    ("short_text", "  Licence\t2 ", "Licence 2"),
    ("short_text", "a\x00b\ud800c\u202ed", "abcd"),
    ("long_text", "une\r\ndeux", "une\ndeux"),
    ("number", "1 234,50 €", "1234.5"),
    ("number", "1\u202f000", "1000"),
    ("number", "0", "0"),
    ("number", "-0", "0"),
    ("number", "-12.0001", "-12.0001"),
    ("date", "2026-02-28", "2026-02-28"),
    ("date", "28/02/2026", "2026-02-28"),
    ("date", "29/02/2028", "2028-02-29"),
    ("datetime", "2026-07-01T10:00", "2026-07-01T08:00+00:00"),
    ("datetime", "01/12/2026 10h30", "2026-12-01T09:30+00:00"),
    ("datetime", "2026-10-25T02:30", "2026-10-25T00:30+00:00"),  # comes twice: the first
    ("choice", "Master", "Master"),
    ("several", ["Licence", "Master"], ["Licence", "Master"]),
    ("several", ["Master", "Master"], ["Master"]),
    ("yes_no", "non", "non"),
    ("url", "https://example.org/é?q=1", "https://example.org/é?q=1"),
    ("url", "example.org", "https://example.org"),
    ("url", "https://example.org/\ud800\x00", "https://example.org/"),
    ("email", " Lea@Example.ORG ", "lea@example.org"),
    ("phone", "04 65 71 00 00", "+33465710000"),
    ("ine", "1234567890a", "1234567890A"),
    ("ine", "123 456 789 BC", "123456789BC"),
    ("siret", "732 829 320 00074", "73282932000074"),
    ("rna", "w133012345", "W133012345"),
    ("iban", "fr14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"),
    ("iban", "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
    ("iban", "BE68 5390 0754 7034", "BE68539007547034"),
    ("iban", "GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"),
    ("iban", "ES91 2100 0418 4502 0005 1332", "ES9121000418450200051332"),
]


@pytest.mark.parametrize(("kind", "typed", "wanted"), GOOD, ids=lambda value: ascii(value)[:30])
def test_good_answer_is_kept(kind, typed, wanted):
    assert kept(kind, typed, is_required=True) == wanted


BAD = [
    ("short_text", "x" * 251),
    ("short_text", "\u200b\x00\ud800"),
    ("long_text", "x" * 10_001),
    *(
        ("number", typed)
        for typed in (
            "NaN",
            "sNaN",
            "Infinity",
            "-inf",
            "1e9999",
            "1e999999999999999999999",
            "1e-9999",
            "douze",
        )
    ),
    ("number", "1" * 5000),
    ("number", "1.23456"),
    ("number", "1000000000001"),
    *(
        ("date", typed)
        for typed in (
            "2026-02-29",
            "31/04/2026",
            "1899-12-31",
            "2201-01-01",
            "0001-01-01",
            "99999-01-01",
            "\x00",
        )
    ),
    *(
        ("datetime", typed)
        for typed in (
            "2026-03-29T02:30",  # the clocks go over it
            "9999-12-31T23:59-23:59",
            "0001-01-01T00:00+23:59",
            "2026-07-01T25:00",
        )
    ),
    ("choice", "Doctorat"),
    ("choice", "Master\x00"),
    ("several", ["Master", "Doctorat"]),
    ("several", "Master"),
    ("yes_no", "peut-être"),
    *(
        ("url", typed)
        for typed in (
            "javascript:alert(1)",
            "JaVaScRiPt://example.org/%0aalert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "http://",
            "https://exa mple.org",
            "https://[::1",
            "https://example.org/" + "x" * 2000,
        )
    ),
    ("email", "lea@"),
    ("email", "lea@example.org\nBcc: x@y.org"),
    ("phone", "12"),
    ("phone", "06 39 98 12 3O"),
    ("ine", "123456789"),
    ("ine", "ABCDEFGHIJK"),
    ("ine", "١٢٣٤٥٦٧٨٩٠A"),
    ("siret", "73282932000079"),
    ("siret", "732829320"),
    ("siret", "0" * 14),
    ("rna", "X133012345"),
    ("rna", "W13301234"),
    ("iban", "FR14 2004 1010 0505 0001 3M02 607"),
    ("iban", "ZZ89 3704 0044 0532 0130 00"),
    ("iban", "FR76"),
    ("iban", "٠" * 20),
]


@pytest.mark.parametrize(("kind", "typed"), BAD, ids=lambda value: ascii(value)[:30])
def test_bad_answer_is_refused(kind, typed):
    with pytest.raises(ValidationError):
        kept(kind, typed, is_required=True)


def test_hour_the_clocks_go_over_is_refused_in_our_words():
    with pytest.raises(ValidationError) as refusal:
        kept("datetime", "2026-03-29T02:30")

    assert refusal.value.messages == ["Écrivez une date et une heure qui existent."]


@pytest.mark.parametrize("kind", ["email", "phone"])
def test_address_or_number_may_be_that_of_somebody_else(kind):
    field = field_of(question("q", kind, is_required=True))
    hers = field_of(question("q", kind, autocomplete="work email"))

    with pytest.raises(ValidationError) as refusal:
        field.clean("")

    assert "autocomplete" not in field.widget.attrs
    assert hers.widget.attrs["autocomplete"] == "work email"
    assert "votre" not in refusal.value.messages[0]


@pytest.mark.parametrize("kind", ANSWERED)
@pytest.mark.parametrize("typed", ["", None])
def test_nothing_is_an_answer_unless_it_is_required(kind, typed):
    assert kept(kind, typed) is None
    with pytest.raises(ValidationError):
        kept(kind, typed, is_required=True)


@pytest.mark.parametrize(
    ("typed", "is_good"), [("0,99", False), ("1", True), ("10", True), ("10,01", False)], ids=str
)
def test_number_stays_within_its_bounds(typed, is_good):
    try:
        kept("number", typed, minimum="1", maximum="10")
    except ValidationError:
        assert not is_good
    else:
        assert is_good


@pytest.mark.parametrize("kind", ANSWERED)
@given(
    typed=st.text(st.characters(exclude_categories=()), max_size=60)
    | st.from_regex(r"[0-9A-Z +:.,/eE-]{1,40}", fullmatch=True)
)
def test_whatever_is_typed_is_refused_or_kept_as_plain_json(kind, typed):
    value = [typed] if kind == QuestionKind.SEVERAL else typed
    try:
        answer = kept(kind, value)
    except ValidationError:
        return
    written = json.dumps(answer, ensure_ascii=False)
    assert "\\u0000" not in written
    assert written.encode()  # a lone surrogate would not
