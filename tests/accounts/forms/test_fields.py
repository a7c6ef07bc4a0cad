import pytest
from django.core.exceptions import ValidationError

from accounts.forms.fields import (
    AddressField,
    LineField,
    NameField,
    PasswordField,
    PhoneField,
    RnaField,
    SiretField,
)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Jean\u00a0Paul \n", "Jean Paul"),
        ("Jo\u0308rg", "Jörg"),
        ("D’Œuvre-L'Évêque", "D’Œuvre-L'Évêque"),
        ("J. R. Martin", "J. R. Martin"),
        ("Иван", "Иван"),
        ("Nguyễn Thị", "Nguyễn Thị"),
        ("Za\u202eo\u200b", "Zao"),
    ],
)
def test_names_of_all_people_are_taken(typed, cleaned):
    assert NameField().clean(typed) == cleaned


@pytest.mark.parametrize(
    "typed",
    [
        "http://evil.example",
        "evil.example",
        "Gagnez 1000 euros",
        "a@b",
        "-",
        "<b>x</b>",
        "x, y",
        "Bonjour\x1b[31m!",
    ],
)
def test_a_name_carries_no_message(typed):
    with pytest.raises(ValidationError):
        NameField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [("\u200bMarc@Example.org\u00a0", "marc@example.org"), ("marc@exämple.org", "marc@xn--exmple-cua.org")],
)
def test_an_address_is_cleaned_of_what_a_paste_brings(typed, cleaned):
    assert AddressField().clean(typed) == cleaned


@pytest.mark.parametrize("typed", ["marc", "marc@", "é@example.org", "a b@example.org", "a@b@c.org"])
def test_what_is_no_address_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError) as refusal:
        AddressField().clean(typed)

    expected = "Indiquez une adresse électronique complète, par exemple prenom.nom@exemple.fr."
    assert refusal.value.messages == [expected]


def test_a_password_keeps_its_spaces_and_loses_its_composition():
    field = PasswordField(autocomplete="new-password")

    assert field.clean(" e\u0301te\u0301 ") == " été "


def test_a_line_is_one_line():
    assert LineField().clean("a\r\nb\tc\x00") == "a b c"


@pytest.mark.parametrize(
    ("field", "typed", "cleaned", "shown"),
    [
        (PhoneField(), "\u200b04\u00a065 71 00 01", "+33465710001", "04 65 71 00 01"),
        (SiretField(), "732 829 320\u00a000074", "73282932000074", "732\u00a0829\u00a0320\u00a000074"),
        (RnaField(), " w133 012 345 ", "W133012345", "W133012345"),
    ],
)
def test_a_number_is_cleaned_and_shown_as_people_write_it(field, typed, cleaned, shown):
    assert (field.clean(typed), field.prepare_value(cleaned)) == (cleaned, shown)


@pytest.mark.parametrize("field_class", [PhoneField, SiretField, RnaField])
@pytest.mark.parametrize("value", ["12 rue", "", None])
def test_what_was_mistyped_stays_as_typed(field_class, value):
    assert field_class().prepare_value(value) == value


@pytest.mark.parametrize("field_class", [PhoneField, SiretField, RnaField])
def test_a_number_may_be_left_out_when_it_is_not_required(field_class):
    assert field_class(required=False).clean("  ") == ""


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (PhoneField(), "04 65", "Indiquez un numéro de téléphone complet, sans lettre"),
        (PhoneField(), "", "Indiquez votre numéro de téléphone."),
        (SiretField(), "732829320", "Ces 9 chiffres sont le numéro SIREN"),
        (SiretField(), "7328293200007", "Un numéro SIRET a 14 chiffres\u00a0: vous en avez écrit 13."),
        (SiretField(), "73282932000079", "Ce numéro SIRET est mal recopié"),
        (SiretField(), "abc", "Ce numéro SIRET est mal recopié"),
        (SiretField(), "", "Indiquez le numéro SIRET."),
        (RnaField(), "133012345", "Un numéro RNA est la lettre W suivie de 9 signes"),
        (RnaField(), "", "Indiquez le numéro RNA de l’association."),
    ],
)
def test_a_wrong_number_says_what_to_do(field, typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)

    assert [message.startswith(sentence) for message in refusal.value.messages] == [True]


@pytest.mark.parametrize("field_class", [PhoneField, SiretField, RnaField])
def test_a_very_long_number_is_refused_before_it_is_read(field_class):
    with pytest.raises(ValidationError) as refusal:
        field_class().clean("9" * 100_000)

    assert len(refusal.value.messages) == 1
